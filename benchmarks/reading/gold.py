"""Facts that a person took from texts: ``gold.json`` of a folder, and which texts are foreign."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from pathlib import Path

GOLD: Final = "gold.json"
_TIMES: Final = ("milestone", "works", "deadline", "established_on", "approved_on", "restarted")
_NO_COMMUNE: Final = "no commune of hải phòng"
_UNITS: Final = {"mvnd": "triệu đồng", "ha": "ha", "m2": "m2", "km": "km", "m": "m", "pct": "%"}

_READ_AS: Final[tuple[tuple[str, frozenset[str]], ...]] = tuple(
    (pattern, frozenset(fields.split()))
    for pattern, fields in (
        (r"investment_mvnd", "investment"),
        (r"equity_mvnd", "equity"),
        (r"construction_cost_mvnd", "construction_cost"),
        (r"clearance_capital_mvnd", "clearance_cost compensation"),
        (r"compensation_mvnd", "compensation clearance_cost"),
        (r"planned_disbursement_mvnd", "planned_disbursement disbursement_target"),
        (r"target_(?:mvnd|pct.*)", "disbursement_target planned_disbursement disbursed_pct"),
        (r"disbursed_mvnd", "disbursed"),
        (r"disbursed_pct.*", "disbursed_pct"),
        (r"(?:allocat|pm_plan|city_plan).*mvnd", "allocated planned_disbursement"),
        (r"fdi_musd", "money investment"),
        (r"actual_construction_pct", "construction_pct"),
        (r"actual_clearance_pct", "clearance_pct"),
        (r"occupancy_pct", "occupancy_pct"),
        (r"industrial_land_ha", "industrial_land"),
        (r"land_to_recover_ha", "land_to_clear area"),
        (r"handed_over_ha", "land_handed_over land_cleared"),
        (r".*area_(?:ha|m2)", "area land_to_clear land_cleared land_remaining land_handed_over"),
        (r"length_k?m", "length"),
        (r"households_open", "households_remaining"),
        (r"households_paid", "households_paid"),
        (r"households.*", "households households_agreed households_cleared"),
        (r"organisations", "organisations"),
        (r".*dwellings.*|target 2021.*", "dwellings"),
        (r"total|of_total|disbursement_late", ""),
        (r"milestone_start|restarted", "start status milestone"),
        (r"milestone_finish", "finish milestone"),
        (r"milestone_inauguration", "inauguration finish milestone"),
        (r"milestone_.*", "milestone finish"),
        (r"works_from_to", "works_from_to start finish"),
        (r"deadline.*", "deadline finish milestone"),
        (r"established_on", "established_on"),
        (r"approved_on", "approved_on established_on"),
        (r"duration_months", "duration_months"),
        (r"status", "status"),
        (r"obstacle", "obstacle clearance_delayed"),
        (r"clearance_delayed", "clearance_delayed obstacle"),
        (r"compensation_to_be_paid|clearance_to_finish", "asked_to_act status"),
        (r"owner", "owner lead"),
        (r"asked_to_act", "asked_to_act lead"),
    )
)

Form = Literal["number", "range", "ratio", "time", "place", "words"]


@dataclass(frozen=True)
class Fact:
    """One thing that a text says on a line, as a person read it.

    ``unit`` is that of a number; ``fields`` the statement fields that it may be read as, none for
    any. ``communes`` are codes, empty where the person gave none.
    """

    text: str
    line: int
    kind: str
    subject: str
    field: str
    value: float | str
    unit: str = ""
    communes: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    name: str = ""

    @property
    def form(self) -> Form:
        """What kind of thing the value is."""
        if self.field in {"commune", "location"}:
            return "place"
        if self.field == "of_total":
            return "ratio"
        if any(self.field.startswith(word) for word in _TIMES):
            return "time"
        if isinstance(self.value, str) and re.fullmatch(r"[\d.]+\.\.[\d.]+", self.value):
            return "range"
        return "words" if isinstance(self.value, str) else "number"


def load_facts(folder: Path) -> tuple[Fact, ...]:
    """Return the facts of a folder of texts."""
    entries = json.loads((folder / GOLD).read_text(encoding="utf-8"))
    return tuple(
        Fact(
            entry["file"],
            entry["line"],
            entry["kind"],
            entry["subject"],
            entry["field"],
            entry["value"],
            _UNITS.get(entry["field"].rsplit("_", 1)[-1], "%" if "pct" in entry["field"] else ""),
            frozenset(entry["communes"]),
            _list_fields(entry["field"]),
            entry.get("id", ""),
        )
        for entry in entries
    )


def find_foreign_texts(folder: Path) -> tuple[str, ...]:
    """Return the beginnings of the names of texts that lie in other provinces.

    The folder's README names them on one line, and the notes of facts say it of some.
    """
    entries = json.loads((folder / GOLD).read_text(encoding="utf-8"))
    found = {entry["file"] for entry in entries if _NO_COMMUNE in entry["note"].lower()}
    readme = folder / "README.md"
    for line in readme.read_text(encoding="utf-8").splitlines() if readme.exists() else ():
        if _NO_COMMUNE in line.lower():
            found |= set(re.findall(r"\b[a-z]\d\d\b", line))
    return tuple(sorted(found))


def _list_fields(field: str) -> frozenset[str]:
    return next(
        (fields for pattern, fields in _READ_AS if re.fullmatch(pattern, field)), frozenset()
    )
