"""One row of a project table: every column read by its grammar, every value with its place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from geo.text import fold_text, normalise_spelling
from reports.grammar.amounts.money_cells import read_money_cell
from reports.grammar.bodies import find_asked_bodies, find_assigned_bodies
from reports.grammar.cell_parts import is_dash
from reports.grammar.milestone import find_milestones, find_open_milestones, find_times
from reports.grammar.numbers import format_decimal
from reports.grammar.obstacle import find_column_obstacles, find_obstacles
from reports.grammar.project_status import find_status, list_forecasts, read_forecast
from reports.model.extraction import ExtractedValue, ProjectRow
from reports.tables.grid.line_kinds import is_detail
from reports.tables.places import locate_item
from reports.tables.progress_columns import read_progress
from reports.tables.row_values import RowValues

if TYPE_CHECKING:
    from reports.grammar.numbers import Style
    from reports.tables.grid.stitched_table import StitchedRow
    from reports.tables.groups import TableGroup

_AMOUNT: Final = "investment_mvnd"
_AREA: Final = re.compile(r"(khoang |hon |tren )?(\d{1,5}(?:[.,]\d{1,2})?)\s?ha\b")
_MILESTONE_COLUMNS: Final = {
    "starts": "milestone_start",
    "finishes": "milestone_finish",
    "inaugurates": "milestone_inauguration",
}
_ASKED_IF_MERGED: Final = frozenset(
    {"investment", "planned", "actual", "forecast", "request", "note", "obstacles"}
)


class RowReader(RowValues):
    """Reads one row of a project table."""

    def read_investment(self, unit: float | None, style: Style, *, whole: bool = False) -> None:
        """Read the total investment; two ways to read it, or none, is asked about.

        ``whole``: the column has no decimals, so a separator groups thousands.
        """
        columns = self.table.list_columns("investment", "")
        if not columns:
            return
        column = next((c for c in columns if not is_dash(self.row.cell(c.index).text)), columns[0])
        cell = self.row.cell(column.index)
        if column.index in self.row.merged and not cell.text:
            return  # asked about with all merged cells
        unit = unit if column.unit is None else column.unit
        if whole and unit == 1:
            style = "," if "," in cell.text else "."
        money = read_money_cell(cell.text, unit, style)
        if money is None:
            detail = t("reports.queue.no_investment")
            self.ask_at("unreadable_value", cell.text or "–", cell, detail, field=_AMOUNT)
        elif money.value is None or money.currency != "VND":
            several = len(money.readings) > 1
            reason = "ambiguous_number" if several else "unreadable_value"
            readings = money.readings if money.currency == "VND" else ()
            self.ask_at(
                reason, money.raw, cell, t(f"reports.queue.{money.why or reason}"), readings,
                field=_AMOUNT,
            )  # fmt: skip
        else:
            amount = ExtractedValue(
                _AMOUNT, format_decimal(money.value), cell.text, unit="million_vnd",
                qualifier=money.qualifier,
            )  # fmt: skip
            self.add_at(amount, cell, column.heading)

    def read_project(self, group: TableGroup) -> ProjectRow:
        """Read the rest of the row and return it whole."""
        name_raw = self._read_name()
        read_progress(self)
        forecast = self._read_forecast()
        self._read_texts()
        for key in ("note", "actual"):
            self._read_milestones(key)
        self._read_milestone_columns()
        self._question_note()
        self._read_obstacles(forecast)
        self._read_bodies()
        self._read_area()
        self._question_merged()
        location = " ".join(self.cell("location").text.split())
        communes, open_places = locate_item(
            location, self.cell("location").place, name_raw, self.geocoder, self.as_of
        )
        self.queue.extend(open_places)
        if self.table.list_columns("location") and is_dash(location) and not communes:
            self.ask("unplaced", "–", "location", t("reports.queue.no_location"))
        for part in self.row.parts:
            self._read_part(part)
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

    def _read_name(self) -> str:
        """Return the name without the lines of its cell that say something about the item."""
        lines = self.cell("name").text.split("\n")
        details = [line for line in lines[1:] if is_detail(line)]
        for line in details:
            self.ask("not_understood", line, "name", t("reports.queue.line_in_name"))
        return " ".join(" ".join(line for line in lines if line not in details).split())

    def _read_part(self, part: StitchedRow) -> None:
        """Read how far a part of the item is; its amount is never the item's."""
        name = " ".join(part.cell(self.table.name_column).text.split()) or part.mark
        reader = RowReader(self.table, part, self.geocoder, self.as_of, name)
        read_progress(reader)
        reader._read_obstacles("")
        self.values.extend(reader.values)
        self.queue.extend(reader.queue)

    def _read_forecast(self) -> str:
        text = self.cell("forecast").text
        forecast, trust = read_forecast(text)
        if forecast:
            self.add(ExtractedValue("forecast", forecast, text, confidence=trust), "forecast")
        elif not is_dash(text):
            detail = t("reports.queue.forecast")
            self.ask("unreadable_value", text, "forecast", detail, list_forecasts(text))
        return forecast

    def _read_texts(self) -> None:
        names = {"planned": "planned_work", "actual": "result_text", "request": "request_text"}
        for key, name in names.items():
            columns = self.table.list_columns(key, "")
            text = " ".join(self.cell(key).text.split())
            if not is_dash(text) and any(not column.percent for column in columns):
                self.add(ExtractedValue(name, normalise_spelling(text), text), key)
        status = find_status(self.cell("actual").text)
        if status:
            self.add(ExtractedValue("status", *status, confidence=0.8), "actual")

    def _read_milestones(self, key: str) -> None:
        for milestone in find_milestones(self.cell(key).text):
            name, qualifier = f"milestone_{milestone.kind}", milestone.qualifier
            self.add(ExtractedValue(name, milestone.when, milestone.raw, qualifier=qualifier), key)
        for words, readings in find_open_milestones(self.cell(key).text):
            self.ask("not_understood", words, key, t("reports.queue.open_time"), readings)

    def _read_milestone_columns(self) -> None:
        """Read columns whose heading names the event and whose cells say when."""
        for key, name in _MILESTONE_COLUMNS.items():
            for column in self.table.list_columns(key):
                cell = self.row.cell(column.index)
                times = list(find_times(cell.text))
                if len(times) == 1:
                    self.add_at(ExtractedValue(name, *times[0]), cell, column.heading)
                elif not is_dash(cell.text):
                    detail = t("reports.queue.open_time" if times else "reports.queue.note_unread")
                    readings = [when for when, _ in times]
                    self.ask_at("not_understood", cell.text, cell, detail, readings)

    def _question_note(self) -> None:
        """Ask about a note that gave no milestone: there the column holds little else."""
        text = self.cell("note").text
        place = self.cell("note").place
        given = {value.place for value in self.values if value.field.startswith("milestone")}
        given |= {one.place for one in self.queue if one.detail == t("reports.queue.open_time")}
        if not is_dash(text) and place not in given:
            self.ask("not_understood", text, "note", t("reports.queue.note_unread"))

    def _question_merged(self) -> None:
        """Ask about figures and results of a cell that reaches over several rows."""
        keys = {c.index: c.key for c in self.table.columns if c.state == "taken"}
        for index, above in self.row.merged.items():
            if keys.get(index) in _ASKED_IF_MERGED and not is_dash(above.text):
                detail = t("reports.queue.merged_value", heading=self.table.headings[index])
                self.ask_at("merged_value", above.text[:500], above, detail)

    def _read_obstacles(self, forecast: str) -> None:
        actual, request = self.cell("actual").text, self.cell("request").text
        for obstacle in find_obstacles(actual, request, forecast):
            self.add(obstacle, obstacle.column)
            if obstacle.column == "actual":
                self.add(_quote(obstacle), obstacle.column)
        for column in self.table.list_columns("obstacles"):
            cell = self.row.cell(column.index)
            for obstacle in find_column_obstacles(cell.text, column.topic == "clearance"):
                self.add_at(obstacle, cell, column.heading)
                self.add_at(_quote(obstacle), cell, column.heading)

    def _read_bodies(self) -> None:
        request, actual = self.cell("request").text, self.cell("actual").text
        for body in find_asked_bodies(request, self.geocoder, self.as_of):
            self.add(ExtractedValue("asked_to_act", body, request, confidence=0.9), "request")
        for body in find_assigned_bodies(actual, self.geocoder, self.as_of):
            self.add(ExtractedValue("asked_to_act", body, actual, confidence=0.8), "actual")

    def _read_area(self) -> None:
        name = self.cell("name").text
        for match in _AREA.finditer(fold_text(name)):
            qualifier = {"khoang": "about", "hon": "over", "tren": "over"}.get(
                (match[1] or "").strip(), "exact"
            )
            area = ExtractedValue(
                "area_ha", match[2].replace(",", "."), name[match.start() : match.end()],
                unit="ha", qualifier=qualifier,
            )  # fmt: skip
            self.add(area, "name")


def _quote(obstacle: ExtractedValue) -> ExtractedValue:
    """Return an obstacle in its own words, beside its category."""
    return replace(obstacle, field="obstacle_text", value=normalise_spelling(obstacle.raw))
