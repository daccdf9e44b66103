"""Visits as a page shows them: what was claimed and seen, flags, photos, where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_number, format_percent, t
from layers.tables.claimed_vs_observed import classify_gap, list_gaps_of_visit
from store.facts.facts import find_default_period
from store.facts.labels import format_quantity
from store.facts.visit_clock import sort_newest_first
from store.facts_cache import cache_on_facts
from store.visits.quality_flags import find_quality_flags
from store.visits.read import read_conflicting_visits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.facts.facts import Facts
    from store.users.users import User


@dataclass(frozen=True)
class GapLine:
    """One measure of a visit in words: claimed against observed."""

    measure: str
    label: str
    claimed: str
    claimed_from: str
    observed: str
    gap: str
    level: str
    flagged: bool
    age_days: int | None = None
    visit: str = ""
    at: str = ""


@dataclass(frozen=True)
class VisitPhoto:
    """A photo of a visit: its id, its caption, the moment that its file says ('' for none)."""

    photo: str
    note: str
    taken: str


@dataclass(frozen=True)
class VisitRow:
    """One visit: texts in the reader's language, ``at`` an ISO moment in UTC.

    ``flags`` are sentences on what to mind; ``flagged`` says that there is any, or a gap.
    """

    visit: str
    item: str
    name: str
    inspector: str
    at: str
    source: str
    gaps: tuple[GapLine, ...]
    flags: tuple[str, ...]
    photos: tuple[VisitPhoto, ...]
    works: str
    note: str
    problem: str
    lon: float | None
    lat: float | None
    accuracy: str
    communes: tuple[str, ...]

    @property
    def has_flagged_gap(self) -> bool:
        """Whether a gap of the visit is flagged."""
        return any(one.flagged for one in self.gaps)

    @property
    def flagged(self) -> bool:
        """Whether there is anything to mind."""
        return bool(self.flags) or self.has_flagged_gap


@dataclass(frozen=True)
class ConflictingVisit:
    """A conflicting visit: ``number`` settles it, ``why`` is ``differs`` or ``item_gone``."""

    number: int
    why: str
    row: VisitRow


@cache_on_facts(most=16)
def list_visits(
    facts: Facts, item: str = "", *, language: str = DEFAULT_LANGUAGE
) -> tuple[VisitRow, ...]:
    """Return the visits of an item (of all, for ''), the latest first."""
    visits = facts.visits if not item else facts.visits[facts.visits["item"] == item]
    visits = sort_newest_first(visits)
    photos = _list_photos(facts)
    desk = _load_context(facts, language)
    return tuple(
        _build_row(desk, one, photos.get(str(one["visit"]), ()))
        for one in visits.to_dict("records")
    )


def list_conflicting_visits(
    facts: Facts, user: User, *, language: str = DEFAULT_LANGUAGE
) -> tuple[ConflictingVisit, ...]:
    """Return the conflicting visits that are not resolved, the newest first.

    Raises ``NotAllowedError`` for who may not settle them.
    """
    desk = _load_context(facts, language)
    rows = []
    for one in read_conflicting_visits(user):
        photos = tuple(VisitPhoto(shot.photo, shot.note, shot.taken) for shot in one.photos)
        rows.append(ConflictingVisit(one.number, one.why, _build_row(desk, vars(one), photos)))
    return tuple(rows)


def list_gap_lines(
    frame: pd.DataFrame, item: str, *, language: str = DEFAULT_LANGUAGE
) -> tuple[GapLine, ...]:
    """Return the lines of an item in a frame of gaps (``visit_gaps``)."""
    mine = frame[frame["item"] == item].to_dict("records")
    return tuple(_build_gap_line(row, language) for row in mine)


@dataclass(frozen=True, eq=False)
class _VisitContext:
    """What every row needs of the facts: names and communes of items, the period of claims."""

    facts: Facts
    names: Mapping[str, str]
    codes: dict[Any, tuple[str, ...]]
    period: str
    language: str


def _load_context(facts: Facts, language: str) -> _VisitContext:
    return _VisitContext(
        facts,
        facts.item_names,
        facts.places.groupby("item")["commune"].agg(tuple).to_dict(),
        find_default_period(facts),
        language,
    )


def _build_row(
    desk: _VisitContext, one: Mapping[Any, Any], photos: tuple[VisitPhoto, ...]
) -> VisitRow:
    language = desk.language
    item = str(one["item"])
    communes = tuple(desk.codes.get(item, ()))
    there = item in desk.names
    flags = find_quality_flags(one, communes, item_gone=not there)
    accuracy = one["accuracy_m"]
    return VisitRow(
        visit=str(one["visit"]),
        item=item,
        name=desk.names.get(item, item),
        inspector=str(one["inspector"]),
        at=str(one["at"]),
        source=t(f"field.source.{one['source']}", language),
        gaps=tuple(
            _build_gap_line(row, language)
            for row in list_gaps_of_visit(desk.facts, one, desk.period)
        ),
        flags=tuple(
            t(f"phone.flag.{flag.flag}", language, **_format_numbers(flag.values(), language))
            for flag in flags
        ),
        photos=photos,
        works=str(one["works"]),
        note=str(one["note"]),
        problem=str(one["problem"]),
        lon=_to_float(one["lon"]),
        lat=_to_float(one["lat"]),
        accuracy=""
        if pd.isna(accuracy)
        else t("field.visit.accuracy", language, metres=format_number(accuracy, 0, language)),
        communes=communes,
    )


def _build_gap_line(row: Mapping[Any, Any], language: str) -> GapLine:
    measure = str(row["measure"])
    unknown = t("layers.value.unknown", language)
    known = not pd.isna(row["gap"])
    return GapLine(
        measure=measure,
        label=t(f"field.measure.{measure}", language),
        claimed=unknown
        if pd.isna(row["claimed"])
        else _format_amount(measure, row["claimed"], language),
        claimed_from=t(f"field.claimed.{row['claimed_from'] or 'nobody'}", language),
        observed=_format_amount(measure, row["observed"], language),
        gap=_format_gap(measure, row, language) if known else unknown,
        level=classify_gap(row["points"]),
        flagged=bool(row["flagged"]),
        age_days=None if pd.isna(row["age_days"]) else int(row["age_days"]),
        visit=str(row["visit"]),
        at=str(row["at"]),
    )


def _format_amount(measure: str, value: float, language: str) -> str:
    if measure == "handed":
        return t("field.visit.hectares", language, area=format_quantity(float(value), language))
    return format_percent(float(value), language)


def _format_gap(measure: str, row: Mapping[Any, Any], language: str) -> str:
    gap = float(row["gap"])
    word = "less" if gap > 0 else "more" if gap < 0 else "same"
    size = abs(gap)
    text = (
        format_quantity(size, language) if measure == "handed" else format_number(size, 1, language)
    )
    unit = "hectares" if measure == "handed" else "points"
    amount = t(f"field.gap.{unit}", language, amount=text)
    return t(f"field.gap.{word}", language, amount=amount)


def _list_photos(facts: Facts) -> dict[str, tuple[VisitPhoto, ...]]:
    found: dict[str, tuple[VisitPhoto, ...]] = {}
    for row in facts.photos.itertuples(index=False):
        one = VisitPhoto(str(row.photo), str(row.note), str(row.taken))
        found[str(row.visit)] = (*found.get(str(row.visit), ()), one)
    return found


def _format_numbers(values: Mapping[str, float], language: str) -> dict[str, str]:
    return {name: format_number(value, 0, language) for name, value in values.items()}


def _to_float(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
