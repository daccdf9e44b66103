"""Rows of what a document says, of what nobody understood of it, and of items as it tells them."""

from __future__ import annotations

import hashlib
import json
import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.grammar.numbers import format_decimal
from reports.model.item_mention import ItemMention
from reports.model.ranges import COUNTS
from reports.statements.facts.items import may_be_fact
from reports.statements.facts.scope import is_foreign_document
from store.imports.plan.fact_rows import make_provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reports.model.extraction import Extraction
    from reports.model.item_mention import NamedItem
    from reports.model.statement import Statement
    from store.audit.rows import Content
    from store.db.statement_tables import ItemAttributeRow, StatementRow, UnreadRow

OTHER_SCOPE: Final = "other_scope"
"""Why a sure statement is asked: the document is another province's or a ministry's."""

REMEMBERED: Final = "remembered"
"""Why an open statement needs no answer: its pattern was refused in a report of the issuer."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_BEFORE: Final = 2
"""Words before a value that tell its pattern."""


def make_statement_rows(
    read: Extraction, codes: Mapping[int, str], refused: Mapping[str, str], source: Content
) -> Iterator[StatementRow]:
    """Yield a row for every statement of a document.

    ``codes`` are the items of the statements by place, ``refused`` the states of patterns that
    a person refused in reports of the issuer.
    """
    foreign = is_foreign_document(read.document)
    seen: dict[str, int] = {}
    for index, statement in enumerate(read.reading.statements):
        state: str = statement.status
        why = statement.why
        pattern = make_pattern(statement)
        if foreign and may_be_fact(statement):
            state, why = "ask", OTHER_SCOPE
        if state == "ask" and pattern in refused:
            state, why = refused[pattern], REMEMBERED
        row = make_statement_row(statement, codes.get(index, ""), pattern, source)
        again = seen.get(row["statement"], 0)
        seen[row["statement"]] = again + 1
        code = f"{row['statement']}-{again + 1}" if again else row["statement"]
        yield {**row, "statement": code, "state": state, "why": why}


def make_statement_row(
    statement: Statement, item: str, pattern: str, source: Content
) -> StatementRow:
    """Return the row of one statement as it was read."""
    place = statement.place
    words = _write_value(statement.value)
    identity = (
        source["doc"], str(place.line_from), str(place.column), str(statement.start),
        str(statement.end), statement.subject, statement.field, words, statement.mood,
        statement.when, statement.detail,
    )  # fmt: skip
    return {
        "statement": f"ST-{_hash(*identity)}",
        "period": source["period"],
        "doc": source["doc"],
        "line_from": place.line_from or None,
        "line_to": place.line_to or None,
        "item": item or None,
        "subject": _clean(statement.subject),
        "subject_kind": statement.subject_kind,
        "named": _clean(statement.item),
        "field": statement.field,
        "value": words,
        "number": _fit_number(statement.value),
        "total": _fit_number(statement.total),
        "unit": _clean(statement.unit),
        "qualifier": statement.qualifier,
        "mood": statement.mood,
        "when": _clean(statement.when),
        "inferred": write_list(statement.inferred),
        "communes": " ".join(statement.communes),
        "province": _clean(statement.province),
        "cause": _clean(statement.cause),
        "bodies": write_list(statement.bodies),
        "detail": _clean(statement.detail),
        "part_of": _clean(statement.part_of),
        "sentence": _clean(statement.sentence),
        "start": max(0, statement.start),
        "end": max(0, statement.end),
        "stated": _clean(statement.stated),
        "state": statement.status,
        "why": statement.why,
        "candidates": write_list(statement.candidates),
        "pattern": pattern,
        "original": "",
        **make_provenance(place, 1.0, source),
    }


def make_pattern(statement: Statement) -> str:
    """Return what a statement shares with those that are answered as it is.

    Field, kind of subject, mood and reason, with the column it stands in or the words before it.
    """
    place = statement.place
    if place.table and place.column:
        where = f"{place.table}:{place.column}"
    else:
        before = _WORD.findall(statement.sentence[: max(0, statement.start)])
        where = " ".join(fold_text(word) for word in before[-_BEFORE:] if word.islower())
    what = f"{statement.field}|{statement.subject_kind}|{statement.mood}"
    return f"{what}|{statement.why}|{where}"


def make_unread_rows(read: Extraction, source: Content) -> Iterator[UnreadRow]:
    """Yield a row for every sentence of which something was not understood."""
    seen: set[str] = set()
    for entry in read.reading.unread:
        left = [_clean(part) for part in entry.left_over]
        identity = (source["doc"], str(entry.place.line_from), entry.sentence, entry.why, *left)
        code = f"UN-{_hash(*identity)}"
        if code in seen:
            continue
        seen.add(code)
        yield {
            "unread": code,
            "period": source["period"],
            "doc": source["doc"],
            "line_from": entry.place.line_from or None,
            "line_to": entry.place.line_to or None,
            "sentence": _clean(entry.sentence),
            "left_over": write_list(left),
            "why": entry.why,
            **make_provenance(entry.place, 1.0, source),
        }


def make_attribute_rows(
    named: Iterable[tuple[NamedItem, str]], source: Content
) -> Iterator[ItemAttributeRow]:
    """Yield what a document tells its items to be, each attribute once."""
    seen: set[tuple[str, str, str]] = set()
    for subject, code in named:
        told = [("name", subject.name, subject.name_raw), ("kind", subject.kind, "")]
        told += [("commune", commune.code, commune.raw) for commune in subject.communes]
        if isinstance(subject, ItemMention):
            told += [(role, body, body) for role, body in subject.bodies]
        for attribute, value, raw in told:
            text = _clean(value).strip()
            if not text or (code, attribute, text) in seen:
                continue
            seen.add((code, attribute, text))
            yield {
                "item": code,
                "period": source["period"],
                "doc": source["doc"],
                "attribute": attribute,
                "value": text,
                "line": subject.place.line_from or None,
                "raw": _clean(raw),
                **make_provenance(subject.place, 1.0, source),
            }


def write_list(texts: Sequence[str]) -> str:
    """Return texts as one text of JSON, '' for none."""
    return json.dumps([_clean(text) for text in texts], ensure_ascii=False) if texts else ""


def read_list(text: str) -> tuple[str, ...]:
    """Return what ``write_list`` wrote."""
    return tuple(json.loads(text)) if text else ()


def _write_value(value: float | str) -> str:
    if isinstance(value, str):
        return _clean(value)
    number = Decimal(str(value))
    return format_decimal(number) if number.is_finite() else str(value)


def _fit_number(value: float | str | None) -> float | None:
    """Return a number that the table may hold, else ``None``: its text is kept beside."""
    if value is None or isinstance(value, str) or not math.isfinite(value):
        return None
    return COUNTS.tidy(value) if COUNTS.fault(value) is None else None


def _clean(text: str) -> str:
    """Return a text that every database takes."""
    return text.replace("\x00", "")


def _hash(*parts: str) -> str:
    joined = "\x1f".join(parts)
    return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()[:12]
