"""A figure that a person corrected says when and what it was; one that was taken back does not."""

from __future__ import annotations

from datetime import UTC, datetime
from unittest.mock import Mock

import pytest

from store.editing.city import edit_indicator
from store.editing.figures import edit_figure
from store.editing.open_record import read_item, read_row
from store.editing.recent_changes import undo_change
from store.facts.facts import load_facts
from store.facts.labels import describe_figure_corrections
from store.facts.sources import find_sources, source_from_row
from store.facts.stored.hand_corrections import map_hand_corrections
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from tests.people import ADMIN, AN
from tests.store.corrections import correct
from tests.store.small_reports import QUARTER


@pytest.fixture(autouse=True)
def stored(bare_store: str) -> str:
    apply_import(plan_import(QUARTER), AN)
    return bare_store


def get_amount() -> str:
    rows = load_facts().observations
    rows = rows[(rows["item"] == "KP-01") & (rows["field"] == "investment_mvnd")]
    return str(rows["obs"].item())


def correct_amount(value: str) -> int:
    obs = get_amount()
    opened = read_item("KP-01")
    assert opened is not None
    return edit_figure(
        obs, {"value": value}, seen=opened.figure_tokens[obs], actor=ADMIN, why="đối chiếu"
    )


def described() -> str:
    return describe_figure_corrections(find_sources(load_facts(), [get_amount()]))


def test_a_figure_names_the_day_and_what_its_document_was_read_as() -> None:
    assert described() == ""
    correct_amount("1300000")
    number = correct_amount("1400000")
    (correction,) = map_hand_corrections(load_facts()).values()
    assert (correction.field, correction.value) == ("investment_mvnd", "1200000")
    text = described()
    assert text.startswith("(đính chính 2 lần trong ngày ")
    assert text.endswith("; trước ghi 1.200 tỷ đồng)")
    assert ADMIN.shown not in text
    undo_change(number, actor=ADMIN, why="nhầm")
    assert described().startswith("(đính chính ngày ")
    assert described().endswith("; trước ghi 1.200 tỷ đồng)")
    correct_amount("1200000")
    assert described() == ""


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([7], "(đính chính ngày 07/11/2031; trước ghi 1.200 tỷ đồng)"),
        ([7, 9], "(đính chính 2 lần, các ngày 07/11/2031, 09/11/2031; trước ghi 1.200 tỷ đồng)"),
        (
            [7, 9, 11, 13, 15],
            "(đính chính 5 lần, từ ngày 07/11/2031 đến ngày 15/11/2031; trước ghi 1.200 tỷ đồng)",
        ),
    ],
)
def test_a_figure_corrected_on_several_days_names_each_or_the_first_and_the_last(
    monkeypatch: pytest.MonkeyPatch, days: list[int], said: str
) -> None:
    for number, day in enumerate(days, start=1):
        moment = datetime(2031, 11, day, 2, tzinfo=UTC)
        monkeypatch.setattr("store.audit.ledger.datetime", Mock(now=Mock(return_value=moment)))
        correct_amount(str(1_200_000 + number))
    assert described() == said


def test_a_figure_of_the_city_is_marked_until_it_is_taken_back() -> None:
    def mark() -> str:
        facts = load_facts()
        (row,) = facts.indicators.to_dict("records")
        return describe_figure_corrections([source_from_row(facts, row)])

    (key,) = load_facts().indicators["indicator"]
    opened = read_row("indicators", key)
    assert opened is not None
    number = edit_indicator(key, {"value": 2}, seen=opened.seen, actor=ADMIN, why="đối chiếu")
    assert mark().endswith("; trước ghi 1/2 dự án)")
    undo_change(number, actor=ADMIN, why="nhầm")
    assert mark() == ""


def test_a_note_alone_is_no_correction_and_a_correction_keeps_its_mark() -> None:
    obs = get_amount()
    correct("observations", obs, {"note": "đã xem"}, ADMIN, "ghi chú")
    assert described() == ""
