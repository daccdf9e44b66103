"""All contradictions: those the rules find and those a reader has noted, each once.

A found one is the same as a noted one when both speak of the same lines of the same documents and
of the same item, or one of them of no item; a line or two apart will do where they are about the
same topic. The noted words then stand, with the rule named.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from store.analysis.contradiction import SETTLED, Contradiction, make_contradiction
from store.analysis.contradictions_in_counts import find_count_contradictions
from store.analysis.contradictions_in_items import find_item_contradictions
from store.analysis.milestones.milestone_delays import list_delays
from store.analysis.wording.target_rules import find_target_contradictions
from store.analysis.wording.text_rules import find_text_contradictions
from store.column_values import list_rows
from store.facts.sources import make_source
from store.facts.statements import Row, Statement, map_investments
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from store.facts.facts import Facts
    from store.facts.sources import Source

BEGINNINGS: Final = {
    "Mốc và tình trạng": "status",
    "Mốc": "milestone",
    "Hạn": "milestone",
    "Bàn giao": "milestone",
    "Ngày": "date",
    "Số": "count",
    "KCN khởi công": "count",
    "Mục tiêu": "count",
    "Tăng trưởng": "value",
    "Dự báo": "forecast",
    "Kết quả": "forecast",
    "Lý do": "forecast",
    "Nhóm": "status",
    "Tình trạng": "status",
    "Quy hoạch": "status",
    "Khu thương mại": "status",
    "Tên": "name",
    "Lô": "name",
    "Các bến": "name",
    "Nguồn vốn": "money",
    "Giải ngân": "money",
    "Vốn": "money",
    "Khối lượng": "quantity",
}
"""What a noted contradiction is about, by how its subject begins."""

NEAR: Final = 3
"""How many lines apart two mentions of one thing may stand."""


@dataclass(frozen=True)
class ContradictionDecision:
    """What a person decided of a contradiction, and why."""

    choice: str
    why: str = ""


def list_contradictions(
    facts: Facts, settled: Mapping[str, ContradictionDecision] | None = None
) -> tuple[Contradiction, ...]:
    """Return every contradiction once, by money of its item, those without an item last.

    ``settled`` are decisions by ``Contradiction.id``; without one, a contradiction is open.
    """
    decided = settled or {}
    return tuple(
        replace(
            contradiction,
            state=SETTLED,
            choice=decided[contradiction.id].choice,
            why=decided[contradiction.id].why,
        )
        if contradiction.id in decided
        else contradiction
        for contradiction in _collect_contradictions(facts)
    )


def contradictions_to_json(listed: Sequence[Contradiction]) -> dict[str, Any]:
    """Return contradictions as plain data.

    ``{"count", "open", "contradictions": [{"id", "topic", "rules", "subject", "item", "items",
    "name", "a": side, "b": side, "note", "curated", "state", "choice", "why"}]}``, a side being
    ``{"period", "value", "total", "rows", "sources": [source]}``; ``store.analysis.contradiction``
    says
    what each is.
    """
    return {
        "count": len(listed),
        "open": sum(contradiction.state != SETTLED for contradiction in listed),
        "contradictions": [asdict(contradiction) for contradiction in listed],
    }


@cache_on_reports()
def _collect_contradictions(facts: Facts) -> tuple[Contradiction, ...]:
    noted = [_contradiction_from_row(facts, row) for row in list_rows(facts.conflicts)]
    by_documents = _index_by_documents(noted)
    alone: dict[object, Contradiction] = {}
    for contradiction in (
        *find_item_contradictions(facts),
        *find_count_contradictions(facts),
        *find_text_contradictions(facts),
        *find_target_contradictions(facts),
        *_find_moved_milestones(facts),
    ):
        place = _find_noted_index(contradiction, noted, by_documents)
        if place is not None:
            noted[place] = _merge_contradictions(noted[place], contradiction)
        elif not {"moved", "overdue"} & set(contradiction.rules):
            key = _identify_sentences(contradiction)
            alone[key] = _join_items(alone[key], contradiction) if key in alone else contradiction
    names, money, ranks = facts.item_names, map_investments(facts), facts.period_ranks
    named = [
        replace(contradiction, name=names.get(contradiction.item, ""))
        for contradiction in (*noted, *_merge_repeated(alone.values()))
    ]
    named.sort(
        key=lambda contradiction: (
            not contradiction.item,
            -money.get(contradiction.item, -1),
            contradiction.item,
            -ranks.get(contradiction.b.period, -1),
            contradiction.id,
        )
    )
    return tuple(named)


def _identify_sentences(contradiction: Contradiction) -> object:
    """Return what two contradictions share that one sentence says of several items."""
    places = tuple(
        (source.doc, source.line_from, source.cell)
        for side in (contradiction.a, contradiction.b)
        for source in side.sources
    )
    values = contradiction.a.value, contradiction.b.value
    return (contradiction.rules, places, values) if contradiction.item else contradiction.id


def _join_items(first: Contradiction, other: Contradiction) -> Contradiction:
    return replace(first, items=tuple(dict.fromkeys((*first.items, *other.items))))


def _merge_repeated(found: Iterable[Contradiction]) -> Iterator[Contradiction]:
    """Yield what documents say of an item in several places once, with all its sources."""
    repeated: dict[object, list[Contradiction]] = defaultdict(list)
    for one in found:
        sides = tuple((side.period, side.value, side.total) for side in (one.a, one.b))
        alike = (one.rules, one.subject, one.items, sides) if one.item else one.id
        repeated[alike].append(one)
    for same in repeated.values():
        yield replace(
            same[0],
            a=replace(same[0].a, sources=_join_sources(one.a for one in same)),
            b=replace(same[0].b, sources=_join_sources(one.b for one in same)),
        )


def _join_sources(sides: Iterable[Statement]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for side in sides for source in side.sources))


def _find_moved_milestones(facts: Facts) -> Iterator[Contradiction]:
    for delay in list_delays(facts):
        if delay.what in {"moved", "overdue"}:
            yield make_contradiction(
                delay.what, delay.field, delay.before, delay.after, item=delay.item
            )


def _index_by_documents(
    contradictions: Sequence[Contradiction],
) -> dict[frozenset[str], list[int]]:
    """Return the places of contradictions by the two documents of their sides."""
    places: dict[frozenset[str], list[int]] = defaultdict(list)
    for place, contradiction in enumerate(contradictions):
        for pair in _list_document_pairs(contradiction):
            places[pair].append(place)
    return places


def _list_document_pairs(contradiction: Contradiction) -> set[frozenset[str]]:
    return {
        frozenset((a.doc, b.doc)) for a in contradiction.a.sources for b in contradiction.b.sources
    }


def _find_noted_index(
    contradiction: Contradiction,
    noted: Sequence[Contradiction],
    by_documents: Mapping[frozenset[str], Sequence[int]],
) -> int | None:
    """Return where the contradiction is noted already; exact lines come before near ones."""
    pairs = _list_document_pairs(contradiction)
    places = sorted({place for pair in pairs for place in by_documents.get(pair, ())})
    for near in (0, NEAR):
        for place in places:
            other = noted[place]
            if (not near or contradiction.topic == other.topic) and _is_same_contradiction(
                contradiction, other, near
            ):
                return place
    return None


def _contradiction_from_row(facts: Facts, row: Row) -> Contradiction:
    subject = row["subject"]
    topic = next(
        (known_topic for start, known_topic in BEGINNINGS.items() if subject.startswith(start)),
        "statement",
    )
    return Contradiction(
        id=row["conflict"],
        topic=topic,
        rules=(),
        subject=subject,
        item=row["item"],
        items=(row["item"],) if row["item"] else (),
        name="",
        a=_statement_from_side(facts, row, "a"),
        b=_statement_from_side(facts, row, "b"),
        note=row["note"],
        curated=True,
    )


def _statement_from_side(facts: Facts, row: Row, side: str) -> Statement:
    line = row[f"line_{side}"]
    source = make_source(facts, row[f"doc_{side}"], 0 if pd.isna(line) else int(line))
    return Statement(row[f"period_{side}"] or source.period, row[f"value_{side}"], (source,))


def _merge_contradictions(noted: Contradiction, contradiction: Contradiction) -> Contradiction:
    """Return the noted contradiction with the rule and the report's own words added."""
    straight = _shares_source_line(noted.a, contradiction.a) and _shares_source_line(
        noted.b, contradiction.b
    )
    a, b = (contradiction.a, contradiction.b) if straight else (contradiction.b, contradiction.a)
    items = dict.fromkeys((*noted.items, *contradiction.items))
    return replace(
        noted,
        rules=tuple(dict.fromkeys((*noted.rules, *contradiction.rules))),
        items=tuple(items),
        a=replace(noted.a, sources=_add_stated_words(noted.a, a), rows=a.rows or noted.a.rows),
        b=replace(noted.b, sources=_add_stated_words(noted.b, b), rows=b.rows or noted.b.rows),
    )


def _add_stated_words(noted: Statement, read: Statement) -> tuple[Source, ...]:
    """Return the noted place with the words that stand there, where a rule has read them."""
    (place,) = noted.sources[:1]
    if place.raw:
        return noted.sources
    met = next((source for source in read.sources if _covers_line(place, source)), None)
    return (replace(met, line_from=place.line_from),) if met else noted.sources


def _is_same_contradiction(contradiction: Contradiction, noted: Contradiction, near: int) -> bool:
    if contradiction.item and noted.item and contradiction.item != noted.item:
        return False
    straight = _shares_source_line(noted.a, contradiction.a, near) and _shares_source_line(
        noted.b, contradiction.b, near
    )
    return straight or (
        _shares_source_line(noted.a, contradiction.b, near)
        and _shares_source_line(noted.b, contradiction.a, near)
    )


def _shares_source_line(noted: Statement, read: Statement, near: int = 0) -> bool:
    return any(
        _covers_line(place, source, near) for place in noted.sources for source in read.sources
    )


def _covers_line(place: Source, source: Source, near: int = 0) -> bool:
    lines = range(source.line_from - near, source.line_to + near + 1)
    return place.doc == source.doc and place.line_from in lines
