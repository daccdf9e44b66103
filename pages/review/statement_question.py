"""One statement that is asked about: its sentence left, the proposed statement right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from layers.labels.reading_labels import format_word_value, translate_term
from layers.statement_view.typed_values import read_value
from pages.review.answer_form import give_answer, show_buttons, show_head
from pages.review.context_view import get_section, show_context
from pages.review.queue_answer import ask_note
from pages.review.statement_form import show_faults, show_statement_fields
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from pages.statements.statement_table import render_said
from reports.model.statement import WHICH_SUBJECT
from store.imports.statement_answers import (
    accept_statement,
    refuse_same_pattern,
    refuse_statement,
    split_statement,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pages.review.statement_form import TypedStatement
    from pages.shell.context import PageContext
    from store.imports.statement_answers import AnswerResult
    from store.imports.statement_queue import StoredStatement

_KEYS: Final = {"accept": "a", "split": "s", "not_for_us": "x", "refuse": "d", "skip": "n"}
_PARTS: Final = "review.parts"
_MOST_CHOICES: Final = 9
_MOST_ALIKE: Final = 30
_LONGEST_SECTION: Final = 80


def show_statement_question(
    ctx: PageContext, stored: StoredStatement, alike: Sequence[StoredStatement]
) -> bool:
    """Show a question; return whether the reader puts it off.

    ``alike`` are the other open statements of its pattern in the document.
    """
    statement = stored.statement
    left, right = st.columns([4, 6], gap="medium")
    with left:
        title = translate_term("why", statement.why or "other", ctx.language)
        show_head(ctx, title, stored.doc, statement.place.line_from)
        context = show_context(ctx, stored.doc, statement, key=stored.key)
        _show_alike(ctx, alike)
    with right:
        _show_candidates(ctx, stored)
        return _show_form(ctx, stored, alike, context)


def _show_candidates(ctx: PageContext, stored: StoredStatement) -> None:
    """Offer the values that it may be, or the things that it may be about, by their numbers."""
    statement = stored.statement
    offered = list(dict.fromkeys(statement.candidates))[:_MOST_CHOICES]
    if len(offered) < 2:  # noqa: PLR2004 - no choice
        return
    with st.container(horizontal=True, key=f"review.candidates-{stored.key}"):
        for position, candidate in enumerate(offered, start=1):
            label = candidate
            if statement.why != WHICH_SUBJECT:
                label = format_word_value(statement.field, candidate, ctx.language)
            shortcut = str(position)
            pressed = st.button(
                escape_markdown(ctx.t("statements.ask.is", value=label)),
                key=f"review.candidate-{stored.key}-{position}",
                shortcut=shortcut,
            )
            if pressed:
                _accept_candidate(ctx, stored, candidate)


def _accept_candidate(ctx: PageContext, stored: StoredStatement, candidate: str) -> None:
    statement = stored.statement
    corrections: dict[str, object] = {"subject": candidate}
    if statement.why != WHICH_SUBJECT:
        typed = read_value(statement.field, candidate, statement.unit, "vi")
        if typed is None:
            st.error(escape_markdown(ctx.t("statements.form.value_fault", text=candidate)))
            return
        corrections = {"value": typed.value, "unit": typed.unit or statement.unit}
    _answer(
        ctx,
        lambda: accept_statement(
            stored.key, corrections, seen=stored.token, actor=ctx.user, item=stored.item
        ),
    )


def _show_form(
    ctx: PageContext, stored: StoredStatement, alike: Sequence[StoredStatement], context: str
) -> bool:
    """Show the prefilled form with what can be done; return whether it is put off."""
    parts = _get_parts(stored)
    if parts:
        _show_parts(ctx, stored, parts)
    key = f"{stored.key}-{len(parts)}"
    with st.form(f"review.statement-{key}", border=True, enter_to_submit=True):
        words = {"accept": "accept_parts"} if parts else {}
        buttons = {
            name: (ctx.t(f"statements.ask.{words.get(name, name)}"), shortcut)
            for name, shortcut in _KEYS.items()
        }
        pressed = show_buttons(key, buttons)
        shown = stored.statement
        if parts:
            shown = replace(shown, field="", value="", total=None)
        typed = show_statement_fields(ctx, shown, key, item=stored.item, context=context)
        together = bool(alike) and st.checkbox(
            ctx.t("statements.ask.together", count=len(alike)), key=f"review.together-{key}"
        )
        section = get_section(ctx, stored.doc, stored.statement)
        below = bool(section) and st.checkbox(
            escape_markdown(ctx.t("statements.ask.below", heading=_shorten(section))),
            key=f"review.below-{key}",
        )
        remember = st.checkbox(ctx.t("statements.ask.remember"), key=f"review.remember-{key}")
        why = ask_note(ctx, key)
    if pressed in {"accept", "split"} and not show_faults(typed):
        if pressed == "split":
            _keep_part(stored, typed)
        elif parts:
            _accept_parts(ctx, stored, [*parts, _make_part(typed, stored)], why)
        else:
            others = alike if together else ()
            if below:
                others = [
                    one for one in others if get_section(ctx, one.doc, one.statement) == section
                ]
            _accept(ctx, stored, typed, others, why, section=section if below else "")
    if pressed in {"refuse", "not_for_us"}:
        not_for_us = pressed == "not_for_us"
        _refuse(
            ctx, stored, alike if together else (), why, not_for_us=not_for_us, remember=remember
        )
    return pressed == "skip"


def _accept(
    ctx: PageContext,
    stored: StoredStatement,
    typed: TypedStatement,
    alike: Sequence[StoredStatement],
    why: str,
    *,
    section: str,
) -> None:
    """Accept a statement as it stands in the form; with it those alike, each as it was read."""
    _answer(
        ctx,
        lambda: accept_statement(
            stored.key,
            typed.list_corrections(stored.statement),
            seen=stored.token,
            actor=ctx.user,
            why=why,
            item=typed.item,
            alike={one.key: one.token for one in alike},
            section=section,
        ),
    )


def _refuse(
    ctx: PageContext,
    stored: StoredStatement,
    alike: Sequence[StoredStatement],
    why: str,
    *,
    not_for_us: bool,
    remember: bool,
) -> None:
    tokens = {one.key: one.token for one in (stored, *alike)}
    chosen = {"not_for_us": not_for_us, "remember": remember}
    _answer(
        ctx,
        lambda: (
            refuse_same_pattern(tokens, actor=ctx.user, why=why, **chosen)
            if alike
            else refuse_statement(stored.key, seen=stored.token, actor=ctx.user, why=why, **chosen)
        ),
        "done",
    )


def _accept_parts(
    ctx: PageContext, stored: StoredStatement, parts: Sequence[Mapping[str, Any]], why: str
) -> None:
    _answer(
        ctx,
        lambda: split_statement(stored.key, parts, seen=stored.token, actor=ctx.user, why=why),
    )


def _answer(
    ctx: PageContext, give: Callable[[], AnswerResult], without_facts: str = "done_kept"
) -> None:
    """Give an answer, and say of how many statements it was one; what where no fact came of it."""

    def give_and_say() -> str:
        done = give()
        st.session_state.pop(_PARTS, None)
        text = "done" if done.facts else without_facts
        words = [ctx.t(f"statements.ask.{text}", count=len(done.answered), facts=done.facts)]
        if done.left:
            words.append(ctx.t("statements.ask.left", count=len(done.left)))
        return " ".join(words)

    give_answer(give_and_say)


def _get_parts(stored: StoredStatement) -> list[dict[str, Any]]:
    """Return the parts of the statement that were said so far."""
    kept = st.session_state.get(_PARTS)
    return list(kept[1]) if kept is not None and kept[0] == stored.key else []


def _keep_part(stored: StoredStatement, typed: TypedStatement) -> None:
    """Keep a part; the form comes again for the next one."""
    parts = [*_get_parts(stored), _make_part(typed, stored)]
    st.session_state[_PARTS] = (stored.key, parts)
    st.rerun()


def _make_part(typed: TypedStatement, stored: StoredStatement) -> dict[str, Any]:
    part = typed.list_corrections(stored.statement)
    return part | ({"item": typed.item} if typed.item else {})


def _show_parts(
    ctx: PageContext, stored: StoredStatement, parts: Sequence[Mapping[str, Any]]
) -> None:
    """Say which parts a split statement has so far."""
    said = [
        replace(stored.statement, **{name: part[name] for name in part if name != "item"})
        for part in parts
    ]
    items = join_markup(
        Html("<li>{} – {}</li>").format(one.subject, render_said(ctx, one)) for one in said
    )
    title = ctx.t("statements.ask.parts")
    show_markup(Html('<div class="hp-notes">{}<ol>{}</ol></div>').format(title, items))


def _shorten(section: str) -> str:
    return section if len(section) <= _LONGEST_SECTION else f"{section[:_LONGEST_SECTION]}…"


def _show_alike(ctx: PageContext, alike: Sequence[StoredStatement]) -> None:
    """List the statements that can be answered together with the one shown."""
    if not alike:
        return
    items = join_markup(
        Html("<li>{} {} – {}</li>").format(
            ctx.t("pages.source.line", line=one.statement.place.line_from),
            one.statement.subject,
            render_said(ctx, one.statement),
        )
        for one in alike[:_MOST_ALIKE]
    )
    title = ctx.t("statements.ask.alike", count=len(alike))
    show_markup(
        Html('<details class="hp-notes"><summary>{}</summary><ul>{}</ul></details>').format(
            title, items
        )
    )
