"""The check finds what was changed behind the program's back."""

import pytest
import sqlalchemy as sa

from store.audit.integrity import check_store
from store.db.database import is_sqlite, reading, writing
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from tests.people import AN
from tests.store.small_reports import QUARTER

SET_BALANCE = "UPDATE imports SET balance = "
UNEVEN = """'{"table_lines": 3, "in_rows": 1, "in_headers": 1, "in_queue": 0}'"""


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE observations SET value = '9' WHERE value = '40'", {"content", "unaudited"}),
        ("UPDATE places SET commune = '99999'", {"content", "unaudited", "commune"}),
        ("DELETE FROM observations WHERE value = '40'", {"unaudited", "count"}),
        ("UPDATE items SET removed_by = 1 WHERE item = 'KP-01'", {"dangling", "unaudited"}),
        ("UPDATE audit SET actor = 'nobody' WHERE id = 3", {"chain"}),
        ("DELETE FROM audit WHERE id = 3", {"chain", "unaudited"}),
        ("UPDATE alembic_version SET version_num = '0000'", {"revision"}),
        (SET_BALANCE + UNEVEN, {"balance"}),
    ],
)
def test_what_was_tampered_with_is_found(bare_store: str, statement: str, found: set[str]) -> None:
    apply_import(plan_import(QUARTER), AN)
    with writing(bare_store) as connection:
        connection.exec_driver_sql(statement)
    with reading(bare_store) as connection:
        faults = check_store(connection)
    assert {fault.key for fault in faults} == found
    assert all(fault.text() and fault.text("en") for fault in faults)


def test_a_reference_to_nothing_is_refused_by_the_database(bare_store: str) -> None:
    apply_import(plan_import(QUARTER), AN)
    statement = "UPDATE observations SET item = 'KP-99'"
    with pytest.raises(sa.exc.IntegrityError), writing(bare_store) as connection:
        connection.exec_driver_sql(statement)


def test_a_damaged_file_is_told(bare_store: str) -> None:
    if not is_sqlite(bare_store):
        pytest.skip("a server looks after its files itself")
    with writing(bare_store) as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    url = bare_store
    with writing(url) as connection:
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql("DELETE FROM sqlite_master WHERE name = 'one_current_items'")
    with reading(url) as connection:
        assert "damaged" in {fault.key for fault in check_store(connection)}
