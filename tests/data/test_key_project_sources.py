"""Every value of the key projects stands in the words that it is taken from, at its line."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.data.key_project_rows import PAGE_BREAK, is_own, observations, rows_of
from tests.data.source_words import stands
from tests.shared_reference import SHARED, needs_shared

if TYPE_CHECKING:
    from pathlib import Path


def plain(text: str) -> str:
    """Return the text as it is compared: no markup, no white space, NFC."""
    return re.sub(r"<[^>]*>|\s+", "", unicodedata.normalize("NFC", text))


def numbers_in(raw: str) -> set[float]:
    """Return the numbers of a Vietnamese text: ``1.850,45`` is 1850.45, ``07/24`` is 7 and 24."""
    found = {0.5} if "½" in raw else set()
    for text in re.findall(r"\d+(?:\.\d{3})*(?:,\d+)?", raw.replace(PAGE_BREAK, " ")):
        found.add(float(text.replace(".", "").replace(",", ".")))
    return found


@pytest.fixture(scope="module")
def reports() -> dict[str, list[str]]:
    """Return the lines of each document's text."""
    assert SHARED is not None
    folder: Path = SHARED / "reports"
    return {
        row["doc"]: (folder / row["file"]).read_text("utf-8").split("\n")
        for row in rows_of("documents.csv")
    }


def test_every_number_is_in_the_words_it_is_taken_from() -> None:
    """No value can be mistyped: it stands in its raw text, in the report's own notation."""
    misread = {row["raw"]: row["corrected"] for row in rows_of("corrections.csv")}
    checked = 0
    fields = ("_pct", "physical_done", "area_ha")
    for row in rows_of("key_projects/observations.csv"):
        if row["field"].endswith(fields):
            assert float(row["value"]) in numbers_in(row["raw"]), row
            written_out = not row["total"] or row["unit"] in {"percent", "thân trụ"}
            assert written_out or float(row["total"]) in numbers_in(row["raw"]), row
            checked += 1
        elif row["field"] == "investment_mvnd":
            assert row["raw"].replace(",", "") == row["value"]
            checked += 1
    for row in rows_of("indicators.csv"):
        if not is_own(row):
            continue
        raw = misread.get(row["raw"], row["raw"])
        in_words = float(row["value"]) / (1000 if row["unit"] == "million_vnd" else 1)
        assert in_words in numbers_in(raw), row
        checked += 1
    assert checked > 150


def test_quarters_are_read_from_their_words() -> None:
    """The words "Khởi công Quý III/2026" are 2026-Q3."""
    quarters = {"I": 1, "II": 2, "III": 3, "IV": 4}
    found = [row for row in observations() if row["field"].startswith("milestone_")]
    for row in found:
        words = re.search(r"[Qq]uý (IV|I{1,3})(?:/| năm )(\d{4})", row["raw"])
        if words:
            assert row["value"] == f"{words[2]}-Q{quarters[words[1]]}", row
        else:
            assert row["value"][:4] in row["raw"] or row["period"] == "2025-11", row
    assert len(found) > 40


@needs_shared
def test_the_files_are_the_ones_that_were_read(reports: dict[str, list[str]]) -> None:
    """Line numbers hold for exactly these texts."""
    assert SHARED is not None
    for row in rows_of("documents.csv"):
        content = (SHARED / "reports" / row["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
    assert set(reports) == {row["doc"] for row in rows_of("documents.csv")}


@needs_shared
@pytest.mark.parametrize(
    "name", ["key_projects/observations.csv", "clearance.csv", "indicators.csv"]
)
def test_raw_words_stand_at_their_lines(name: str, reports: dict[str, list[str]]) -> None:
    """Every fact is traced to the lines of the report that it cites."""
    missing = [
        row
        for row in rows_of(name)
        if is_own(row)
        and not stands(
            row["raw"], reports[row["doc"]][int(row["line_from"]) - 1 : int(row["line_to"])], plain
        )
    ]
    assert missing == []


@needs_shared
def test_names_and_places_stand_at_their_lines(reports: dict[str, list[str]]) -> None:
    """The raw name of a project and of each place is the document's; a page may break it."""
    lines = reports["q1-2026"]
    appendix = plain("\n".join(lines[724:]))
    for row in rows_of("key_projects/items.csv"):
        assert all(plain(piece) in appendix for piece in row["name_raw"].split(PAGE_BREAK))
    for row in rows_of("key_projects/places.csv"):
        first = int(row["line"]) - 1
        last = first + (5 if PAGE_BREAK in row["raw"] else 1)
        assert stands(row["raw"], reports[row["doc"]][first:last], plain), row


@needs_shared
def test_corrected_words_stand_at_their_line(reports: dict[str, list[str]]) -> None:
    """A correction keeps what the scan really has."""
    for row in rows_of("corrections.csv"):
        assert row["raw"] != row["corrected"]
        assert stands(row["raw"], [reports[row["doc"]][int(row["line"]) - 1]], plain), row
