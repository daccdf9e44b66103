"""Commands of the room: ``python -m reports extract FILE --json`` and ``… sample FOLDER``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.command_line import run_command, write_json
from geo.i18n import t
from reports.extract import extract_document
from reports.model.extraction_json import extraction_to_json
from reports.open import open_document
from reports.outcome.summary import format_summary
from reports.sample.formats import write_samples

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code (0 read, 1 refused, 2 wrong call)."""
    return run_command(reports, "python -m reports", arguments)


@click.group(help=t("reports.cli.about"), no_args_is_help=False)
def reports() -> None:
    """Read reports."""


@reports.command(help=t("reports.cli.extract"))
@click.argument("file", type=Path, help=t("reports.cli.file"))
@click.option("--json", "as_json", is_flag=True, help=t("reports.cli.json"))
def extract(file: Path, *, as_json: bool) -> None:
    """Write what is read from a report."""
    extraction = extract_document(open_document(file.read_bytes(), file.name))
    if as_json:
        write_json(extraction_to_json(extraction))
    else:
        click.echo(format_summary(extraction), nl=False)


@reports.command(help=t("reports.cli.sample"))
@click.argument("folder", type=Path, help=t("reports.cli.folder"))
def sample(folder: Path) -> None:
    """Write a report made up of the facts in every format."""
    click.echo(t("reports.cli.samples", files=", ".join(map(str, write_samples(folder)))))
