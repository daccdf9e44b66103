"""The same appendix as text, Word, PDF and scan: what is read from each, and what camelot reads.

``python -m benchmarks.reports_formats`` sets the appendix of key projects (from the real report
where it is at hand, else a small made-up one) as .docx, as a PDF with a text layer and as
scanned pages of 200 dots per inch, reads each and prints Markdown tables: fields as the text
reading has them, fields right or in the queue, investments silently wrong; and, for the PDF, how
many cells and whole rows camelot (lattice) gets on its own. camelot is no requirement:
``--camelot PYTHON`` names an interpreter that has ``camelot-py>=2``. docling is not compared: its
layout models are a download of more than a gigabyte.

Then tables of a dozen odd kinds (``odd_tables``: headings in lines, hidden parts, totals, units
above, merged places, watermarks …) in each format: how many are read right, how many are not and
the reading tells, is silent or is wrong (``tests.reports.written.judging`` says what each word
means). ``--folder PATH`` judges the files of a folder by its ``expected.json`` instead.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks.odd_files import list_folder, print_verdicts
from benchmarks.odd_tables import build_odd_files
from reports.extract import extract_document
from reports.model.document import ReadLimits, TableBlock
from reports.open import open_document
from reports.tables.grid.stitching import stitch_tables
from reports.tables.project_rows import is_project_table
from tests.reports import appendix

if TYPE_CHECKING:
    from reports.model.document import Document
    from reports.model.extraction import Extraction, ProjectRow

Fields = dict[tuple[int, str], tuple[object, int]]
"""By project and field: the values, and the column that they stand in."""

LIMITS = ReadLimits(max_seconds=300)
LOW = 0.6
"""Below this a value is asked about."""
CAMELOT = """
import camelot, json, sys, time
start = time.perf_counter()
tables = camelot.read_pdf(sys.argv[1], pages="all", flavor="lattice")
rows = [[str(c) for c in row] for t in tables for row in t.df.values.tolist()]
seconds = time.perf_counter() - start
json.dump({"seconds": seconds, "rows": rows, "version": camelot.__version__}, sys.stdout)
"""


@dataclass(frozen=True)
class Reading:
    """What one format gave, and how long opening and extracting took in seconds."""

    document: Document
    extraction: Extraction
    open_seconds: float
    extract_seconds: float


@click.command(help=__doc__)
@click.option("--camelot", default=sys.executable, metavar="PYTHON")
@click.option("--no-scan", is_flag=True)
@click.option("--odd", is_flag=True, help="Only the odd tables.")
@click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=None
)
def main(*, camelot: str, no_scan: bool, odd: bool, folder: Path | None) -> None:
    """Print the tables."""
    if folder is not None:
        print_verdicts(list_folder(folder))
        return
    if not odd:
        _print_appendix(camelot, no_scan=no_scan)
    print_verdicts(build_odd_files(scans=not no_scan))


def _print_appendix(camelot: str, *, no_scan: bool) -> None:
    files = {"text": _as_text(), "docx": appendix.as_docx(), "pdf": appendix.as_pdf()}
    if not no_scan:
        files["scan"] = appendix.as_scan()
        files["worn scan"] = appendix.as_worn_scan()
    readings = {kind: _read(kind, data) for kind, data in files.items()}
    _print_formats(readings)
    _print_rivals(readings["pdf"], files["pdf"], camelot)


def _print_formats(readings: dict[str, Reading]) -> None:
    truth = _fields(readings["text"].extraction)
    rows = {row.no: row for row in readings["text"].extraction.projects}
    print(f"{len(rows)} projects, {len(truth)} fields as read from the text\n")
    print(
        "| format | open s | extract s | projects | fields right | right or queued "
        "| investments right | silently wrong | fields made up | balance |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|---|")
    for kind, reading in readings.items():
        fields = _fields(reading.extraction)
        queued = _queued(reading.extraction)
        right = {key for key, (value, _) in truth.items() if fields.get(key, ("", 0))[0] == value}
        asked = {key for key in truth if (key[0], truth[key][1]) in queued}
        money = {key for key in truth if key[1] == "investment_mvnd"}
        silent = [key for key in money - right - asked if key in fields]
        extra = [
            key for key in fields if key not in truth and (key[0], fields[key][1]) not in queued
        ]
        print(
            f"| {kind} | {reading.open_seconds:.2f} | {reading.extract_seconds:.2f} "
            f"| {len({no for no, _ in fields} & set(rows))}/{len(rows)} "
            f"| {_share(len(right), len(truth))} | {_share(len(right | asked), len(truth))} "
            f"| {len(money & right)}/{len(money)} | {len(silent)} | {len(extra)} "
            f"| {'exact' if reading.extraction.balance.exact else 'NOT EXACT'} |"
        )
        for key in sorted(set(truth) - right - asked):
            was, read = truth[key][0], fields.get(key, ("-", 0))[0]
            print(f"<!-- {kind} {key}: {was!s:.60} / {read!s:.60} -->")
    print()


def _print_rivals(reading: Reading, data: bytes, python: str) -> None:
    wanted = [[_flat(cell) for cell in row] for page in appendix.pages() for row in page]
    whole = [[_flat(cell) for cell in row] for row in appendix.one_table() if row[0].isdigit()]
    print("| PDF by | seconds | table lines | cells right | whole project rows right |")
    print("|---|--:|--:|--:|--:|")
    own = [
        [_flat(cell.text) for cell in row.cells]
        for block in reading.document.blocks
        if isinstance(block, TableBlock)
        for row in block.rows
    ]
    joined = [
        [_flat(row.cell(column).text) for column in range(appendix.COLUMNS)]
        for table in stitch_tables(reading.document)
        if is_project_table(table)
        for row in table.rows
    ]
    for row in joined:
        row[0] = row[0].strip(". ")
    print(
        _rival(
            "this project", reading.open_seconds, lines=own, wanted=wanted, rows=joined, whole=whole
        )
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "appendix.pdf"
        path.write_bytes(data)
        done = subprocess.run(  # noqa: S603 - the interpreter that the caller names
            [python, "-c", CAMELOT, str(path)], capture_output=True, encoding="utf-8", check=False
        )
    if done.returncode:
        print("| camelot | | | | not compared: not installed (see --camelot) |")
    else:
        found = json.loads(done.stdout)
        rows = [[_flat(cell) for cell in row] for row in found["rows"]]
        name = f"camelot {found['version']}"
        print(_rival(name, found["seconds"], lines=rows, wanted=wanted, rows=rows, whole=whole))
    print("| docling | | | | not compared: needs more than 1 GB of models |")


def _rival(
    name: str,
    seconds: float,
    *,
    lines: list[list[str]],
    wanted: list[list[str]],
    rows: list[list[str]],
    whole: list[list[str]],
) -> str:
    cells = [
        (x, y) for a, b in zip(lines, wanted, strict=False) for x, y in zip(a, b, strict=False)
    ]
    filled = [pair for pair in cells if pair[1]]
    count = sum(1 for row in wanted for cell in row if cell)
    right = sum(1 for x, y in filled if x == y)
    return (
        f"| {name} | {seconds:.2f} | {len(lines)}/{len(wanted)} | {_share(right, count)} "
        f"| {sum(1 for row in whole if row in rows)}/{len(whole)} |"
    )


def _read(kind: str, data: bytes) -> Reading:
    start = time.perf_counter()
    document = open_document(data, f"appendix as {kind}", limits=LIMITS)
    opened = time.perf_counter()
    extraction = extract_document(document)
    return Reading(document, extraction, opened - start, time.perf_counter() - opened)


def _as_text() -> bytes:
    head = "\n\n".join(appendix.TITLE[:2])
    real = appendix.text_of_report()
    if real is not None:
        return f"{head}\n\n{real}".encode()
    pages = ("\n".join("\t".join(row) for row in page) for page in appendix.pages())
    table = "\n\n".join(page.replace("\n-", " -") for page in pages)
    return f"{head}\n\n{chr(10).join(appendix.TITLE[2:])}\n\n{table}\n".encode()


def _fields(extraction: Extraction) -> Fields:
    fields: Fields = {}
    for row in extraction.projects:
        fields[row.no, "name"] = (_plain(row.name), 2)
        fields[row.no, "group"] = (row.group, 1)
        fields[row.no, "communes"] = (sorted(one.code for one in row.communes), 4)
        by_field: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for value in row.values:
            parts = (value.value, value.total, value.unit, value.basis, value.component)
            by_field[value.field].append(tuple(_plain(part) for part in parts))
        for name, values in by_field.items():
            column = next(v.place.column for v in row.values if v.field == name)
            fields[row.no, name] = (sorted(values), column)
    return fields


def _queued(extraction: Extraction) -> set[tuple[int, int]]:
    """Return the project and column of everything that a person is asked about."""
    asked = {
        (row.no, value.place.column)
        for row in extraction.projects
        for value in row.values
        if value.confidence < LOW
    }
    for entry in extraction.queue:
        for row in extraction.projects:
            if _within(entry.place.line_from, row):
                asked.add((row.no, entry.place.column))
    return asked


def _within(line: int, row: ProjectRow) -> bool:
    return row.place.line_from <= line <= row.place.line_to


def _plain(text: str) -> str:
    return _flat(text).replace("–", "-")


def _flat(text: str) -> str:
    return " ".join(text.split())


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({100 * part / max(whole, 1):.1f} %)"


if __name__ == "__main__":
    main()
