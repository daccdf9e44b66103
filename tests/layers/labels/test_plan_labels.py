"""What importing would do is said in words, with numbers in the reader's style: no codes."""

import pandas as pd
import pytest

from geo.i18n import LANGUAGES
from layers.labels.field_labels import format_figure_value
from layers.labels.plan_labels import (
    describe_changes,
    describe_differences,
)
from reports.model.schema import FIELDS
from store.facts.facts import load_facts
from store.imports.plan.differences import ImportDifference, make_differences_frame
from store.imports.preview.period_comparison import PLAN_COLUMNS
from tests.store.exports.test_plain_words import code_pattern

VALUES = {"number": "31713000", "when": "2026-Q1", "text": "Lời văn bản", "body": "UBND xã"}
EXAMPLES = [
    (name, value)
    for name, field in FIELDS.items()
    for value in (sorted(field.allowed) or [VALUES[field.kind]])
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_every_field_has_its_words(language: str) -> None:
    pattern = code_pattern(load_facts())
    for field, value in EXAMPLES:
        shown = format_figure_value(field, value, language)
        if language == "vi":
            assert not pattern.search(shown), (field, value, shown)
        assert shown
    assert format_figure_value("investment_mvnd", "3.1713e+07", "vi") == "31.713 tỷ đồng"
    assert format_figure_value("actual_construction_pct", "12.5", "vi") == "12,5 %"
    assert format_figure_value("area_ha", "187.8", "vi") == "187,8 ha"


def test_changes_and_differences_hold_no_code() -> None:
    facts = load_facts()
    pattern = code_pattern(facts)
    rows = [
        (change, "KP-01", "Dự án", field, "", value, value, period)
        for field, value in EXAMPLES
        for change, period in (("changed", "2026-Q1"), ("new", ""))
    ]
    diff = pd.DataFrame(rows, columns=list(PLAN_COLUMNS), dtype=str)
    stated = [
        {
            "item": "KP-01",
            "field": field,
            "value": value,
            "component": "",
            "raw": "",
            "line_from": 1,
        }
        for field, value in EXAMPLES
    ]
    place = {"item": "KP-01", "commune": "11413", "raw": "", "line": 3}
    problem = {"item": "KP-01", "commune": "11413", "category": "land_origin", "statement": "Lời",
               "raw": "", "line_from": 1}  # fmt: skip
    found = [ImportDifference("observations", "value_differs", row, row) for row in stated]
    found += [ImportDifference("clearance", "only_read", None, problem)]
    found += [ImportDifference("places", "only_read", None, place)]
    shown = [
        describe_changes(diff, facts, "vi"),
        describe_differences(make_differences_frame(found), facts, "vi").drop(
            columns=["table", "why"]
        ),
    ]
    for frame in shown:
        for column in frame.columns:
            for text in frame[column].dropna().astype(str):
                assert not pattern.search(text), (column, text)
    assert "Phường" in " ".join(shown[1]["read"])
