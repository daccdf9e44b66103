"""Command line of reading: ``python -m reports extract FILE --json``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import ProjectMapError
from geo.i18n import t
from reports.extract import extract
from reports.model.extraction_json import as_json, summary
from reports.open import open_document

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code (0 read, 1 refused, 2 wrong call)."""
    parser = argparse.ArgumentParser(prog="python -m reports", description=t("reports.cli.about"))
    commands = parser.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("extract", help=t("reports.cli.extract"))
    reading.add_argument("file", type=Path, help=t("reports.cli.file"))
    reading.add_argument("--json", action="store_true", help=t("reports.cli.json"))
    options = parser.parse_args(argv)
    try:
        data = options.file.read_bytes()
    except OSError as fault:
        reason = fault.strerror or str(fault)
        sys.stderr.write(t("reports.cli.no_file", file=options.file, reason=reason) + "\n")
        return 1
    try:
        extraction = extract(open_document(data, options.file.name))
    except ProjectMapError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    if options.json:
        json.dump(as_json(extraction), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(summary(extraction))
    return 0
