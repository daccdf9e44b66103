"""What documents state of land fills in the register's cases and updates them on request only."""

from dataclasses import replace

import pytest

from reports.model.document import SourcePlace
from store.clearance.register import edit_case, open_case, open_stated_cases
from store.clearance.stated_ground import GroundKey, map_stated_ground
from store.clearance.suggested_cases import list_suggested_cases, map_case_updates
from store.editing.open_record import read_case
from store.facts.facts import load_facts
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from tests.people import AN, PLANNER
from tests.reports.statements.made import INVESTMENT, press, state
from tests.small_facts import AEON, HAI_AN, TUNNEL
from tests.small_statements import of_commune, stated_facts

NAME = "Phường Hải An"


def due(value: float, **parts):
    return of_commune(NAME, HAI_AN, "land_to_clear", value, mood="required", **parts)


def handed(value: float, **parts):
    return of_commune(NAME, HAI_AN, "land_handed_over", value, mood="done", **parts)


def left(value: float, **parts):
    return of_commune(NAME, HAI_AN, "households_remaining", value, mood="measured", **parts)


def deadline(day: str, **parts):
    return of_commune(NAME, HAI_AN, "deadline", day, mood="required", unit="", **parts)


def ground(*stated, period: str = "2026-Q1", item: str = ""):
    return map_stated_ground(stated_facts(*((period, item, one) for one in stated)))


HERE = GroundKey("", HAI_AN)


def test_figures_are_in_the_register_s_units_with_their_places() -> None:
    found = ground(
        replace(due(352_000.0), unit="m2"), handed(20.1), left(12.0),
        deadline("2026-09-30", bodies=("UBND phường Hải An",), detail="bàn giao mặt bằng"),
    )[HERE]  # fmt: skip
    assert found.values == {
        "area_ha": 35.2, "handed_ha": 20.1, "households_left": 12, "deadline": "2026-09-30",
    }  # fmt: skip
    assert (found.left, found.body) == (True, "UBND phường Hải An")
    assert {one.source.line_from for one in found.statements.values()} == {12}
    assert "Đã bàn giao (ha): 20,10" in found.cite()
    assert "dòng 12" in found.cite()


@pytest.mark.parametrize(
    "other",
    [
        left(9.0, part_of="12 hộ"),
        replace(left(9.0), mood="forecast"),
        left(9.0, qualifier="over"),
        left(9.0, unit="căn"),
        replace(left(9.0), subject="xã Tràng Cát"),
        replace(left(9.0), communes=(HAI_AN, "11411")),
        deadline("2026-09-30", detail="trình quy hoạch", place=SourcePlace(40, 40)),
        deadline("2026-09"),
    ],
    ids=["part", "forecast", "bound", "unit", "former", "several", "other deadline", "no day"],
)
def test_what_is_a_part_or_of_another_or_no_land_is_no_figure_of_the_register(other) -> None:
    assert ground(due(35.2), other)[HERE].values == {"area_ha": 35.2}


def test_what_contradicts_itself_gives_no_figure() -> None:
    assert ground(due(35.2), left(12.0), left(14.0))[HERE].values == {"area_ha": 35.2}
    assert ground(due(10.0), handed(20.1), left(12.0))[HERE].values == {"households_left": 12}


def test_the_later_document_counts() -> None:
    facts = stated_facts(("2025-11", "", left(40.0)), ("2026-H1", "", left(12.0)))
    assert map_stated_ground(facts)[HERE].values == {"households_left": 12}


def test_a_table_s_project_is_the_item_of_that_name_else_works_in_the_commune() -> None:
    named = ground(left(12.0, detail="dự án Trung tâm thương mại Aeon Hải Dương"))
    assert list(named) == [GroundKey(AEON, HAI_AN)]
    assert list(ground(left(12.0, detail="dự án đường Bến Mây"))) == [
        GroundKey("", HAI_AN, "dự án đường Bến Mây")
    ]


def test_an_item_s_figures_are_the_item_s_and_those_of_a_commune_in_it_the_commune_s() -> None:
    whole = state("hầm", "project", "land_to_clear", 9.5, unit="ha", mood="required")
    part = replace(whole, value=3.0, communes=("11329",))
    found = ground(whole, part, item=TUNNEL)
    assert {key: one.values for key, one in found.items()} == {
        GroundKey(TUNNEL, ""): {"area_ha": 9.5},
        GroundKey(TUNNEL, "11329"): {"area_ha": 3.0},
    }


