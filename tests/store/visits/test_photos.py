"""Photos lie with their visit in the database, once, and are shown to who may see the item."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from store.audit.integrity import check_store
from store.audit.ledger import read_current_rows
from store.db.database import reading, writing
from store.db.errors import NotAllowedError, PhotoError, VisitError
from store.db.schema_accounts import PHOTO_FILES
from store.facts.facts import load_facts
from store.imports.apply import undo_import
from store.visits.photos import read_photo_content, store_photo
from store.visits.read import read_conflicting_visits, read_visits
from store.visits.record import UnknownVisitError, confirm_stored_visits, record_visit
from tests.people import ADMIN, INSPECTOR, PLANNER, VIEWER, VISITOR, person
from tests.store.pictures import as_file, phone_photo, picture
from tests.store.visits.test_record import HAI_AN, ITEM, THACH_KHOI, visit


def files(url: str) -> int:
    with reading(url) as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(PHOTO_FILES)) or 0)


def test_a_photo_is_kept_once_and_its_hash_as_sent_is_confirmed(store: str) -> None:
    sent, photo = visit(), phone_photo()
    record_visit(sent, actor=INSPECTOR)
    kept = store_photo(sent.version_id, photo, actor=INSPECTOR)
    assert store_photo(sent.version_id, photo, actor=INSPECTOR) == kept
    store_photo(sent.version_id, phone_photo(shade=30), actor=INSPECTOR)
    (held,) = confirm_stored_visits([sent.version_id], INSPECTOR)
    assert held is not None
    assert len(held.photos) == 2
    assert held.photos[0].original == kept.original
    assert files(store) == 2
    (seen,) = read_visits(load_facts(), ITEM)
    assert seen.photos[0].photo == kept.photo
    assert seen.photos[0].taken == "2026-11-20T09:30:15+07:00"
    with reading(store) as connection:
        assert check_store(connection) == []


@pytest.mark.parametrize("harm", ["changed", "lost"])
def test_a_picture_that_was_changed_or_lost_is_found(store: str, harm: str) -> None:
    sent = visit()
    record_visit(sent, actor=INSPECTOR)
    kept = store_photo(sent.version_id, phone_photo(), actor=INSPECTOR)
    with writing(store) as connection:
        if harm == "lost":
            connection.execute(PHOTO_FILES.delete())
        else:
            connection.execute(PHOTO_FILES.update().values(content=kept.content + b"x"))
        (fault,) = check_store(connection)
    assert kept.photo in fault.text()


def test_a_photo_needs_its_own_visit_of_its_own_inspector(store: str) -> None:
    sent = visit()
    with pytest.raises(UnknownVisitError):
        store_photo(sent.version_id, phone_photo(), actor=INSPECTOR)
    record_visit(sent, actor=INSPECTOR)
    for other in (PLANNER, person("khac", "inspector")):
        with pytest.raises(UnknownVisitError):
            store_photo(sent.version_id, phone_photo(), actor=other)
    with pytest.raises(UnknownVisitError):
        store_photo(f"{sent.visit}.0123456789ab", phone_photo(), actor=INSPECTOR)
    with pytest.raises(NotAllowedError):
        store_photo(sent.version_id, phone_photo(), actor=VIEWER)
    assert files(store) == 0


@pytest.mark.usefixtures("store")
def test_no_more_photos_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HPMAP_MAX_PHOTOS_PER_VISIT", "1")
    sent = visit()
    record_visit(sent, actor=INSPECTOR)
    store_photo(sent.version_id, phone_photo(), actor=INSPECTOR)
    with pytest.raises(PhotoError, match="tối đa 1"):
        store_photo(sent.version_id, phone_photo(shade=30), actor=INSPECTOR)


@pytest.mark.usefixtures("store")
def test_two_files_of_the_same_picture_are_told_apart() -> None:
    sent = visit()
    record_visit(sent, actor=INSPECTOR)
    store_photo(sent.version_id, phone_photo(), actor=INSPECTOR)
    with pytest.raises(PhotoError, match="trùng"):
        store_photo(sent.version_id, phone_photo(taken="2026:11:21 09:00:00"), actor=INSPECTOR)


@pytest.mark.usefixtures("store")
def test_photos_of_a_visit_kept_apart_stay_with_that_version() -> None:
    record_visit(visit(), actor=INSPECTOR)
    other = visit(observed_construction_pct=75.0)
    record_visit(other, actor=INSPECTOR)
    kept = store_photo(other.version_id, phone_photo(), actor=INSPECTOR)
    store_photo(other.version_id, phone_photo(), actor=INSPECTOR)
    (held,) = confirm_stored_visits([other.version_id], INSPECTOR)
    assert held is not None
    assert [photo.original for photo in held.photos] == [kept.original]
    assert read_visits(load_facts(), ITEM)[0].photos == ()
    assert read_conflicting_visits(load_facts(), PLANNER)[0].photos[0].photo == kept.photo
    assert read_photo_content(kept.photo, PLANNER) == kept.content
    assert read_photo_content(kept.photo, INSPECTOR) == kept.content
    assert read_photo_content(kept.photo, VIEWER) is None


def test_a_visit_that_was_taken_back_is_confirmed_and_takes_no_more(store: str) -> None:
    sent = visit()
    record_visit(sent, actor=INSPECTOR)
    with reading(store) as connection:
        (row,) = read_current_rows(connection, "visits")
    undo_import(int(row["added_by"]), ADMIN, "ghi nhầm dự án")
    assert record_visit(sent, actor=INSPECTOR) == "same"
    with pytest.raises(VisitError, match="rút lại"):
        store_photo(sent.version_id, phone_photo(), actor=INSPECTOR)
    (held,) = confirm_stored_visits([sent.version_id], INSPECTOR)
    assert held is not None
    assert held.sent_hash == sent.sent_hash


@pytest.mark.usefixtures("store")
def test_a_photo_is_shown_to_who_sees_the_item_and_to_nobody_else() -> None:
    sent = visit()
    record_visit(sent, actor=INSPECTOR)
    kept = store_photo(sent.version_id, as_file(picture((2000, 1500)), "PNG"), actor=INSPECTOR)
    assert read_photo_content(kept.photo, VIEWER) == kept.content
    assert read_photo_content(kept.photo, VIEWER, small=True) == kept.thumb
    here = person("o-day", "viewer", scope=frozenset({THACH_KHOI}), sees_all=False)
    elsewhere = person("noi-khac", "viewer", scope=frozenset({HAI_AN}), sees_all=False)
    assert read_photo_content(kept.photo, here) == kept.content
    assert read_photo_content(kept.photo, elsewhere) is None
    assert read_photo_content("0" * 64, VIEWER) is None
    with pytest.raises(NotAllowedError):
        read_photo_content(kept.photo, VISITOR)
