"""An item over the periods: every value in its own period's cell, changes marked, nothing added."""

from collections import Counter

import pytest

from layers.history.period_matrix import MatrixRow
from layers.history.project_history import ItemHistory, find_item_history, list_item_histories
from store.facts.facts import Facts, load_facts
from tests.small_facts import (
    AEON,
    CLEARANCE,
    GOLF,
    LNG,
    NGO_QUYEN,
    OBSERVATIONS,
    THACH_KHOI,
    TUNNEL,
    problem,
    seen,
    small_facts,
)

LATER = {"period": "2026-H1", "doc": "h1-2026"}
EARLIER = {"period": "2025-11", "doc": "nov-2025"}


def history(item: str, facts: Facts | None = None) -> ItemHistory:
    found = find_item_history(facts or small_facts(), item)
    assert found is not None
    return found


def row(found: ItemHistory, key: str, at: int = 0) -> MatrixRow:
    return [one for one in found.rows if one.key == key][at]


def texts(one: MatrixRow) -> list[list[str]]:
    return [[value.text for value in cell] for cell in one.cells]


def changes(one: MatrixRow) -> list[list[str]]:
    return [[value.change for value in cell] for cell in one.cells]


def with_seen(*rows: dict[str, object]) -> Facts:
    return small_facts(observations=[*OBSERVATIONS, *rows])


def test_a_value_stands_in_the_cell_of_its_own_period_and_is_not_carried_into_others() -> None:
    one = row(history(AEON), "investment_mvnd")
    assert texts(one) == [[], ["1.198,9 tỷ đồng"], []]
    assert one.cells[1][0].sources[0].raw == "1198916"
    assert changes(one) == [[], [""], []]


def test_a_change_is_told_against_what_was_said_last_however_long_ago() -> None:
    facts = with_seen(
        seen(AEON, "actual_construction_pct", 40, basis="unstated", **EARLIER),
        seen(AEON, "actual_construction_pct", 70, basis="unstated", **LATER),
        seen(AEON, "status", "under_construction", **LATER),
    )
    one = row(history(AEON, facts), "actual_construction_pct")
    assert changes(one) == [[""], ["better"], ["worse"]]
    assert one.cells[2][0].before == "77 %"
    assert changes(row(history(AEON, facts), "status")) == [[], [""], [""]]


def test_shares_of_different_wholes_and_parts_are_rows_of_their_own() -> None:
    shares = [one for one in history(TUNNEL).rows if one.key == "actual_construction_pct"]
    assert [one.note for one in shares] == [
        "Tính theo giá trị hợp đồng.",
        "Tính theo tổng mức đầu tư.",
    ]
    cleared = [one for one in history(TUNNEL).rows if one.key == "actual_clearance_pct"]
    assert len(cleared) == 2
    assert not any(one.changed for one in (*shares, *cleared))


def test_a_milestone_put_off_is_worse_and_one_told_more_precisely_is_no_change_of_time() -> None:
    off = with_seen(seen(GOLF, "milestone_start", "2027-Q1", **LATER))
    assert changes(row(history(GOLF, off), "milestone_start")) == [[], [""], ["worse"]]
    precise = with_seen(seen(GOLF, "milestone_start", "2026-11", **LATER))
    assert changes(row(history(GOLF, precise), "milestone_start")) == [[], [""], ["refined"]]


def test_an_obstacle_stated_later_of_a_known_item_is_new_and_a_repeated_one_is_not() -> None:
    facts = with_seen(
        seen(GOLF, "obstacle", "land_origin", **LATER), seen(GOLF, "obstacle", "capital", **LATER)
    )
    one = row(history(GOLF, facts), "obstacle")
    said = {value.text: value.change for value in one.cells[2]}
    assert said == {"Nguồn gốc đất": "", "Vốn": "new"}
    assert changes(one)[1] == [""]


def test_both_values_of_a_contradicted_figure_are_in_the_cell() -> None:
    facts = with_seen(seen(AEON, "investment_mvnd", 1300000, doc="q1-annex"))
    values = row(history(AEON, facts), "investment_mvnd").cells[1]
    assert {value.text for value in values} == {"1.198,9 tỷ đồng", "1.300 tỷ đồng"}
    assert all(value.conflicted for value in values)


def test_clearance_statements_have_a_row_for_every_commune() -> None:
    facts = small_facts(
        clearance=[
            *CLEARANCE,
            problem("CL-8", NGO_QUYEN, item=TUNNEL, households=12, area_ha=1.5),
            problem("CL-9", THACH_KHOI, item=GOLF, category="compensation", **LATER),
        ]
    )
    tunnel = row(history(TUNNEL, facts), "clearance")
    assert tunnel.note == "Phường Ngô Quyền"
    assert "12 hộ" in tunnel.cells[1][0].text
    assert "1,5 ha" in tunnel.cells[1][0].text
    golf = row(history(GOLF, facts), "clearance")
    assert changes(golf) == [[], [""], ["new"]]
    assert "UBND phường Thạch Khôi" in golf.cells[1][0].text


def test_cells_from_before_an_item_was_named_are_told_from_silence() -> None:
    found = history(LNG)
    assert found.known == (False, True, True)
    assert found.reported == (False, True, False)


def test_unknown_items_have_no_history() -> None:
    assert find_item_history(small_facts(), "KP-99") is None
    assert list_item_histories(small_facts(), ["KP-99", AEON])[0].item == AEON


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_observation_of_the_reports_is_in_exactly_one_cell(language: str) -> None:
    facts = load_facts()
    found = list_item_histories(facts, facts.items["item"], language=language)
    shown = Counter(
        source.observation
        for one in found
        for line in one.rows
        for cell in line.cells
        for value in cell
        for source in value.sources
        if source.observation
    )
    assert shown == Counter(facts.observations["obs"])


def test_every_clearance_statement_of_an_item_is_in_its_history() -> None:
    facts = load_facts()
    found = list_item_histories(facts, facts.items["item"])
    told = sum(
        len(cell)
        for one in found
        for line in one.rows
        if line.key == "clearance"
        for cell in line.cells
    )
    assert told == int((facts.clearance["item"] != "").sum())
