"""Contradictions in words."""

import pytest

from geo.i18n import LANGUAGES, load_catalogue
from layers.details.contradiction_lines import list_contradiction_lines
from reports.model.schema import FORECASTS, OBSTACLE_CATEGORIES, PHASES, STATUSES
from store.analysis.contradiction import RULES, TOPICS
from store.analysis.contradictions import ContradictionDecision
from store.facts.facts import load_facts
from tests.small_facts import AEON, OBSERVATIONS, seen, small_facts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_and_topic_has_a_text(language: str) -> None:
    texts = load_catalogue(language)
    wanted = [f"changes.rule.{one}" for one in RULES] + [f"changes.topic.{one}" for one in TOPICS]
    assert [key for key in wanted if key not in texts] == []


def test_a_noted_one_keeps_its_words_and_says_why_it_is_one() -> None:
    lines = {line.id: line for line in list_contradiction_lines(load_facts())}
    one = lines["C-012"]
    assert one.title == "Kết quả và dự báo"
    assert one.a == "kết quả: đảm bảo tiến độ theo chủ trương đầu tư"
    assert one.why == ("Kết quả ghi bảo đảm tiến độ nhưng dự báo không đạt mục tiêu.",)
    assert one.a_sources[0].line_from == one.b_sources[0].line_from == 863
    assert one.state_label == "Còn để ngỏ"
    assert len(lines["C-031"].names) == 5


def test_a_found_one_is_told_in_words() -> None:
    more = [seen(AEON, "obstacle", "capital"), seen(AEON, "forecast", "misses", doc="q1-annex")]
    facts = small_facts(conflicts=[], observations=[*OBSERVATIONS, *more])
    lines = [line for line in list_contradiction_lines(facts) if line.item == AEON]
    told = {(line.title, line.a, line.b) for line in lines}
    assert told == {
        ("Dự báo mục tiêu quý", "Đạt mục tiêu quý", "Vốn"),
        ("Dự báo mục tiêu quý", "Đạt mục tiêu quý", "Không đạt mục tiêu quý"),
    }


def test_a_settled_one_says_what_was_decided() -> None:
    lines = list_contradiction_lines(
        load_facts(), {"C-001": ContradictionDecision("b", "Chú thích 24")}
    )
    one = next(line for line in lines if line.id == "C-001")
    assert (one.state_label, one.choice, one.decided_why) == ("Đã xử lý", "b", "Chú thích 24")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_side_is_empty_and_none_shows_a_code(language: str) -> None:
    for line in list_contradiction_lines(load_facts(), language=language):
        assert line.a
        assert line.b
        assert "_" not in line.title + "".join(line.why)


def test_no_side_shows_a_word_of_the_program() -> None:
    words = {*PHASES, *STATUSES, *FORECASTS, *OBSTACLE_CATEGORIES}
    for line in list_contradiction_lines(load_facts()):
        for side in (line.a, line.b):
            assert not words & set(side.split())
