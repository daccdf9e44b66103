"""Both files are offered to who may make them, after the button, and written down in the audit."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from store.bootstrap import ensure_store
from store.db.database import reading
from store.db.schema import AUDIT
from tests.hostile import HOSTILE_TEXTS, mostly_slow
from tests.people import PLANNER, VIEWER, VISITOR, person

POPOVER = "briefing_files.popover"


def shown(user: Any, *, opened: bool = True, language: str = "vi", text: str = "") -> AppTest:
    def page(user, language, text):
        from pages.briefing.downloads import show_downloads  # noqa: PLC0415 - the script of a test
        from pages.shell.context import PageContext  # noqa: PLC0415
        from store.facts.facts import load_facts  # noqa: PLC0415
        from store.facts.filters import Filters  # noqa: PLC0415
        from store.facts.narrowing import narrow_facts_to_user  # noqa: PLC0415

        ctx = PageContext(
            language=language, facts=narrow_facts_to_user(load_facts(), user), user=user
        )
        show_downloads(ctx, Filters(period="2026-Q1", text=text))

    app = AppTest.from_function(page, args=(user, language, text), default_timeout=120)
    app.session_state[POPOVER] = opened
    return app.run()


def files(app: AppTest) -> list[str]:
    return [one.proto.label for one in app.get("download_button")]


def made(app: AppTest) -> dict[str, bytes]:
    return app.session_state["briefing_files.made"][1]


def audited() -> list[str]:
    with reading(ensure_store()) as connection:
        rows = connection.execute(
            sa.select(AUDIT).where(AUDIT.c.table_name == "exports").order_by(AUDIT.c.id)
        ).all()
    return [str(row._mapping["key"]) for row in rows]


def test_who_may_not_make_one_sees_nothing() -> None:
    app = shown(VISITOR)
    assert not app.exception
    assert not app.get("popover")
    assert not app.button


def test_nothing_is_asked_or_made_before_it_is_opened() -> None:
    app = shown(VIEWER, opened=False)
    assert not app.exception
    assert not app.text_input
    assert not app.button


@pytest.mark.parametrize("language", mostly_slow(["vi", "en"], 1))
def test_one_button_makes_both_files_and_the_audit_says_so(language: str) -> None:
    before = len(audited())
    app = shown(PLANNER, language=language)
    assert files(app) == []
    app.text_input(key="briefing_files.body").set_value("Sở Tài chính").run()
    app.button(key="briefing_files.make_full").click().run()
    assert not app.exception
    assert not app.error
    assert len(files(app)) == 2
    names = ["bao-cao-dieu-hanh_2026-Q1.docx", "bao-cao-dieu-hanh_2026-Q1.pdf"]
    assert list(made(app)) == names
    assert [content[:4] for content in made(app).values()] == [b"PK\x03\x04", b"%PDF"]
    assert audited()[before:] == names


@pytest.mark.slow
def test_files_of_another_head_are_not_offered_and_the_head_is_remembered() -> None:
    app = shown(VIEWER)
    app.button(key="briefing_files.make_full").click().run()
    assert len(files(app)) == 2
    app.text_input(key="briefing_files.number").set_value("12").run()
    assert files(app) == []
    app.session_state[POPOVER] = False
    app.run()
    app.session_state[POPOVER] = True
    app.run()
    assert app.text_input(key="briefing_files.number").value == "12"


def test_an_account_with_an_area_makes_one_of_its_area_that_says_so() -> None:
    mine = person("dia_ban", "planner", scope=frozenset({"11002"}), sees_all=False)
    app = shown(mine)
    app.button(key="briefing_files.make_full").click().run()
    assert not app.exception
    assert not app.error
    assert len(files(app)) == 2


@pytest.mark.slow
def test_hostile_words_in_the_head_and_the_filters_do_no_harm() -> None:
    text = " ".join(HOSTILE_TEXTS)
    app = shown(VIEWER, text="{{ 1/0 }} $x$")
    for name in ("superior", "body", "number", "symbol", "place", "signs_for", "signer"):
        app.text_input(key=f"briefing_files.{name}").set_value(text[:160])
    app.text_area(key="briefing_files.recipients").set_value(text[:400]).run()
    app.button(key="briefing_files.make_full").click().run()
    assert not app.exception
    assert not app.error
    assert len(files(app)) == 2
