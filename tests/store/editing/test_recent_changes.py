"""Changes are listed with who, why and what, and taken back unless one rests on them."""

from __future__ import annotations

import pytest

from store.audit.changes import Changeset
from store.audit.ledger import Ledger
from store.db.database import reading, writing
from store.db.errors import EditError, ImportRefusedError
from store.editing.items import add_item, edit_item, remove_item, set_point
from store.editing.open_record import read_item
from store.editing.recent_changes import list_changes, undo_change
from store.imports.plan.matching import NameAlias, read_aliases, record_alias
from tests.store.editing.editors import BRIDGE, LAN, MINH, WHY, is_whole, opened
from tests.store.small_reports import DO_SON


def test_names_remembered_for_an_item_go_and_come_back_with_it(filled: str) -> None:
    code = add_item({"name": "Bến xe mới", "kind": "transport"}, [DO_SON], actor=LAN, why=WHY)
    with writing(filled) as connection:
        ledger = Ledger(connection, Changeset("decision", LAN))
        record_alias(ledger, NameAlias("item", "Bến xe", "ben xe", code))

    def remembered() -> dict[str, str]:
        with reading(filled) as connection:
            return {
                key: item for key, item in read_aliases(connection, "item").items() if item == code
            }

    number = remove_item(code, seen=opened(code).item_token, actor=LAN, why=WHY)
    assert remembered() == {}
    undo_change(number, actor=LAN, why=WHY)
    assert remembered() == {"ben xe": code}
    assert is_whole(filled)


def test_undoing_is_refused_with_the_names_of_what_was_built_on_it(filled: str) -> None:
    code = add_item({"name": "Bến mới", "kind": "transport"}, [DO_SON], actor=LAN, why=WHY)
    added = list_changes(name=code)[0].number
    set_point(code, {"lon": 106.7, "lat": 20.7, "how": "map"}, seen="", actor=MINH, why=WHY)
    with pytest.raises(ImportRefusedError, match="minh ngày"):
        undo_change(added, actor=LAN, why=WHY)
    undo_change(list_changes(name=code)[0].number, actor=MINH, why=WHY)
    undo_change(added, actor=LAN, why=WHY)
    assert read_item(code) is None
    assert is_whole(filled)


@pytest.mark.usefixtures("filled")
def test_undoing_twice_or_what_was_no_edit_is_refused() -> None:
    number = edit_item(BRIDGE, {"note": "x"}, seen=opened().item_token, actor=LAN, why=WHY)
    undo_change(number, actor=LAN, why=WHY)
    for wrong in (number, number + 1, 1, 999):
        with pytest.raises(ImportRefusedError):
            undo_change(wrong, actor=LAN, why=WHY)
    with pytest.raises(EditError):
        undo_change(number, actor=LAN, why="")


@pytest.mark.usefixtures("filled")
def test_changes_are_listed_with_who_why_and_what() -> None:
    number = edit_item(BRIDGE, {"note": "x"}, seen=opened().item_token, actor=LAN, why=WHY)
    undone = undo_change(number, actor=MINH, why="nhầm")
    newest, first = list_changes()
    assert (first.number, first.actor, first.why, first.name) == (number, "lan", WHY, BRIDGE)
    assert (first.undone_by, newest.undoes, newest.number) == (undone, number, undone)
    assert first.rows[0].before["note"] == ""
    assert first.rows[0].after["note"] == "x"
    assert [one.number for one in list_changes(actor="lan")] == [number]
    assert list_changes(names={"KP-99"}) == ()
    assert len(list_changes(name=BRIDGE)) == 2
