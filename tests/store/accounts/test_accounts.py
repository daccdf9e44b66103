"""Only an administrator makes and changes accounts; the audit tells of each; one is always left."""

from dataclasses import replace

import pytest

from store.accounts.accounts import (
    Account,
    add_account,
    change_account,
    find_account_by_email,
    list_accounts,
)
from store.accounts.sessions import has_accounts
from store.db.errors import AccountError, NotAllowedError
from tests.accounts_here import PASSWORD, make, quick_store, user  # noqa: F401
from tests.people import ADMIN, PLANNER, VIEWER
from tests.store.accounts.told import audit

pytestmark = pytest.mark.usefixtures("quick_store")


def test_changes_of_accounts_stand_in_the_audit_with_before_and_after() -> None:
    make("chu", "administrator")
    number = make("an", "planner")
    change_account(number, Account("an", "viewer", scopes=(("commune", "11914"),)), ADMIN, "đổi")
    rows = audit("accounts")
    assert [(row[0], row[1]) for row in rows] == [
        ("quantri", "chu"),
        ("quantri", "an"),
        ("quantri", "an"),
    ]
    assert '"role":"viewer"' in rows[-1][2].replace(" ", "")
    assert "11914" in rows[-1][2]


def test_only_an_administrator_manages_accounts() -> None:
    for who in (VIEWER, PLANNER, replace(user(make("xem")), role="approver")):
        with pytest.raises(NotAllowedError):
            add_account(Account("an", "viewer"), PASSWORD, who)
        with pytest.raises(NotAllowedError):
            list_accounts(who)


@pytest.mark.parametrize(
    "wrong",
    [
        Account("a", "viewer"),
        Account("có dấu cách", "viewer"),
        Account("a/b", "viewer"),
        Account("an", "chief"),  # type: ignore[arg-type]
        Account("an", "viewer", shown="x" * 81),
        Account("an", "viewer", shown="a\x1bb"),
        Account("an", "viewer", email="không phải thư"),
        Account("an", "viewer", scopes=(("commune", "99999"),)),
        Account("an", "viewer", scopes=(("province", "31"),)),
        Account("an", "viewer", sees_all=False),
    ],
)
def test_an_account_that_cannot_be_is_refused(wrong: Account) -> None:
    with pytest.raises(AccountError):
        add_account(wrong, PASSWORD, ADMIN)
    assert not has_accounts()


def test_two_accounts_have_neither_one_name_nor_one_address() -> None:
    make("an", email="An@haiphong.gov.vn")
    for account in (Account("AN", "viewer"), Account("b2", "viewer", email="an@HAIPHONG.gov.vn")):
        with pytest.raises(AccountError):
            add_account(account, PASSWORD, ADMIN)
    assert find_account_by_email("AN@haiphong.gov.vn") > 0
    assert find_account_by_email("%@%") == 0


def test_an_administrator_is_always_left() -> None:
    number = make("chu", "administrator")
    for account in (Account("chu", "viewer"), Account("chu", "administrator", active=False)):
        with pytest.raises(AccountError):
            change_account(number, account, ADMIN)
    assert user(number).role == "administrator"


def test_who_was_changed_after_their_page_was_opened_no_longer_acts() -> None:
    make("chu", "administrator")
    number = make("hai", "administrator")
    stale = user(number)
    change_account(number, Account("hai", "viewer"), ADMIN)
    with pytest.raises(NotAllowedError):
        add_account(Account("moi", "viewer"), PASSWORD, stale)
    assert list(list_accounts(ADMIN)["name"]) == ["chu", "hai"]
    made_up = replace(stale, account=99)
    with pytest.raises(NotAllowedError):
        add_account(Account("moi", "viewer"), PASSWORD, made_up)
