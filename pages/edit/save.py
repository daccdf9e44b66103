"""Saving an edit: what changes, why, and what to do when somebody else was quicker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.errors import ProjectMapError
from layers.labels.field_labels import list_other_differences
from pages.edit.approved_note import show_approved_note
from pages.shell.form_tokens import keep_in_browser
from pages.shell.html import Html, escape_markdown, join_markup, mark_unsaved, show_markup
from store.db.errors import EditConflictError
from store.editing.validation import LONGEST_CHARS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from layers.labels.field_labels import FieldDifference
    from pages.shell.context import PageContext

_SERIAL: Final = "edit.serial"
_OPENED: Final = "edit.opened"
_ASKED: Final = "edit.asked_browser"
_CONFLICT: Final = "edit.conflict"
_SAID: Final = "edit.said"
_NUMBER: Final = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True)
class EditDraft:
    """A change that is not saved yet.

    ``save`` is called with the token, the key that the row is known by now ('' for as it was
    opened) and the reason. ``again``: it can also be made when the other took the thing out.
    ``period``: that of which it changes what documents state, '' for none.
    """

    key: str
    lines: Sequence[FieldDifference]
    token: str
    save: Callable[[str, str, str], object]
    again: bool = False
    label: str = "edit.save.button"
    period: str = ""


def open_for_editing(ctx: PageContext, key: str, look: Callable[[str], Any]) -> Any:
    """Return what was opened under a key, looked up anew once it was saved or discarded.

    It stays as it was first seen, with its tokens, so that a save knows what it was made from; when
    it is something else by now, the page says so and offers to load it. ``look`` is asked for it
    with '' for now, or with what the browser's form was filled from (``seen``) when the page
    session is a new one: the server's process may have ended while the form was open.
    """
    opened = st.session_state.get(_OPENED)
    now = look("")
    if opened is None or opened[0] != key:
        opened = (key, now)
        st.session_state.pop(_CONFLICT, None)
    known = _ASKED in st.session_state
    st.session_state[_ASKED] = True
    mark = keep_in_browser("edit.opened", _mark(*opened), known=known)
    lost = False
    if mark != _mark(*opened) and mark.startswith(_mark(key, None)):
        then = look(mark.removeprefix(_mark(key, None)))
        lost = then is None
        opened = opened if lost else (key, then)
    st.session_state[_OPENED] = opened
    if lost:
        st.warning(ctx.t("edit.page.lost"))
    elif opened[1] != now and not st.session_state.get(_CONFLICT):
        with st.container(horizontal=True, vertical_alignment="center", key="edit.newer"):
            st.info(ctx.t("edit.page.newer"))
            st.button(ctx.t("edit.page.reload"), key="edit.reload", on_click=finish_editing)
    return opened[1]


def _mark(key: str, thing: Any) -> str:
    """Return what the browser keeps of a thing that is open: its key and what stands for it."""
    return f"{key} {thing.seen if thing is not None else ''}"


def carry_serial() -> None:
    """Keep the serial in the browser too; every page with forms calls it before showing any."""
    known = _SERIAL in st.session_state
    given = keep_in_browser("edit.serial", str(get_form_serial()), known=known)
    if not known:
        st.session_state[_SERIAL] = int(given) if _NUMBER.fullmatch(given) else 0


def get_form_serial() -> int:
    """Return a number that changes whenever forms are to be filled anew."""
    return int(st.session_state.get(_SERIAL, 0))


def form_key() -> str:
    """Return the end of the keys of fields that are filled from what is open.

    With another version of it the fields are others: what was typed over one never stands over
    another, not even in a new session that the browser sends its old fields to.
    """
    _, thing = st.session_state.get(_OPENED) or ("", None)
    return f"{get_form_serial()}-{thing.seen if thing is not None else ''}"


def finish_editing(message: str = "") -> None:
    """Fill the forms anew from what the store has now; ``message`` is said on the next run."""
    st.session_state.pop(_OPENED, None)
    st.session_state.pop(_CONFLICT, None)
    st.session_state[_SERIAL] = get_form_serial() + 1
    if message:
        st.session_state[_SAID] = message


def show_save_message() -> None:
    """Show what the last save did, once."""
    message = st.session_state.pop(_SAID, "")
    if message:
        st.success(escape_markdown(message))


def show_save_form(ctx: PageContext, draft: EditDraft, *, allowed: bool = True) -> None:
    """Show what would change, ask why, and save it; or show the other's change first."""
    conflict = st.session_state.get(_CONFLICT)
    if conflict and conflict[0] == draft.key:
        _show_conflict(ctx, draft, *conflict[1:])
        return
    unlocked = show_approved_note(ctx, [draft.period])
    if not draft.lines:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("edit.save.nothing")))
        return
    lines = render_differences(ctx, draft.lines)
    # What is offered (taking something out) is nothing that anybody has typed.
    show_markup(mark_unsaved(lines) if draft.label == EditDraft.label else lines)
    why = st.text_input(
        ctx.t("edit.save.why"), key=f"edit.why-{draft.key}-{form_key()}", max_chars=LONGEST_CHARS
    ).strip()
    if not allowed:
        show_markup(Html('<p class="hp-mind">{}</p>').format(ctx.t("edit.save.outside")))
    if st.button(
        ctx.t(draft.label),
        key=f"edit.save-{draft.key}",
        type="primary",
        disabled=not (why and allowed and unlocked),
    ):
        _save_draft(ctx, draft, draft.token, "", why)
    if not why:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("edit.save.ask_why")))


