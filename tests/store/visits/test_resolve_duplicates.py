"""What was kept apart is settled by a person: taken in, or left aside, and nothing is lost."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from store.audit.integrity import check_store
from store.db.database import reading
from store.db.errors import ChoiceError, NotAllowedError
from store.db.schema import FACTS
from store.facts.facts import load_facts
from store.visits.photos import store_photo
from store.visits.read import read_conflicting_visits, read_visits
from store.visits.record import confirm_stored_visits, record_visit
from store.visits.resolve_duplicates import settle_visit
from tests.people import INSPECTOR, PLANNER, person
from tests.store.pictures import phone_photo
from tests.store.visits.test_record import HAI_AN, ITEM, visit


def test_the_other_version_takes_its_place_with_photos_and_problem(store: str) -> None:
    one = visit()
    other = visit(observed_construction_pct=75.0, problem_category="compensation", problem="Ba hộ")
    record_visit(one, actor=INSPECTOR)
    record_visit(other, actor=INSPECTOR)
    kept = store_photo(other.version_id, phone_photo(), actor=INSPECTOR)
    (apart,) = read_conflicting_visits(load_facts(), PLANNER)
    settle_visit(apart.number, "kept", actor=PLANNER, why="bản sau đúng")
    (seen,) = read_visits(load_facts(), ITEM)
    assert (seen.observed_construction_pct, seen.photos[0].photo) == (75.0, kept.photo)
    assert seen.case
    assert read_conflicting_visits(load_facts(), PLANNER) == ()
    # Both phones are still told that theirs is held.
    for sent in (one, other):
        (held,) = confirm_stored_visits([sent.version_id], INSPECTOR)
        assert held is not None
        assert held.sent_hash == sent.sent_hash
        assert record_visit(sent, actor=INSPECTOR) == "same"
    with reading(store) as connection:
        versions = sa.select(sa.func.count()).select_from(FACTS["visits"])
        assert connection.scalar(versions) == 2
        assert check_store(connection) == []


@pytest.mark.usefixtures("store")
def test_left_aside_it_changes_nothing_and_is_still_held() -> None:
    record_visit(visit(), actor=INSPECTOR)
    other = visit(observed_construction_pct=75.0)
    record_visit(other, actor=INSPECTOR)
    (apart,) = read_conflicting_visits(load_facts(), PLANNER)
    settle_visit(apart.number, "dropped", actor=PLANNER)
    (seen,) = read_visits(load_facts(), ITEM)
    assert seen.observed_construction_pct == 61.5
    (held,) = confirm_stored_visits([other.version_id], INSPECTOR)
    assert held is not None
    assert held.sent_hash == other.sent_hash
    with pytest.raises(ChoiceError):
        settle_visit(apart.number, "kept", actor=PLANNER)


@pytest.mark.usefixtures("store")
def test_only_who_may_settles_and_only_what_can_be() -> None:
    record_visit(visit(), actor=INSPECTOR)
    record_visit(visit(observed_construction_pct=75.0), actor=INSPECTOR)
    (apart,) = read_conflicting_visits(load_facts(), PLANNER)
    elsewhere = person("noikhac", "planner", scope=frozenset({HAI_AN}))
    for actor in (INSPECTOR, elsewhere):
        with pytest.raises(NotAllowedError):
            settle_visit(apart.number, "kept", actor=actor)
    with pytest.raises(ChoiceError):
        settle_visit(apart.number, "deleted", actor=PLANNER)
    record_visit(visit(2, item="KP-1999"), actor=INSPECTOR)
    gone = next(
        one for one in read_conflicting_visits(load_facts(), PLANNER) if one.why == "item_gone"
    )
    with pytest.raises(ChoiceError, match="KP-1999"):
        settle_visit(gone.number, "kept", actor=PLANNER)
