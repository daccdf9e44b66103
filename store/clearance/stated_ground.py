"""What documents state last of the clearance of an item's or a commune's land, by the register.

Only what is the whole of its subject and is done, measured or required: no part of a total, no
figure of a former commune, nothing proposed. Nothing is summed up or worked out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from geo.i18n import DEFAULT_LANGUAGE, format_number, t
from geo.text import fold_text
from reports.model.dates import is_day
from reports.statements.facts.item_kinds import strip_generic_words
from store.facts.labels import format_iso_day
from store.facts_cache import cache_on_reports
from store.imports.item_statements import list_all_statements, name_commune

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from reports.model.statement import Statement
    from store.facts.facts import Facts
    from store.imports.item_statements import ShownStatement

STATED_COLUMNS: Final = ("area_ha", "handed_ha", "households", "households_left", "deadline")
"""What of a case documents may state as a figure of its own."""

LAND_LEFT: Final = "land_left_ha"
"""Land that is still to be cleared, which the register has no column for."""

_COLUMNS: Final = {
    "land_to_clear": "area_ha",
    "land_handed_over": "handed_ha",
    "households": "households",
    "households_remaining": "households_left",
    "land_remaining": LAND_LEFT,
    "deadline": "deadline",
    "asked_to_act": "body",
}
_LAND: Final = frozenset(_COLUMNS) - {"deadline", "asked_to_act"}
_DUE: Final = frozenset({"done", "measured", "required", "planned"})
_DONE: Final = frozenset({"done", "measured"})
_MOODS: Final = {"handed_ha": _DONE, "households_left": _DONE, LAND_LEFT: _DONE}
_HECTARES: Final = {"ha": 1.0, "m2": 1e-4, "km2": 100.0}
_HOUSEHOLD: Final = "hộ"
_GROUND: Final = ("mat bang", "gpmb", "thu hoi dat", "boi thuong")
_TINY_HA: Final = 5e-5


class GroundKey(NamedTuple):
    """What figures are about: an item, a commune or both; else ``works`` named in a commune."""

    item: str
    commune: str
    works: str = ""


@dataclass(frozen=True)
class StatedGround:
    """The figures of the last period that states any, by the register's columns.

    ``values`` are areas in hectares, counts of households and an ISO day;
    ``statements`` where each stands, ``body`` who is asked to act, '' where nobody is. ``left``:
    something is still to be handed over.
    """

    period: str
    values: Mapping[str, Any]
    statements: Mapping[str, ShownStatement]
    body: str
    left: bool

    @property
    def source(self) -> str:
        """The id of the statement that tells best that land is not free."""
        order = ("households_left", LAND_LEFT, "handed_ha", "area_ha", *self.statements)
        return next(self.statements[name].key for name in order if name in self.statements)

    def describe_left(self) -> str:
        """Return in words what is handed over and what is still to be."""
        values = {name: format_stated(name, value) for name, value in self.values.items()}
        parts = []
        if {"area_ha", "handed_ha"} <= set(values):
            parts.append(t("register.stated.handed", **values))
        left = (name for name in ("households_left", LAND_LEFT) if self.values.get(name))
        parts += [t(f"register.stated.{name}", count=values[name]) for name in left]
        return "; ".join(parts)

    def cite(self, columns: Collection[str] = STATED_COLUMNS) -> str:
        """Return the figures of some columns as text, with document and line."""
        places: dict[str, list[str]] = defaultdict(list)
        for name in STATED_COLUMNS:
            if name in columns and name in self.values:
                source = self.statements[name].source
                place = t(
                    "register.stated.place", doc=source.title or source.doc, line=source.line_from
                )
                value = format_stated(name, self.values[name])
                places[place].append(f"{t(f'edit.column.{name}')}: {value}")
        return "; ".join(f"{', '.join(figures)} ({place})" for place, figures in places.items())


@cache_on_reports(most=2)
def map_stated_ground(facts: Facts) -> dict[GroundKey, StatedGround]:
    """Return what is stated of land to be cleared, by what it is about.

    Where two documents of a period differ the later counts; where one says two values, none does.
    """
    shown_statements = list_all_statements(facts)
    lines = _map_ground_lines(shown_statements)
    items = _map_items(facts)
    latest: dict[GroundKey, dict[str, list[ShownStatement]]] = defaultdict(dict)
    bodies: dict[GroundKey, str] = {}
    for shown in shown_statements:
        beside = lines.get((shown.source.doc, shown.source.line_from), frozenset())
        key = _find_key(facts, shown, items, beside)
        column = _find_column(shown, beside) if key else ""
        if key is None or not column:
            continue
        statement = shown.statement
        if column == "body" or (column == "deadline" and statement.bodies):
            bodies[key] = str(statement.value) if column == "body" else statement.bodies[0]
        if column != "body":
            before = latest[key].get(column, [])
            if before and _rank(facts, before[-1]) < _rank(facts, shown):
                before = []
            if not before or _rank(facts, before[-1]) == _rank(facts, shown):
                latest[key][column] = [*before, shown]
    return {key: _collect(facts, said, bodies.get(key, "")) for key, said in latest.items()}


def format_stated(column: str, value: Any, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a figure of the register in words."""
    if column == "deadline":
        return format_iso_day(str(value), language)
    places = 2 if column.endswith("_ha") else 0
    return format_number(float(value), places, language)


