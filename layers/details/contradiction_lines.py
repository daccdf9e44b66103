"""Contradictions in words: both sides with their sources, and why they do not go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.labels.statement_labels import format_field_label, format_statement
from reports.model.schema import PHASES
from store.analysis.contradictions import list_contradictions
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
        for row in rows.itertuples(index=False)
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
    topic_label: str
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
    names = facts.item_names
    return tuple(
        _build_line(facts, one, names, language)
        for one in list_contradictions(facts, settled or {})
    )


def _build_line(
    facts: Facts, one: Contradiction, names: Mapping[str, str], language: str
) -> ContradictionLine:
    return ContradictionLine(
        id=one.id,
        topic=one.topic,
        topic_label=t(f"changes.topic.{one.topic}", language),
        title=one.subject if one.curated else _format_title(one.subject, language),
        item=one.item,
        items=one.items,
        names=tuple(names[item] for item in one.items if item in names),
        a=_format_side(facts, one, one.a, language),
        a_sources=one.a.sources,
        b=_format_side(facts, one, one.b, language),
        b_sources=one.b.sources,
        why=tuple(t(f"changes.rule.{rule}", language) for rule in one.rules),
        note=one.note,
        curated=one.curated,
        state=one.state,
        state_label=t(f"changes.state.{one.state}", language),
        choice=one.choice,
        decided_why=one.why,
    )


def _format_title(subject: str, language: str) -> str:
    of, _, measure = subject.partition("/")
    if not measure:
        return format_field_label(subject, "", language)
    told = translate_word("subject", of, language), translate_word("measure", measure, language)
    return t("layers.indicator.label", language, subject=told[0], measure=told[1])


def _format_side(facts: Facts, one: Contradiction, said: Statement, language: str) -> str:
    if one.curated:
        return said.value
    if "group_but_not_started" in one.rules and said.value in PHASES:
        return translate_word("phase", said.value, language)
    if said.total is not None:
        return t("changes.side.of", language, value=said.value, total=f"{said.total:g}")
    return format_statement(facts, one.subject, said, language)
