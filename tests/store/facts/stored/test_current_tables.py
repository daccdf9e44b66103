"""After a change only what came and went is read, and the tables are those read whole."""

import random
from dataclasses import fields, replace

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from geo.paths import DATA
from reports.facts_files.curated import CuratedFacts, read_curated
from store.accounts.accounts import Account, add_account
from store.audit.approvals import approve_period
from store.audit.rows import frame_from_rows
from store.bootstrap import ensure_store
from store.db.database import reading, writing
from store.db.staff_tables import STAFF
from store.facts.facts import load_facts, make_facts
from store.facts.stored.current_tables import CurrentTables, read_current_tables
from store.facts.stored.tables import BESIDE_FACTS
from store.imports.apply import apply_import, undo_import
from store.imports.curated import import_curated
from store.imports.plan.planning import plan_import
from store.visits.record import record_visit
from tests.people import ADMIN, AN
from tests.store.corrections import correct
from tests.store.small_reports import HALF, QUARTER
from tests.store.visits.test_record import INSPECTOR, visit

EDITS = 3
READINGS = {"quarter": QUARTER, "half": HALF}


def read(before: CurrentTables | None = None) -> CurrentTables:
    with reading() as connection:
        return read_current_tables(connection, before)


def assert_as_read_whole(tables: CurrentTables) -> None:
    whole = read()
    assert (tables.word, tables.number, tables.approvals) == (
        whole.word,
        whole.number,
        whole.approvals,
    )
    for name, table in whole.tables.items():
        ours = tables.tables[name]
        assert_frame_equal(ours.shown, table.shown)
        assert_frame_equal(ours.frame, table.frame)
        assert np.array_equal(ours.ids, table.ids)
        assert ours.seal == table.seal


@pytest.mark.usefixtures("store")
def test_tables_made_of_changes_are_those_read_whole() -> None:
    """Corrections, rows taken out, a report, its undoing, a visit, an approval, in any order."""
    chance = random.Random(12)  # noqa: S311 - a test's choice
    tables = read()
    for number in range(EDITS):
        obs = chance.choice(list(tables.tables["observations"].frame["obs"]))
        changes = None if number % 3 == 2 else {"raw": f"sửa {number}"}
        correct("observations", obs, changes, ADMIN, "thử")
        tables = read(tables)
        assert_as_read_whole(tables)
    half = 0
    for step in ("quarter", "half", "visit", "approval", "undo"):
        if step in READINGS:
            half = apply_import(plan_import(READINGS[step]), AN)
        elif step == "visit":
            record_visit(visit(), actor=INSPECTOR)
        elif step == "approval":
            approve_period("2031-Q1", ADMIN)
        else:
            undo_import(half, ADMIN, "thử")
        tables = read(tables)
        assert_as_read_whole(tables)


@pytest.mark.usefixtures("store")
def test_tables_in_which_nothing_changed_are_the_same_objects() -> None:
    before = read()
    apply_import(plan_import(QUARTER), AN)
    added = read(before)
    assert added.tables["conflicts"] is before.tables["conflicts"]
    assert added.tables["observations"] is not before.tables["observations"]
    record_visit(visit(), actor=INSPECTOR)
    visited = read(added)
    changed = {name for name, table in visited.tables.items() if table is not added.tables[name]}
    assert changed == {"visits"}


@pytest.mark.usefixtures("store")
def test_a_visit_leaves_what_reports_say_the_same_object() -> None:
    """And the version is the content's, however the facts were read."""
    apply_import(plan_import(QUARTER), AN)
    before = load_facts()
    record_visit(visit(), actor=INSPECTOR)
    after = load_facts()
    assert (len(before.visits), len(after.visits)) == (0, 1)
    assert after.version != before.version
    assert after.reports is before.reports
    assert not len(after.reports.visits)


@pytest.mark.usefixtures("store")
def test_a_change_of_no_facts_is_none() -> None:
    before = load_facts()
    add_account(Account("hoa", "viewer"), "một câu dài dễ nhớ", ADMIN, must_change=False)
    assert load_facts() is before


def test_files_that_give_rows_another_order_are_read_whole(store: str) -> None:
    before = read()
    facts = read_curated(DATA / "facts")
    turned = replace(facts, indicators=facts.indicators.iloc[::-1].reset_index(drop=True))
    with writing(store) as connection:
        import_curated(connection, turned, "0" * 64)
    after = read(before)
    assert_as_read_whole(after)
    assert_frame_equal(after.tables["indicators"].shown, turned.indicators)


def test_another_store_in_the_same_place_is_read_whole(bare_store: str) -> None:
    apply_import(plan_import(QUARTER), AN)
    before = read()
    other = replace(before, token="another")  # noqa: S106 - a store's word
    assert ensure_store(curated=False) == bare_store
    assert all(table is not other.tables[name] for name, table in read(other).tables.items())


@pytest.mark.usefixtures("store")
def test_the_version_is_that_of_the_same_tables_with_no_hash_known() -> None:
    facts = load_facts()
    anew = make_facts(
        CuratedFacts(**{one.name: getattr(facts, one.name) for one in fields(CuratedFacts)}),
        communes=facts.communes,
        former_units=facts.former_units,
        zones=facts.zones,
        staff={name: getattr(facts, name) for name in STAFF},
        beside={name: getattr(facts, name) for name in BESIDE_FACTS},
        approvals=facts.approvals,
    )
    assert anew.version == facts.version


def test_an_empty_table_has_the_columns_and_kinds_of_a_filled_one() -> None:
    assert_frame_equal(frame_from_rows([], "items"), load_facts().items.iloc[:0])
