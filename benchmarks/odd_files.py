"""Reading odd files and counting what the readings are worth, by format, with times."""

from __future__ import annotations

import json
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.odd_tables import OddFile
from reports.extract import extract_document
from reports.model.document import ReadLimits
from reports.model.errors import ReportError
from reports.open import open_document
from tests.reports.written.judging import (
    WORDS,
    Expectation,
    Verdict,
    judge_reading,
    judge_refusal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_LIMITS = ReadLimits(max_seconds=300)
_BASE = "00_base.xlsx"


@dataclass(frozen=True)
class Judged:
    """What the reading of one file is worth, and how many seconds it took."""

    file: OddFile
    verdict: Verdict
    seconds: float


def judge_file(file: OddFile) -> Judged:
    """Return what the reading of a file is worth; a fault of the program is wrong."""
    start = time.perf_counter()
    name = f"{file.kind}.{file.form}"
    try:
        extraction = extract_document(open_document(file.data, name, limits=_LIMITS))
        verdict = judge_reading(extraction, file.expected)
    except ReportError as refusal:
        verdict = judge_refusal(str(refusal).replace(name, ""), file.expected)
    except Exception as fault:  # noqa: BLE001 - to be counted, not to end the run
        verdict = Verdict("wrong", f"{type(fault).__name__}: {fault}")
    return Judged(file, verdict, time.perf_counter() - start)


def list_folder(folder: Path) -> Iterator[OddFile]:
    """Yield the files of a folder that its ``expected.json`` knows.

    Facts there are lists of project, field and value (None where it must be asked), or ``base``:
    those of ``00_base.xlsx``.
    """
    wanted: dict[str, dict[str, Any]] = json.loads(
        (folder / "expected.json").read_text(encoding="utf-8")
    )
    for name, said in wanted.items():
        path = folder / name
        if path.exists():
            facts = wanted[_BASE]["facts"] if said["facts"] == "base" else said["facts"]
            form = path.suffix.lower().lstrip(".")
            yield OddFile(form, path.stem, path.read_bytes(), _read_expectation(said, facts))


def _read_expectation(said: dict[str, Any], facts: list[list[str | None]]) -> Expectation:
    values: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    for project, name, value in facts:
        values[str(project), str(name)].add(value)
    for project, communes in said.get("communes", {}).items():
        values[project, "commune"] = set(communes)
    return Expectation(
        dict(values),
        clearance=said.get("clearance", 0),
        refusal=said.get("refusal", ""),
        partial=bool(said.get("partial")),
    )


def print_verdicts(files: Iterable[OddFile]) -> None:
    """Print a Markdown table of the verdicts by format, then each file that was not read right."""
    by_form: dict[str, list[Judged]] = defaultdict(list)
    for file in files:
        by_form[file.form].append(judge_file(file))
    print("| format | files | right | told | silent | wrong | median s | longest s |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for form, judged in by_form.items():
        _print_line(form, judged)
    every = [one for judged in by_form.values() for one in judged]
    if len(by_form) > 1:
        _print_line("all", every)
    print()
    for one in every:
        if one.verdict.word != "right":
            words = f"{one.file.form}, {one.file.kind}: {one.verdict.word}, {one.verdict.why}"
            print(f"<!-- {words} -->")
    print()


def _print_line(form: str, judged: list[Judged]) -> None:
    counts = [sum(1 for one in judged if one.verdict.word == word) for word in WORDS]
    seconds = [one.seconds for one in judged]
    cells = (form, len(judged), *counts)
    print(
        f"| {' | '.join(map(str, cells))} | {statistics.median(seconds):.2f} | {max(seconds):.2f} |"
    )
