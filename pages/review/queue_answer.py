"""What a question of the queue is answered with: for which items, with which others, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.labels.field_labels import format_figure_value
from layers.labels.reading_labels import translate_term
from pages.catalogue.item_choice import list_item_options
from pages.edit.communes_form import choose_communes
from pages.edit.figure_form import ask_value
from pages.edit.number_box import ask_number
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from reports.model.ranges import MONEY
from reports.model.schema import FIELDS
from reports.model.statement import MONEY_FIELDS
from store.audit.rows import format_cell
from store.facts.labels import translate_word
from store.imports.plan.resolutions import VALUE, get_asked_field
from store.imports.plan.review_rows import ITEM, PLACE
from store.imports.questions.shared import list_items
from store.imports.questions.statement_amounts import is_about_amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.shell.context import PageContext
    from store.imports.review_queue import ReviewQuestion

_LONGEST: Final = 160
_MOST_LISTED: Final = 40


def ask_items(ctx: PageContext, review: ReviewQuestion) -> list[str] | None:
    """Say which items a question is about; return those that the answer is for, ``None`` for all.

    Of several the reader may take some out.
    """
    names = {str(one["item"]): str(one.get("name") or "") for one in list_items(review)}
    items = list(names)
    if not items:
        return None
    if len(items) == 1:
        text = Html('<p class="hp-about">{}</p>').format(
            ctx.t("reviews.page.about", name=_describe_item(ctx, items[0], names[items[0]]))
        )
        show_markup(text)
        return None
    chosen = st.multiselect(
        ctx.t("reviews.page.about_several", count=len(items)),
        items,
        default=items,
        format_func=lambda code: _describe_item(ctx, code, names[code]),
        key=f"review.items-{review.number}",
    )
    return list(chosen)


def ask_same(
    ctx: PageContext, review: ReviewQuestion, same: Sequence[ReviewQuestion]
) -> list[ReviewQuestion]:
    """Say where else the name is asked about and how it is spelt there; answer all together.

    The reader may take that back.
    """
    if not same:
        return []
    titles = dict(zip(ctx.facts.documents["doc"], ctx.facts.documents["title"], strict=True))
    words = join_markup(
        Html('<br>• <q lang="vi">{}</q> – {}, {}').format(
            one.raw.strip()[:_LONGEST],
            titles.get(one.doc, one.doc),
            ctx.t("pages.source.line", line=int(one.place.get("line_from") or 0)),
        )
        for one in same[:_MOST_LISTED]
    )
    title = ctx.t("reviews.page.same", count=len(same))
    show_markup(Html('<p class="hp-under">{}{}</p>').format(title, words))
    label = ctx.t("reviews.page.same_together", count=1 + len(same))
    return list(same) if st.checkbox(label, value=True, key=f"review.same-{review.number}") else []


def ask_alike(
    ctx: PageContext, review: ReviewQuestion, alike: Sequence[ReviewQuestion]
) -> list[ReviewQuestion]:
    """Return the other questions of a pattern that are to be answered in the same way."""
    if not alike:
        return []
    words = join_markup(
        Html("<li>{}: {}</li>").format(
            ctx.t("pages.source.line", line=int(one.place.get("line_from") or 0)),
            one.raw.strip()[:_LONGEST],
        )
        for one in alike[:_MOST_LISTED]
    )
    title = ctx.t("reviews.page.alike", count=len(alike))
    show_markup(
        Html('<details class="hp-notes"><summary>{}</summary><ul>{}</ul></details>').format(
            title, words
        )
    )
    label = ctx.t("reviews.page.together", count=len(alike))
    return list(alike) if st.checkbox(label, key=f"review.alike-{review.number}") else []


def ask_own_answer(ctx: PageContext, review: ReviewQuestion) -> str:
    """Ask for an answer that is not offered: communes and items by name, a value as typed.

    Return the choice, '' for none or for what cannot be read.
    """
    key = str(review.number)
    if review.reason in PLACE:
        return " ".join(choose_communes(ctx, f"review-{key}", ()))
    if review.reason in ITEM:
        names = ctx.facts.item_names
        options = list_item_options(ctx, sorted(names), key=f"review.own-{key}")
        chosen = st.selectbox(
            ctx.t("reviews.page.own_item"),
            options,
            index=None,
            format_func=lambda code: f"{code} · {names[code]}",
            placeholder=ctx.t("edit.page.search"),
            key=f"review.own-{key}",
        )
        return str(chosen or "")
    return _ask_own_value(ctx, review) if review.reason in VALUE else ""


def _ask_own_value(ctx: PageContext, review: ReviewQuestion) -> str:
    asked, faults = get_asked_field(review), list[str]()
    key = f"review-{review.number}"
    if is_about_amount(review):  # what else it may be is for the sentence's own page
        amount = ask_number(
            ctx,
            escape_markdown(f"{name_field(ctx, asked)}{ctx.t('edit.figure.unit_mvnd')}"),
            None,
            faults,
            limits=MONEY,
            unit="mvnd",
            key=f"review.own-{key}",
        )
        return "" if amount is None or faults else f"{asked}={format_cell(amount)}"
    fields = list(FIELDS)
    with st.container(horizontal=True, key=f"review.own-{review.number}"):
        field = st.selectbox(
            ctx.t("reviews.page.own_field"),
            fields,
            index=fields.index(asked) if asked in fields else None,
            format_func=lambda name: translate_word("field", name, ctx.language),
            placeholder=ctx.t("statements.form.choose"),
            key=f"review.own_field-{review.number}",
        )
        if not field:
            return ""
        value = ask_value(ctx, field, "", f"{key}-{field}", faults)
    return f"{field}={value}" if value and not faults else ""


def name_field(ctx: PageContext, field: str) -> str:
    """Return what a figure is of, or what a statement says in money."""
    if field in MONEY_FIELDS:
        return translate_term("field", field, ctx.language)
    return translate_word("field", field, ctx.language)


def _describe_item(ctx: PageContext, code: str, waiting: str) -> str:
    """Return an item's code and name, with its investment where one is known.

    Of a row that waits for the answer which item it is, its name: ``waiting``.
    """
    if waiting:
        return waiting
    rows = ctx.facts.observations
    rows = rows[(rows["item"] == code) & (rows["field"] == "investment_mvnd")]
    name = f"{code} · {ctx.facts.item_names.get(code, code)}"
    if rows.empty:
        return name
    value = format_figure_value("investment_mvnd", str(rows["value"].iloc[-1]), ctx.language)
    return f"{name} ({value})"


def ask_note(ctx: PageContext, key: str) -> str:
    """Ask why it is answered so; '' where nothing is said."""
    return st.text_input(
        ctx.t("statements.ask.note"),
        max_chars=300,
        placeholder=ctx.t("statements.ask.note_example"),
        label_visibility="collapsed",
        key=f"review.why-{key}",
    ).strip()
