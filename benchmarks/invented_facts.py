"""A folder of facts with so many items over so many periods, all invented, the same every time.

Names, figures and documents here are of no real project: they only have the shapes that reports
have, so that programs have as much to do as with as many real ones.
"""

from __future__ import annotations

import csv
import random
import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.boundaries.layer import load_communes
from reports.facts_files.table_schemas import TABLES
from reports.model.schema import CLEARANCE_CATEGORIES, FORECASTS, FUNDINGS, ITEM_KINDS, PHASES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATA: Final = Path(__file__).resolve().parents[1] / "data"
SEED: Final = 12
FIRST_YEAR: Final = 2024
QUARTER_STARTS: Final = ("01-01", "04-01", "07-01", "10-01")
QUARTER_ENDS: Final = ("03-31", "06-30", "09-30", "12-31")
STATUSES: Final = ("preparing", "approved", "started", "under_construction", "inaugurated")
CHAPTER: Final = "invented"

Row = dict[str, object]


@dataclass(frozen=True)
class Quarter:
    """A period: its code (``2024-Q1``), days, and the document that speaks of it."""

    code: str
    start: str
    end: str
    doc: str


def write_invented_data(folder: Path, items: int, periods: int) -> Path:
    """Write a data folder (``data/`` with other facts) to ``folder``; return it."""
    target = folder / "data"
    copy_dictionaries(target)
    facts = target / "facts"
    (facts / CHAPTER).mkdir(parents=True)
    for name, rows in iterate_tables(items, periods):
        _write(facts, name, rows)
    for table in TABLES:
        if not TABLES[table].per_chapter and not (facts / TABLES[table].file).exists():
            _write(facts, table, ())
    return target


def copy_dictionaries(target: Path) -> None:
    """Copy what ``data/`` has besides facts, as it is now, to a data folder that may be there."""
    shutil.copytree(DATA, target, ignore=shutil.ignore_patterns("facts"), dirs_exist_ok=True)


def iterate_tables(items: int, periods: int) -> Iterator[tuple[str, Iterator[Row]]]:
    """Return the names of the tables that are invented, each with its rows as they are made."""
    quarters = list_quarters(periods)
    codes = [f"INV-{number:06}" for number in range(items)]
    yield "periods", (_make_period(quarter) for quarter in quarters)
    yield "documents", (_make_document(quarter) for quarter in quarters)
    yield "items", (_make_item(code) for code in codes)
    yield "places", (row for code in codes for row in _list_places(code))
    yield "observations", (row for code in codes for row in _list_values(code, quarters))
    yield "clearance", _list_problems(codes, quarters)


def list_quarters(count: int) -> list[Quarter]:
    """Return so many quarters, the first of 2024 first."""
    quarters = []
    for number in range(count):
        year, part = FIRST_YEAR + number // 4, number % 4
        code = f"{year}-Q{part + 1}"
        days = f"{year}-{QUARTER_STARTS[part]}", f"{year}-{QUARTER_ENDS[part]}"
        quarters.append(Quarter(code, *days, f"invented-{code.lower()}"))
    return quarters


def _make_period(quarter: Quarter) -> Row:
    year, part = quarter.code.split("-Q")
    names = {"label_vi": f"Quý {part}/{year}", "label_en": f"Quarter {part} of {year}"}
    return {"period": quarter.code, "start": quarter.start, "as_of": quarter.end, **names}


def _make_document(quarter: Quarter) -> Row:
    return {
        "doc": quarter.doc,
        "title": f"Invented report on {quarter.code}",
        "as_of": quarter.end,
        "period": quarter.code,
        "status": "final",
    }


def _make_item(code: str) -> Row:
    chance = random.Random(f"{SEED} item {code}")  # noqa: S311
    name = f"Dự án {code} đoạn {chance.randrange(900)} tuyến {chance.randrange(90)}"
    return {
        "item": code,
        "kind": chance.choice(ITEM_KINDS),
        "name": name,
        "name_raw": name,
        "funding": chance.choice(FUNDINGS),
        "phase": chance.choice(PHASES),
    }


def _list_places(code: str) -> Iterator[Row]:
    chance = random.Random(f"{SEED} place {code}")  # noqa: S311
    for commune in chance.sample(_list_communes(), chance.choice((1, 1, 1, 1, 2, 3))):
        yield {"item": code, "commune": commune, "how": "stated", "certainty": "certain"}


@lru_cache
def _list_communes() -> tuple[str, ...]:
    return tuple(load_communes().index)


def _list_values(code: str, quarters: list[Quarter]) -> Iterator[Row]:
    chance = random.Random(f"{SEED} values {code}")  # noqa: S311
    share = chance.uniform(0, 40)
    year = FIRST_YEAR + chance.randrange(1, 8)
    for number, quarter in enumerate(quarters):
        said: list[tuple[str, object]] = []
        if number == 0 or chance.random() < 0.02:
            said.append(("investment_mvnd", round(chance.lognormvariate(12, 1.3))))
        if number == 0 or chance.random() < 0.05:
            said.append(("milestone_finish", f"{year + (number > 0)}-Q{chance.randrange(1, 5)}"))
        if number == 0 or chance.random() < 0.1:
            said.append(("status", STATUSES[min(int(share // 20), 4)]))
        if chance.random() < 0.5:
            share = min(share + chance.uniform(0, 9), 100)
            said.append(("actual_construction_pct", round(share, 1)))
            said.append(("planned_construction_pct", round(min(share + 4, 100), 1)))
            said.append(("forecast", chance.choice(FORECASTS)))
        if chance.random() < 0.2:
            said.append(("planned_work", f"Thi công đoạn {chance.randrange(99)} của {code}"))
        if chance.random() < 0.05:
            said.append(("asked_to_act", f"Sở số {chance.randrange(12)}"))
        line = int(code[-6:]) + 1
        for field, value in said:
            share_field = field.endswith("_pct")
            yield {
                "item": code,
                "period": quarter.code,
                "doc": quarter.doc,
                "line_from": line,
                "line_to": line,
                "field": field,
                "value": value,
                "unit": "percent" if share_field else "",
                "basis": "contract_value" if share_field else "",
                "qualifier": "exact" if share_field else "",
                "raw": f"{code} {quarter.code}: {field} {value}",
            }


def _list_problems(codes: list[str], quarters: list[Quarter]) -> Iterator[Row]:
    number = 0
    for code in codes:
        chance = random.Random(f"{SEED} clearance {code}")  # noqa: S311
        commune = next(_list_places(code))["commune"]
        for quarter in quarters if chance.random() < 0.2 else ():
            if chance.random() < 0.4:
                number += 1
                yield {
                    "clearance": f"CL-{number:06}",
                    "period": quarter.code,
                    "doc": quarter.doc,
                    "line_from": number,
                    "line_to": number,
                    "commune": commune,
                    "item": code,
                    "category": chance.choice(CLEARANCE_CATEGORIES),
                    "statement": f"{code}: vướng mặt bằng ({number})",
                    "raw": f"{code} vướng mặt bằng",
                    "area_ha": round(chance.uniform(0.1, 30), 2),
                }


def _write(facts: Path, table: str, rows: Iterable[Row]) -> None:
    schema = TABLES[table]
    folder = facts / CHAPTER if schema.per_chapter else facts
    with (folder / schema.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, schema.header, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)
