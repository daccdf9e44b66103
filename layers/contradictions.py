"""Contradictions in words: both sides with their sources, and why they do not go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.said_words import field_label, said_text
from reports.schema import PHASES
from store.contradictions import contradictions
from store.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.contradiction import Contradiction
    from store.contradictions import Settlement
    from store.facts import Facts
    from store.said import Said
    from store.sources import Source


@dataclass(frozen=True)
class ContradictionLine:
    """One contradiction to read. ``title`` is what it is about, ``why`` a sentence per rule.

    ``curated`` ones have the noted words on both sides; ``items`` are the ids of all items meant,
    ``names`` what they are called.
    ``state`` is ``open`` or ``settled``, ``choice`` and ``decided_why`` what a person wrote.
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


def contradiction_lines(
    facts: Facts,
    settled: Mapping[str, Settlement] | None = None,
    *,
    language: str = DEFAULT_LANGUAGE,
) -> tuple[ContradictionLine, ...]:
    """Return every contradiction in words, in the order of ``store.contradictions``."""
    names = dict(zip(facts.items["item"], facts.items["name"], strict=True))
    return tuple(_line(facts, one, names, language) for one in contradictions(facts, settled or {}))


def _line(
    facts: Facts, one: Contradiction, names: dict[str, str], language: str
) -> ContradictionLine:
    return ContradictionLine(
        id=one.id,
        topic=one.topic,
        topic_label=t(f"changes.topic.{one.topic}", language),
        title=one.subject if one.curated else _title(one.subject, language),
        item=one.item,
        items=one.items,
        names=tuple(names[item] for item in one.items if item in names),
        a=_side(facts, one, one.a, language),
        a_sources=one.a.sources,
        b=_side(facts, one, one.b, language),
        b_sources=one.b.sources,
        why=tuple(t(f"changes.rule.{rule}", language) for rule in one.rules),
        note=one.note,
        curated=one.curated,
        state=one.state,
        state_label=t(f"changes.state.{one.state}", language),
        choice=one.choice,
        decided_why=one.why,
    )


def _title(subject: str, language: str) -> str:
    of, _, measure = subject.partition("/")
    if not measure:
        return field_label(subject, "", language)
    told = word("subject", of, language), word("measure", measure, language)
    return t("layers.indicator.label", language, subject=told[0], measure=told[1])


def _side(facts: Facts, one: Contradiction, said: Said, language: str) -> str:
    if one.curated:
        return said.value
    if "group_but_not_started" in one.rules and said.value in PHASES:
        return word("phase", said.value, language)
    if said.total is not None:
        return t("changes.side.of", language, value=said.value, total=f"{said.total:g}")
    return said_text(facts, one.subject, said, language)
