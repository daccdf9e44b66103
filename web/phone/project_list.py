"""What an inspector's phone is given to work with: the projects, as known now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_percent, t
from reports.model.schema import CLEARANCE_CATEGORIES
from store.column_values import iterate_rows
from store.facts.item_snapshot import build_item_snapshot
from store.facts.labels import (
    format_forecast,
    format_observation,
    get_period_label,
    translate_word,
)
from store.facts.narrowing import narrow_facts_to_user
from store.facts.selection import find_default_period
from store.facts.sources import find_sources
from store.users.permissions import is_allowed
from store.visits.quality_flags import FieldLimits, load_field_limits

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from store.facts.facts import Facts
    from store.users.users import User

SHARES: Final = ("construction", "clearance")


def build_phone_data(
    facts: Facts,
    user: User,
    points: Mapping[str, tuple[float, float]],
    *,
    limits: FieldLimits | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> dict[str, Any]:
    """Return the list that the phone keeps, as plain data.

    Only items that the user may see and record a visit of. ``points`` are the communes' label
    points (lon, lat; EPSG:4326). A claimed share is ``null`` where no report says one; its ``pct``
    is where reports say it of parts only, which its text tells.
    """
    limits = limits or load_field_limits()
    seen = narrow_facts_to_user(facts, user)
    period = find_default_period(seen)
    known = build_item_snapshot(seen, period, as_approved=False)
    allowed = known[[is_allowed(user, "visit.record", codes) for codes in known["communes"]]]
    parts = _list_parts(seen, period)
    own = {row.item: [row.lon, row.lat] for row in iterate_rows(seen.points)}
    return {
        "user": {"name": user.name, "shown": user.shown or user.name},
        "period": get_period_label(seen, period, language) if period else "",
        "limits": {
            "accuracy_m": limits.max_accuracy_m,
            "photo_mb": limits.max_photo_mb,
            "photos": limits.max_photos_per_visit,
        },
        "categories": [
            {"key": key, "label": translate_word("obstacle", key, language)}
            for key in CLEARANCE_CATEGORIES
        ],
        "communes": [
            {
                "code": row.code,
                "name": _choose_name(row, language),
                "at": _round_point(points.get(row.code)),
            }
            for row in iterate_rows(facts.communes)
        ],
        "items": [
            _build_item(seen, row, own.get(str(row["item"])), parts, language)
            for row in allowed.to_dict("records")
        ],
    }


def _choose_name(row: Any, language: str) -> str:
    return str(row.name if language == DEFAULT_LANGUAGE else row.name_en)


def _round_point(point: tuple[float, float] | None) -> list[float] | None:
    return None if point is None else [round(point[0], 6), round(point[1], 6)]


def _list_parts(facts: Facts, period: str) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
    """Return by item and share the last figures that reports up to a period give of its parts."""
    ranks = facts.observations["period"].map(facts.period_ranks)
    fields = {f"actual_{name}_pct": name for name in SHARES}
    known = facts.observations[
        facts.observations["field"].isin(fields) & (ranks <= facts.period_ranks.get(period, -1))
    ]
    parts: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for (item, field), rows in known.groupby(["item", "field"]):
        last = rows[ranks[rows.index] == ranks[rows.index].max()]
        parts[str(item), fields[str(field)]] = last.to_dict("records")
    return parts


def _build_item(
    facts: Facts,
    row: dict[Hashable, Any],
    own: list[float] | None,
    parts: Mapping[tuple[str, str], list[Mapping[str, Any]]],
    language: str,
) -> dict[str, Any]:
    return {
        "item": row["item"],
        "name": row["name"],
        "kind": translate_word("kind", row["kind"], language),
        "communes": list(row["communes"]),
        "at": own,
        "status": _format_status(row, language),
        **{
            name: _build_claim(facts, row, name, language)
            or _build_claim_of_parts(facts, parts.get((str(row["item"]), name), []), language)
            for name in SHARES
        },
    }


def _format_status(row: dict[Hashable, Any], language: str) -> str:
    """Return how an item stands in one line; '' where no report says."""
    parts = [
        translate_word("status", row["status"], language),
        format_forecast(row["forecast"], year_goal=bool(row["year_goal"]), language=language),
    ]
    parts += [translate_word("obstacle", obstacle, language) for obstacle in row["obstacles"][:1]]
    return " · ".join(part for part in parts if part)


def _build_claim(
    facts: Facts, row: dict[Hashable, Any], name: str, language: str
) -> dict[str, Any] | None:
    share = row[name]
    if pd.isna(share):
        return None
    component, basis = row[f"{name}_component"], row[f"{name}_basis"]
    notes = [component] if component else []
    if basis and not (name == "clearance" and basis == "unstated"):
        notes.append(t(f"layers.basis.{basis}", language))
    return {
        "pct": float(share),
        "text": format_percent(float(share), language),
        "note": ". ".join(notes),
        "period": get_period_label(facts, row[f"{name}_period"], language),
        "source": _format_source(facts, row[f"{name}_obs"], language),
    }


def _build_claim_of_parts(
    facts: Facts, parts: list[Mapping[str, Any]], language: str
) -> dict[str, Any] | None:
    if not parts:
        return None
    figures = (
        f"{part['component']}: {format_observation(part, language)}".removeprefix(": ")
        for part in parts
    )
    return {
        "pct": None,
        "text": "; ".join(figures),
        "note": "",
        "period": get_period_label(facts, parts[0]["period"], language),
        "source": _format_source(facts, parts[0]["obs"], language),
    }


def _format_source(facts: Facts, observation: str, language: str) -> str:
    for source in find_sources(facts, [observation]):
        return t("phone.item.source_line", language, title=source.title, line=source.line_from)
    return ""
