"""A store that holds numbers from before there were ranges is put right when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from store.audit import ledger
from store.audit.changes import Changeset, RowChange
from store.audit.integrity import check_store
from store.audit.ledger import Ledger, read_current_rows
from store.audit.repair import NAME
from store.audit.rows import NO_SOURCE
from store.backup import backup
from store.bootstrap import ensure_store
from store.db.database import is_sqlite, reading, writing
from store.db.errors import EditError
from store.db.schema import AUDIT, IMPORTS, SETTINGS
from store.editing.figures import add_figure
from store.editing.open_record import read_item
from store.facts.facts import load_facts
from store.imports.apply import undo_import
from tests.people import ADMIN
from tests.store.visits.test_record import visit

if TYPE_CHECKING:
    from pathlib import Path

KP = "KP-20"
HUGE = "9300000000000"


def figure(value: str, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "item": KP, "period": "2026-Q1", "doc": "q1-2026", "line_from": 1, "line_to": 1,
        "cell": "x", "field": "investment_mvnd", "component": "", "value": value, "total": None,
        "unit": "million_vnd", "basis": "", "qualifier": "", "raw": value[:20], "note": "",
        "chapter": "key_projects", "origin": "person", "position": None,
    }  # fmt: skip
    return row | dict(NO_SOURCE) | more


def case(**more: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(
        ("body", "opened", "deadline", "closed", "clearance", "visit", "note", "statement"), ""
    )
    row |= dict.fromkeys(("area_ha", "handed_ha", "households", "households_left"))
    row |= {"case": "GP-9001", "item": KP, "commune": "", "category": "unspecified"}
    return row | {"state": "open", "origin": "person", "position": None} | more


def seen(**more: Any) -> dict[str, Any]:
    sent = vars(visit(1)) | {"problem": "", "sent_hash": "0" * 64, "origin": "person"}
    return sent | {"position": None} | more


@pytest.fixture
def damaged(store: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return the number of a change that an older program let in."""
    with monkeypatch.context() as older:
        older.setattr(ledger, "make_canonical_row", lambda row, _table: dict(row))
        with writing(store) as connection:
            change = Ledger(connection, Changeset("edit", ADMIN, "cũ"))
            change.apply(
                [
                    RowChange("visits", None, seen(observed_construction_pct=-0.0, lon=-0.0)),
                    RowChange("cases", None, case(area_ha=-0.0, handed_ha=1e99)),
                    RowChange("observations", None, figure(HUGE)),
                    RowChange("observations", None, figure("9" * 400, cell="y")),
                    RowChange("observations", None, figure("-0", cell="z", field="area_ha")),
                ]
            )
            connection.execute(SETTINGS.delete().where(SETTINGS.c.name == "ranges"))
    return change.number


def test_a_store_with_such_values_is_put_right_when_opened(
    store: str, damaged: int, tmp_path: Path
) -> None:
    if is_sqlite(store):
        with reading(store) as connection:
            assert {one.key for one in check_store(connection)} == {"content"}
    ensure_store()
    with reading(store) as connection:
        assert check_store(connection) == []
        (row,) = read_current_rows(connection, "cases")
        assert (row["area_ha"], row["handed_ha"]) == (0.0, None)
        repairs = connection.scalars(sa.select(IMPORTS.c.id).where(IMPORTS.c.name == NAME)).all()
        assert len(repairs) == 1
        audits = connection.execute(sa.select(AUDIT).where(AUDIT.c.import_id == repairs[0]))
        told = [dict(one) for one in audits.mappings()]
    assert any(HUGE in one["before"] and one["after"] == "" for one in told)
    assert "Có phải đã gõ đồng thay cho triệu đồng?" in told[0]["why"]
    figures = [one for one in read_item(KP).figures.values() if one["cell"] in {"x", "y", "z"}]
    assert [one["value"] for one in figures] == ["0"]
    assert load_facts().observations["number"].max() < 1e9
    backup(tmp_path / "copy")
    ensure_store()
    with reading(store) as connection:
        again = connection.scalars(sa.select(IMPORTS.c.id).where(IMPORTS.c.name == NAME)).all()
    assert again == repairs, "a store is put right once"
    assert damaged


def test_what_was_put_right_can_still_be_undone(store: str, damaged: int) -> None:
    ensure_store()
    undo_import(damaged, ADMIN, "thử")
    with reading(store) as connection:
        assert check_store(connection) == []
        assert read_current_rows(connection, "cases") == []
        assert read_current_rows(connection, "visits") == []


def test_the_ledger_takes_no_number_outside_its_range(store: str) -> None:
    for row, table, told in (
        (figure(HUGE), "observations", "triệu đồng"),
        (case(area_ha=float("nan")), "cases", "Diện tích"),
        (case(area_ha=float("inf")), "cases", "Diện tích"),
        (case(households=10**5000), "cases", "Số hộ"),
        (seen(lat=91.0), "visits", "Vĩ độ"),
    ):
        with writing(store) as connection, pytest.raises(EditError, match=told):
            Ledger(connection, Changeset("edit", ADMIN, "x")).apply([RowChange(table, None, row)])


def test_a_figure_typed_in_dong_is_refused_with_what_to_do(store: str) -> None:
    values = {"item": KP, "period": "2026-Q1", "doc": "q1-2026", "line_from": 1}
    with pytest.raises(EditError, match=r"chia cho 1\.000\.000"):
        add_figure(values | {"field": "investment_mvnd", "value": HUGE}, actor=ADMIN, why="x")
    obs = add_figure(values | {"field": "area_ha", "value": "00050"}, actor=ADMIN, why="x")
    assert read_item(KP).figures[obs]["value"] == "50"
    assert store
