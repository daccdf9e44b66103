"""What a document says of an item and is no fact stays in sight: households, land, money."""

from dataclasses import replace

import pytest

from reports.model.document import SourcePlace
from store.audit.approvals import approve_period
from store.facts.facts import load_facts
from store.facts.narrowing import narrow_facts_to_user
from store.facts.stored.tables import STATED_FIELDS
from store.imports.apply import apply_import, undo_import
from store.imports.item_statements import (
    GROUND_FIELDS,
    list_commune_statements,
    list_item_statements,
)
from store.imports.plan.planning import plan_import
from store.imports.statement_answers import accept_statement, refuse_statement
from store.imports.statement_queue import list_open_statements
from tests.people import ADMIN, AN
from tests.reports.statements.made import INVESTMENT, press, state

HOUSEHOLDS = replace(
    INVESTMENT, field="households", value=1600.0, unit="hộ", place=SourcePlace(6, 6)
)
ASKED = replace(
    HOUSEHOLDS, field="land_to_clear", value=227.0, unit="ha", status="ask", why="subject"
)


def bring(*statements) -> int:
    return apply_import(plan_import(press(*statements)), AN)


def told() -> list[tuple[str, float | str]]:
    facts = load_facts()
    return [
        (one.statement.field, one.statement.value)
        for period in facts.periods["period"].tail(1)
        for item in facts.item_rows
        for one in list_item_statements(facts, item, period)
    ]


@pytest.mark.usefixtures("bare_store")
def test_what_is_no_fact_is_told_with_its_place_and_goes_with_its_import() -> None:
    number = bring(INVESTMENT, HOUSEHOLDS)
    assert told() == [("households", 1600.0)]
    facts = load_facts()
    (item,) = facts.item_rows
    (one,) = list_item_statements(facts, item, str(facts.periods["period"].iloc[-1]))
    assert (one.source.line_from, one.source.raw) == (6, HOUSEHOLDS.sentence)
    undo_import(number, ADMIN, "nhầm")
    assert told() == []


@pytest.mark.usefixtures("bare_store")
def test_an_open_statement_is_told_once_it_is_accepted_and_a_refused_one_never() -> None:
    bring(INVESTMENT, ASKED, replace(ASKED, field="compensation", value=145000.0))
    assert told() == []
    (item,) = load_facts().item_rows
    for stored in list_open_statements():
        if stored.statement.field == "land_to_clear":
            accept_statement(stored.key, {}, seen=stored.token, actor=AN, item=item)
        else:
            refuse_statement(stored.key, seen=stored.token, actor=AN, why="")
    assert told() == [("land_to_clear", 227.0)]


@pytest.mark.usefixtures("bare_store")
def test_an_approved_period_keeps_what_was_known() -> None:
    bring(INVESTMENT, HOUSEHOLDS)
    approve_period(str(load_facts().periods["period"].iloc[-1]), ADMIN)
    assert told() == [("households", 1600.0)]


@pytest.mark.usefixtures("bare_store")
def test_nothing_is_told_of_what_the_reader_may_not_see() -> None:
    bring(INVESTMENT, HOUSEHOLDS)
    facts = load_facts()
    (item,) = facts.item_rows
    period = str(facts.periods["period"].iloc[-1])
    elsewhere = replace(AN, scope=frozenset({"11948"}), sees_all=False)
    assert list_item_statements(narrow_facts_to_user(facts, elsewhere), item, period) == ()


def test_the_fields_of_the_ground_are_kept_ones() -> None:
    assert GROUND_FIELDS <= STATED_FIELDS
    assert "investment" not in STATED_FIELDS


COMMUNE = state(
    "xã Vĩnh Bảo", "commune", "households_remaining", 12.0, unit="hộ", communes=("11824",)
)


def of_commune(facts, code: str = "11824") -> list[float | str]:
    period = str(facts.periods["period"].iloc[-1])
    return [one.statement.value for one in list_commune_statements(facts, code, period)]


@pytest.mark.usefixtures("bare_store")
def test_what_is_said_of_a_commune_is_its_own_and_goes_with_its_import() -> None:
    number = bring(COMMUNE)
    assert of_commune(load_facts()) == [12.0]
    assert of_commune(load_facts(), "11755") == []
    undo_import(number, ADMIN, "nhầm")
    assert load_facts().statements.empty


@pytest.mark.usefixtures("bare_store")
def test_what_is_said_of_a_commune_is_seen_by_who_may_see_the_commune() -> None:
    bring(COMMUNE, INVESTMENT)
    for scope, seen in (("11824", [12.0]), ("11948", [])):
        person = replace(AN, scope=frozenset({scope}), sees_all=False)
        assert of_commune(narrow_facts_to_user(load_facts(), person)) == seen


@pytest.mark.usefixtures("bare_store")
def test_of_a_province_a_question_or_a_fact_nothing_is_shown() -> None:
    bring(
        replace(COMMUNE, province="Quảng Ninh"),
        replace(COMMUNE, status="ask", why="subject"),
        replace(COMMUNE, field="located_in", value="xã Vĩnh Bảo"),
        replace(COMMUNE, subject_kind="district"),
    )
    assert load_facts().statements.empty


@pytest.mark.usefixtures("bare_store")
def test_an_approved_period_is_not_told_what_a_later_import_says_of_a_period_before() -> None:
    bring(INVESTMENT, COMMUNE)
    period = str(load_facts().periods["period"].iloc[-1])
    approve_period(period, ADMIN)
    late = press(
        replace(COMMUNE, value=99.0, detail="đường mới"), period="2030-Q4", issued="2031-05-01"
    )
    apply_import(plan_import(late), AN)
    facts = load_facts()
    assert len(facts.statements) == 2
    assert [one.statement.value for one in list_commune_statements(facts, "11824", period)] == [
        12.0
    ]
