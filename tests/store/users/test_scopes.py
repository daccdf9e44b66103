"""Who has an area changes nothing outside it, and who reads only theirs is told nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.accounts.accounts import Account, change_account
from store.audit.approvals import approve_period
from store.audit.changes import Changeset, RowChange
from store.audit.ledger import Ledger, read_current_rows
from store.db.database import writing
from store.db.errors import LockedPeriodError, NotAllowedError
from store.facts.facts import Facts, load_facts
from store.facts.narrowing import narrow_facts_to_user
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from store.imports.review_queue import decide_review, list_reviews
from store.users.current_account import list_scope_communes
from store.users.users import User
from tests import templates
from tests.accounts_here import make, quick_store, user  # noqa: F401
from tests.examples import at_most
from tests.people import ADMIN, AN, person
from tests.store.corrections import correct
from tests.store.small_reports import CAT_HAI, DO_SON, QUARTER, QUEUED

IN_DO_SON = person("ds", "planner", scope=frozenset({DO_SON}))


@pytest.fixture
def imported(quick_store: str) -> str:  # noqa: F811
    templates.fill_bare(quick_store, "quarter", lambda: apply_import(plan_import(QUARTER), AN))
    return quick_store


here = pytest.mark.usefixtures("imported")


def write(who: User, *changes: RowChange, kind: str = "edit") -> None:
    with writing() as connection:
        Ledger(connection, Changeset(kind, who, "thử")).apply(changes)


def rows(table: str, **where: object) -> list[dict[str, object]]:
    with writing() as connection:
        found = read_current_rows(connection, table)
    return [row for row in found if all(row[key] == value for key, value in where.items())]


def item_in(commune: str) -> str:
    return str(rows("places", commune=commune)[0]["item"])


def moved(row: dict[str, object], **values: object) -> dict[str, object]:
    return row | values | {"origin": "person"}


@here
@pytest.mark.parametrize("table", ["items", "observations", "places"])
def test_rows_of_ones_own_area_may_change_and_others_may_not(table: str) -> None:
    mine = rows(table, item=item_in(DO_SON))[0]
    other = rows(table, item=item_in(CAT_HAI))[0]
    column = {"items": "name", "observations": "raw", "places": "raw"}[table]
    write(IN_DO_SON, RowChange(table, mine, moved(mine, **{column: "khác"})))
    for change in (
        RowChange(table, other, moved(other, **{column: "khác"})),
        RowChange(table, other),
    ):
        with pytest.raises(NotAllowedError):
            write(IN_DO_SON, change)
    assert rows(table, item=item_in(CAT_HAI))[0] == other


@here
def test_one_row_outside_stops_the_whole_change() -> None:
    mine, other = (rows("items", item=item_in(where))[0] for where in (DO_SON, CAT_HAI))
    with pytest.raises(NotAllowedError):
        write(
            IN_DO_SON,
            RowChange("items", mine, moved(mine, name="a")),
            RowChange("items", other, moved(other, name="b")),
        )
    assert rows("items", item=mine["item"])[0]["name"] == mine["name"]


@here
def test_nobody_takes_hold_of_an_item_by_placing_it_at_home() -> None:
    other = rows("places", commune=CAT_HAI)[0]
    taken = moved(other, commune=DO_SON, position=None)
    seen = rows("observations", item=other["item"])[0]
    with pytest.raises(NotAllowedError):
        write(IN_DO_SON, RowChange("places", None, taken))
    with pytest.raises(NotAllowedError):
        write(
            IN_DO_SON,
            RowChange("places", None, taken),
            RowChange("observations", seen, moved(seen, value="1")),
        )


@here
def test_nobody_pushes_an_item_out_of_their_area_or_pulls_one_in() -> None:
    mine, other = rows("places", commune=DO_SON)[0], rows("places", commune=CAT_HAI)[0]
    for change in (
        RowChange("places", mine, moved(mine, commune=CAT_HAI)),
        RowChange("places", other, moved(other, commune=DO_SON)),
    ):
        with pytest.raises(NotAllowedError):
            write(IN_DO_SON, change)


@here
def test_a_new_item_may_be_made_in_ones_own_area_only() -> None:
    item, place = rows("items", item=item_in(DO_SON))[0], rows("places", commune=DO_SON)[0]
    new = moved(item, item="NEW-1", position=None)
    for commune, allowed in ((CAT_HAI, False), (DO_SON, True)):
        put = moved(place, item="NEW-1", commune=commune, position=None)
        changes = RowChange("items", None, new), RowChange("places", None, put)
        if allowed:
            write(IN_DO_SON, *changes)
        else:
            with pytest.raises(NotAllowedError):
                write(IN_DO_SON, *changes)
    with pytest.raises(NotAllowedError):
        write(IN_DO_SON, RowChange("items", None, moved(item, item="NEW-2", position=None)))


@here
def test_what_is_of_the_whole_city_is_in_nobodys_area() -> None:
    for table in ("documents", "periods", "indicators"):
        row = rows(table)[0]
        with pytest.raises(NotAllowedError):
            write(IN_DO_SON, RowChange(table, row))


@here
def test_points_cases_steps_visits_and_photos_lie_where_their_item_does() -> None:
    for where, allowed in ((DO_SON, True), (CAT_HAI, False)):
        item = item_in(where)
        added = {"origin": "person", "position": None}
        point = {"item": item, "lon": 106.7, "lat": 20.7, "accuracy_m": None, "how": "map",
                 "note": ""} | added  # fmt: skip
        visit = {"visit": f"v-{where}", "item": item, "inspector": "ht", "lon": None,
                 "at": "2026-11-25T00:00:00+00:00", "lat": None, "accuracy_m": None,
                 "claimed_construction_pct": None, "claimed_clearance_pct": None,
                 "observed_construction_pct": None, "observed_handed_ha": None,
                 "observed_clearance_pct": None, "works": "", "note": "", "problem": "",
                 "source": "web", "sent_hash": "x"} | added  # fmt: skip
        photo = {"photo": "p", "visit": f"v-{where}", "original": "o", "taken": "", "lon": None,
                 "lat": None, "width": 1, "height": 1, "bytes": 1, "note": ""} | added  # fmt: skip
        together = (RowChange("visits", None, visit), RowChange("photos", None, photo))
        for changes in ((RowChange("points", None, point),), together):
            if allowed:
                write(IN_DO_SON, *changes)
            else:
                with pytest.raises(NotAllowedError):
                    write(IN_DO_SON, *changes)
    astray = photo | {"visit": "v-nowhere"}
    with pytest.raises(NotAllowedError):
        write(IN_DO_SON, RowChange("photos", None, astray))


@pytest.mark.usefixtures("quick_store")
def test_a_question_that_changes_no_row_is_not_for_who_has_an_area() -> None:
    apply_import(plan_import(QUEUED), AN)
    for one in list_reviews():
        for choice in one.choices:
            with pytest.raises(NotAllowedError):
                decide_review(one.number, choice, replace(IN_DO_SON, scope=frozenset({"11948"})))
    assert len(list_reviews()) == 5


@here
def test_only_an_approver_corrects_an_approved_period() -> None:
    approve_period("2031-Q1", AN)
    obs = load_facts().observations["obs"].iloc[0]
    with pytest.raises((NotAllowedError, LockedPeriodError)):
        correct("observations", obs, {"value": "1"}, person("th", "planner"), "lý do")
    row = rows("observations")[0]
    change = Changeset("correction", person("th", "planner"), "lý do", correcting=True)
    with pytest.raises(NotAllowedError), writing() as connection:
        Ledger(connection, change).apply([RowChange("observations", row)])
    with pytest.raises(LockedPeriodError):
        write(person("duyet", "approver"), RowChange("observations", row))
    correct("observations", obs, {"value": "1"}, person("duyet", "approver"), "lý do")


@here
def test_an_area_taken_away_after_the_page_was_opened_counts_at_once() -> None:
    make("chu", "administrator")
    number = make("ds", "planner", scopes=(("commune", DO_SON),))
    stale = user(number)
    row = rows("items", item=item_in(DO_SON))[0]
    for changed in (
        Account("ds", "planner", scopes=(("commune", CAT_HAI),)),
        Account("ds", "planner", scopes=(("commune", DO_SON),), sees_all=False),
        Account("ds", "viewer", scopes=(("commune", DO_SON),)),
    ):
        change_account(number, changed, ADMIN)
        with pytest.raises(NotAllowedError):
            write(stale, RowChange("items", row, moved(row, name="x")))
    change_account(number, Account("ds", "planner", scopes=(("commune", DO_SON),)), ADMIN)
    write(user(number), RowChange("items", row, moved(row, name="x")))


def test_a_former_district_is_the_communes_that_came_of_it() -> None:
    kim_thanh = list_scope_communes([("district", "hd.huyen-kim-thanh")])
    assert list_scope_communes([]) is None
    assert list_scope_communes([("district", "no such district")]) == frozenset()
    assert list_scope_communes([("district", "no such district"), ("commune", DO_SON)]) == {DO_SON}
    assert kim_thanh == {"10804", "10756", "10750", "10792"}


@settings(max_examples=at_most(60))
@given(st.data())
def test_narrowed_facts_leak_nothing(data: st.DataObject) -> None:
    """No row of an item elsewhere is in any frame that the reader gets."""
    facts = real_facts()
    codes = sorted(facts.communes["code"])
    scope = frozenset(data.draw(st.sets(st.sampled_from(codes), max_size=6)))
    mine = narrow_facts_to_user(facts, person("an", "viewer", scope=scope, sees_all=False))
    inside = set(facts.places.loc[facts.places["commune"].isin(scope), "item"])
    assert set(mine.items["item"]) == inside
    for name in ("places", "observations", "points", "visits", "conflicts"):
        assert set(getattr(mine, name)["item"]) <= inside, name
    for name in ("clearance", "cases"):
        frame = getattr(mine, name)
        there = frame["commune"].isin(scope) | frame["item"].isin(inside)
        assert there.all(), name
        assert frame.loc[~frame["item"].isin(inside), "commune"].isin(scope).all()
    assert len(mine.indicators) == len(mine.corrections) == 0
    outside = set(facts.items["item"]) - inside
    for name in ("items", "places", "observations", "points", "case_steps", "visits", "photos"):
        frame = getattr(mine, name)
        assert not any(frame[column].isin(outside).any() for column in frame), name
    assert mine.version != facts.version


def test_who_sees_their_area_only_and_has_none_sees_nothing() -> None:
    nobody = person("an", "viewer", sees_all=False)
    assert len(narrow_facts_to_user(real_facts(), nobody).items) == 0


def test_who_sees_all_gets_the_same_facts() -> None:
    facts = real_facts()
    assert narrow_facts_to_user(facts, person("an", "viewer", scope=frozenset({DO_SON}))) is facts


_REAL: list[Facts] = []


def real_facts() -> Facts:
    if not _REAL:
        _REAL.append(load_facts())
    return _REAL[0]
