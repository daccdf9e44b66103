"""Rows of a project table: every column read by its grammar, every value with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from geo.text import fold_text, normalise_spelling
from reports.grammar.bodies import find_asked_bodies, find_assigned_bodies
from reports.grammar.milestone import find_milestones
from reports.grammar.numbers import detect_number_style, format_decimal, read_money_cell
from reports.grammar.obstacle import find_obstacles
from reports.grammar.progress import UnreadShare, find_quantities, find_shares
from reports.grammar.project_status import find_status, read_forecast
from reports.model.extraction import ClearanceStatement, ExtractedValue, ProjectRow, QueueEntry
from reports.model.schema import CLEARANCE_CATEGORIES
from reports.tables.headings import TableGroup, read_money_unit
from reports.tables.places import locate_item

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from geo.geocoder import Geocoder
    from reports.model.document import TableCell
    from reports.tables.stitched_table import StitchedRow, StitchedTable

_AREA: Final = re.compile(r"(khoang |hon |tren )?(\d{1,5}(?:[.,]\d{1,2})?)\s?ha\b")
_READABLE: Final = 0.6
"""Below this a recognised cell is asked about, whatever it seems to say."""
_DASH: Final = re.compile(r"[\s\-–.:]*")


@dataclass
class ProjectTable:
    """The projects of a table and what about it has to be looked at."""

    projects: list[ProjectRow] = field(default_factory=list)
    queue: list[QueueEntry] = field(default_factory=list)


def is_project_table(table: StitchedTable) -> bool:
    """Return True if the columns are those of a list of projects."""
    keys = set(table.keys)
    progress = keys & {"planned", "actual", "forecast"}
    return (
        "name" in keys
        and len(keys & {"investment", "location"}) + len(progress) > 1
        and bool(keys & {"investment", "location"})
    )


def read_projects(table: StitchedTable, geocoder: Geocoder, as_of: date | None) -> ProjectTable:
    """Return the rows of a project table; ``as_of`` says which communes its names mean."""
    read = ProjectTable()
    group = TableGroup()
    column = table.column("investment")
    style = detect_number_style(row.cell(column).text for row in table.rows if row.kind == "row")
    for row in table.rows:
        if row.kind == "section":
            group.enter_group(row)
        elif row.kind == "row":
            reader = _RowReader(table, row, geocoder, as_of)
            reader.read_investment(style)
            read.projects.append(reader.read_project(group))
            read.queue.extend(reader.queue)
    missing = [key for key in ("no", "investment", "location", "forecast") if key not in table.keys]
    if missing and read.projects:
        place = (table.header_lines or table.rows[0].lines)[0].place
        names = ", ".join(t(f"reports.column.{key}") for key in missing)
        detail = t("reports.queue.missing_column", columns=names)
        read.queue.append(QueueEntry("missing_column", " | ".join(table.headings), place, detail))
    return read


def read_clearance(row: ProjectRow) -> tuple[ClearanceStatement, ...]:
    """Return what a row says of land that is not free; by commune where it lies in just one."""
    commune = row.communes[0].code if len(row.communes) == 1 else ""
    bodies = "; ".join(value.value for value in row.values if value.field == "asked_to_act")
    return tuple(
        ClearanceStatement(
            commune,
            row.no or None,
            value.value,
            normalise_spelling(value.raw),
            bodies,
            value.raw,
            value.place,
        )
        for value in row.values
        if value.field == "obstacle" and value.value in CLEARANCE_CATEGORIES
    )


class _RowReader:
    """Reads one row; what it finds is collected in ``values`` and ``queue``."""

    def __init__(
        self, table: StitchedTable, row: StitchedRow, geocoder: Geocoder, as_of: date | None
    ) -> None:
        self.table, self.row, self.geocoder, self.as_of = table, row, geocoder, as_of
        self.values: list[ExtractedValue] = []
        self.queue: list[QueueEntry] = []

    def cell(self, key: str) -> TableCell:
        return self.row.cell(self.table.column(key))

    def get_heading(self, key: str) -> str:
        column = self.table.column(key)
        return self.table.headings[column] if column is not None else ""

    def ask(
        self, reason: str, raw: str, key: str, detail: str, readings: Sequence[Decimal] = ()
    ) -> None:
        candidates = tuple(
            (format_decimal(reading), round(1 / len(readings), 2)) for reading in readings
        )
        self.queue.append(
            QueueEntry(reason, raw, self.cell(key).place, detail, candidates)  # type: ignore[arg-type]
        )

    def add(
        self, name: str, value: str, raw: str, key: str, trust: float = 1.0, **parts: str
    ) -> None:
        cell = self.cell(key)
        if cell.confidence < _READABLE:
            self.ask("low_confidence", raw, key, t("reports.queue.low_confidence"))
        self.values.append(
            ExtractedValue(
                name,
                value,
                raw,
                cell.place,
                self.get_heading(key),
                confidence=round(trust * cell.confidence, 3),
                **parts,
            )
        )

    def read_investment(self, style: str) -> None:
        """Read the total investment; two ways to read it, or none, is asked about."""
        if self.table.column("investment") is None:
            return
        text = self.cell("investment").text
        money = read_money_cell(text, read_money_unit(self.get_heading("investment")), style)  # type: ignore[arg-type]
        if money is None:
            self.ask(
                "unreadable_value", text or "–", "investment", t("reports.queue.no_investment")
            )
        elif money.value is None or money.currency != "VND":
            several = len(money.readings) > 1
            reason = "ambiguous_number" if several else "unreadable_value"
            self.ask(reason, money.raw, "investment", t(f"reports.queue.{reason}"), money.readings)
        else:
            self.add(
                "investment_mvnd", format_decimal(money.value), text, "investment",
                unit="million_vnd", qualifier=money.qualifier,
            )  # fmt: skip

    def read_project(self, group: TableGroup) -> ProjectRow:
        """Read the rest of the row and return it whole."""
        name_raw = " ".join(self.cell("name").text.split())
        self._read_progress("planned")
        self._read_progress("actual")
        forecast = self._read_forecast()
        self._read_texts()
        for key in ("note", "actual"):
            self._read_milestones(key)
        self._question_note()
        self._read_obstacles(forecast)
        self._read_bodies()
        self._read_area()
        location = " ".join(self.cell("location").text.split())
        communes, open_places = locate_item(
            location, self.cell("location").place, name_raw, self.geocoder, self.as_of
        )
        self.queue.extend(open_places)
        return ProjectRow(
            no=self.row.number or 0,
            group=group.mark,
            group_title=group.title,
            funding=group.funding,
            phase=group.phase,
            name=normalise_spelling(name_raw),
            name_raw=name_raw,
            location_raw=location,
            communes=communes,
            values=tuple(self.values),
            place=self.row.place,
        )

    def _read_progress(self, key: str) -> None:
        text = self.cell(key).text
        for share in find_shares(text):
            if isinstance(share, UnreadShare):
                self.ask("unreadable_value", share.raw, key, t("reports.queue.percent"))
            elif share.topic == "physical":
                if key == "actual":
                    self.add(
                        "physical_done",
                        format_decimal(share.value),
                        share.raw,
                        key,
                        share.confidence,
                        component=share.component,
                        total="100",
                        unit="percent",
                        basis=share.basis,
                        qualifier=share.qualifier,
                    )
            else:
                self.add(
                    f"{key}_{share.topic}_pct", format_decimal(share.value), share.raw, key,
                    share.confidence, component=share.component, unit="percent",
                    basis=share.basis, qualifier=share.qualifier,
                )  # fmt: skip
        if key == "actual":
            for done in find_quantities(text):
                self.add(
                    "physical_done",
                    format_decimal(done.done),
                    done.raw,
                    key,
                    done.confidence,
                    component=done.component,
                    total=format_decimal(done.total) if done.total else "",
                    unit=done.unit,
                    basis="volume",
                    qualifier="exact",
                )

    def _read_forecast(self) -> str:
        text = self.cell("forecast").text
        forecast, trust = read_forecast(text)
        if forecast:
            self.add("forecast", forecast, text, "forecast", trust)
        elif not _DASH.fullmatch(text):
            self.ask("unreadable_value", text, "forecast", t("reports.queue.forecast"))
        return forecast

    def _read_texts(self) -> None:
        names = {"planned": "planned_work", "actual": "result_text", "request": "request_text"}
        for key, name in names.items():
            text = " ".join(self.cell(key).text.split())
            if not _DASH.fullmatch(text):
                self.add(name, normalise_spelling(text), text, key)
        status = find_status(self.cell("actual").text)
        if status:
            self.add("status", status[0], status[1], "actual", 0.8)

    def _read_milestones(self, key: str) -> None:
        for milestone in find_milestones(self.cell(key).text):
            self.add(
                f"milestone_{milestone.kind}", milestone.when, milestone.raw, key,
                milestone.confidence, qualifier=milestone.qualifier,
            )  # fmt: skip

    def _question_note(self) -> None:
        """Ask about a note that gave no milestone: there the column holds little else."""
        text = self.cell("note").text
        place = self.cell("note").place
        given = {value.place for value in self.values if value.field.startswith("milestone")}
        if not _DASH.fullmatch(text) and place not in given:
            self.ask("not_understood", text, "note", t("reports.queue.note_unread"))

    def _read_obstacles(self, forecast: str) -> None:
        for obstacle in find_obstacles(
            self.cell("actual").text, self.cell("request").text, forecast
        ):
            self.add(
                "obstacle", obstacle.category, obstacle.raw, obstacle.column, obstacle.confidence
            )
            if obstacle.column == "actual":
                self.add(
                    "obstacle_text",
                    normalise_spelling(obstacle.raw),
                    obstacle.raw,
                    obstacle.column,
                    obstacle.confidence,
                )

    def _read_bodies(self) -> None:
        request, actual = self.cell("request").text, self.cell("actual").text
        for body in find_asked_bodies(request, self.geocoder, self.as_of):
            self.add("asked_to_act", body, request, "request", 0.9)
        for body in find_assigned_bodies(actual, self.geocoder, self.as_of):
            self.add("asked_to_act", body, actual, "actual", 0.8)

    def _read_area(self) -> None:
        name = self.cell("name").text
        for match in _AREA.finditer(fold_text(name)):
            qualifier = {"khoang": "about", "hon": "over", "tren": "over"}.get(
                (match[1] or "").strip(), "exact"
            )
            self.add(
                "area_ha", match[2].replace(",", "."), name[match.start() : match.end()], "name",
                unit="ha", qualifier=qualifier,
            )  # fmt: skip
