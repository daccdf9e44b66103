"""What all pages share: who reads, their language, the facts, the look of the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar
from weakref import ref

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

from geo import clock
from geo.errors import ProjectMapError
from geo.i18n import DEFAULT_LANGUAGE, LANGUAGES, format_date, t, use_language
from layers.leaflet.asset_files import ASSETS, LOGOS
from pages.shell.html import escape_markdown
from store.facts.facts import load_facts
from store.facts.narrowing import narrow_facts_to_user
from store.users.permissions import is_allowed, require_permission
from store.users.users import VISITOR
from web.request_user import COOKIE, find_user_by_token
from web.upkeep import READER_RUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from store.facts.facts import Facts
    from store.users.users import User

P = ParamSpec("P")
T = TypeVar("T")


def show_fault(fault: Exception) -> bool:
    """Show a fault and return that it was shown.

    A fault that was meant for whoever reads says itself what to do. For any other the reader is
    told how to go on; what happened is for the operator, in the log, where Streamlit writes it.
    """
    message = escape_markdown(fault) if isinstance(fault, ProjectMapError) else None
    st.error(message or t("pages.fault.unexpected", find_reader_language()))
    return True


_STYLE: Final = Path(__file__).with_name("assets") / "page.css"


@dataclass(frozen=True)
class PageContext:
    """What a page is given: its language, who reads it, and the facts that they may read."""

    language: str
    facts: Facts
    user: User = VISITOR

    def t(self, key: str, **values: object) -> str:
        """Return a text of the catalogue in the reader's language."""
        return t(key, self.language, **values)

    def list_names(self, names: Sequence[str], most: int) -> str:
        """Return names with commas; of more than ``most``, the first and how many others."""
        listed = ", ".join(names[:most])
        left = len(names) - most
        return self.t("pages.list.more", names=listed, count=left) if left > 0 else listed

    def may(self, action: str, communes: Collection[str] | None = None) -> bool:
        """Return True if the reader may do something (there)."""
        return is_allowed(self.user, action, communes)

    def require(self, action: str) -> None:
        """Raise ``NotAllowedError`` unless the reader may; every page asks before anything else."""
        require_permission(self.user, action)

    def moment(self, text: str) -> str:
        """Return a moment (ISO, UTC) as the day and time in Hải Phòng."""
        local = clock.to_local_time(datetime.fromisoformat(text))
        return f"{format_date(local.date(), self.language)} {local:%H:%M}"


class RunContext(PageContext):
    """The context of a run, which does not keep the facts for longer than the run.

    What a page leaves with its session (callbacks, parts that run alone) holds its context for as
    long as the browser is open: with the facts in it, every open page would keep a version alive.
    """

    def __init__(self, language: str, facts: Facts, user: User) -> None:
        for name, value in (("language", language), ("user", user), ("_facts", ref(facts))):
            object.__setattr__(self, name, value)

    @property
    def facts(self) -> Facts:
        """The facts that the reader may read: those of the run, or of now where they are gone."""
        facts: Facts | None = vars(self)["_facts"]()
        if facts is None:
            facts = narrow_facts_to_user(load_facts(), self.user)
            object.__setattr__(self, "_facts", ref(facts))
        return facts


def open_page() -> PageContext | None:
    """Set the page up and return its context, ``None`` for who may not see any page.

    Called once per run, before anything is shown.
    """
    language = find_reader_language()
    use_language(language)
    # Here: what a part that runs alone writes to the address is lost when it asks for the page.
    if st.session_state.pop("frame.tell", False):
        st.query_params["lang"] = language
    st.set_page_config(
        page_title=t("pages.nav.product", language),
        page_icon=str(ASSETS / "icon.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.logo(str(ASSETS / LOGOS[language]), size="large")
    st.html(_STYLE)
    user = _find_reader()
    _reset_session_for_new_user(user)
    if user is None or user.must_change:
        return None
    return RunContext(language, narrow_facts_to_user(load_facts(), user), user)


def run_alone(show: Callable[P, T]) -> Callable[P, T]:
    """Let a part of a page run alone (``st.fragment``), counted among the runs of readers."""
    return st.fragment(READER_RUNS.count_run()(show))


def renew_context(ctx: PageContext) -> PageContext:
    """Return the context of a part of the page that may run alone (``run_alone``).

    Where it does, the facts are those of now. The whole page runs where somebody else has signed
    in since, the reader's rights have changed, or another language was chosen.
    """
    run = get_script_run_ctx()
    if run is None or ThreadState.get().fragment_id not in (run.fragment_ids_this_run or ()):
        return ctx
    language = find_reader_language()
    user = _find_reader()
    if user is None or (user, language) != (ctx.user, ctx.language):
        st.rerun()
    use_language(language)
    return replace(ctx, facts=narrow_facts_to_user(load_facts(), user), user=user)


def _find_reader() -> User | None:
    """Return whose browser it is."""
    token = st.context.cookies.get(COOKIE, "")
    return find_user_by_token(token if isinstance(token, str) else "")  # no browser: anything


def _reset_session_for_new_user(user: User | None) -> None:
    """Discard what the page kept for somebody else: a browser may take up an older page."""
    who = user.name if user is not None else ""
    if st.session_state.setdefault("frame.user", who) != who:
        st.session_state.clear()
        st.session_state["frame.user"] = who


def keep_language(language: str) -> None:
    """Show this and every later page of the session in a language."""
    st.session_state["frame.kept"] = language
    st.session_state["frame.tell"] = True


def find_reader_language() -> str:
    """Return the language that the reader chose, or the address asks for."""
    language = st.session_state.get("frame.kept") or st.query_params.get("lang", "")
    return language if language in LANGUAGES else DEFAULT_LANGUAGE