def _map_items(facts: Facts) -> dict[str, str]:
    """Return the items by what names them, those alone that no other shares its name with."""
    named: dict[str, set[str]] = defaultdict(set)
    for item, name in facts.item_names.items():
        named[strip_generic_words(name)].add(item)
    return {name: next(iter(codes)) for name, codes in named.items() if name and len(codes) == 1}


def _map_ground_lines(
    shown_statements: Iterable[ShownStatement],
) -> dict[tuple[str, int], frozenset[str]]:
    """Return the lines that tell of land, each with what its figures are narrowed to."""
    lines: dict[tuple[str, int], set[str]] = defaultdict(set)
    for shown in shown_statements:
        if shown.statement.field in _LAND:
            lines[shown.source.doc, shown.source.line_from].add(shown.statement.detail)
    return {line: frozenset(details) for line, details in lines.items()}


def _find_key(
    facts: Facts, shown: ShownStatement, items: Mapping[str, str], beside: frozenset[str]
) -> GroundKey | None:
    """Return what a statement is about; ``None`` where it is about a part or about several.

    ``items`` by what names them; ``beside``: what the line's figures of land are narrowed to.
    """
    statement = shown.statement
    if statement.is_part or len(statement.communes) > 1:
        return None
    commune = "".join(statement.communes)
    is_figure = statement.field in _LAND
    if shown.item:
        if statement.detail and is_figure:
            return None
        return GroundKey(shown.item, commune or facts.find_only_commune(shown.item))
    if not commune or shown.about != name_commune(facts.commune_names.get(commune, "")):
        return None
    works = statement.detail if is_figure or statement.detail in beside else ""
    item = items.get(strip_generic_words(works), "") if works else ""
    return GroundKey(item, commune, "" if item else works)


def _find_column(shown: ShownStatement, beside: frozenset[str]) -> str:
    """Return the register's column that a statement gives a figure of, '' for none."""
    statement = shown.statement
    column = _COLUMNS.get(statement.field, "")
    if not column or statement.mood not in _MOODS.get(column, _DUE):
        return ""
    if statement.field in _LAND:
        return column if _convert(column, statement) is not None else ""
    told = fold_text(f"{statement.detail} {statement.sentence}")
    if not beside and not any(word in told for word in _GROUND):
        return ""
    return column if column == "body" or is_day(str(statement.value)) else ""


def _convert(column: str, statement: Statement) -> float | int | None:
    """Return the value as the register has it; ``None`` for a bound, a range or another unit."""
    value = statement.value
    if isinstance(value, str) or statement.qualifier not in {"exact", "about"} or value < 0:
        return None
    if column.endswith("_ha"):
        factor = _HECTARES.get(statement.unit)
        return None if factor is None else round(value * factor, 6)
    is_count = float(value).is_integer() and statement.unit == _HOUSEHOLD
    return int(value) if is_count else None


def _rank(facts: Facts, shown: ShownStatement) -> tuple[int, int]:
    return facts.period_ranks[shown.period], facts.document_ranks.get(shown.source.doc, -1)


def _collect(facts: Facts, said: Mapping[str, list[ShownStatement]], body: str) -> StatedGround:
    values: dict[str, Any] = {}
    for column, shown in said.items():
        distinct = {
            str(one.statement.value) if column == "deadline" else _convert(column, one.statement)
            for one in shown
        }
        if len(distinct) == 1:
            values[column] = distinct.pop()
    for part, whole in (("handed_ha", "area_ha"), ("households_left", "households")):
        if part in values and whole in values and values[part] > values[whole] + _TINY_HA:
            del values[part], values[whole]  # they contradict one another
    newest = max(
        (one for shown in said.values() for one in shown), key=lambda one: _rank(facts, one)
    )
    left = (
        values.get("households_left", 0) > 0
        or values.get(LAND_LEFT, 0) > 0
        or values.get("handed_ha", float("inf")) < values.get("area_ha", 0) - _TINY_HA
    )
    statements = {name: said[name][-1] for name in values}
    return StatedGround(newest.period, values, statements, body, left=left)
