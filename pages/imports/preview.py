"""What importing a report would do, before anything is written: table, questions, differences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from pages.imports import preview_tabs
from pages.imports.column_form import show_column_form
from pages.imports.file_view import open_at, show_file
from pages.imports.project_table import show_project_table
from pages.imports.reading_form import show_reading_form
from pages.review.planned_questions import count_urgent, get_given_answers, show_questions
from pages.shell.html import Html, escape_markdown, join_markup, mark_unsaved, show_markup
from pages.statements.sentences_view import open_sentence_at, show_sentences
from pages.widgets.file_links import follow_links, parse_aim
from reports.outcome.summary import describe_outcome, describe_rest, is_all_read
from store.facts.facts import read_facts_version
from store.facts.labels import get_period_label
from store.imports.plan.fact_rows import make_period_row
from store.imports.plan.planning import plan_import
from store.imports.questions.shared import is_urgent

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages.shell.context import PageContext
    from reports.model.extraction import Extraction
    from store.imports.plan.plan import ImportPlan

_PLAN: Final = "import.plan"
_VIEW: Final = "import.view"
"""By document, how often the program went to the file in place of the reader.

Each time the choice of the view is new.
"""

_TOLD: Final = frozenset({"message", "nothing_read"})
"""Problems that stand elsewhere on the page already."""

_ALWAYS: Final = frozenset({"file", "sentences", "projects", "queue"})
"""Views that are offered though there is nothing in them."""

_MOST_OPEN: Final = 3
"""Messages shown at once; more are folded."""


def get_plan(read: Extraction, period: str) -> ImportPlan:
    """Return what importing would do, worked out once for each state of the store.

    Raises as ``plan_import`` does.
    """
    version, answers = read_facts_version(), get_given_answers(read.document.sha256)
    kept: tuple[Extraction, object, ImportPlan] | None = st.session_state.get(_PLAN)
    state = (period, version, answers)
    if kept is None or kept[0] is not read or kept[1] != state:
        kept = (read, state, plan_import(read, period=period, decisions=answers))
        st.session_state[_PLAN] = kept
    return kept[2]


def show_preview(ctx: PageContext, plan: ImportPlan) -> None:
    """Show the plan: the document, the balance, then one view at a time."""
    read = plan.extraction
    _show_document(ctx, plan)
    urgent = count_urgent(plan)
    _show_parts(ctx, plan, urgent)
    if urgent and not plan.already:
        st.warning(ctx.t("imports.queue.first", count=urgent))
    for problem in plan.problems:
        if problem.key not in _TOLD:
            text = escape_markdown(problem.text(ctx.language))
            (st.error if problem.blocking else st.warning)(text)
    _show_messages(ctx, plan)
    show_reading_form(ctx)
    show_column_form(ctx, read)
    views = {
        "file": len(read.document.blocks),
        "sentences": len(read.reading.statements),
        "projects": len(read.projects),
        "queue": len(plan.reviews) + len(plan.settled) + plan.statement_states()["ask"],
        "differences": len(plan.differing),
        "changes": 0 if plan.diff is None else len(plan.diff),
        "contradictions": len(preview_tabs.list_new_contradictions(ctx, plan)),
        "matches": len(plan.matches),
        "indicators": len(read.indicators),
        "clearance": len(read.clearance),
        "parks": len(read.parks),
    }
    key = _get_view_key(read)
    offered = [name for name, count in views.items() if count or name in _ALWAYS]
    if st.session_state.get(key) not in offered:
        st.session_state.pop(key, None)
    first = _choose_first_view(read) if key.endswith("-0") else "file"
    chosen = st.segmented_control(
        ctx.t("imports.view.label"),
        offered,
        format_func=lambda key: _name_view(ctx, key, views[key]),
        default=None if key in st.session_state else first,
        key=key,
        required=True,
    )
    draw: dict[str, Callable[[PageContext, ImportPlan], None]] = {
        "file": lambda ctx, plan: show_file(ctx, plan.extraction),
        "sentences": lambda ctx, plan: show_sentences(ctx, plan.extraction),
        "projects": show_project_table,
        "queue": show_questions,
        "differences": preview_tabs.show_differences,
        "changes": preview_tabs.show_changes,
        "contradictions": preview_tabs.show_contradictions,
        "matches": preview_tabs.show_matches,
        "indicators": preview_tabs.show_indicators,
        "clearance": preview_tabs.show_clearance,
        "parks": preview_tabs.show_parks,
    }
    draw[chosen or "file"](ctx, plan)
    follow_links(lambda aim: _open_file(read, aim))


def _show_parts(ctx: PageContext, plan: ImportPlan, urgent: int) -> None:
    """Say what the document became, each part opening its list."""
    read = plan.extraction
    asked = plan.statement_states()["ask"]
    waiting = asked + sum(not is_urgent(review) for review in plan.reviews)
    parts = {
        "projects": ("projects", len(read.projects)),
        "said": ("sentences", len(read.reading.statements)),
        "urgent": ("queue", urgent),
        "waiting": ("queue", waiting),
        "unread": ("sentences", len(read.reading.unread)),
    }
    with st.container(horizontal=True, key="import.parts", gap="small"):
        for name, (view, count) in parts.items():
            st.button(
                ctx.t(f"imports.parts.{name}", count=count),
                type="tertiary",
                disabled=not count,
                on_click=_open_view,
                args=(read, view),
                key=f"import.part-{name}",
            )


def _open_view(read: Extraction, view: str) -> None:
    st.session_state[_get_view_key(read)] = view


def _get_view_key(read: Extraction) -> str:
    """Return the key of the choice of a view of a document."""
    sha256 = read.document.sha256
    return f"import.view-{sha256[:12]}-{st.session_state.get(_VIEW, {}).get(sha256, 0)}"


def _choose_first_view(read: Extraction) -> str:
    """Return what is shown first: the sentences of a text whose figures stand in them."""
    in_sentences = read.reading.statements or read.reading.unread
    return "sentences" if in_sentences and not read.projects else "file"


def _name_view(ctx: PageContext, view: str, count: int) -> str:
    name = ctx.t(f"imports.view.{view}")
    return name if view == "file" else f"{name} ({count})"


def _open_file(read: Extraction, aim: str) -> None:
    """Go to a place of the file from another view, or from another part of it.

    From the sentences to a line that is among them: there.
    """
    line = parse_aim(aim)
    shown = st.session_state.get(_get_view_key(read))
    if shown == "sentences" and isinstance(line, int) and open_sentence_at(read, line):
        return
    turns = st.session_state.setdefault(_VIEW, {})
    turns[read.document.sha256] = turns.get(read.document.sha256, 0) + 1
    open_at(read, aim)


def _show_messages(ctx: PageContext, plan: ImportPlan) -> None:
    """Show what the file's reader noticed, several in one box."""
    messages = plan.extraction.document.messages
    if not messages:
        return
    items = join_markup(Html("<li>{}</li>").format(message) for message in messages)
    title = ctx.t("imports.document.noticed", count=len(messages))
    opened = Html(" open") if len(messages) <= _MOST_OPEN else ""
    show_markup(
        Html('<details class="hp-mind"{}><summary>{}</summary><ul>{}</ul></details>').format(
            opened, title, items
        )
    )