def render_differences(ctx: PageContext, lines: Sequence[FieldDifference]) -> Markup:
    """Return what changes as a table: before and after."""
    head = join_markup(Html("<th>{}</th>").format(ctx.t(f"edit.save.{name}")) for name in _HEAD)
    rows = join_markup(
        Html("<tr><td>{}</td><td>{}</td><td><b>{}</b></td></tr>").format(
            line.label, line.before, line.after
        )
        for line in lines
    )
    return Html('<div class="hp-scroll"><table class="hp-table">{}{}</table></div>').format(
        Html("<tr>{}</tr>").format(head), rows
    )


_HEAD: Final = ("field", "before", "after")


def _save_draft(ctx: PageContext, draft: EditDraft, token: str, key: str, why: str) -> None:
    try:
        draft.save(token, key, why)
    except EditConflictError as fault:
        st.session_state[_CONFLICT] = (draft.key, fault, why)
    except ProjectMapError as fault:
        st.error("  \n".join(escape_markdown(line) for line in str(fault).splitlines()))
        return
    else:
        finish_editing(ctx.t("edit.save.done"))
    st.rerun()


def _show_conflict(ctx: PageContext, draft: EditDraft, fault: EditConflictError, why: str) -> None:
    """Show what the other changed beside one's own change, and ask which holds."""
    with st.container(border=True, key="edit.conflict_box"):
        st.warning(escape_markdown(fault))
        for other in fault.others:
            who = ctx.t("edit.conflict.who", who=other.actor, at=ctx.moment(other.at))
            because = ctx.t("edit.conflict.why", why=other.why) if other.why else ""
            show_markup(Html('<h4>{}</h4><div class="hp-under">{}</div>').format(who, because))
            show_markup(
                render_differences(ctx, list_other_differences(ctx.facts, other, ctx.language))
            )
        show_markup(Html("<h4>{}</h4>").format(ctx.t("edit.conflict.mine")))
        show_markup(render_differences(ctx, draft.lines))
        with st.container(horizontal=True, key="edit.conflict_buttons"):
            if st.button(ctx.t("edit.conflict.theirs"), key="edit.theirs", type="primary"):
                finish_editing(ctx.t("edit.conflict.kept"))
                st.rerun()
            if st.button(
                ctx.t("edit.conflict.over"),
                key="edit.over",
                disabled=not (fault.key or draft.again),
            ):
                _save_draft(ctx, draft, fault.token, fault.key, why)
            if st.button(ctx.t("edit.conflict.leave"), key="edit.leave"):
                st.session_state.pop(_CONFLICT, None)
                st.rerun()
