"""Every page, asked by every role: it goes on for whom the table lets in, and for nobody else."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from geo.paths import ROOT
from pages.navigation import SECTIONS, PageEntry
from pages.shell.context import PageContext
from store.db.errors import NotAllowedError
from store.users.permissions import PERMISSIONS
from store.users.users import VISITOR, User
from tests.accounts_here import make, quick_store  # noqa: F401
from tests.people import person

ROLES = ("visitor", "viewer", "inspector", "planner", "approver", "administrator")
ENTRIES = [entry for entries in SECTIONS.values() for entry in entries]


class LetInError(Exception):
    """The page was about to go on."""


@dataclass
class Asking:
    """A context of which a page gets nothing but the answer to its question."""

    user: User

    def require(self, action: str) -> None:
        """Refuse as the context of a page does, and end the page where it does not."""
        PageContext.require(self, action)
        raise LetInError(action)


def who(role: str, **more: object) -> User:
    return VISITOR if role == "visitor" else person("ai", role, **more)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.path)
def test_a_page_asks_first_and_lets_in_whom_the_table_does(entry: PageEntry, role: str) -> None:
    allowed = role in PERMISSIONS[f"page.{entry.name}"].roles
    with pytest.raises(LetInError if allowed else NotAllowedError) as asked:
        entry.render(Asking(who(role)))
    if allowed:
        assert asked.value.args == (f"page.{entry.name}",)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.path)
def test_who_reads_one_area_opens_no_page_of_the_whole_city(entry: PageEntry) -> None:
    narrowed = who("administrator", scope=frozenset({"11914"}), sees_all=False)
    if PERMISSIONS[f"page.{entry.name}"].whole:
        with pytest.raises(NotAllowedError):
            entry.render(Asking(narrowed))
    else:
        with suppress(LetInError):
            entry.render(Asking(narrowed))


def test_every_address_is_there_once() -> None:
    paths = [entry.path for entry in ENTRIES]
    assert len(paths) == len(set(paths))
    assert all(f"page.{entry.name}" in PERMISSIONS for entry in ENTRIES)


@pytest.mark.usefixtures("quick_store")
def test_without_a_cookie_the_script_itself_shows_the_way_in_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Were the guard in front not there, a page would still show nothing."""
    make("chu", "administrator")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    told = " ".join(element.proto.body for element in app.get("html"))
    assert 'href="/dang-nhap' in told
    assert not app.get("component_instance")
    assert 'class="hp-figure-value' not in told
    monkeypatch.setenv("HPMAP_PUBLIC_READING", "1")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert app.get("component_instance") or app.info
