"""Differences and moved milestones in sentences, in both languages."""

import re

import pytest

from geo.i18n import LANGUAGES, load_catalogue
from layers.history.period_changes import (
    ItemChanges,
    PeriodChanges,
    describe_delays,
    describe_period_changes,
)
from reports.model.schema import FORECASTS
from store.facts.facts import load_facts
from tests.small_facts import AEON, GOLF, LNG, OBSERVATIONS, seen, small_facts

LATER = {"period": "2026-H1", "doc": "h1-2026"}
PAIRS = [("2026-Q1", "2026-H1"), ("2025-11", "2026-Q1"), ("2026-01", "2026-05")]


def sentences(groups: tuple[ItemChanges, ...], item: str) -> list[str]:
    return [line.sentence for group in groups if group.item == item for line in group.lines]


def every_sentence(text: PeriodChanges) -> list[str]:
    groups = (*text.new, *text.gone, *text.changed, *text.slips)
    lines = [line for group in groups for line in group.lines]
    return [text.headline, *(line.sentence for line in (*text.counts, *lines))]


def test_the_headline_a_leader_reads_first() -> None:
    text = describe_period_changes(load_facts(), "2026-Q1", "2026-H1")
    assert text.headline == (
        "Từ Quý I/2026 đến 6 tháng đầu năm 2026: 34 dự án, khu, cụm mới được nêu; 1 không còn "
        "trong danh mục; 12 có thay đổi. Công trình trọng điểm, không đạt mục tiêu quý: "
        "từ 9/31 (Quý I/2026) thành 8/30 dự án (6 tháng đầu năm 2026)."
    )


def test_each_kind_of_difference_of_the_real_reports() -> None:
    text = describe_period_changes(load_facts(), "2026-Q1", "2026-H1")
    assert sentences(text.gone, "KP-08") == [
        "Không còn trong danh mục theo dõi; trước đó: Chuẩn bị đầu tư."
    ]
    assert sentences(text.changed, "KP-01") == [
        "Tình trạng: từ Đang thi công thành Đã khánh thành."
    ]
    assert sentences(text.changed, "KP-28")[-1] == (
        "Báo cáo nêu thêm vướng mắc (Khác): “đang đợi ý kiến về tính khả thi của dự án”."
    )
    assert sentences(text.new, "KCN-AN-HOA") == ["Mới được nêu. Tình trạng: Đã thành lập."]
    assert text.changed[0].title.endswith("(2.499 tỷ đồng)")


def test_each_kind_of_moved_milestone() -> None:
    moved = describe_delays(load_facts())
    assert sentences(moved, "KP-05")[0] == (
        "Khởi công lùi 92 ngày: Chương trình năm 2026 ghi quý III/2026, Quý I/2026 ghi quý IV/2026."
    )
    assert sentences(moved, "KP-16")[0].startswith("Hoàn thành sớm lên 458 ngày")
    assert sentences(moved, "INV-LO-I20")[0].endswith(
        "6 tháng đầu năm 2026 ghi chuyển từ quý III/2026 sang quý IV/2026."
    )
    assert sentences(moved, "TRA-CANG-NAM-DO-SON") == [
        (
            "Khởi công quá hạn ít nhất 30 ngày: Chương trình năm 2026 ghi tháng 5/2026, mà đến "
            "30/06/2026 báo cáo vẫn ghi “Chuẩn bị đầu tư”."
        )
    ]


def test_by_how_much_is_said_with_its_unit() -> None:
    facts = small_facts(
        observations=[
            *OBSERVATIONS,
            seen(AEON, "investment_mvnd", 1_298_916, **LATER),
            seen(AEON, "actual_construction_pct", 70.5, basis="unstated", **LATER),
            seen(GOLF, "milestone_start", "2026-11", **LATER),
            seen(LNG, "obstacle", "capital", raw="Chưa thu xếp được vốn", **LATER),
        ]
    )
    text = describe_period_changes(facts, "2026-Q1", "2026-H1")
    assert sentences(text.changed, AEON) == [
        "Tổng mức đầu tư: từ 1.198,9 tỷ đồng thành 1.298,9 tỷ đồng (tăng 100 tỷ đồng).",
        "Đã thi công: từ 77 % thành 70,5 % (giảm 6,5 điểm phần trăm).",
    ]
    assert sentences(text.changed, GOLF) == [
        "Khởi công được nêu rõ hơn: trước ghi quý IV/2026, nay ghi tháng 11/2026."
    ]
    assert sentences(text.changed, LNG) == [
        "Báo cáo không còn nêu vướng mắc (Chưa có mặt bằng): “ground_not_ready”.",
        "Báo cáo nêu thêm vướng mắc (Vốn): “Chưa thu xếp được vốn”.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pair", PAIRS)
def test_no_word_of_the_program_and_no_gap_shows(pair: tuple[str, str], language: str) -> None:
    """Planned work and results are the report's own Vietnamese words in either language."""
    text = describe_period_changes(load_facts(), *pair, language=language)
    for sentence in every_sentence(text):
        assert sentence.endswith(".")
        assert not re.search(r"[{}]|_|None|nan|: \.|  ", sentence)
        words = set(re.findall(r"\w+", sentence))
        assert not words & {*FORECASTS, "preparing"} or language == "en"


def test_every_line_leads_to_its_sources() -> None:
    text = describe_period_changes(load_facts(), "2026-01", "2026-Q1")
    for group in (*text.new, *text.gone, *text.changed, *text.slips):
        assert all(line.after or line.before for line in group.lines)


def test_both_languages_have_the_same_texts_with_the_same_gaps() -> None:
    def gaps(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    vi, en = load_catalogue("vi"), load_catalogue("en")
    mine = {key for key in vi if key.startswith("changes.")}
    assert mine == {key for key in en if key.startswith("changes.")}
    assert {key for key in mine if gaps(vi[key]) != gaps(en[key])} == set()


def test_a_count_names_the_period_that_it_is_of() -> None:
    """36 of 37 is November's figure, whatever the period that is compared with."""
    facts = load_facts()
    (goal,) = (
        line.sentence
        for line in describe_period_changes(facts, "2026-Q1", "2026-H1").counts
        if line.key == "key_projects/meets_goal"
    )
    assert "Tháng 11/2025 là 36/37" in goal
    assert "6 tháng đầu năm 2026 là 18/30" in goal
