"""Old office files made new ones by LibreOffice, where it is installed.

LibreOffice runs once for each file, in a folder of its own that is deleted afterwards, with macros
and links switched off, without a network where the system allows that, and with limits of time,
memory and size.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.child_process import stop_process_group
from reports.model.document import OPTIONS
from reports.readers.office.doc_repair import end_with_paragraph
from reports.readers.refusal import FileRefusedError, make_refusal

if TYPE_CHECKING:
    from reports.model.document import Document, Media, ReadLimits, ReadOptions

_log = logging.getLogger(__name__)
_MEGABYTE: Final = 1_000_000
_MEMORY_KB: Final = 4 * 1024 * 1024
_BLOCK: Final = 512
_LIMITED: Final = 'ulimit -c 0; ulimit -v "$1"; ulimit -f "$2"; shift 2; exec "$@"'
_PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
</oor:items>
"""


@dataclass(frozen=True)
class Conversion:
    """From which format to which: endings without a dot; ``reader`` is LibreOffice's filter."""

    source: str
    target: str
    media: Media
    reader: str = ""


CONVERSIONS: Final = {
    "doc": Conversion("doc", "docx", "doc"),
    "works": Conversion("wps", "docx", "doc"),
    "word2": Conversion("doc", "docx", "doc"),
    "word_xml": Conversion("xml", "docx", "doc", "MS Word 2003 XML"),
    "rtf": Conversion("rtf", "docx", "rtf", "Rich Text Format"),
    "odt": Conversion("odt", "docx", "odt", "writer8"),
    "fodt": Conversion("fodt", "docx", "odt", "OpenDocument Text Flat XML"),
    "xls": Conversion("xls", "xlsx", "xls"),
    "xlsb": Conversion("xlsb", "xlsx", "xlsb", "Calc MS Excel 2007 Binary"),
}
"""By the kind that ``signatures`` tells."""
_WRITERS: Final = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


def find_soffice() -> str | None:
    """Return the path of LibreOffice's program, ``None`` where it is not installed."""
    named = os.environ.get("HPMAP_SOFFICE", "")
    return shutil.which(named) if named else shutil.which("soffice") or shutil.which("libreoffice")


def with_source(document: Document, data: bytes) -> Document:
    """Return the document of what a file was made into as that of the file itself."""
    return replace(document, sha256=hashlib.sha256(data).hexdigest())


def read_converted(
    kind: str, data: bytes, name: str, limits: ReadLimits, options: ReadOptions = OPTIONS
) -> Document:
    """Return the document of a file of a kind in ``CONVERSIONS``, converted and then read.

    Raises ``ReportError``: that LibreOffice is missing, does not open the file, or takes too long,
    or what the reader of the converted file says.
    """
    conversion = CONVERSIONS[kind]
    converted = convert_office(kind, data, name, limits)
    if conversion.target == "docx":
        from reports.readers.word.docx import read_docx  # noqa: PLC0415 - only what is needed

        document = read_docx(converted, name, limits, options)
    else:
        from reports.readers.sheets.xlsx import read_xlsx  # noqa: PLC0415

        document = read_xlsx(converted, name, limits, options)
    return with_source(replace(document, media=conversion.media), data)


def convert_office(kind: str, data: bytes, name: str, limits: ReadLimits) -> bytes:
    """Return the file as .docx or .xlsx; raises ``ReportError`` as ``read_converted`` does."""
    conversion = CONVERSIONS[kind]
    program = find_soffice()
    words = {"format": t(f"reports.format.{kind}"), "target": f".{conversion.target}"}
    if program is None:
        raise make_refusal("no_libreoffice", name, **words)
    if kind == "doc":
        try:
            data = end_with_paragraph(data)
        except FileRefusedError as refused:
            raise make_refusal(refused.key, name, **words) from refused
    with tempfile.TemporaryDirectory(prefix="convert-") as folder:
        home = Path(folder)
        (home / "profile" / "user").mkdir(parents=True)
        (home / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
        given = home / f"report.{conversion.source}"
        given.write_bytes(data)
        made = home / "made" / f"report.{conversion.target}"
        _run_limited(_make_command(program, conversion, given, home), home, name, limits)
        if not made.is_file():
            raise make_refusal("not_converted", name, **words)
        size = made.stat().st_size / _MEGABYTE
        if size > limits.max_uncompressed_mb:
            limit = f"{limits.max_uncompressed_mb:g}"
            raise make_refusal("unpacks_too_large", name, size=f"{size:.0f}", limit=limit)
        return made.read_bytes()


def _make_command(program: str, conversion: Conversion, given: Path, home: Path) -> list[str]:
    reader = [f"--infilter={conversion.reader}"] if conversion.reader else []
    return [
        program,
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--nofirststartwizard",
        *reader,
        "--convert-to",
        _WRITERS[conversion.target],
        "--outdir",
        str(home / "made"),
        str(given),
    ]


def _run_limited(command: list[str], home: Path, name: str, limits: ReadLimits) -> None:
    """Run a command to its end; raise ``ReportLimitError`` when the time is used up."""
    if os.name == "posix":
        blocks = int(limits.max_uncompressed_mb * _MEGABYTE / _BLOCK)
        shell = ["/bin/sh", "-c", _LIMITED, "sh", str(_MEMORY_KB), str(blocks)]
        command = [*shell, *_find_isolation(), *command]
    process = subprocess.Popen(  # noqa: S603 - the program that the operator installed
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=home,
        env=_make_environment(home),
        start_new_session=True,
    )
    try:
        process.wait(timeout=limits.max_seconds)
    except subprocess.TimeoutExpired:
        raise make_refusal("too_slow", name, seconds=round(limits.max_seconds)) from None
    finally:
        stop_process_group(process)
    if process.returncode:
        _log.warning("LibreOffice ended with status %s", process.returncode)


def _make_environment(home: Path) -> dict[str, str]:
    kept = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")
    return {
        **{key: os.environ[key] for key in kept if key in os.environ},
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }


@cache
def _find_isolation() -> tuple[str, ...]:
    """Return what a command is begun with to run without a network; nothing where not allowed."""
    program = shutil.which("unshare")
    for flags in (["--net"], ["--net", "--map-root-user"]) if program else []:
        tried = subprocess.run(  # noqa: S603 - a system program, fixed arguments
            [str(program), *flags, "true"], check=False, capture_output=True, timeout=10
        )
        if tried.returncode == 0:
            return (str(program), *flags)
    return ()
