"""One statement that is asked about: its sentence left, the proposed statement right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.errors import ProjectMapError
from layers.labels.reading_labels import format_word_value, translate_term
from layers.statement_view.typed_values import read_value
from pages.review.context_view import show_context
from pages.review.queue_question import SAID, SHOWN
from pages.review.statement_form import show_faults, show_statement_fields
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from pages.statements.statement_table import render_said
from store.db.errors import ChoiceError
from store.imports.statement_answers import (
    accept_same_pattern,
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

_PARTS: Final = "review.parts"
_MOST_CHOICES: Final = 9
_MOST_ALIKE: Final = 30


def show_statement_question(
    ctx: PageContext, stored: StoredStatement, alike: Sequence[StoredStatement]
) -> bool:
    """Show a question; return whether the reader puts it off.

    ``alike`` are the other open statements of its pattern in the document.
    """
    statement = stored.statement
    left, right = st.columns([4, 6], gap="medium")
    with left:
        _show_head(ctx, stored)
        context = show_context(ctx, stored.doc, statement, key=stored.key)
        _show_alike(ctx, alike)
    with right:
        _show_candidates(ctx, stored)
        return _show_form(ctx, stored, alike, context)


def _show_head(ctx: PageContext, stored: StoredStatement) -> None:
    titles = dict(zip(ctx.facts.documents["doc"], ctx.facts.documents["title"], strict=True))
    statement = stored.statement
    show_markup(
        Html('<h3 class="hp-title">{}</h3><div class="hp-under">{} · {}</div>').format(
            translate_term("why", statement.why or "other", ctx.language),
            str(titles.get(stored.doc, stored.doc)),
            ctx.t("pages.source.line", line=statement.place.line_from),
        )
    )


def _show_candidates(ctx: PageContext, stored: StoredStatement) -> None:
    """Offer the values that it may be, each by its number."""
    statement = stored.statement
    offered = list(dict.fromkeys(statement.candidates))[:_MOST_CHOICES]
    if len(offered) < 2:  # noqa: PLR2004 - no choice
        return
    with st.container(horizontal=True, key=f"review.candidates-{stored.key}"):
        for position, candidate in enumerate(offered, start=1):
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
        pressed = _show_buttons(ctx, key, split=bool(parts))
        shown = stored.statement
        if parts:
            shown = replace(shown, field="", value="", total=None)
        typed = show_statement_fields(ctx, shown, key, item=stored.item, context=context)
        together = bool(alike) and st.checkbox(
            ctx.t("statements.ask.together", count=len(alike)), key=f"review.together-{key}"
        )
        remember = st.checkbox(ctx.t("statements.ask.remember"), key=f"review.remember-{key}")
        why = st.text_input(
            ctx.t("statements.ask.note"),
            max_chars=300,
            placeholder=ctx.t("statements.ask.note_example"),
            label_visibility="collapsed",
            key=f"review.why-{key}",
        ).strip()
    if pressed in {"accept", "split"} and not show_faults(typed):
        if pressed == "split":
            _keep_part(stored, typed)
        elif parts:
            _accept_parts(ctx, stored, [*parts, _make_part(typed, stored)], why)
        else:
            _accept(ctx, stored, typed, alike if together else (), why)
    if pressed in {"refuse", "not_for_us"}:
        not_for_us = pressed == "not_for_us"
        _refuse(
            ctx, stored, alike if together else (), why, not_for_us=not_for_us, remember=remember
        )
    return pressed == "skip"


def _show_buttons(ctx: PageContext, key: str, *, split: bool) -> str:
    """Show what can be done with the form; return what was chosen, '' for nothing yet."""
    keys = {"accept": "a", "split": "s", "not_for_us": "x", "refuse": "d", "skip": "n"}
    with st.container(horizontal=True, key=f"review.buttons-{key}"):
        pressed = {
            name: st.form_submit_button(
                ctx.t(f"statements.ask.{'accept_parts' if split and name == 'accept' else name}"),
                type="primary" if name == "accept" else "secondary",
                shortcut=shortcut,
                key=f"review.{name}-{key}",
            )
            for name, shortcut in keys.items()
        }
    return next((name for name, chosen in pressed.items() if chosen), "")


def _accept(
    ctx: PageContext,
    stored: StoredStatement,
    typed: TypedStatement,
    alike: Sequence[StoredStatement],
    why: str,
) -> None:
    """Accept a statement as it stands in the form; with it those alike, each as it was read."""
    corrections = typed.list_corrections(stored.statement)

    def accept() -> AnswerResult:
        done = accept_statement(
            stored.key,
            corrections,
            seen=stored.token,
            actor=ctx.user,
            why=why,
            item=typed.item,
        )
        if not alike:
            return done
        own = {
            name: value
            for name, value in corrections.items()
            if name in {"field", "unit", "mood", "qualifier"}
        }
        tokens = {one.key: one.token for one in alike}
        try:
            others = accept_same_pattern(tokens, own, actor=ctx.user, why=why)
        except ChoiceError:  # of none of them anybody can tell which item it is about
            return replace(done, left=tuple(tokens))
        return replace(
            others,
            facts=done.facts + others.facts,
            answered=(*done.answered, *others.answered),
        )

    _answer(ctx, accept)


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
    )


def _accept_parts(
    ctx: PageContext, stored: StoredStatement, parts: Sequence[Mapping[str, Any]], why: str
) -> None:
    _answer(
        ctx,
        lambda: split_statement(stored.key, parts, seen=stored.token, actor=ctx.user, why=why),
    )


def _answer(ctx: PageContext, give: Callable[[], AnswerResult]) -> None:
    """Give an answer, keep what came of it for the next run, and run again."""
    try:
        done = give()
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    st.session_state.pop(_PARTS, None)
    st.session_state[SHOWN] = ""
    words = [ctx.t("statements.ask.done", count=len(done.answered), facts=done.facts)]
    if done.left:
        words.append(ctx.t("statements.ask.left", count=len(done.left)))
    st.session_state[SAID] = " ".join(words)
    st.rerun()


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
