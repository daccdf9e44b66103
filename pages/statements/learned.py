"""Everything that answers have taught, in one list: what holds for the next report."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from zlib import crc32

import streamlit as st

from geo.errors import ProjectMapError
from layers.labels.reading_labels import translate_term
from pages.shell.html import Html, escape_markdown, show_markup
from pages.widgets.links import choose_part_start
from store.facts.labels import translate_word
from store.imports.learned_list import COLUMN, forget_learned, learn_again, list_learned

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages.shell.context import PageContext
    from store.imports.learned_list import LearnedThing

AT_ONCE: Final = 20
_FORGOTTEN: Final = "import.learned.forgotten"
"""Where the session keeps what was forgotten last, to be given back."""

_LONGEST: Final = 160


def show_learned(ctx: PageContext) -> None:
    """Show what was taught, each to be forgotten, and what was forgotten last."""
    learned = list_learned()
    forgotten: LearnedThing | None = st.session_state.get(_FORGOTTEN)
    if not learned and forgotten is None:
        return
    title = ctx.t("imports.learned.title")
    opened = st.expander(title, key="import.learned", on_change="rerun")
    if not opened.open:
        return
    with opened:
        show_markup(
            Html('<p class="hp-under">{}</p>').format(
                ctx.t("imports.learned.why", count=len(learned))
            )
        )
        if forgotten is not None:
            _show_line(ctx, forgotten, "again", partial(_give_back, ctx, forgotten))
        start = choose_part_start(title, len(learned), AT_ONCE, key="import.learned.part")
        for thing in learned[start : start + AT_ONCE]:
            _show_line(ctx, thing, "forget", partial(_forget, ctx, thing))


def _show_line(
    ctx: PageContext, thing: LearnedThing, name: str, action: Callable[[], None]
) -> None:
    key = f"import.learned.{name}-{thing.kind}-{crc32(f'{thing.issuer}|{thing.key}'.encode()):x}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-line"):
        forgotten = ctx.t("imports.learned.forgotten") if name == "again" else ""
        show_markup(
            Html(
                '<p>{} <span class="hp-mark">{}</span> “{}” → <b>{}</b> '
                '<span class="hp-under">{}</span></p>'
            ).format(
                forgotten,
                ctx.t(f"imports.learned.kind.{thing.kind}"),
                _describe_text(ctx, thing)[:_LONGEST],
                _describe_target(ctx, thing)[:_LONGEST],
                " · ".join(filter(None, (thing.issuer, thing.actor, ctx.moment(thing.at)))),
            )
        )
        if ctx.may("review.decide") and st.button(ctx.t(f"imports.learned.{name}"), key=key):
            try:
                action()
            except ProjectMapError as fault:
                st.error(escape_markdown(fault))
            else:
                st.rerun()


def _forget(ctx: PageContext, thing: LearnedThing) -> None:
    forget_learned(thing, actor=ctx.user)
    st.session_state[_FORGOTTEN] = thing


def _give_back(ctx: PageContext, thing: LearnedThing) -> None:
    learn_again(thing, actor=ctx.user)
    st.session_state.pop(_FORGOTTEN, None)


def _describe_text(ctx: PageContext, thing: LearnedThing) -> str:
    """Return what stands in reports; of a pattern what its statements share, in words."""
    if thing.kind != "pattern":
        return thing.text
    field, kind, mood, _, where = (*thing.text.split("|"), *[""] * 5)[:5]
    words = [
        translate_term(section, word, ctx.language)
        for section, word in (("field", field), ("kind", kind), ("mood", mood))
    ]
    return ", ".join(word for word in (*words, where and f"… {where}") if word)


def _describe_target(ctx: PageContext, thing: LearnedThing) -> str:
    """Return what it is taken for, in words."""
    if thing.kind == "pattern":
        return ctx.t(f"statements.state.{thing.target}")
    if thing.kind == COLUMN:
        unit = translate_word("measure_unit", thing.unit, ctx.language)
        return f"{ctx.t(f'imports.meaning.{thing.target}')}{f' ({unit})' if unit else ''}"
    names = ctx.facts.item_names
    first, second, third = (*thing.target.split("|"), "", "", "")[:3]
    if thing.kind == "heading":
        return f"{translate_term('kind', first, ctx.language)}: {names.get(second, third)}"
    if thing.kind == "meaning":
        words = zip(("field", "mood"), (first, second), strict=True)
        return ", ".join(translate_term(section, word, ctx.language) for section, word in words)
    communes = ctx.facts.commune_names
    codes = thing.target.split()
    if codes and all(code in communes for code in codes):
        return ", ".join(communes[code] for code in codes)
    return names.get(thing.target, thing.target)
