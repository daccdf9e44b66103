"""The outlook in words, always called an estimate."""

import ast
from pathlib import Path

import pytest

from geo.i18n import LANGUAGES, load_catalogue
from layers.history.forecast_lines import describe_forecast
from store.analysis.milestones.milestone_forecast import forecast_milestones
from store.facts.facts import load_facts

ANALYSIS = Path(__file__).resolve().parents[3] / "store" / "analysis"
RULE = ANALYSIS / "milestones" / "milestone_forecast_rule.py"


def test_the_reasons_of_a_real_project() -> None:
    found = forecast_milestones(load_facts(), "2026-Q1")
    lines = {one.item: describe_forecast(one) for one in found}
    lng = lines["KP-25"]
    assert lng.sentence == (
        "Mục tiêu năm, năm 2026 (đến 31/12/2026): Khó đúng hạn. Số yếu tố đã biết: 2."
    )
    assert [(reason.sentence, reason.points) for reason in lng.reasons] == [
        ("Còn 275 ngày, tính từ ngày số liệu của kỳ.", "0"),
        ("Báo cáo nêu vướng mắc: Chưa có mặt bằng.", "-3"),
        ("Báo cáo dự báo mục tiêu quý: Không đạt mục tiêu quý.", "-2"),
    ]
    assert lng.disclaimer == "Ước tính của chương trình, không phải nhận định của báo cáo."
    assert lines["KP-19"].sentence == "Chưa đủ thông tin: báo cáo không nêu mốc sắp tới."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_estimate_is_marked_as_one_and_has_a_reason(language: str) -> None:
    facts = load_facts()
    for period in facts.periods["period"]:
        for forecast in forecast_milestones(facts, period):
            line = describe_forecast(forecast, language)
            assert line.disclaimer
            assert line.reasons
            assert not any("{" in reason.sentence for reason in line.reasons)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_the_rule_has_a_text(language: str) -> None:
    words = {
        node.value
        for node in ast.walk(ast.parse(RULE.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    codes = {
        key.rpartition(".")[2] for key in load_catalogue("vi") if key.startswith("changes.reason.")
    }
    assert codes - {"no_milestone"} <= words
    prefixes = ("pace_", "work_", "plan_", "cleared_")
    used = {word for word in words if word.startswith(prefixes) and word.isidentifier()}
    assert {f"changes.reason.{word}" for word in used} <= set(load_catalogue(language))
