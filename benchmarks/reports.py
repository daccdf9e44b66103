"""Reading reports: what is right, how long it takes, how much memory.

Run from the checkout: ``python -m benchmarks.reports FOLDER [--list]``.

FOLDER holds the five reports as text. Rows and fields of appendix IV of the first-quarter report
are compared with ``data/facts``; ``benchmarks.reports_formats`` compares the other formats. Then,
for every fact of ``data/facts`` (observations, counts, clearance, places), whether reading alone
gives it, from an empty store and a copy of ``data/`` without ``facts/``: right, offered (asked
about, with the right answer among the candidates), listed (left over), silent or wrong. Facts that
no report states (the fact's own row says where it is from) are counted apart, by what it is from.
``--list`` prints each that is not right. Each timing is of a new process, start and imports
included.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from benchmarks.reading.curated_facts import CuratedFact, list_curated_facts
from benchmarks.reading.curated_judge import VERDICTS, Verdict, judge_curated
from benchmarks.reading.said import LeftOver, SaidValue, prepare_bare_data, read_report
from benchmarks.report_truth import compare_fields, compare_places
from geo.paths import DATA
from reports.extract import extract_document
from reports.facts_files.curated import read_curated
from reports.readers.text import read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.facts_files.curated import CuratedFacts

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
_UNSTATED: Final = {
    "public_source": "not stated: a place from a public source, which its note cites",
    "zone": "not stated: the place of the zone that the item lies in",
    "name": "not stated: the place that the item's name has",
    "corrected": "not stated: a misprint, put right in corrections.csv",
}
"""By what the row itself says that it is from."""


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--list", "listing", is_flag=True, help="Print every fact that is not read right.")
def main(*, folder: Path, listing: bool) -> None:
    """Print the tables of the benchmark."""
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
    print(f"queue: {len(extraction.queue)}, not understood: {len(extraction.reading.unread)}")
    _costs("appendix IV's report", [first])
    _costs("all reports, one process each", reports)
    _print_curated(folder, facts, listing=listing)


def _print_curated(folder: Path, facts: CuratedFacts, *, listing: bool) -> None:
    """Print what reading alone makes of every curated fact, by table and field and by document."""
    said: list[SaidValue] = []
    left: list[LeftOver] = []
    with prepare_bare_data() as environment:
        for row in facts.documents.to_dict("records"):
            found, over = read_report(row["doc"], folder / row["file"], environment)
            said += found
            left += over
    judged = [(fact, *judge_curated(fact, said, left)) for fact in list_curated_facts(facts)]
    verdicts = [(f"{fact.table}: {fact.field}", verdict) for fact, verdict, _ in judged]
    _print_verdicts("field", verdicts)
    _print_verdicts("value", [(_name_form(fact), verdict) for fact, verdict, _ in judged])
    _print_verdicts("document", [(fact.doc or "none", verdict) for fact, verdict, _ in judged])
    stated = [("stated by a report", verdict) for fact, verdict, _ in judged if not fact.unstated]
    others = [(_UNSTATED[f.unstated], verdict) for f, verdict, _ in judged if f.unstated]
    _print_verdicts("what a fact is from", [*stated, *others])
    for what, some in (("all facts", [*stated, *others]), ("those that a report states", stated)):
        got = sum(verdict in {"right", "offered"} for _, verdict in some)
        print(f"right or offered, of {what}: {got} of {len(some)} ({got / len(some):.1%})")
    for fact, verdict, instead in judged if listing else ():
        if verdict != "right":
            about = fact.names[0][:60] if fact.names else ""
            lines = "–".join(map(str, sorted(set(fact.lines))))
            print(f"{verdict} {fact.doc} {lines} {fact.table} {fact.field}: "
                  f"{about} {fact.component[:30]} = {fact.value!s:.100} {instead}")  # fmt: skip


def _name_form(fact: CuratedFact) -> str:
    """Return what kind of value a fact has; those that no report states are apart."""
    form = {"word": "word of the program", "words": "free text"}.get(fact.form, fact.form)
    return f"{form} in no report" if fact.unstated else form


def _print_verdicts(head: str, verdicts: Sequence[tuple[str, Verdict]]) -> None:
    """Print a Markdown table of how often each verdict was given, by name and in all."""
    print(f"\n| {head} | facts | {' | '.join(VERDICTS)} |\n|---|{'--:|' * (len(VERDICTS) + 1)}")
    for name in [*dict.fromkeys(name for name, _ in verdicts), "all"]:
        mine = [verdict for own, verdict in verdicts if name in {own, "all"}]
        counts = " | ".join(str(mine.count(verdict)) for verdict in VERDICTS)
        print(f"| {name} | {len(mine)} | {counts} |")


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
    main()
