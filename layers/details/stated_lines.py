"""What documents state beside the facts of an item or a commune, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.i18n import t
from layers.labels.reading_labels import format_reading, format_time, translate_term
from store.facts.labels import get_period_label
from store.imports.item_statements import GROUND_FIELDS, name_commune

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.facts.facts import Facts
    from store.facts.sources import Source
    from store.imports.item_statements import ShownStatement


@dataclass(frozen=True)
class StatedLine:
    """One statement: what it tells, its value, what narrows it, its mood, period and place.

    ``of_ground``: it tells of the clearance of land.
    """

    label: str
    value: str
    note: str
    mood_label: str
    period_label: str
    source: Source
    of_ground: bool


def list_stated_lines(
    facts: Facts, shown: Iterable[ShownStatement], *, called: str = "", language: str
) -> tuple[StatedLine, ...]:
    """Return statements in words, in their order.

    ``called`` is the name of the commune that they are listed for: a subject with another name,
    such as a former commune in it, is named.
    """
    return tuple(
        StatedLine(
            label=translate_term("field", one.statement.field, language),
            value=format_reading(one.statement, language),
            note=describe_narrowing(
                one,
                language,
                called=called,
                timed=one.statement.when not in {one.source.issued, facts.period_ends[one.period]},
            ),
            mood_label=translate_term("mood", one.statement.mood, language),
            period_label=get_period_label(facts, one.period, language),
            source=one.source,
            of_ground=one.statement.field in GROUND_FIELDS,
        )
        for one in shown
    )


def describe_narrowing(
    shown: ShownStatement, language: str, *, called: str = "", timed: bool = True
) -> str:
    """Return what narrows a statement: a former name, a part, a total, bodies; '' for nothing.

    ``timed``: the time that it holds for too.
    """
    statement = shown.statement
    parts = []
    if called and shown.about != name_commune(called):
        parts.append(statement.subject)
    parts.append(statement.detail)
    if statement.part_of:
        parts.append(t("statements.page.part_of", language, total=statement.part_of))
    if statement.when and timed:
        parts.append(t("statements.page.at_time", language, time=format_time(statement, language)))
    parts.append(", ".join(statement.bodies))
    return " · ".join(part for part in parts if part)