def test_land_that_is_handed_over_is_no_case() -> None:
    facts = stated_facts(*(("2026-Q1", "", one) for one in (due(20.1), handed(20.1), left(0.0))))
    assert [one for one in list_suggested_cases(facts) if one.kind == "statement"] == []


def test_land_still_to_come_is_offered_though_nothing_says_that_it_is_late() -> None:
    facts = stated_facts(*(("2026-Q1", "", one) for one in (due(35.2), handed(20.1), left(12.0))))
    (offer,) = [one for one in list_suggested_cases(facts) if one.kind == "statement"]
    assert (offer.commune, offer.item, offer.category) == (HAI_AN, "", "unspecified")
    assert offer.statement == "Đã bàn giao 20,10/35,20 ha; còn 12 hộ chưa xong"
    assert offer.opened == facts.period_ends["2026-Q1"]
    assert offer.values()["households_left"] == 12
    assert "dòng 12" in offer.values()["note"]


COMMUNE = "11824"
SAID = {
    "land_to_clear": (35.2, "required"), "land_handed_over": (20.1, "done"),
    "households": (210.0, "measured"), "households_remaining": (12.0, "measured"),
}  # fmt: skip


def bring(period: str = "2031-Q1", issued: str = "2031-04-05", **changed: float) -> None:
    said = [
        of_commune("xã Vĩnh Bảo", COMMUNE, field, changed.get(field, value), mood=mood)
        for field, (value, mood) in SAID.items()
    ]
    apply_import(plan_import(press(INVESTMENT, *said, period=period, issued=issued)), AN)


@pytest.mark.usefixtures("bare_store")
def test_a_case_is_opened_with_what_is_stated_and_a_later_report_updates_it_on_request() -> None:
    bring()
    (offer,) = list_suggested_cases(load_facts())
    (case,) = open_stated_cases([offer.source], actor=PLANNER)
    row = read_case(case).case
    assert (row["area_ha"], row["handed_ha"], row["households"], row["households_left"]) == (
        35.2, 20.1, 210, 12,
    )  # fmt: skip
    assert row["clearance"] == offer.source
    assert "dòng 12" in row["note"]
    assert list_suggested_cases(load_facts()) == ()
    assert map_case_updates(load_facts()) == {}
    bring("2031-H1", "2031-07-05", land_handed_over=30.0, households_remaining=2.0)
    assert list_suggested_cases(load_facts()) == (), "what is open is not offered again"
    update = map_case_updates(load_facts())[case]
    assert dict(update.after) == {"handed_ha": 30.0, "households_left": 2}
    assert read_case(case).case["handed_ha"] == 20.1, "nothing changes by itself"
    token = read_case(case).token
    edit_case(case, update.after, seen=token, actor=PLANNER, why=update.why)
    assert map_case_updates(load_facts()) == {}
    assert read_case(case).case["handed_ha"] == 30.0


@pytest.mark.usefixtures("bare_store")
def test_a_problem_is_filled_in_with_what_is_stated_of_its_land() -> None:
    late = state(
        "xã Vĩnh Bảo", "commune", "clearance_delayed", "còn 12 hộ chưa bàn giao mặt bằng", 12,
        mood="done", communes=(COMMUNE,), cause="ground_not_ready",
    )  # fmt: skip
    said = of_commune("xã Vĩnh Bảo", COMMUNE, "households_remaining", 12.0, mood="measured")
    apply_import(plan_import(press(INVESTMENT, late, said)), AN)
    (offer,) = list_suggested_cases(load_facts())
    assert (offer.kind, offer.category) == ("report", "ground_not_ready")
    assert offer.values()["households_left"] == 12


@pytest.mark.usefixtures("bare_store")
def test_two_open_cases_of_one_place_are_offered_no_figures() -> None:
    bring()
    for category in ("land_price", "resettlement"):
        values = {"commune": COMMUNE, "category": category, "opened": "2026-03-31"}
        open_case(values, actor=PLANNER, why="theo biên bản")
    assert map_case_updates(load_facts()) == {}
