"""Cells of the table of items given other values: planned and saved as a filled template is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.model.schema import FORECASTS, FUNDINGS, ITEM_KINDS, PHASES, STATUSES
from store.facts.narrowing import narrow_facts_to_user
from store.templates.columns import TemplateColumn, format_value
from store.templates.kinds import TemplateKind
from store.templates.plan import plan_template
from store.templates.rows import fill_template
from store.templates.sheet import FilledSheet, SheetRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.grammar.numbers import Style
    from store.facts.facts import Facts
    from store.templates.plan import TemplatePlan
    from store.templates.rows import FilledTemplate
    from store.users.users import User


def _make_figure(field: str) -> TemplateColumn:
    return TemplateColumn(field, "number", table="observations", field=field)


def _make_time(field: str) -> TemplateColumn:
    return TemplateColumn(field, "when", table="observations", field=field)


MANY_ROWS: Final = TemplateKind(
    "many_rows",
    (
        TemplateColumn("item", "key"),
        TemplateColumn("asked_to_act", "texts", table="observations", field="asked_to_act"),
        _make_time("milestone_finish"),
        TemplateColumn("communes", "communes", table="places", field="commune"),
        TemplateColumn("status", "word", 0, "observations", "status", STATUSES, "status"),
        TemplateColumn("forecast", "word", 0, "observations", "forecast", FORECASTS, "forecast"),
        TemplateColumn("phase", "word", 0, "items", "phase", PHASES, "phase"),
        TemplateColumn("funding", "word", 0, "items", "funding", FUNDINGS, "funding"),
        _make_time("milestone_start"),
        _make_time("milestone_inauguration"),
        TemplateColumn("name", "text", table="items", field="name"),
        _make_figure("investment_mvnd"),
        _make_figure("actual_construction_pct"),
        _make_figure("planned_construction_pct"),
        _make_figure("actual_clearance_pct"),
        _make_figure("planned_clearance_pct"),
        _make_figure("area_ha"),
        TemplateColumn("carried", "shown"),
        TemplateColumn("seal", "seal"),
    ),
    ITEM_KINDS,
)
"""The cells that can be given a value in the table of items."""

FOR_SEVERAL: Final = (
    "asked_to_act", "milestone_finish", "communes", "status", "forecast", "phase", "funding",
    "milestone_start", "milestone_inauguration",
)  # fmt: skip
"""Those of them that several items may share; names and figures are each item's own."""


@dataclass(frozen=True)
class ManyRows:
    """A value for one column of several items: its text as it would stand in a cell.

    ``adding``: beside what stands there, where a cell holds several. ``source``: the document of
    the period and its line that state what is new; ``None``: the change itself is the source.
    """

    period: str
    items: tuple[str, ...]
    column: str
    text: str
    adding: bool = False
    source: tuple[str, int] | None = None


def read_seals(facts: Facts, period: str, items: Sequence[str], reader: User) -> dict[str, str]:
    """Return what stands for the cells of each item now, by which a later change is known."""
    template = fill_cells(facts, period, items, reader)
    return {row.key: str(row.cells["seal"]) for row in template.rows}


def fill_cells(facts: Facts, period: str, items: Sequence[str], reader: User) -> FilledTemplate:
    """Return the cells of some items that can be given a value, as they are now."""
    mine = narrow_facts_to_user(facts, reader)
    return fill_template(mine, MANY_ROWS, period, reader, items=frozenset(items))


@dataclass(frozen=True)
class CellEdits:
    """Cells edited where they stand: ``cells`` are item, column and text, each cell once.

    ``source`` is as in ``ManyRows``; ``grouping`` is what groups thousands in the texts.
    """

    period: str
    cells: tuple[tuple[str, str, str], ...]
    source: tuple[str, int] | None = None
    grouping: Style = "."


def plan_many_rows(
    edit: ManyRows, facts: Facts, author: User, seals: Mapping[str, str]
) -> TemplatePlan:
    """Return what giving the value would change, and for which items it is refused and why.

    Nothing is written; ``apply_template`` does that. ``seals`` are of when the author chose the
    items: one that somebody changed since is refused.
    """
    mine = narrow_facts_to_user(facts, author)
    column = MANY_ROWS.column(edit.column)
    known = {row.key: row for row in fill_cells(mine, edit.period, edit.items, author).rows}
    cells = []
    for item in edit.items:
        text = edit.text
        if edit.adding and item in known:
            now = format_value(column, known[item].cells.get(edit.column), mine)
            text = "; ".join(filter(None, (now, edit.text)))
        cells.append((item, edit.column, text))
    edits = CellEdits(edit.period, tuple(cells), edit.source)
    return plan_cell_edits(edits, facts, author, seals)


def plan_cell_edits(
    edits: CellEdits, facts: Facts, author: User, seals: Mapping[str, str]
) -> TemplatePlan:
    """Return what the edited cells would change, and which of them are refused and why.

    As ``plan_many_rows``; ``seals`` are of when the author opened the cells.
    """
    rows: dict[str, dict[str, str]] = {}
    for item, column, text in edits.cells:
        rows.setdefault(item, {"item": item, "seal": seals.get(item, "")})[column] = text
    sheet = FilledSheet(
        kind=MANY_ROWS,
        period=edits.period,
        sha256=hashlib.sha256(f"{author.name} {edits}".encode()).hexdigest(),
        name=next(iter(rows)) if len(rows) == 1 else t("bench.many.change", count=len(rows)),
        grouping=edits.grouping,
        rows=tuple(SheetRow(line, cells) for line, cells in enumerate(rows.values(), start=1)),
        headings=frozenset({"item", "seal", *(column for _, column, _ in edits.cells)}),
        unknown=(),
        left_over=(),
        source=edits.source,
    )
    return plan_template(sheet, facts, author)
