"""The kinds of template, each with its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reports.model.schema import (
    CLEARANCE_CATEGORIES,
    FORECASTS,
    FUNDINGS,
    ITEM_KINDS,
    OBSTACLE_CATEGORIES,
    PHASES,
    STATUSES,
)
from store.templates.columns import TemplateColumn

PARK_KINDS: Final = ("industrial_park", "industrial_cluster", "economic_zone")
OTHER_KINDS: Final = tuple(
    kind for kind in ITEM_KINDS if kind != "key_project" and kind not in PARK_KINDS
)


@dataclass(frozen=True)
class TemplateKind:
    """One kind of template: ``item_kinds`` are those of its items where its rows are items."""

    key: str
    columns: tuple[TemplateColumn, ...]
    item_kinds: tuple[str, ...] = ()

    def column(self, key: str) -> TemplateColumn:
        """Return the column with a key."""
        return next(column for column in self.columns if column.key == key)


def _make_figures(*fields: tuple[str, int]) -> tuple[TemplateColumn, ...]:
    return tuple(
        TemplateColumn(name, "number", width, "observations", name) for name, width in fields
    )


def _make_times(*names: str) -> tuple[TemplateColumn, ...]:
    return tuple(TemplateColumn(name, "when", 15, "observations", name) for name in names)


_KEY: Final = TemplateColumn("item", "key", 14)
_NAME: Final = TemplateColumn("name", "text", 44, "items", "name")
_FUNDING: Final = TemplateColumn("funding", "word", 22, "items", "funding", FUNDINGS, "funding")
_COMMUNES: Final = TemplateColumn("communes", "communes", 32, "places", "commune")
_STATUS: Final = TemplateColumn("status", "word", 20, "observations", "status", STATUSES, "status")
_OBSTACLES: Final = TemplateColumn(
    "obstacles", "words", 30, "observations", "obstacle", OBSTACLE_CATEGORIES, "obstacle"
)
_ASKED: Final = TemplateColumn("asked_to_act", "texts", 30, "observations", "asked_to_act")
_NOTE: Final = TemplateColumn("note", "text", 30, "items", "note")
_CARRIED: Final = TemplateColumn("carried", "shown", 34)
_SEAL: Final = TemplateColumn("seal", "seal", 14)
_MONEY: Final = ("investment_mvnd", 18)
_TIMES: Final = _make_times("milestone_start", "milestone_inauguration", "milestone_finish")


def _make_kind_column(kinds: tuple[str, ...]) -> TemplateColumn:
    return TemplateColumn("kind", "word", 22, "items", "kind", kinds, "kind")


KEY_PROJECTS: Final = TemplateKind(
    "key_projects",
    (
        _KEY,
        TemplateColumn("no", "text", 8, "items", "no"),
        _NAME,
        _FUNDING,
        TemplateColumn("phase", "word", 26, "items", "phase", PHASES, "phase"),
        _COMMUNES,
        *_make_figures(
            _MONEY, ("actual_construction_pct", 13), ("planned_construction_pct", 13),
            ("actual_clearance_pct", 13), ("planned_clearance_pct", 13),
        ),
        TemplateColumn(
            "forecast", "word", 22, "observations", "forecast", FORECASTS, "forecast"
        ),
        _STATUS,
        *_TIMES,
        _OBSTACLES,
        _ASKED,
        _NOTE,
        _CARRIED,
        _SEAL,
    ),
    ("key_project",),
)  # fmt: skip

PARKS: Final = TemplateKind(
    "parks",
    (
        _KEY, _make_kind_column(PARK_KINDS), _NAME, _FUNDING, _COMMUNES,
        *_make_figures(
            ("area_ha", 13), _MONEY, ("land_payment_mvnd", 18), ("actual_construction_pct", 13),
            ("actual_clearance_pct", 13),
        ),
        _STATUS, *_TIMES, _OBSTACLES, _ASKED, _NOTE, _CARRIED, _SEAL,
    ),
    PARK_KINDS,
)  # fmt: skip

OTHER_PROJECTS: Final = TemplateKind(
    "other_projects",
    (
        _KEY, _make_kind_column(OTHER_KINDS), _NAME, _FUNDING, _COMMUNES,
        *_make_figures(
            _MONEY, ("area_ha", 13), ("actual_construction_pct", 13), ("actual_clearance_pct", 13),
        ),
        _STATUS, *_TIMES, _OBSTACLES, _ASKED, _NOTE, _CARRIED, _SEAL,
    ),
    OTHER_KINDS,
)  # fmt: skip

CLEARANCE: Final = TemplateKind(
    "clearance",
    (
        TemplateColumn("clearance", "key", 18),
        TemplateColumn("clearance_item", "text", 14, "clearance", "item"),
        TemplateColumn("item_name", "shown", 40),
        TemplateColumn("commune", "communes", 26, "clearance", "commune"),
        TemplateColumn(
            "category", "word", 28, "clearance", "category", CLEARANCE_CATEGORIES, "obstacle"
        ),
        TemplateColumn("statement", "text", 50, "clearance", "statement"),
        TemplateColumn("clearance_asked", "text", 30, "clearance", "asked_to_act"),
        TemplateColumn("problem_area_ha", "number", 13, "clearance", "area_ha"),
        TemplateColumn("households", "number", 10, "clearance", "households"),
        TemplateColumn("clearance_note", "text", 30, "clearance", "note"),
        TemplateColumn("source", "shown", 44),
        _SEAL,
    ),
)

INDICATORS: Final = TemplateKind(
    "indicators",
    (
        TemplateColumn("indicator", "key", 16),
        TemplateColumn("subject", "shown", 34),
        TemplateColumn("measure", "shown", 40),
        TemplateColumn("value", "number", 16, "indicators", "value"),
        TemplateColumn("total", "number", 16, "indicators", "total"),
        TemplateColumn("unit", "shown", 16),
        TemplateColumn("raw", "shown", 50),
        TemplateColumn("indicator_note", "text", 30, "indicators", "note"),
        TemplateColumn("source", "shown", 44),
        _SEAL,
    ),
)

TASK_DOCUMENT: Final = "task_doc"
"""The column of a task's document: for a new one, chosen from those of the period."""

TASKS: Final = TemplateKind(
    "tasks",
    (
        TemplateColumn("task", "key", 34),
        TemplateColumn("task_name", "new", 60),
        TemplateColumn("lead", "text", 32, "statements", "lead"),
        TemplateColumn("task_deadline", "when", 18, "statements", "deadline"),
        TemplateColumn(TASK_DOCUMENT, "new", 44),
        TemplateColumn("task_line", "new", 10),
        _SEAL,
    ),
)

KINDS: Final = {
    kind.key: kind for kind in (KEY_PROJECTS, PARKS, OTHER_PROJECTS, CLEARANCE, INDICATORS, TASKS)
}
"""The kinds by their key."""

ADDABLE: Final = frozenset({"key_projects", "parks", "other_projects", "clearance", "tasks"})
"""Templates in which a row without a code is something new."""
