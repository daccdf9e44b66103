"""Exports made at one time by one person, and facts full of hostile texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from store.exports.export import FORMATS, ExportFile, make_export
from store.exports.tables.content import ExportContent, make_content
from store.facts.filters import Filters
from tests.hostile import HOSTILE_TEXTS
from tests.people import PLANNER
from tests.small_facts import (
    CLEARANCE,
    CONFLICTS,
    DOCUMENTS,
    ITEMS,
    OBSERVATIONS,
    PLACES,
    Rows,
    small_facts,
)

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.users.users import User

AT = datetime(2026, 7, 1, 8, 30, 15, tzinfo=timezone(timedelta(hours=7)))
KIM_THANH = "hd.huyen-kim-thanh"
KIM_THANH_CODES = {"10804", "10756", "10750", "10792"}

EVIL = (
    *(text for text in HOSTILE_TEXTS if "\u0000" not in text),
    "=1+1",
    "+84 225 123",
    "-5",
    "@SUM(A1:A9)",
    "\t=1+1",
    " =1+1",
    "'=1+1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
    "|calc",
    "%0A=1+1",
    "_x003D_1+1",
    'a "quoted", b;c\nnext line',
    "x" * 40_000,
    "Đường vành đai 😀" * 3_000,
)


@lru_cache(maxsize=64)
def content(
    facts: Facts, filters: Filters | None = None, actor: User = PLANNER, **more: str
) -> ExportContent:
    """Return the content of an export."""
    return make_content(facts, filters or Filters(), actor=actor, at=AT, **more)


def made(
    facts: Facts,
    format_name: str,
    filters: Filters | None = None,
    actor: User = PLANNER,
    **more: str,
) -> ExportFile:
    """Return an export as a file."""
    return make_export(facts, filters or Filters(), format_name, actor, at=AT, **more)


@lru_cache(maxsize=32)
def data(
    facts: Facts,
    format_name: str,
    filters: Filters | None = None,
    actor: User = PLANNER,
    language: str = "vi",
) -> bytes:
    """Return what an export's file holds, made once however often it is looked at."""
    return FORMATS[format_name].write(content(facts, filters, actor, language=language))


@cache
def hostile_facts() -> Facts:
    """Return the small facts with a hostile text in every field that holds free text.

    They are put in once the tables are read: the readers would refuse some of them.
    """

    def with_texts(rows: Rows, *fields: str) -> Rows:
        return [
            row | {field: f"§{(at + shift) % len(EVIL)}§" for shift, field in enumerate(fields)}
            for at, row in enumerate(rows)
        ]

    named = [(at, f"§{at}§") for at in range(len(EVIL))]
    evil_items: Rows = [
        {"item": f"X-{at}", "kind": "key_project", "name": text, "funding": "city_budget",
         "phase": "ongoing", "name_raw": text, "group": text, "no": text, "note": text}
        for at, text in named
    ]  # fmt: skip
    told: Rows = [
        {"item": f"X-{at}", "period": "2026-Q1", "doc": "q1-2026", "line_from": 900 + at,
         "line_to": 900 + at, "field": field, "value": text, "raw": text, "cell": text,
         "component": "", "note": text, "unit": text}
        for at, text in named
        for field in ("asked_to_act", "obstacle_text", "result_text")
    ]  # fmt: skip
    facts = small_facts(
        documents=with_texts(DOCUMENTS, "title", "issuer", "note"),
        items=[*ITEMS, *evil_items],
        places=with_texts(PLACES, "raw", "note"),
        observations=[*OBSERVATIONS, *told],
        clearance=with_texts(CLEARANCE, "statement", "raw", "asked_to_act", "note"),
        conflicts=with_texts(CONFLICTS, "subject", "value_a", "value_b", "note"),
    )
    tables = ("documents", "items", "places", "observations", "clearance", "conflicts")
    return replace(
        facts,
        version="hostile",
        **{name: getattr(facts, name).map(_told) for name in tables},
    )


def _told(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith("§") and cell.endswith("§"):
        return EVIL[int(cell[1:-1])]
    return cell
