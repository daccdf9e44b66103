"""A new password ends the sessions, is another and a good one, and the old one is not guessed."""

import pytest

from store.accounts.account_passwords import change_own_password, set_password
from store.accounts.sessions import MOST_WRONG_PER_NAME, get_session_user, sign_in
from store.db.errors import AccountError, SignInError
from tests.accounts_here import PASSWORD, make, quick_store, user  # noqa: F401
from tests.people import ADMIN
from tests.store.accounts.told import WRONG

pytestmark = pytest.mark.usefixtures("quick_store")


def test_a_new_password_ends_the_sessions_and_must_be_changed_when_another_gave_it() -> None:
    number = make("an")
    token = sign_in("an", PASSWORD).token
    set_password(number, "mật khẩu do quản trị đặt", ADMIN)
    assert get_session_user(token) is None
    with pytest.raises(SignInError):
        sign_in("an", PASSWORD)
    begun = sign_in("an", "mật khẩu do quản trị đặt")
    assert begun.user.must_change
    change_own_password("mật khẩu do quản trị đặt", PASSWORD, begun.user)
    assert get_session_user(begun.token) is None
    assert not sign_in("an", PASSWORD).user.must_change


def test_ones_own_password_is_not_guessed_with_a_stolen_session() -> None:
    mine = user(make("an"))
    for _ in range(MOST_WRONG_PER_NAME):
        with pytest.raises(AccountError):
            change_own_password(WRONG, "một câu dài mới hẳn", mine)
    with pytest.raises(SignInError):
        change_own_password(PASSWORD, "một câu dài mới hẳn", mine)


def test_the_new_password_is_another_and_a_good_one() -> None:
    mine = user(make("an"))
    for new in (PASSWORD, "ngắn"):
        with pytest.raises(AccountError):
            change_own_password(PASSWORD, new, mine)
    assert sign_in("an", PASSWORD)
