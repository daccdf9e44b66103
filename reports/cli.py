"""Commands of the room: ``python -m reports extract FILE --json`` and ``… sample FOLDER``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from geo.command_line import run_command, write_json
from geo.i18n import t
from reports.extract import extract_document
from reports.model.document import ReadOptions
from reports.model.extraction_json import extraction_to_json
from reports.outcome.summary import format_summary
from reports.readers.encodings.decoding import ENCODINGS
from reports.sample.formats import write_samples
from reports.stoppable import open_stoppable

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAGES: Final = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code (0 read, 1 refused, 2 wrong call)."""
    return run_command(reports, "python -m reports", arguments)


def _read_encoding(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    """Return the encoding that was chosen; a wrong call for one that there is none of."""
    if text and text not in ENCODINGS:
        choices = ", ".join(ENCODINGS)
        raise click.BadParameter(t("reports.cli.bad_encoding", encoding=text, choices=choices))
    return text


def _read_pages(
    _context: click.Context, _parameter: click.Parameter, text: str
) -> tuple[tuple[int, int], ...]:
    """Return ranges of pages (``2-5,8``) as numbers; a wrong call for anything else."""
    ranges: list[tuple[int, int]] = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        match = _PAGES.fullmatch(part)
        first = int(match[1]) if match else 0
        last = int(match[2] or first) if match else 0
        if not 1 <= first <= last:
            raise click.BadParameter(t("reports.cli.bad_pages", pages=part))
        ranges.append((first, last))
    return tuple(ranges)


@click.group(help=t("reports.cli.about"), no_args_is_help=False)
def reports() -> None:
    """Read reports."""


@reports.command(help=t("reports.cli.extract"))
@click.argument("file", type=Path, help=t("reports.cli.file"))
@click.option("--json", "as_json", is_flag=True, help=t("reports.cli.json"))
@click.option("--encoding", default="", callback=_read_encoding, help=t("reports.cli.encoding"))
@click.option(
    "--pages", default="", metavar="2-5,8", callback=_read_pages, help=t("reports.cli.pages")
)
@click.option("--unseen", is_flag=True, help=t("reports.cli.unseen"))
def extract(
    file: Path,
    *,
    as_json: bool,
    encoding: str,
    pages: tuple[tuple[int, int], ...],
    unseen: bool,
) -> None:
    """Write what is read from a report."""
    options = ReadOptions(pages=pages, unseen=unseen, encoding=encoding)
    extraction = extract_document(open_stoppable(file.read_bytes(), file.name, options=options))
    if as_json:
        write_json(extraction_to_json(extraction))
    else:
        click.echo(format_summary(extraction), nl=False)


@reports.command(help=t("reports.cli.sample"))
@click.argument("folder", type=Path, help=t("reports.cli.folder"))
def sample(folder: Path) -> None:
    """Write a report made up of the facts in every format."""
    click.echo(t("reports.cli.samples", files=", ".join(map(str, write_samples(folder)))))
