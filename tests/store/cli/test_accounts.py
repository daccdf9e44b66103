"""``python -m store account``: accounts by command, the first administrator among them."""

import io
import json
import sys

import pytest

from store.accounts.sessions import get_session_user, sign_in
from store.cli import accounts, main
from store.users.areas import find_area, list_areas
from tests.accounts_here import PASSWORD, quick_store  # noqa: F401

pytestmark = pytest.mark.usefixtures("quick_store")


class _Input(io.StringIO):
    def __init__(self, typed: str, *, at_terminal: bool) -> None:
        super().__init__(typed)
        self._at_terminal = at_terminal

    def isatty(self) -> bool:
        """Say what the test says."""
        return self._at_terminal


class Told:
    """Runs a command with something on standard input."""

    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capsys, self._patch = capsys, patch

    def __call__(self, *words: str, typed: str = "", at_terminal: bool = False) -> tuple[int, str]:
        """Return the exit code and what was printed."""
        self._patch.setattr(sys, "stdin", _Input(typed, at_terminal=at_terminal))
        code = main.main(["account", *words])
        told = self._capsys.readouterr()
        return code, told.out + told.err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Told:
    return Told(capsys, monkeypatch)


def listed(run: Told) -> list[dict[str, object]]:
    return json.loads(run("list", "--json")[1])


def test_the_first_administrator_is_made_by_command(run: Told) -> None:
    assert "Chưa có" in run("list")[1]
    words = ("add", "chu", "--role", "administrator", "--password-stdin")
    code, out = run(*words, typed=PASSWORD + "\n")
    assert (code, PASSWORD in out) == (0, False)
    assert get_session_user(sign_in("chu", PASSWORD).token) is not None
    assert "quản trị viên" in run("list")[1]


def test_at_a_terminal_the_password_is_asked_twice(
    run: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("add", "chu", "--role", "administrator")
    code, out = run(*words)
    assert (code, "--password-stdin" in out) == (1, True)
    answers = [PASSWORD, "một câu khác", PASSWORD, PASSWORD]
    monkeypatch.setattr(accounts.getpass, "getpass", lambda _: answers.pop(0))
    assert run(*words, at_terminal=True)[0] == 1
    assert listed(run) == []
    assert run(*words, at_terminal=True)[0] == 0
    assert not sign_in("chu", PASSWORD).user.must_change


def test_a_password_is_never_an_argument(run: Told) -> None:
    words = ("add", "chu", "--role", "administrator", "--password", PASSWORD)
    assert run(*words)[0] == 2


def test_an_area_is_named_as_people_name_it(run: Told) -> None:
    words = ("add", "an", "--role", "planner", "--scope", "huyện Kim Thành", "--scope")
    words = (*words, "đặc khu Cát Hải", "--own-area-only", "--email", "An@haiphong.gov.vn")
    assert run(*words, "--password-stdin", typed=PASSWORD)[0] == 0
    row = listed(run)[0]
    assert sorted(row["scopes"]) == [["commune", "11914"], ["district", "hd.huyen-kim-thanh"]]
    assert (row["sees_all"], row["email"]) == (False, "an@haiphong.gov.vn")
    assert sign_in("an", PASSWORD).user.scope == {"10804", "10756", "10750", "10792", "11914"}
    assert sign_in("an", PASSWORD).user.must_change
    assert "huyện Kim Thành (cũ)" in run("list")[1]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("huyen kim thanh", ("district", "hd.huyen-kim-thanh")),
        ("Xã Kim Thành", ("commune", "10804")),
        ("11914", ("commune", "11914")),
        ("hd.huyen-kim-thanh", ("district", "hd.huyen-kim-thanh")),
    ],
)
def test_areas_by_name_and_code(text: str, area: tuple[str, str]) -> None:
    assert find_area(text) == area


def test_a_name_that_several_areas_share_is_asked_about(run: Told) -> None:
    words = ("add", "an", "--role", "planner", "--password-stdin", "--scope")
    code, out = run(*words, "Kim Thành", typed=PASSWORD)
    assert code == 1
    assert "huyện Kim Thành (cũ)" in out
    assert "10756" in out or "Xã Kim Thành" in out
    assert "Không có" in run(*words, "Atlantis", typed=PASSWORD)[1]
    assert listed(run) == []
    assert len(list_areas()) > 140


def test_changing_closing_and_opening(run: Told) -> None:
    for name, role in (("chu", "administrator"), ("an", "planner")):
        run("add", name, "--role", role, "--password-stdin", typed=PASSWORD)
    token = sign_in("an", PASSWORD).token
    assert run("change", "AN", "--role", "inspector", "--scope", "11914")[0] == 0
    assert get_session_user(token) is None
    assert [row["role"] for row in listed(run)] == ["inspector", "administrator"]
    assert run("change", "an", "--everywhere")[0] == 0
    assert listed(run)[0]["scopes"] == []
    assert run("close", "an")[0] == 0
    assert not listed(run)[0]["active"]
    assert run("open", "an", "--why", "trở lại làm việc")[0] == 0
    new = "một mật khẩu khác hẳn"
    assert run("password", "an", "--password-stdin", typed=new)[0] == 0
    assert sign_in("an", new).user.must_change


def test_what_cannot_be_is_told_and_changes_nothing(run: Told) -> None:
    run("add", "chu", "--role", "administrator", "--password-stdin", typed=PASSWORD)
    before = listed(run)
    for words, typed in (
        (("close", "chu"), ""),
        (("change", "ai", "--role", "viewer"), ""),
        (("add", "chu", "--role", "viewer", "--password-stdin"), PASSWORD),
        (("add", "moi", "--role", "viewer", "--password-stdin"), "ngắn"),
        (("add", "moi", "--role", "viewer", "--own-area-only", "--password-stdin"), PASSWORD),
    ):
        code, out = run(*words, typed=typed)
        assert code == 1, words
        assert out.strip()
    assert listed(run) == before
