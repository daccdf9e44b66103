"""What an inspector's phone is given to work with: the projects, as known now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, percent, t
from reports.model.schema import CLEARANCE_CATEGORIES
from store.facts.facts import default_period, facts_for
from store.facts.item_snapshot import known_at
from store.facts.labels import period_label, word
from store.facts.sources import sources_of
from store.users.permissions import may
from store.visits.quality_flags import FieldLimits, field_limits

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from store.facts.facts import Facts
    from store.users.users import User

SHARES: Final = ("construction", "clearance")


def phone_data(
    facts: Facts,
    user: User,
    points: Mapping[str, tuple[float, float]],
    *,
    limits: FieldLimits | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> dict[str, Any]:
    """Return the list that the phone keeps, as plain data.

    Only items that the user may see and record a visit of. ``points`` are the communes' label
    points (lon, lat; EPSG:4326). A claimed share is ``null`` where no report says one.
    """
    limits = limits or field_limits()
    seen = facts_for(facts, user)
    period = default_period(seen)
    known = known_at(seen, period)
    mine = known[[may(user, "visit.record", codes) for codes in known["communes"]]]
    own = {row.item: [row.lon, row.lat] for row in seen.points.itertuples(index=False)}
    return {
        "user": {"name": user.name, "shown": user.shown or user.name},
        "period": period_label(seen, period, language) if period else "",
        "limits": {
            "accuracy_m": limits.max_accuracy_m,
            "photo_mb": limits.max_photo_mb,
            "photos": limits.max_photos_per_visit,
        },
        "categories": [
            {"key": key, "label": word("obstacle", key, language)} for key in CLEARANCE_CATEGORIES
        ],
        "communes": [
            {"code": row.code, "name": _name(row, language), "at": _point(points.get(row.code))}
            for row in facts.communes.itertuples(index=False)
        ],
        "items": [
            _item(seen, row, own.get(str(row["item"])), language) for row in mine.to_dict("records")
        ],
    }


def _name(row: Any, language: str) -> str:
    return str(row.name if language == DEFAULT_LANGUAGE else row.name_en)


def _point(point: tuple[float, float] | None) -> list[float] | None:
    return None if point is None else [round(point[0], 6), round(point[1], 6)]


def _item(
    facts: Facts, row: dict[Hashable, Any], own: list[float] | None, language: str
) -> dict[str, Any]:
    return {
        "item": row["item"],
        "name": row["name"],
        "kind": word("kind", row["kind"], language),
        "communes": list(row["communes"]),
        "at": own,
        "status": _status(row, language),
        **{name: _claim(facts, row, name, language) for name in SHARES},
    }


def _status(row: dict[Hashable, Any], language: str) -> str:
    """Return how an item stands in one line; '' where no report says."""
    told = [word("status", row["status"], language), word("forecast", row["forecast"], language)]
    told += [word("obstacle", one, language) for one in row["obstacles"][:1]]
    return " · ".join(part for part in told if part)


def _claim(
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
        "text": percent(float(share), language),
        "note": ". ".join(notes),
        "period": period_label(facts, row[f"{name}_period"], language),
        "source": _source(facts, row[f"{name}_obs"], language),
    }


def _source(facts: Facts, observation: str, language: str) -> str:
    for source in sources_of(facts, [observation]):
        return t("phone.item.source_line", language, title=source.title, line=source.line_from)
    return ""
