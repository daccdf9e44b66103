"""Signing in and out: wrong tries are counted, sessions end, and the audit tells of it."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from store.accounts import sessions
from store.accounts.account_passwords import set_password
from store.accounts.accounts import (
    Account,
    add_account,
    change_account,
    end_all_sessions,
    list_accounts,
)
from store.accounts.saved_views import change_view, delete_view, list_views, save_view
from store.accounts.sessions import (
    MOST_WRONG_PER_ADDRESS,
    MOST_WRONG_PER_NAME,
    WINDOW_MINUTES,
    clear_session_cache,
    get_session_user,
    issue_ticket,
    sign_in,
    sign_in_with_ticket,
    sign_out,
)
from store.audit.audit_log import AuditFilter, export_audit_csv
from store.audit.integrity import check_store
from store.db.database import reading, writing
from store.db.errors import NotAllowedError, SignInError
from store.db.schema import AUDIT
from store.db.schema_accounts import ACCOUNTS, SESSIONS, SIGN_INS
from store.exports.audit_notes import record_briefing
from store.facts.facts import load_facts, read_facts_version
from store.facts.filters import Filters
from store.imports.apply import apply_import
from store.imports.contradiction_decisions import CHOICES, settle_contradiction
from store.imports.plan.drafts import delete_draft, list_drafts, save_draft
from store.imports.plan.planning import plan_import
from tests.accounts_here import PASSWORD, make, quick_store, user  # noqa: F401
from tests.people import ADMIN, PLANNER
from tests.store.accounts.told import WRONG, audit
from tests.store.small_reports import QUARTER

pytestmark = pytest.mark.usefixtures("quick_store")


def whole_database() -> str:
    """Return everything that the tables of accounts and the audit say."""
    with reading() as connection:
        tables = (ACCOUNTS, SESSIONS, SIGN_INS, AUDIT)
        return str([connection.execute(sa.select(table)).all() for table in tables])


def test_a_session_is_who_signed_in_and_ends_with_signing_out() -> None:
    make("an", "planner")
    begun = sign_in("An ", PASSWORD, address="10.0.0.7", agent="trình duyệt")
    assert get_session_user(begun.token) == begun.user
    assert (begun.user.name, begun.user.role, begun.user.standing) == ("an", "planner", "account")
    sign_out(begun.token)
    assert get_session_user(begun.token) is None
    assert [row[2] for row in audit("sign_ins")] == ["ok 10.0.0.7", "signed out"]


def test_the_token_and_the_password_are_nowhere_in_the_store() -> None:
    make("an")
    begun = sign_in("an", PASSWORD)
    told = whole_database()
    assert begun.token not in told
    assert PASSWORD not in told


def test_a_page_that_is_open_writes_nothing_once_its_session_has_ended() -> None:
    make("an", "administrator")
    token = sign_in("an", PASSWORD).token
    other = sign_in("an", PASSWORD).token
    mine, still = get_session_user(token), get_session_user(other)
    assert mine is not None
    assert still is not None
    number = save_view("ban-do", "Trước", {}, mine)
    save_draft(QUARTER, mine)
    sign_out(token)
    before = whole_database()
    for act in (
        lambda: save_view("ban-do", "Sau", {}, mine, shared=True),
        lambda: change_view(number, mine, name="Khác"),
        lambda: delete_view(number, mine),
        lambda: save_draft(QUARTER, mine),
        lambda: delete_draft(QUARTER.document.sha256, mine),
        lambda: add_account(Account("binh", "viewer"), PASSWORD, mine),
        lambda: end_all_sessions(mine.account, mine),
        lambda: set_password(mine.account, "một câu khác cũng dài", mine),
        lambda: apply_import(plan_import(QUARTER), mine),
        lambda: settle_contradiction("x", CHOICES[0], mine),
        lambda: record_briefing({"a.pdf": b"x"}, Filters(), mine),
        lambda: export_audit_csv(AuditFilter(), mine),
    ):
        with pytest.raises(NotAllowedError, match="đã kết thúc"):
            act()
    assert whole_database() == before
    assert [one.name for one in list_views(still)] == ["Trước"]
    assert len(list_drafts()) == 1
    change_view(number, still, name="Sau")  # the same account's other session stands


def test_a_session_that_has_run_out_writes_nothing() -> None:
    make("an")
    mine = get_session_user(sign_in("an", PASSWORD).token)
    assert mine is not None
    with writing() as connection:
        past = (datetime.now(UTC) - timedelta(hours=1)).isoformat(timespec="seconds")
        connection.execute(SESSIONS.update().values(expires_at=past))
    with pytest.raises(NotAllowedError, match="đã kết thúc"):
        save_view("ban-do", "Sau", {}, mine)


def test_a_session_of_another_account_does_not_count() -> None:
    make("an")
    make("binh")
    an, binh = (get_session_user(sign_in(name, PASSWORD).token) for name in ("an", "binh"))
    assert an is not None
    assert binh is not None
    with pytest.raises(NotAllowedError):
        save_view("ban-do", "Sau", {}, replace(an, session=binh.session))


def test_every_sign_in_has_a_token_of_its_own() -> None:
    make("an")
    assert sign_in("an", PASSWORD).token != sign_in("an", PASSWORD).token


def test_accounts_and_sessions_are_the_same_on_every_database(bare_store: str) -> None:
    make("chu", "administrator")
    number = make("an", "planner", scopes=(("commune", "11914"),))
    token = sign_in("an", PASSWORD).token
    assert get_session_user(token) == user(number)
    assert list(list_accounts(ADMIN)["sessions"]) == [1, 0]
    change_account(number, Account("an", "viewer"), ADMIN)
    assert get_session_user(token) is None
    for _ in range(MOST_WRONG_PER_NAME):
        with pytest.raises(SignInError, match="không đúng"):
            sign_in("an", WRONG)
    with pytest.raises(SignInError, match=str(WINDOW_MINUTES)):
        sign_in("an", PASSWORD)
    assert get_session_user(sign_in_with_ticket(issue_ticket(number)).token) is not None
    with reading(bare_store) as connection:
        assert check_store(connection) == []


def test_signing_out_everywhere_ends_the_sessions_of_this_account_only() -> None:
    make("an")
    make("binh")
    mine = [sign_in("an", PASSWORD).token for _ in range(3)]
    other = sign_in("binh", PASSWORD).token
    sign_out(mine[0], everywhere=True)
    assert [get_session_user(token) for token in mine] == [None] * 3
    assert get_session_user(other) is not None


def test_a_session_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    make("an")
    monkeypatch.setenv("HPMAP_SESSION_HOURS", "2")
    begun = sign_in("an", PASSWORD)
    assert begun.seconds == 7200
    later = datetime.now(UTC) + timedelta(hours=2, seconds=1)
    monkeypatch.setattr(sessions, "_get_now", lambda: later)
    clear_session_cache()
    assert get_session_user(begun.token) is None


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, "' OR 1=1 --", "\x00"])
def test_what_is_no_token_is_nobody(token: str) -> None:
    make("an")
    assert get_session_user(token) is None
    sign_out(token)


def test_closing_or_changing_an_account_ends_its_sessions() -> None:
    make("chu", "administrator")
    number = make("an", "planner")
    for changed in (Account("an", "viewer"), Account("an", "viewer", active=False)):
        token = sign_in("an", PASSWORD).token
        assert get_session_user(token) is not None
        change_account(number, changed, ADMIN)
        assert get_session_user(token) is None
    with pytest.raises(SignInError):
        sign_in("an", PASSWORD)


def test_sessions_of_a_lost_phone_are_ended_by_an_administrator() -> None:
    number = make("an")
    token = sign_in("an", PASSWORD).token
    with pytest.raises(NotAllowedError):
        end_all_sessions(number, PLANNER)
    assert get_session_user(token) is not None
    end_all_sessions(number, ADMIN)
    assert get_session_user(token) is None


def test_a_ticket_is_spent_once_and_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    number = make("an")
    ticket = issue_ticket(number)
    assert get_session_user(sign_in_with_ticket(ticket).token) is not None
    with pytest.raises(SignInError):
        sign_in_with_ticket(ticket)
    late = issue_ticket(number)
    after = datetime.now(UTC) + timedelta(seconds=sessions.TICKET_SECONDS + 1)
    monkeypatch.setattr(sessions, "_get_now", lambda: after)
    with pytest.raises(SignInError):
        sign_in_with_ticket(late)


def test_a_ticket_of_an_account_that_was_closed_lets_nobody_in() -> None:
    make("chu", "administrator")
    number = make("an")
    ticket = issue_ticket(number)
    change_account(number, Account("an", "viewer", active=False), ADMIN)
    with pytest.raises(SignInError):
        sign_in_with_ticket(ticket)


def test_too_many_wrong_tries_lock_a_name_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    make("an")
    make("binh")
    for _ in range(MOST_WRONG_PER_NAME):
        with pytest.raises(SignInError, match="không đúng"):
            sign_in("an", WRONG, address="10.0.0.9")
    for _ in range(3):
        with pytest.raises(SignInError, match=str(WINDOW_MINUTES)):
            sign_in("AN", PASSWORD)
    assert sign_in("binh", PASSWORD, address="10.0.0.9")
    told = [row[2] for row in audit("sign_ins")]
    assert told == ["wrong 10.0.0.9"] * MOST_WRONG_PER_NAME + ["locked 10.0.0.9", "ok 10.0.0.9"]
    later = datetime.now(UTC) + timedelta(minutes=WINDOW_MINUTES, seconds=1)
    monkeypatch.setattr(sessions, "_get_now", lambda: later)
    assert sign_in("an", PASSWORD)


def test_many_tries_at_once_get_no_further_than_one_by_one() -> None:
    make("an")

    def one(_: int) -> None:
        with suppress(SignInError):
            sign_in("an", WRONG)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(one, range(3 * MOST_WRONG_PER_NAME)))
    wrong = [row for row in audit("sign_ins") if row[2] == "wrong"]
    assert len(wrong) == MOST_WRONG_PER_NAME


def test_one_address_does_not_try_all_names() -> None:
    make("an")
    for count in range(MOST_WRONG_PER_ADDRESS):
        with pytest.raises(SignInError):
            sign_in(f"ai{count}", WRONG, address="203.0.113.5")
    with pytest.raises(SignInError, match=str(WINDOW_MINUTES)):
        sign_in("an", PASSWORD, address="203.0.113.5")
    assert sign_in("an", PASSWORD, address="203.0.113.6")


def test_a_name_that_nobody_has_is_told_and_locked_like_one_that_somebody_has() -> None:
    make("an")
    faults = []
    for name in ("an", "ai-do"):
        for _ in range(MOST_WRONG_PER_NAME + 1):
            with pytest.raises(SignInError) as caught:
                sign_in(name, WRONG)
            faults.append(str(caught.value))
    half = len(faults) // 2
    assert faults[:half] == faults[half:]


def test_a_password_typed_into_the_field_of_the_name_is_written_nowhere() -> None:
    make("an")
    with pytest.raises(SignInError):
        sign_in(PASSWORD, "")
    assert PASSWORD not in whole_database()


def test_a_hash_of_weaker_settings_is_made_anew_at_the_next_sign_in() -> None:
    number = make("an")
    weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    mine = ACCOUNTS.c.id == number
    with writing() as connection:
        connection.execute(ACCOUNTS.update().where(mine).values(password_hash=weak))
    sign_in("an", PASSWORD)
    with reading() as connection:
        assert connection.scalar(sa.select(ACCOUNTS.c.password_hash).where(mine)) != weak
    assert sign_in("an", PASSWORD)


def test_notes_leave_the_facts_as_they_are_and_the_store_whole() -> None:
    before, version = load_facts(), read_facts_version()
    make("an", "administrator")
    sign_out(sign_in("an", PASSWORD).token)
    with pytest.raises(SignInError):
        sign_in("an", WRONG)
    assert read_facts_version() == version
    assert load_facts() is before
    with reading() as connection:
        assert check_store(connection) == []
