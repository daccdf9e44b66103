"""System programs that tests need: left out where they are missing, unless they may not be."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

NEED: str = "HPMAP_NEED_TOOLS"
"""Set where a missing program is a fault and not a reason to leave a test out."""

SYSTEM_PYTHON = "/usr/bin/python3"


def needed(found: object, what: str) -> None:
    """Leave the test out when a program is missing, or fail where it may not be."""
    if found:
        return
    if os.environ.get(NEED):
        pytest.fail(f"{what} is needed here and is not installed")
    pytest.skip(f"{what} is not installed: the test is left out")


def soffice(folder: Path, file: Path, target: str) -> Path:
    """Return a file converted by LibreOffice, e.g. to ``pdf``, with a profile of its own."""
    needed(shutil.which("soffice"), "LibreOffice (libreoffice-calc, libreoffice-writer)")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(folder),
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / f"{file.stem}.{target.partition(':')[0]}"


@cache
def has_gdal() -> bool:
    """Return whether GDAL's own GeoPackage validator is here."""
    if sys.platform != "linux" or not Path(SYSTEM_PYTHON).exists():
        return False
    asked = [SYSTEM_PYTHON, "-c", "import osgeo_utils.samples.validate_gpkg"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


def validate_gpkg(file: Path) -> subprocess.CompletedProcess[str]:
    """Return what GDAL's validator says of a GeoPackage, warnings taken as errors."""
    needed(has_gdal(), "GDAL's GeoPackage validator (python3-gdal)")
    return subprocess.run(
        [
            SYSTEM_PYTHON,
            "-m",
            "osgeo_utils.samples.validate_gpkg",
            "-k",
            "--extra",
            "--warning-as-error",
            str(file),
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        # The package's own PROJ and GDAL must not lend the system's their files.
        env={
            key: value for key, value in os.environ.items() if not key.startswith(("PROJ", "GDAL"))
        },
    )