def name_period(ctx: PageContext, period: str) -> str:
    """Return a period's name, also of one that the store does not have yet."""
    new = make_period_row(period, "")
    label = get_period_label(ctx.facts, period, ctx.language)
    if label == period and new is not None:
        return new["label_en"] if ctx.language == "en" else new["label_vi"]
    return label or ctx.t("imports.document.unknown")


def _show_document(ctx: PageContext, plan: ImportPlan) -> None:
    read = plan.extraction
    facts = (
        ctx.t("imports.document.title", title=read.document.title or read.document.name),
        ctx.t(
            "imports.document.facts",
            issuer=read.document.issuer or ctx.t("imports.document.unknown"),
            period=name_period(ctx, plan.period),
            sha256=plan.sha256[:16],
        ),
    )
    body = join_markup(Html("<div>{}</div>").format(line) for line in facts)
    rest = Html('<div class="hp-rest {}">{}</div>').format(
        "hp-rest-none" if is_all_read(read) else "hp-rest-some", describe_rest(read, ctx.language)
    )
    outcome = Html('<div class="hp-under">{}</div>').format(describe_outcome(read, ctx.language))
    shown = Html('<div class="hp-figure hp-outcome">{}{}{}</div>').format(body, rest, outcome)
    answered = not plan.already and get_given_answers(plan.sha256)
    show_markup(mark_unsaved(shown) if answered else shown)
