"""What the reader chose to see: one frozen value, shared by map, table and figures.

``Filters`` goes into the address as a flat dict of strings and comes back from one. What comes
back was written by anybody: unknown words are dropped, long input is cut, nothing raises.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final, Literal, TypeVar, get_args

from reports.model.schema import FORECASTS, FUNDINGS, ITEM_KINDS, PHASES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Weight = Literal["investment", "count"]
ProgressMeasure = Literal["late", "actual", "planned", "misses"]
InvestmentDrawing = Literal["circles", "classes"]
ClearanceMeasure = Literal["number", "severity", "money"]

MAX_TEXT_CHARS: Final = 80
MAX_LIST_ENTRIES: Final = 120
_MAX_VALUE_CHARS: Final = 2000

NOT_REPORTED: Final = "not_reported"
"""The forecast choice for items of which the period's reports forecast nothing."""

_WEIGHTS: Final[tuple[Weight, ...]] = get_args(Weight)
_PROGRESS: Final[tuple[ProgressMeasure, ...]] = get_args(ProgressMeasure)
_CLEARANCE: Final[tuple[ClearanceMeasure, ...]] = get_args(ClearanceMeasure)
_INVESTMENT: Final[tuple[InvestmentDrawing, ...]] = get_args(InvestmentDrawing)

_Word = TypeVar("_Word", bound=str)

_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,80}")
_COMMUNE = re.compile(r"\d{5}")


@dataclass(frozen=True)
class Filters:
    """A choice of items, period and way of counting. The default chooses everything.

    An empty tuple leaves a criterion out. ``period`` '' stands for the default period. ``communes``
    are codes; ``district`` is the ``unit`` id of a former district. An item passes ``communes`` and
    ``district`` when one of its communes lies in them. ``text`` is looked for without accents or
    case in names and codes. ``items`` are codes of items. ``carry`` counts what earlier reports
    said and later ones don't repeat. ``weight``, ``progress``, ``clearance`` and ``investment``
    are how the layers count and draw.
    """

    period: str = ""
    kinds: tuple[str, ...] = ()
    fundings: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    forecasts: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    district: str = ""
    text: str = ""
    items: tuple[str, ...] = ()
    leave_out_outlier: bool = False
    carry: bool = True
    weight: Weight = "investment"
    progress: ProgressMeasure = "late"
    clearance: ClearanceMeasure = "severity"
    investment: InvestmentDrawing = "circles"

    def to_query(self) -> dict[str, str]:
        """Return what differs from the default as strings for an address, lists with commas."""
        query: dict[str, str] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value == field.default:
                continue
            if isinstance(value, tuple):
                query[field.name] = ",".join(value)
            elif isinstance(value, bool):
                query[field.name] = "1" if value else "0"
            else:
                query[field.name] = value
        return query

    def with_changes(self, **changes: object) -> Filters:
        """Return these filters with some fields replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]


def filters_from_query(query: Mapping[str, object]) -> Filters:
    """Return the filters that a dict of strings describes, whatever it holds.

    Keys that are no field are left alone (an address holds other things too); values that are not
    allowed are dropped. Never raises. Codes of communes, districts and periods are checked for
    their form only: one that does not exist selects nothing, or falls back to the default period.
    """
    values = {
        key: _clean_value(query.get(key)) for key in (field.name for field in fields(Filters))
    }
    default = Filters()
    return Filters(
        period=_match_pattern(values["period"], _CODE),
        kinds=_parse_words(values["kinds"], ITEM_KINDS),
        fundings=_parse_words(values["fundings"], FUNDINGS),
        phases=_parse_words(values["phases"], PHASES),
        forecasts=_parse_words(values["forecasts"], (*FORECASTS, NOT_REPORTED)),
        statuses=_parse_words(values["statuses"], STATUSES),
        communes=_parse_codes(values["communes"]),
        district=_match_pattern(values["district"], _CODE),
        text=" ".join(values["text"].split())[:MAX_TEXT_CHARS].strip(),
        items=_parse_items(values["items"]),
        leave_out_outlier=_parse_flag(values["leave_out_outlier"], default.leave_out_outlier),
        carry=_parse_flag(values["carry"], default.carry),
        weight=_parse_choice(values["weight"], _WEIGHTS, default.weight),
        progress=_parse_choice(values["progress"], _PROGRESS, default.progress),
        clearance=_parse_choice(values["clearance"], _CLEARANCE, default.clearance),
        investment=_parse_choice(values["investment"], _INVESTMENT, default.investment),
    )


def _clean_value(value: object) -> str:
    if isinstance(value, list | tuple):
        value = value[-1] if value else ""
    if not isinstance(value, str):
        return ""
    cleaned_text = "".join(
        " " if unicodedata.category(letter)[0] in "CZ" else letter
        for letter in value[:_MAX_VALUE_CHARS]
    )
    return unicodedata.normalize("NFC", cleaned_text).strip()


def _match_pattern(value: str, pattern: re.Pattern[str]) -> str:
    return value if pattern.fullmatch(value) else ""


def _parse_words(value: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """Return the allowed words among those with commas between them, each once, in our order."""
    parts = {part.strip() for part in value.split(",")}
    return tuple(word for word in allowed if word in parts)


def _parse_codes(value: str) -> tuple[str, ...]:
    parts = {part.strip() for part in value.split(",")}
    return tuple(sorted(code for code in parts if _COMMUNE.fullmatch(code)))[:MAX_LIST_ENTRIES]


def _parse_items(value: str) -> tuple[str, ...]:
    parts = {part.strip() for part in value.split(",")}
    return tuple(sorted(code for code in parts if _CODE.fullmatch(code)))[:MAX_LIST_ENTRIES]


def _parse_flag(value: str, default: bool) -> bool:
    return {"1": True, "0": False}.get(value, default)


def _parse_choice(value: str, allowed: tuple[_Word, ...], default: _Word) -> _Word:
    return next((word for word in allowed if word == value), default)
