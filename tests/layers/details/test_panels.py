"""The panels of a commune and of an item: every value with its sources."""

import pytest

from layers.details.clearance_lines import drop_repeated_reasons
from layers.details.commune_details import CommuneDetails, find_commune_details
from layers.details.project_details import ItemDetails, find_item_details
from layers.details.value_lines import ValueLine
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.hostile import HOSTILE_TEXTS
from tests.small_facts import (
    AEON,
    GOLF,
    ITEMS,
    LNG,
    OBSERVATIONS,
    THACH_KHOI,
    TUNNEL,
    item,
    no_facts,
    place,
    seen,
    small_facts,
)

PERIODS = ["2025-11", "2026-01", "2026-Q1", "2026-05", "2026-H1"]


def commune(
    code: str = THACH_KHOI, filters: Filters | None = None, **more: object
) -> CommuneDetails:
    found = find_commune_details(small_facts(**more), filters or Filters(), code)
    assert found is not None
    return found


def panel(code: str, filters: Filters | None = None, **more: object) -> ItemDetails:
    found = find_item_details(small_facts(**more), filters or Filters(), code)
    assert found is not None
    return found


def line(lines: tuple[ValueLine, ...], key: str) -> ValueLine:
    return next(one for one in lines if one.key == key)


def test_a_commune_s_figures_lead_to_the_rows_of_the_reports() -> None:
    found = commune()
    assert [one.key for one in found.lines] == [
        "items",
        "investment",
        "late",
        "progress",
        "problems",
    ]
    money = line(found.lines, "investment")
    assert money.value == "12.234,4 tỷ đồng"
    assert {source.raw for source in money.sources} == {"1198916", "11035467"}
    assert line(found.lines, "progress").sources[0].raw == "77"
    assert line(found.lines, "problems").note == "mức 2, cần theo dõi"


def test_a_commune_s_items_are_told_with_their_share_and_how_they_were_placed() -> None:
    items = commune().items.set_index("item")
    assert list(items.index) == [GOLF, AEON]
    assert items.loc[AEON, "certainty_label"] == "Có khả năng"
    assert items.loc[AEON, "progress_text"] == "77 %"
    assert items.loc[GOLF, "progress_text"] == "chưa rõ"
    assert items.loc[GOLF, "forecast_label"] == "Không đạt mục tiêu quý"
    shared = commune("11329").items.set_index("item")
    assert shared.loc[TUNNEL, "communes"] == 3
    assert shared.loc[TUNNEL, "share_vnd"] < shared.loc[TUNNEL, "investment_vnd"]


def test_a_commune_obeys_the_filters() -> None:
    found = commune(filters=Filters(forecasts=("meets",)))
    assert list(found.items["item"]) == [AEON]
    assert found.problems == ()


def test_a_commune_tells_the_units_that_it_was_made_of() -> None:
    found = commune("11413")
    labels = [unit.label for unit in found.former_units]
    assert "Phường Tràng Cát" in labels
    assert "Quận Hải An" in {unit.district for unit in found.former_units}
    for unit in found.former_units:
        assert unit.share is None or 0 < unit.share <= 1


def test_an_unknown_commune_or_item_has_no_panel() -> None:
    assert find_commune_details(small_facts(), Filters(), "99999") is None
    assert find_item_details(small_facts(), Filters(), "KP-99") is None


def test_a_commune_with_nothing_says_so() -> None:
    found = find_commune_details(no_facts(), Filters(), THACH_KHOI)
    assert found is not None
    assert line(found.lines, "investment").value == "chưa rõ"
    assert line(found.lines, "progress").value == "Không có dự án"


def test_an_item_s_values_are_told_with_basis_and_source() -> None:
    found = panel(TUNNEL)
    shares = [one for one in found.lines if one.key == "actual_construction_pct"]
    assert [(one.value, one.note) for one in shares] == [
        ("45 %", "Tính theo giá trị hợp đồng."),
        ("31 %", "Tính theo tổng mức đầu tư."),
    ]
    assert shares[0].label == "Đã thi công – 3 gói thầu"
    assert shares[0].sources[0].observation
    assert [place.share_text for place in found.places] == ["2.078,5 tỷ đồng"] * 3


def test_a_phase_s_share_says_that_it_does_not_stand_for_the_whole() -> None:
    assert "không đưa vào số bình quân" in line(panel(LNG).lines, "actual_construction_pct").note


