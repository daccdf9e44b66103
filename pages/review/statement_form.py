"""The form of one statement, prefilled: subject, field, value, unit, mood, time, communes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args

import streamlit as st

from layers.labels.reading_labels import translate_term
from layers.statement_view.subject_ranking import RankedItem, rank_items
from layers.statement_view.typed_values import read_time, read_value, write_time, write_value
from pages.catalogue.item_choice import list_item_options
from pages.shell.html import escape_markdown
from pages.statements.slivers import describe_slivers, find_slivers
from reports.model.schema import QUALIFIERS
from reports.model.statement import FIELD_NAMES, SUBJECT_KINDS, Mood
from store.facts.labels import translate_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages.shell.context import PageContext
    from reports.model.statement import Statement

NEW: Final = "new"
BY_NAME: Final = ""
MOST_CHARS: Final = 400
_UNITS: Final = (
    "", "tỷ đồng", "triệu đồng", "%", "ha", "m2", "km2", "km", "m", "hộ", "tổ chức", "căn", "dự án",
    "tháng",
)  # fmt: skip
_ITEM_KINDS: Final = frozenset({"project", "park", "cluster", "zone", "housing", "unknown"})
_LIKE: Final = 0.72
"""A likeness from which a known item is proposed before a new one."""


@dataclass(frozen=True)
class TypedStatement:
    """What stands in a form: the item given, and all fields as the store takes corrections.

    ``faults`` name what cannot be read, in words.
    """

    item: str
    fields: Mapping[str, Any]
    faults: tuple[str, ...] = ()

    def list_corrections(self, statement: Statement) -> dict[str, Any]:
        """Return the fields that differ from a statement as it was read."""
        return {
            name: value for name, value in self.fields.items() if value != getattr(statement, name)
        }


def show_statement_fields(
    ctx: PageContext, statement: Statement, key: str, *, item: str = "", context: str = ""
) -> TypedStatement:
    """Show the fields of a statement within a form and return what stands in them.

    ``item`` is the item that it was taken for, ``context`` the words round its sentence.
    """
    faults: list[str] = []
    chosen, fields = _ask_subject(ctx, statement, key, item, context)
    fields |= _ask_value(ctx, statement, key, faults)
    fields |= _ask_circumstances(ctx, statement, key, faults)
    names = ctx.facts.commune_names
    fields["communes"] = tuple(
        st.multiselect(
            ctx.t("statements.form.communes"),
            list(names),
            default=[code for code in statement.communes if code in names],
            format_func=lambda code: names.get(code, code),
            placeholder=ctx.t("statements.form.no_commune"),
            select_all=False,
            key=f"review.communes-{key}",
        )
    )
    slivers = describe_slivers(ctx, find_slivers(statement))
    if slivers:
        st.caption(escape_markdown(slivers))
    return TypedStatement(chosen, fields, tuple(faults))


def _ask_subject(
    ctx: PageContext, statement: Statement, key: str, item: str, context: str
) -> tuple[str, dict[str, Any]]:
    """Ask what it is about: a known item, the likeliest first, or a name and its kind."""
    names = ctx.facts.item_names
    ranked = rank_items(statement.subject, context, names, known=item)
    likely = {one.item: one for one in ranked}
    others = sorted((code for code in names if code not in likely), key=lambda code: names[code])
    others = list_item_options(ctx, others, item, key=f"review.item-{key}")
    options = [*likely, NEW, BY_NAME, *others]

    def name_option(code: str) -> str:
        if code in {NEW, BY_NAME}:
            return ctx.t(f"statements.form.item_{code or 'by_name'}")
        if code not in likely:
            return str(names[code])
        if likely[code].near:
            return ctx.t("statements.form.near", name=names[code])
        percent = round(100 * likely[code].score)
        return ctx.t("reviews.page.candidate", name=names[code], percent=percent)

    known, name, kind = st.columns([5, 4, 3], gap="small")
    chosen = known.selectbox(
        ctx.t("statements.form.item"),
        options,
        index=options.index(_propose_item(statement, ranked, item)),
        format_func=name_option,
        key=f"review.item-{key}",
    )
    subject = name.text_input(
        ctx.t("statements.form.subject"),
        statement.subject,
        max_chars=MOST_CHARS,
        key=f"review.subject-{key}",
    )
    subject_kind = kind.selectbox(
        ctx.t("statements.form.kind"),
        SUBJECT_KINDS,
        index=SUBJECT_KINDS.index(statement.subject_kind),
        format_func=lambda name: translate_term("kind", name, ctx.language),
        key=f"review.kind-{key}",
    )
    subject = " ".join(subject.split()) or str(names.get(str(chosen), ""))
    return str(chosen), {"subject": subject, "subject_kind": subject_kind}


def _propose_item(statement: Statement, ranked: Sequence[RankedItem], item: str) -> str:
    if item and ranked and ranked[0].item == item:
        return item
    if statement.subject_kind not in _ITEM_KINDS:
        return BY_NAME
    if ranked and ranked[0].score >= _LIKE:
        return ranked[0].item
    return NEW if statement.subject else BY_NAME


def _ask_value(
    ctx: PageContext, statement: Statement, key: str, faults: list[str]
) -> dict[str, Any]:
    shown, shown_unit = write_value(statement, ctx.language)
    names = st.columns([5, 2, 3, 3], gap="small")
    field = names[0].selectbox(
        ctx.t("statements.form.field"),
        FIELD_NAMES,
        index=FIELD_NAMES.index(statement.field) if statement.field in FIELD_NAMES else None,
        format_func=lambda name: translate_term("field", name, ctx.language),
        placeholder=ctx.t("statements.form.choose"),
        key=f"review.field-{key}",
    )
    qualifier = names[1].selectbox(
        ctx.t("statements.form.qualifier"),
        QUALIFIERS,
        index=QUALIFIERS.index(statement.qualifier) if statement.qualifier in QUALIFIERS else 0,
        format_func=lambda name: translate_term("qualifier", name, ctx.language),
        key=f"review.qualifier-{key}",
    )
    text = names[2].text_input(
        ctx.t("statements.form.value"), shown, max_chars=MOST_CHARS, key=f"review.value-{key}"
    )
    units = list(dict.fromkeys((shown_unit, *_UNITS)))
    unit = names[3].selectbox(
        ctx.t("statements.form.unit"),
        units,
        format_func=lambda name: (
            translate_word("measure_unit", name, ctx.language) or ctx.t("statements.form.no_unit")
        ),
        accept_new_options=True,
        key=f"review.unit-{key}",
    )
    same = (text, unit, field) == (shown, shown_unit, statement.field)
    if same and statement.value != "":
        kept = {"value": statement.value, "unit": statement.unit, "total": statement.total}
        return {"field": field, "qualifier": qualifier, **kept}
    typed = read_value(str(field or ""), text, str(unit or ""), ctx.language)
    if field is None:
        faults.append(ctx.t("statements.form.field_fault"))
    elif typed is None:
        faults.append(ctx.t("statements.form.value_fault", text=text))
    if typed is None:
        return {"field": field or "", "qualifier": qualifier}
    read = {"value": typed.value, "unit": typed.unit, "total": typed.total}
    return {"field": field, "qualifier": qualifier, **read}


def _ask_circumstances(
    ctx: PageContext, statement: Statement, key: str, faults: list[str]
) -> dict[str, Any]:
    moods = get_args(Mood)
    left, middle, right = st.columns([3, 3, 4], gap="small")
    mood = left.selectbox(
        ctx.t("statements.form.mood"),
        moods,
        index=moods.index(statement.mood),
        format_func=lambda name: translate_term("mood", name, ctx.language),
        key=f"review.mood-{key}",
    )
    shown = write_time(statement.when, ctx.language)
    text = middle.text_input(
        ctx.t("statements.form.when"),
        shown,
        max_chars=60,
        placeholder=ctx.t("statements.form.when_example"),
        key=f"review.when-{key}",
    ).strip()
    when = statement.when if text == shown else read_time(text)
    if text and not when:
        faults.append(ctx.t("statements.form.when_fault", text=text))
    bodies = right.text_input(
        ctx.t("statements.form.bodies"),
        "; ".join(statement.bodies),
        max_chars=MOST_CHARS,
        key=f"review.bodies-{key}",
    )
    named = tuple(part.strip() for part in bodies.split(";") if part.strip())
    return {"mood": mood, "when": when, "bodies": named}


def show_faults(typed: TypedStatement) -> bool:
    """Say what of a form cannot be read; return whether anything cannot."""
    for fault in typed.faults:
        st.error(escape_markdown(fault))
    return bool(typed.faults)
