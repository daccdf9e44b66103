"""The audit is found by filters, read page by page, downloaded safely; its seals are checked."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from geo import clock
from store.audit.approvals import approve_period
from store.audit.audit_log import (
    PAGE_ROWS,
    AuditFilter,
    export_audit_csv,
    find_broken_seal,
    list_audit_choices,
    read_audit_page,
)
from store.audit.changes import Changeset
from store.audit.ledger import Ledger
from store.db.database import writing
from store.db.errors import NotAllowedError
from store.db.schema import AUDIT
from store.facts.facts import load_facts
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from tests import templates
from tests.accounts_here import make, quick_store  # noqa: F401
from tests.people import ADMIN, AN, INSPECTOR, PLANNER, VIEWER, VISITOR, person
from tests.store.corrections import correct
from tests.store.small_reports import QUARTER


@pytest.fixture(autouse=True)
def _filled(quick_store: str) -> None:  # noqa: F811
    templates.fill_bare(quick_store, "audit-log", _correct_a_quarter)


def _correct_a_quarter() -> None:
    apply_import(plan_import(QUARTER), AN)
    approve_period("2031-Q1", ADMIN)
    obs = load_facts().observations["obs"].iloc[0]
    correct("observations", obs, {"value": "1200001"}, person("Duyên", "approver"), "đính chính")


def test_filters_find_what_they_say() -> None:
    every, total = read_audit_page(AuditFilter(), 0, ADMIN)
    assert total == len(every) == 20
    assert list(every["id"]) == sorted(every["id"], reverse=True)
    for wanted, count in (
        (AuditFilter(actor="Duyên"), 1),
        (AuditFilter(kind="approval"), 1),
        (AuditFilter(table="observations"), 5),
        (AuditFilter(table="observations", kind="report"), 4),
        (AuditFilter(corrections=True), 1),
        (AuditFilter(key="2031-q1", table="approvals"), 1),
        (AuditFilter(key="%"), 0),
        (AuditFilter(key="' OR 1=1 --"), 0),
        (AuditFilter(actor="nobody"), 0),
    ):
        assert read_audit_page(wanted, 0, ADMIN)[1] == count, wanted


def test_days_are_days_in_hai_phong_both_included() -> None:
    today = clock.today()
    one = timedelta(days=1)
    for since, until, count in (
        (today, today, 20),
        (today + one, None, 0),
        (None, today - one, 0),
        (today - one, today + one, 20),
    ):
        assert read_audit_page(AuditFilter(since=since, until=until), 0, ADMIN)[1] == count


def test_choices_are_what_the_audit_speaks_of() -> None:
    choices = list_audit_choices(ADMIN)
    assert choices.actors == ("An", "Duyên", "quantri")
    assert "observations" in choices.tables
    assert set(choices.kinds) == {"approval", "correction", "report"}


def test_many_rows_are_paged() -> None:
    row = {"at": "2026-01-01T00:00:00.000+00:00", "actor": "x", "table_name": "items", "before": "",
           "after": "{}", "why": "", "import_id": 1, "period": "", "after_approval": False,
           "chain": "x"}  # fmt: skip
    with writing() as connection:
        connection.execute(AUDIT.insert(), [row | {"key": f"i{n}"} for n in range(1_000)])
    first, total = read_audit_page(AuditFilter(actor="x"), 0, ADMIN)
    last, _ = read_audit_page(AuditFilter(actor="x"), total // PAGE_ROWS - 1, ADMIN)
    assert total == 1_000
    assert len(first) == len(last) == PAGE_ROWS
    assert not set(first["id"]) & set(last["id"])


def test_the_file_is_no_trap_for_a_spreadsheet() -> None:
    hostile = '=HYPERLINK("http://evil","x")'
    with writing() as connection:
        Ledger(connection, Changeset("note", replace(ADMIN, name="+1+1"), "@SUM(1)")).note(
            "accounts", hostile, after="-2+3"
        )
    data = export_audit_csv(AuditFilter(table="accounts"), ADMIN)
    assert data.startswith(b"\xef\xbb\xbf")
    head, row = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    told = dict(zip(head, row, strict=True))
    assert told["key"] == "'" + hostile
    assert (told["actor"], told["why"], told["after"]) == ("'+1+1", "'@SUM(1)", "'-2+3")
    assert len(export_audit_csv(AuditFilter(), ADMIN).splitlines()) > 13


def test_a_row_changed_from_outside_is_noticed() -> None:
    assert find_broken_seal(ADMIN) == 0
    with writing() as connection:
        connection.execute(AUDIT.update().where(AUDIT.c.id == 5).values(actor="ai đó"))
    assert find_broken_seal(ADMIN) == 5
    with writing() as connection:
        connection.execute(sa.delete(AUDIT).where(AUDIT.c.id == 5))
    assert find_broken_seal(ADMIN) == 6


def test_only_who_may_read_the_audit_reads_it() -> None:
    narrowed = person("d", "approver", scope=frozenset({"11914"}), sees_all=False)
    for who in (VISITOR, VIEWER, INSPECTOR, PLANNER, narrowed):
        for ask in (
            lambda who: read_audit_page(AuditFilter(), 0, who),
            lambda who: export_audit_csv(AuditFilter(), who),
            list_audit_choices,
            find_broken_seal,
        ):
            with pytest.raises(NotAllowedError):
                ask(who)
    assert read_audit_page(AuditFilter(), 0, person("d", "approver"))[1] > 0


def test_accounts_are_told_in_it() -> None:
    make("an")
    rows, _ = read_audit_page(AuditFilter(table="accounts", key="an"), 0, ADMIN)
    assert rows["kind"].item() == "note"
