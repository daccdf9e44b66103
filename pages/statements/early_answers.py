"""Open statements of a report that is not accepted yet, in a table with an answer for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from layers.labels.reading_labels import format_reading, translate_term
from layers.statement_view.early_subjects import list_subject_choices, propose_subjects
from pages.shell.html import Html, show_markup
from store.imports.questions.early_answers import (
    CITY,
    EARLY_ANSWERS,
    EarlyAnswer,
    is_acceptable,
    list_plan_questions,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pages.shell.context import PageContext
    from reports.model.statement import Statement
    from store.imports.plan.plan import ImportPlan

    Questions = Sequence[tuple[str, Statement]]

_ANSWERS: Final = "import.statement_answers"
"""Where the session keeps the answers by document and statement."""
_SUBJECTS: Final = "import.statement_subjects"
"""Where it keeps what each statement may be about, for one plan."""

_COLUMNS: Final = ("line", "subject", "item", "says", "why", "sentence", "answer")
_ASKED: Final = ("item", "answer")
_WIDTHS: Final = {"item": 220, "answer": 140}
_LONGEST: Final = 300


def get_early_answers(plan: ImportPlan) -> Mapping[str, EarlyAnswer]:
    """Return the answers given to a document's statements, by key."""
    answers: Mapping[str, EarlyAnswer] = st.session_state.get(_ANSWERS, {}).get(plan.sha256, {})
    return answers


def show_early_answers(ctx: PageContext, plan: ImportPlan) -> None:
    """Show the statements that would be asked about; an answer given here goes with the import."""
    questions = list_plan_questions(plan)
    if not questions or not ctx.may("review.decide"):
        return
    title = ctx.t("statements.early.title", count=len(questions))
    show_markup(
        Html('<h4>{}</h4><p class="hp-under">{}</p>').format(title, ctx.t("statements.early.why"))
    )
    words = {name: ctx.t(f"statements.early.{name}") for name in ("later", *EARLY_ANSWERS)}
    proposed, names = _list_subjects(ctx, plan, questions)
    labels = _name_choices(ctx, names)
    given = get_early_answers(plan)
    frame = _make_frame(ctx, questions)
    items = [given[key].item if key in given else proposed.get(key, "") for key, _ in questions]
    frame["item"] = [labels.get(item, labels[""]) for item in items]
    frame["answer"] = [
        words[given[key].answer if key in given else "later"] for key, _ in questions
    ]
    edited: pd.DataFrame = st.data_editor(
        frame[list(_COLUMNS)],
        hide_index=True,
        height=min(400, 40 + 35 * len(frame)),
        disabled=[name for name in _COLUMNS if name not in _ASKED],
        key=f"import.answers-{plan.sha256[:12]}",
        column_config={
            name: st.column_config.Column(ctx.t(f"statements.early.column.{name}"))
            for name in _COLUMNS
            if name not in _ASKED
        }
        | {
            "item": _make_choice(ctx, "item", labels.values()),
            "answer": _make_choice(ctx, "answer", words.values()),
        },
    )
    answers = read_answers(
        questions, edited["item"], edited["answer"], labels=labels, words=words, names=names
    )
    st.session_state.setdefault(_ANSWERS, {})[plan.sha256] = answers
    stuck = sum(
        answers[key].answer == "accept" and not is_acceptable(one, answers[key].item)
        for key, one in questions
        if key in answers
    )
    if stuck:
        st.caption(ctx.t("statements.early.stuck", count=stuck))


def read_answers(
    questions: Questions,
    items: Iterable[str],
    answers: Iterable[str],
    *,
    labels: Mapping[str, str],
    words: Mapping[str, str],
    names: Mapping[str, str],
) -> dict[str, EarlyAnswer]:
    """Return the answers that the cells of the table say, by key; what is left for later is none.

    ``labels`` are the words of the subjects by item, ``words`` those of the answers by answer.
    """
    codes = {label: item for item, label in labels.items()}
    meant = {text: name for name, text in words.items()}
    read: dict[str, EarlyAnswer] = {}
    for (key, _), label, text in zip(questions, items, answers, strict=True):
        answer = meant.get(text, "later")
        if answer != "later":
            item = codes.get(label, "")
            read[key] = EarlyAnswer(answer, item, names.get(item, ""))
    return read


def _make_frame(ctx: PageContext, questions: Questions) -> pd.DataFrame:
    """Return what the statements say, a row for each."""
    return pd.DataFrame(
        {
            "line": [one.place.line_from for _, one in questions],
            "subject": [one.subject or "–" for _, one in questions],
            "says": [
                f"{translate_term('field', one.field, ctx.language)}: "
                f"{format_reading(one, ctx.language)} "
                f"({translate_term('mood', one.mood, ctx.language)})"
                for _, one in questions
            ],
            "why": [translate_term("why", one.why, ctx.language) for _, one in questions],
            "sentence": [one.sentence[:_LONGEST] for _, one in questions],
        }
    )


def _make_choice(ctx: PageContext, name: str, options: Iterable[str]) -> Any:
    return st.column_config.SelectboxColumn(
        ctx.t(f"statements.early.column.{name}"),
        options=list(options),
        required=True,
        width=_WIDTHS[name],
        pinned=name == "answer",
    )


def _list_subjects(
    ctx: PageContext, plan: ImportPlan, questions: Questions
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return what each statement without a subject may be about, and all that can be chosen."""
    kept = st.session_state.get(_SUBJECTS)
    if kept is None or kept[0] is not plan:
        names = list_subject_choices(plan, ctx.facts.item_names)
        kept = (plan, propose_subjects(plan.extraction.document, questions, names), names)
        st.session_state[_SUBJECTS] = kept
    return kept[1], kept[2]


def _name_choices(ctx: PageContext, names: Mapping[str, str]) -> dict[str, str]:
    """Return the words of each choice by its item: as it was read, the city, then the items."""
    labels = {"": ctx.t("statements.early.as_read"), CITY: ctx.t("statements.early.city")}
    for item, name in sorted(names.items(), key=lambda pair: pair[1]):
        labels[item] = f"{name} · {item}" if name in labels.values() else name
    return labels