def test_an_earlier_value_is_marked_as_carried_and_history_keeps_both() -> None:
    later = seen(AEON, "status", "inaugurated", period="2026-H1", doc="h1-2026")
    found = panel(AEON, Filters(period="2026-H1"), observations=[*OBSERVATIONS, later])
    assert line(found.lines, "investment_mvnd").carried
    assert not line(found.lines, "status").carried
    statuses = [one.value for one in found.history if one.key == "status"]
    assert statuses == ["Đã khánh thành", "Đang thi công"]


def test_reports_that_differ_are_shown_side_by_side() -> None:
    other = seen(AEON, "forecast", "misses", doc="q1-annex")
    found = panel(AEON, observations=[*OBSERVATIONS, other])
    forecasts = [one for one in found.lines if one.key == "forecast"]
    assert {one.value for one in forecasts} == {"Đạt mục tiêu quý", "Không đạt mục tiêu quý"}
    assert all(one.conflicted for one in forecasts)
    (conflict,) = panel(LNG).conflicts
    assert (conflict.source_a.line_from, conflict.source_b.line_from) == (809, 846)


def test_an_item_s_problems_stand_in_its_panel_whatever_the_filters_hide() -> None:
    found = panel(GOLF, Filters(forecasts=("meets",)))
    (problem,) = found.problems
    assert problem.category_label == "Nguồn gốc đất"
    assert problem.asked_to_act == "UBND phường Thạch Khôi"
    assert problem.sign_labels == ("báo cáo có nêu", "dự án bị dự báo không đạt mục tiêu quý")


def test_an_item_taken_off_its_list_still_opens() -> None:
    gone = seen(GOLF, "status", "removed_from_list", period="2026-H1", doc="h1-2026")
    found = panel(GOLF, Filters(period="2026-H1"), observations=[*OBSERVATIONS, gone])
    assert found.known
    assert not found.listed
    assert found.problems


def test_an_item_that_no_report_names_yet_opens_with_its_history() -> None:
    found = panel(AEON, Filters(period="2025-11"))
    assert not found.known
    assert found.lines == ()
    assert found.history


def test_hostile_text_goes_through_unchanged_and_unread() -> None:
    """Texts are data here: nothing formats, evaluates or escapes them."""
    texts = {f"X-{at}": text for at, text in enumerate(HOSTILE_TEXTS) if text.isprintable()}
    facts = small_facts(
        items=[*ITEMS, *(item(code, name=text) for code, text in texts.items())],
        places=[place(code, THACH_KHOI, raw=text) for code, text in texts.items()],
        observations=[
            seen(code, field, text)
            for code, text in texts.items()
            for field in ("obstacle_text", "result_text")
        ],
    )
    for code, text in texts.items():
        found = find_item_details(facts, Filters(), code)
        assert found is not None
        assert found.name == text
        assert {one.value for one in found.lines} == {text}
        assert found.places[0].sources[0].raw == text


@pytest.mark.parametrize(
    ("language", "periods"),
    [
        ("vi", ["2026-H1"]),
        pytest.param("vi", PERIODS, marks=pytest.mark.slow),
        pytest.param("en", [""], marks=pytest.mark.slow),
    ],
)
def test_every_panel_of_the_real_facts_opens_in_every_period(
    language: str, periods: list[str]
) -> None:
    facts, each = load_facts(), 1 if len(periods) > 1 else 4
    for period in periods:
        filters = Filters(period=period)
        for code in facts.items["item"][::each]:
            found = find_item_details(facts, filters, code, language=language)
            assert found is not None
            assert all(one.sources for one in (*found.lines, *found.history))
    for code in facts.communes["code"][::each]:
        there = find_commune_details(facts, Filters(), code, language=language)
        assert there is not None
        assert there.former_units


def test_a_reason_that_the_clearance_problem_states_stands_once_on_a_project_s_page() -> None:
    found = find_item_details(load_facts(), Filters(period="2026-Q1"), "KP-30")
    assert found is not None
    (told,) = found.problems
    left = drop_repeated_reasons(found.lines, found.problems)
    dropped = [(line.key, line.value) for line in found.lines if line not in left]
    assert dropped == [("obstacle", told.category_label), ("obstacle_text", told.statement)]
    assert {line.key for line in left} >= {"obstacle", "obstacle_text"}, "the other reason stays"
