"""A commune that a report spells otherwise is read, and the preview says how it was written."""

import pytest

from reports.model.document import SourcePlace
from reports.model.extraction import PlacedCommune
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from store.imports.preview.period_comparison import find_respelt_places, is_spelt
from tests.people import AN
from tests.store.small_reports import BRIDGE, DO_SON, project, report

PLACE = SourcePlace(10, 10)


@pytest.mark.parametrize(
    ("words", "code", "spelt"),
    [
        ("Phường Đồ Sơn", DO_SON, True),
        ("PHƯỜNG ĐỒ SƠN", DO_SON, True),
        ("Phường Đổ Sơn", DO_SON, False),
        ("Thuỷ Nguyên", "11560", True),
        ("Xã Khúc Thửa Dụ", "11224", False),
        ("phường Tràng Cát", "11413", True),
    ],
)
def test_case_and_tone_marks_moved_and_former_names_are_no_other_spelling(
    words: str, code: str, spelt: bool
) -> None:
    assert is_spelt(words, code) is spelt


def bridge(words: str, how: str = "stated") -> object:
    row = project(1, BRIDGE)
    placed = PlacedCommune(DO_SON, how, "certain", 0.97, words, PLACE)
    return type(row)(**vars(row) | {"communes": (placed,)})


def test_what_the_store_has_in_these_words_is_not_said_again() -> None:
    named = [(bridge("Phường Đổ Sơn"), "KP-01")]
    assert find_respelt_places(named) == [("KP-01", DO_SON, "Phường Đổ Sơn")]
    assert find_respelt_places(named, {("KP-01", "Phường Đổ Sơn")}) == []
    assert find_respelt_places([(bridge("KCN Đổ Sơn", "zone"), "KP-01")]) == []


@pytest.mark.usefixtures("bare_store")
def test_the_comparison_of_a_report_says_it() -> None:
    apply_import(plan_import(report("Quý I", "2031-Q1", project(1, BRIDGE))), AN)
    plan = plan_import(report("Quý II", "2031-Q2", bridge("Phường Đổ Sơn")))
    (row,) = plan.diff[plan.diff["change"] == "respelt"].itertuples()
    assert (row.item, row.before, row.after) == ("KP-01", "Phường Đồ Sơn", "Phường Đổ Sơn")
    apply_import(plan, AN)
    again = plan_import(report("Quý III", "2031-Q3", bridge("Phường Đổ Sơn")))
    assert "respelt" not in set(again.diff["change"])
