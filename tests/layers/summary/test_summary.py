"""The headline tells a period in a few sentences, against which other, and where it is said."""

from __future__ import annotations

import pytest

from layers.labels.short_names import shorten_name
from layers.summary.base_period import choose_base_period, list_earlier_periods
from layers.summary.summary import summarise_period
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.hostile import HOSTILE_TEXTS
from tests.small_facts import (
    AEON,
    GOLF,
    LNG,
    OBSERVATIONS,
    RING_ROAD,
    no_facts,
    seen,
    small_facts,
)

FACTS = load_facts()
PERIODS = ("2025-11", "2026-01", "2026-Q1", "2026-05", "2026-H1")


def told(facts: object, filters: Filters, **more: object) -> dict[str, str]:
    return {one.key: one.text for one in summarise_period(facts, filters, **more).sentences}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("period", PERIODS)
def test_every_period_is_told_in_three_to_six_sentences(period: str, language: str) -> None:
    found = summarise_period(FACTS, Filters(period=period), language=language)
    assert 3 <= len(found.sentences) <= 6
    assert found.why
    assert all(one.text and "{" not in one.text for one in found.sentences)


def test_the_half_year_is_held_against_the_first_quarter_and_says_why() -> None:
    found = summarise_period(FACTS, Filters(period="2026-H1"))
    assert found.base == "2026-Q1"
    assert "Thông báo tháng 5/2026 (chỉ nói đến 10 dự án, khu, cụm)" in found.why


def test_an_earlier_period_that_says_little_is_said_to_say_little() -> None:
    found = summarise_period(FACTS, Filters(period="2026-Q1"))
    assert found.base == "2026-01"
    assert "chỉ nói đến 22" in found.why


def test_the_first_period_has_nothing_to_be_held_against() -> None:
    found = summarise_period(FACTS, Filters(period="2025-11"))
    assert found.base == ""
    assert "Chưa có kỳ nào trước" in found.why
    assert choose_base_period(FACTS, "2025-11") == ""


def test_the_reader_may_choose_an_earlier_period_and_no_other() -> None:
    assert summarise_period(FACTS, Filters(period="2026-H1"), base="2026-05").base == "2026-05"
    assert summarise_period(FACTS, Filters(period="2026-Q1"), base="2026-H1").base == "2026-01"
    assert list_earlier_periods(FACTS, "2026-Q1") == ("2026-01", "2025-11")


def test_the_half_year_says_what_opened_started_and_left_the_list() -> None:
    sentences = told(FACTS, Filters(period="2026-H1"))
    assert "Bến K15" in sentences["moved_on"]
    assert "Được nêu đã khởi công: 6 (" in sentences["moved_on"]
    assert "ra khỏi danh mục 1 (" in sentences["scope"]
    assert "8/30" in sentences["forecast"]
    assert "9/31" in sentences["forecast"]
    assert "15.496 tỷ đồng" in sentences["spending"]


def test_sentences_carry_their_places() -> None:
    found = {one.key: one for one in summarise_period(FACTS, Filters(period="2026-H1")).sentences}
    assert {one.period for one in found["forecast"].sources} == {"2026-Q1", "2026-H1"}
    assert found["moved_on"].sources
    assert found["slipped"].sources
    assert all(one.period == "2026-H1" for one in found["scope"].sources)


def test_counts_of_the_whole_city_are_not_told_of_a_part_of_it() -> None:
    part = told(FACTS, Filters(period="2026-H1", communes=("11413",)))
    assert "spending" not in part
    assert "8/30" not in part.get("forecast", "")
    assert "8/30" in told(FACTS, Filters(period="2026-H1", kinds=("key_project",)))["forecast"]


def test_what_starts_is_told_once_and_not_again() -> None:
    rows = [
        seen(GOLF, "status", "started", period="2026-H1", doc="h1-2026"),
        seen(AEON, "status", "inaugurated", period="2026-H1", doc="h1-2026"),
        seen(RING_ROAD, "status", "under_construction", period="2026-H1", doc="h1-2026"),
    ]
    facts = small_facts(observations=[*OBSERVATIONS, *rows])
    moved = next(
        one
        for one in summarise_period(facts, Filters(period="2026-H1"), base="2026-Q1").sentences
        if one.key == "moved_on"
    )
    assert set(moved.items) == {GOLF, AEON}
    assert moved.direction == "better"


def test_a_milestone_put_off_is_told_with_the_longest_span() -> None:
    row = seen(GOLF, "milestone_start", "2027-Q2", period="2026-H1", doc="h1-2026")
    facts = small_facts(observations=[*OBSERVATIONS, row])
    sentence = told(facts, Filters(period="2026-H1"), base="2026-Q1")["slipped"]
    assert "sân gôn Liên Hồng" in sentence
    assert "181 ngày (khoảng 6 tháng)" in sentence


def test_who_is_held_up_is_told_with_the_largest_and_who_must_act() -> None:
    sentence = told(small_facts(), Filters(period="2026-Q1"))["held_up"]
    assert "2 dự án" in sentence
    assert "189.047,5 tỷ đồng" in sentence
    assert "LNG" in sentence
    assert told(small_facts(), Filters(period="2026-Q1", text="aeon"))["held_up"] == (
        "Không có dự án nào bị giữ lại trong phạm vi đang xem."
    )


def test_few_forecasts_are_not_taken_for_all() -> None:
    kept = [one for one in OBSERVATIONS if one["field"] != "forecast" or one["item"] == LNG]
    facts = small_facts(observations=kept, indicators=[])
    assert "chỉ nêu dự báo" in told(facts, Filters(period="2026-Q1"))["forecast"]


def test_an_empty_store_or_choice_says_so() -> None:
    assert told(no_facts(), Filters(period="2026-Q1"))["held_up"] == (
        "Không có dự án nào trong phạm vi đang xem."
    )
    empty = small_facts(
        periods=[], documents=[], items=[], places=[], observations=[], clearance=[],
        indicators=[], conflicts=[],
    )  # fmt: skip
    assert summarise_period(empty, Filters()).sentences == ()


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Dự án đầu tư xây dựng tu bổ Bến K15", "Tu bổ Bến K15"),
        ("Dự án Nhà máy xử lý rác thải", "Nhà máy xử lý rác thải"),
        ("Khu công nghiệp Bình Giang", "Khu công nghiệp Bình Giang"),
        ("Dự án", "Dự án"),
        ("", ""),
    ],
)
def test_a_short_name_leaves_out_what_all_begin_with(name: str, short: str) -> None:
    assert shorten_name(name) == short


def test_a_long_name_is_cut_at_a_word() -> None:
    cut = shorten_name("Tuyến đường " + "rất " * 30)
    assert len(cut) <= 64
    assert cut.endswith("rất…")
    assert len(shorten_name("x" * 200)) <= 64


def test_no_name_breaks_a_short_one() -> None:
    assert [text for text in HOSTILE_TEXTS if len(shorten_name(text)) > 64] == []
