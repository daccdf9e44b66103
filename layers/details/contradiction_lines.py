"""Contradictions in words: both sides with their sources, and why they do not go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.labels.statement_labels import format_field_label, format_statement
from reports.model.schema import PHASES
from store.analysis.contradictions import list_contradictions
from store.column_values import iterate_rows
from store.facts.labels import translate_word
from store.facts.sources import Source, make_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.analysis.contradiction import Contradiction
    from store.analysis.contradictions import ContradictionDecision
    from store.facts.facts import Facts
    from store.facts.sources import Source
    from store.facts.statements import Statement


@dataclass(frozen=True)
class StatementConflict:
    """Two statements about one thing that differ, each with where it stands."""

    subject: str
    value_a: str
    source_a: Source
    value_b: str
    source_b: Source
    note: str


def list_conflicts(facts: Facts, item: str | None = None) -> tuple[StatementConflict, ...]:
    """Return the contradictions noted of an item, of everything without one, by number."""
    rows = facts.conflicts if item is None else facts.conflicts[facts.conflicts["item"] == item]
    rows = rows.fillna({"line_a": 0, "line_b": 0}).sort_values("conflict")
    return tuple(
        StatementConflict(
            subject=row.subject,
            value_a=row.value_a,
            source_a=make_source(facts, row.doc_a, int(row.line_a)),
            value_b=row.value_b,
            source_b=make_source(facts, row.doc_b, int(row.line_b)),
            note=row.note,
        )
        for row in iterate_rows(rows)
    )


@dataclass(frozen=True)
class ContradictionLine:
    """One contradiction to read. ``title`` is what it is about, ``why`` a sentence per rule.

    ``curated`` ones have the noted words on both sides; ``items`` are the ids of all items meant,
    ``names`` what they are called. ``state`` is ``open`` or ``settled``, ``choice`` and
    ``decided_why`` what a person wrote.
    """

    id: str
    topic: str
    title: str
    item: str
    items: tuple[str, ...]
    names: tuple[str, ...]
    a: str
    a_sources: tuple[Source, ...]
    b: str
    b_sources: tuple[Source, ...]
    why: tuple[str, ...]
    note: str
    curated: bool
    state: str
    state_label: str
    choice: str
    decided_why: str


def list_contradiction_lines(
    facts: Facts,
    settled: Mapping[str, ContradictionDecision] | None = None,
    *,
    language: str = DEFAULT_LANGUAGE,
) -> tuple[ContradictionLine, ...]:
    """Return every contradiction in words, in the order of ``store.analysis.contradictions``."""
    return tuple(
        describe_contradiction(facts, contradiction, language)
        for contradiction in list_contradictions(facts, settled or {})
    )


def describe_contradiction(
    facts: Facts, contradiction: Contradiction, language: str = DEFAULT_LANGUAGE
) -> ContradictionLine:
    """Return one contradiction in words."""
    names = facts.item_names
    return ContradictionLine(
        id=contradiction.id,
        topic=contradiction.topic,
        title=contradiction.subject
        if contradiction.curated or contradiction.worded
        else _format_title(contradiction.subject, language),
        item=contradiction.item,
        items=contradiction.items,
        names=tuple(names[item] for item in contradiction.items if item in names),
        a=_format_side(facts, contradiction, contradiction.a, language),
        a_sources=contradiction.a.sources,
        b=_format_side(facts, contradiction, contradiction.b, language),
        b_sources=contradiction.b.sources,
        why=tuple(t(f"changes.rule.{rule}", language) for rule in contradiction.rules),
        note=contradiction.note,
        curated=contradiction.curated,
        state=contradiction.state,
        state_label=t(f"changes.state.{contradiction.state}", language),
        choice=contradiction.choice,
        decided_why=contradiction.why,
    )


def _format_title(subject: str, language: str) -> str:
    of, _, measure = subject.partition("/")
    if not measure:
        return format_field_label(subject, "", language)
    words = translate_word("subject", of, language), translate_word("measure", measure, language)
    return t("layers.indicator.label", language, subject=words[0], measure=words[1])


def _format_side(
    facts: Facts, contradiction: Contradiction, statement: Statement, language: str
) -> str:
    if contradiction.curated or contradiction.worded:
        return statement.value
    if "group_but_not_started" in contradiction.rules and statement.value in PHASES:
        return translate_word("phase", statement.value, language)
    if statement.total is not None:
        return t("changes.side.of", language, value=statement.value, total=f"{statement.total:g}")
    return format_statement(facts, contradiction.subject, statement, language)
