"""The real appendix as other scans would give it: values right or asked about."""

from __future__ import annotations

import random
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import pytest

from benchmarks.report_truth import compare_places
from geo.paths import DATA
from reports.extract import extract_document
from reports.facts_files.curated import read_curated
from reports.readers.text import read_text
from tests.hostile import mostly_slow
from tests.shared_reference import SHARED, needs_shared

if TYPE_CHECKING:
    from reports.model.extraction import Extraction

pytestmark = needs_shared

FIELDS = (
    "investment_mvnd", "forecast", "planned_construction_pct", "planned_clearance_pct",
    "actual_construction_pct", "milestone_start",
)  # fmt: skip


@cache
def parts() -> tuple[str, str]:
    assert SHARED is not None
    text = (SHARED / "reports" / "000_04ce4e6dadb4cbe6.txt").read_text("utf-8")
    at = text.index("PHỤ LỤC IV")
    return text[:at], text[at:]


def read(appendix: str) -> Extraction:
    return extract_document(read_text((parts()[0] + appendix).encode(), "a.txt"))


def values(extraction: Extraction) -> dict[tuple[int, str], list[tuple[str, str]]]:
    found: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for row in extraction.projects:
        for value in row.values:
            if value.field in FIELDS:
                found.setdefault((row.no, value.field), []).append((value.value, value.basis))
    return found


def without_repeats(text: str) -> str:
    first, second, *others = text.split("\n\nSTT")
    return f"{first}\n\nSTT{second}" + "".join(
        "\n" + "\n".join(part.split("\n")[2:]) for part in others
    )


def with_page_numbers(text: str) -> str:
    pages = iter(range(40, 90))
    return re.sub(r"\n\nSTT", lambda _: f"\n\n{next(pages)}\n\nSTT", text)


def columns_swapped(text: str) -> str:
    order = (0, 1, 3, 2, 4, 8, 5, 6, 7)
    lines = [line.split("\t") for line in text.split("\n")]
    return "\n".join(
        "\t".join(cells[at] for at in order) if len(cells) == 9 else "\t".join(cells)
        for cells in lines
    )


def as_markdown(text: str) -> str:
    return "\n".join(
        f"| {' | '.join(line.split(chr(9)))} |" if "\t" in line else line
        for line in text.split("\n")
    )


def other_tones(text: str, share: float = 0.15) -> str:
    """Return the text with wrong tones on many vowels, roman numbers too."""
    chance = random.Random(7)  # noqa: S311
    letters = []
    for letter in text:
        base = unicodedata.normalize("NFD", letter)
        if base[0].lower() in "aeiouy" and chance.random() < share:
            tone = chance.choice(["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"])
            letters.append(unicodedata.normalize("NFC", base[0] + tone))
        else:
            letters.append(letter)
    return "".join(letters)


def groups_by(mark: str) -> object:
    return lambda text: re.sub(
        r"\t(\d[\d,]*\d)\t", lambda m: f"\t{m[1].replace(',', mark)}\t", text
    )


@pytest.mark.parametrize(
    "damage",
    mostly_slow(
        [
            without_repeats,
            with_page_numbers,
            columns_swapped,
            as_markdown,
            other_tones,
            groups_by("."),
        ],
        2,
    ),
    ids=["header once", "page numbers", "columns swapped", "markdown", "tones", "points"],
)
def test_another_setting_gives_the_same_values(damage: object) -> None:
    assert callable(damage)
    extraction = read(damage(parts()[1]))
    assert values(extraction) == values(read(parts()[1]))
    assert extraction.balance.exact
    _, wrong, _ = compare_places(extraction, read_curated(DATA / "facts"))
    assert wrong == []


@pytest.mark.parametrize(
    "damage",
    mostly_slow(
        [
            lambda text: re.sub(r"\t(\d+),(\d{3}),(\d{3})\t", "\t\\1,\\2.\\3\t", text),
            lambda text: re.sub(r"\t(\d+),(\d{3}),(\d{3})\t", "\t\\1,\\2,\\3\\3\t", text),
            lambda text: re.sub(r"\t(\d+),(\d{3}),(\d)(\d\d)\t", "\t\\1,\\2,l\\4\t", text),
            lambda text: re.sub(r"\t(\d+),(\d{3}),(\d{3})\t", "\t\\1,\\2, \\3\t", text),
            lambda text: text.replace("(triệu đồng)", ""),
        ],
        2,
    ),
    ids=["point for comma", "digits doubled", "letter for digit", "space inside", "unit lost"],
)
def test_misread_investments_are_asked_about(damage: object) -> None:
    """What is still given is exact; the rest waits in the queue."""
    assert callable(damage)
    extraction = read(damage(parts()[1]))
    true = values(read(parts()[1]))
    found = {key: told for key, told in values(extraction).items() if key[1] == "investment_mvnd"}
    assert all(true[key] == told for key, told in found.items())
    asked = [
        entry
        for entry in extraction.queue
        if entry.reason in {"ambiguous_number", "unreadable_value"} and entry.place.line_from > 700
    ]
    assert len(asked) >= 31 - len(found)
