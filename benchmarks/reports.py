"""Reading reports: what is right, how long it takes, how much memory.

Run from the checkout: ``python -m benchmarks.reports FOLDER``.

FOLDER holds the five reports as text. Rows and fields of appendix IV of the first-quarter report
are compared with ``data/facts``; ``benchmarks.reports_formats`` compares the other formats.
Each timing is of a new process, start and imports included.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from benchmarks.report_truth import compare_fields, compare_places
from geo.paths import DATA
from reports.extract import extract_document
from reports.facts_files.curated import read_curated
from reports.readers.text import read_text

Q1: Final = "000_*.txt"
FIELDS: Final = (
    "investment_mvnd",
    "planned_clearance_pct",
    "planned_construction_pct",
    "actual_clearance_pct",
    "actual_construction_pct",
    "forecast",
    "milestone_start",
    "milestone_inauguration",
    "physical_done",
    "obstacle",
    "asked_to_act",
    "status",
    "area_ha",
)


def main(folder: Path) -> int:
    """Print the tables of the benchmark; return 0."""
    reports = sorted(folder.glob("00?_*.txt"))
    (first,) = folder.glob(Q1)
    extraction = extract_document(read_text(first.read_bytes(), first.name))
    facts = read_curated(DATA / "facts")
    print(f"rows: {len(extraction.projects)} of 31, balance {extraction.balance}")
    print(f"{'field':<28}{'right':>6}{'wrong':>6}{'missing':>8}")
    for field in FIELDS:
        right, wrong, missing = compare_fields(extraction, facts, (field,))
        print(f"{field:<28}{right:>6}{len(wrong):>6}{len(missing):>8}")
    right, wrong_places, open_places = compare_places(extraction, facts)
    print(
        f"{'communes (stated)':<28}{right:>6}{len(wrong_places):>6}{len(open_places):>8} (queued)"
    )
    print(f"queue: {len(extraction.queue)}, not understood: {extraction.not_understood}")
    _costs("appendix IV's report", [first])
    _costs("all reports, one process each", reports)
    return 0


def _costs(what: str, files: list[Path]) -> None:
    """Print seconds and the largest memory of ``python -m reports extract`` on files."""
    began = time.perf_counter()
    for file in files:
        command = [sys.executable, "-m", "reports", "extract", str(file), "--json"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{what}: {seconds:.2f} s, peak {peak:.0f} MB")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
