"""Commands of the room: ``python -m reports extract FILE --json`` and ``… sample FOLDER``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import ProjectMapError
from geo.i18n import t
from reports.extract import extract_document
from reports.model.extraction_json import extraction_to_json, format_summary
from reports.open import open_document
from reports.sample.formats import write_samples

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code (0 read, 1 refused, 2 wrong call)."""
    parser = argparse.ArgumentParser(prog="python -m reports", description=t("reports.cli.about"))
    commands = parser.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("extract", help=t("reports.cli.extract"))
    reading.add_argument("file", type=Path, help=t("reports.cli.file"))
    reading.add_argument("--json", action="store_true", help=t("reports.cli.json"))
    sample = commands.add_parser("sample", help=t("reports.cli.sample"))
    sample.add_argument("folder", type=Path, help=t("reports.cli.folder"))
    options = parser.parse_args(argv)
    if options.command == "sample":
        return _write_samples(options.folder)
    try:
        data = options.file.read_bytes()
    except OSError as fault:
        reason = fault.strerror or str(fault)
        sys.stderr.write(t("reports.cli.no_file", file=options.file, reason=reason) + "\n")
        return 1
    try:
        extraction = extract_document(open_document(data, options.file.name))
    except ProjectMapError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    if options.json:
        json.dump(extraction_to_json(extraction), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(format_summary(extraction))
    return 0


def _write_samples(folder: Path) -> int:
    try:
        files = write_samples(folder)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        sys.stderr.write(t("reports.cli.no_file", file=folder, reason=reason) + "\n")
        return 1
    sys.stdout.write(t("reports.cli.samples", files=", ".join(map(str, files))) + "\n")
    return 0
