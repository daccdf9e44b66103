"""What the sample report says: the curated facts of a period, in the layout of the official one.

The words of the cells are those that ``data/facts`` quotes from the real report; the sentences
around them are the program's own. Nothing is added: a cell without a quotation stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from geo.i18n import format_date, format_number, t
from geo.paths import DATA
from reports.facts_files.curated import read_curated
from reports.facts_files.excel_template import COLUMNS

if TYPE_CHECKING:
    import pandas as pd

    from reports.facts_files.curated import CuratedFacts

PERIOD: Final = "2026-Q1"
KIND: Final = "key_project"
_CELLS: Final = {
    "planned": "Dự kiến đến hết Quý I",
    "actual": "Tóm tắt kết quả, khó khăn vướng mắc",
    "forecast": "Dự báo khả năng hoàn thành mục tiêu quý",
    "request": "Kiến nghị, đề xuất",
    "note": "Ghi chú",
}
"""Columns of the table by the name that ``data/facts`` gives their cells."""

_WHOLE_TEXT: Final = frozenset({"planned_work", "result_text", "request_text", "obstacle_text"})
_CUT: Final = re.compile(r"\s*\[…\]\s*")


@dataclass(frozen=True)
class SampleReport:
    """The sample: its head, sentences, and the table of key projects (rows of nine cells)."""

    kind: str
    title: str
    notice: str
    issuer: str
    dated: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    annex: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def paragraphs(self) -> tuple[str, ...]:
        """Return all paragraphs before the annex, in order."""
        body = tuple(text for title, texts in self.sections for text in (title, *texts))
        return (self.issuer, self.dated, self.kind, self.title, self.notice, *body)


def make_sample(facts: CuratedFacts | None = None) -> SampleReport:
    """Return the sample report of the curated facts, by default those of ``data/facts``."""
    facts = facts or read_curated(DATA / "facts")
    period = facts.periods.set_index("period").loc[PERIOD]
    rows = _build_rows(facts)
    return SampleReport(
        kind=t("reports.sample.kind"),
        title=t("reports.sample.title"),
        notice=t("reports.sample.notice"),
        issuer=t("reports.sample.issuer"),
        dated=t("reports.sample.dated", day=format_date(date.fromisoformat(period["as_of"]))),
        sections=(
            (t("reports.sample.progress"), _write_progress(facts)),
            (t("reports.sample.clearance"), _write_clearance(facts)),
        ),
        annex=t("reports.sample.annex"),
        headings=tuple(t(f"reports.template.{column}") for column in COLUMNS),
        rows=rows,
    )


def _build_rows(facts: CuratedFacts) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the table, with a row before each phase and each source of funds."""
    items = facts.items[(facts.items["kind"] == KIND) & (facts.items["group"] != "")]
    statements = facts.observations[facts.observations["period"] == PERIOD]
    statements = statements[statements["item"].isin(items["item"])]
    quoted = dict(tuple(statements.groupby("item")))
    places = {item: _join_unique(rows["raw"]) for item, rows in facts.places.groupby("item")}
    rows = [_make_heading_row("", t("reports.sample.all", count=f"{len(items):02}"))]
    for phase, of_phase in items.groupby("phase", sort=False):
        roman = str(of_phase["group"].iloc[0]).partition(".")[0]
        name = t(f"reports.sample.phase_{phase}", count=f"{len(of_phase):02}")
        rows.append(_make_heading_row(roman, name))
        for group, of_group in of_phase.groupby("group", sort=False):
            funding = of_group["funding"].iloc[0]
            name = t(f"reports.sample.funding_{funding}", count=f"{len(of_group):02}")
            rows.append(_make_heading_row(str(group), name))
            rows += [
                _make_row(item, quoted.get(item["item"]), places.get(item["item"], ""))
                for item in of_group.to_dict("records")
            ]
    return tuple(rows)


def _make_heading_row(no: str, name: str) -> tuple[str, ...]:
    return (no, name, *[""] * (len(COLUMNS) - 2))


def _make_row(
    item: dict[str, str], statements: pd.DataFrame | None, places: str
) -> tuple[str, ...]:
    cells = {"no": str(item["no"]), "name": item["name"], "location": places}
    if statements is not None:
        amounts = statements.loc[statements["field"] == "investment_mvnd", "value"]
        cells["investment"] = format_number(float(amounts.iloc[0])) if len(amounts) else ""
        for column, cell in _CELLS.items():
            cells[column] = _join_quotations(statements[statements["cell"] == cell])
    return tuple(cells.get(column, "") for column in COLUMNS)


def _join_quotations(statements: pd.DataFrame) -> str:
    """Return the words of a cell: the longest quotations, none that another one holds."""
    whole = statements[statements["field"].isin(_WHOLE_TEXT)]
    texts = sorted(
        {_CUT.sub(" ", text).strip() for text in statements["raw"]}, key=len, reverse=True
    )
    order = [_CUT.sub(" ", text).strip() for text in (*whole["raw"], *statements["raw"])]
    quotations = [
        text
        for text in texts
        if text and not any(text != other and text in other for other in texts)
    ]
    return ". ".join(sorted(quotations, key=order.index))


def _join_unique(texts: pd.Series) -> str:
    return ", ".join(dict.fromkeys(text for text in texts if text))


def _write_progress(facts: CuratedFacts) -> tuple[str, ...]:
    counts = facts.indicators
    counts = counts[(counts["period"] == PERIOD) & (counts["subject"] == "key_projects")]
    missing = counts[counts["measure"] == "misses_goal"]
    return tuple(
        t("reports.sample.misses", count=f"{int(row['value'])}", total=f"{int(row['total'])}")
        for row in missing.to_dict("records")
    )


def _write_clearance(facts: CuratedFacts) -> tuple[str, ...]:
    statements = facts.clearance[
        (facts.clearance["period"] == PERIOD) & (facts.clearance["item"] != "")
    ]
    names = facts.items.set_index("item")["name"]
    return tuple(
        t("reports.sample.problem", name=names[row["item"]], statement=row["statement"])
        for row in statements.to_dict("records")
    )
