"""The export as a project package of OC4IDS 0.9.5: one project per item, nothing invented.

What the standard has no place for, or the reports do not state, is left out. Delay is told by
milestones (what was due before, whether it was met) and forecasts (the quarter's goal): the
standard's list of statuses has none. What lists of the standard lack, and leave open, is added:
``VN-DVHC`` (the five-digit codes of Vietnam's communes), the metrics ``landClearance``,
``quantityDone`` and ``quarterGoal``, the role ``askedToAct``.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import uuid
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.i18n import t
from store.db.errors import ExportError
from store.exports.formats.oc4ids_codes import STATUS, classify_project_type, classify_sectors
from store.exports.formats.oc4ids_progress import (
    FORECASTS,
    METRICS,
    format_moment,
    make_metrics,
    make_milestones,
    map_period_days,
)
from store.exports.tables.columns import format_commune_names, format_sources
from store.exports.tables.statements import select_observations
from store.exports.tables.table import frame_to_records, strip_unsafe_characters
from store.facts.commune_shares import VND_PER_MVND
from store.facts.labels import translate_word
from store.facts.sources import find_sources
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.exports.tables.content import ExportContent
    from store.facts.facts import Facts

VERSION: Final = "0.9"
PREFIX: Final = "oc4ids-hpmap0"
"""A prefix of this program's own, in the standard's form and not registered with its makers."""

GAZETTEER: Final = "VN-DVHC"
CURRENCY: Final = "VND"
ASKED: Final = "askedToAct"
TOLD: Final = frozenset(
    {"period", "period_id", "as_of", "filters", "items", "made_at", "made_by", "program",
     "facts_version"}
)  # fmt: skip
"""What every project says of the file it comes in."""

_PREFIX: Final = re.compile(r"oc4ids-[a-z0-9]{6}")

Json = dict[str, Any]


def to_oc4ids(content: ExportContent) -> bytes:
    """Return a project package as JSON.

    Raises ``ExportError`` when the filters keep no project, for the standard has no empty package,
    and when ``HPMAP_OC4IDS_PREFIX`` is no prefix.
    """
    if not content.rows:
        raise ExportError(t("exports.fault.no_projects", content.language))
    prefix = _get_prefix(content.language)
    seen: dict[str, list[Json]] = {}
    for row in frame_to_records(select_observations(content)):
        cleaned_row = {
            key: strip_unsafe_characters(value) if isinstance(value, str) else value
            for key, value in row.items()
        }
        seen.setdefault(cleaned_row["item"], []).append(cleaned_row)
    items = frame_to_records(content.selection.items.sort_values("item"))
    names = [str(item["item"]) for item in items]
    package = {
        "uri": _make_uri(content, names),
        "version": VERSION,
        "publishedDate": content.at.isoformat(),
        "publisher": {"name": _get_publisher(content.language)},
        "projects": [
            _make_project(content, prefix, item, seen.get(str(item["item"]), []))
            for item in items
        ],
    }  # fmt: skip
    text = json.dumps(_drop_unknown(package), ensure_ascii=False, allow_nan=False, indent=1)
    return f"{text}\n".encode()


def _make_project(content: ExportContent, prefix: str, item: Json, rows: list[Json]) -> Json:
    language = content.language
    name = strip_unsafe_characters(item["name"]).strip() or item["item"]
    kind = translate_word("kind", item["kind"], language)
    status = translate_word("status", item["status"], language)
    note = strip_unsafe_characters(item["note"])
    return {
        "id": f"{prefix}-{item['item']}",
        "updated": format_moment(_find_last_day(content, rows)),
        "language": language,
        "identifiers": [{"id": item["item"], "scheme": "hpmap"}],
        "title": name,
        "description": ". ".join(part.rstrip(".") for part in (kind, status, note) if part),
        "status": STATUS.get(item["status"]),
        "type": classify_project_type(name[:300]),
        "sector": classify_sectors(item["kind"], name[:300]),
        "locations": _make_locations(content, item),
        "budget": _make_budget(content, item),
        "parties": [
            {"id": _make_local_id(body), "name": body, "roles": [ASKED]}
            for body in dict.fromkeys(map(strip_unsafe_characters, item["asked_to_act"]))
            if body.strip()
        ],
        "forecasts": make_metrics(content, rows, FORECASTS),
        "metrics": make_metrics(content, rows, METRICS),
        "milestones": make_milestones(content, item["status"], rows),
        "documents": _make_documents(content, item, rows),
    }


def _make_locations(content: ExportContent, item: Json) -> list[Json]:
    """Return the item's communes as entries of a gazetteer, and its own point where one is known.

    The middle of a commune is not given: it says nothing of where the project lies.
    """
    locations: list[Json] = [
        {
            "id": code,
            "description": format_commune_names(content.facts, [code]),
            "gazetteer": {"scheme": GAZETTEER, "identifiers": [code]},
        }
        for code in item["communes"]
    ]
    row = _map_points(content.facts).get(item["item"])
    if row:
        geometry = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
        description = t(f"exports.point.{row['how']}", content.language)
        locations.append({"id": "point", "description": description, "geometry": geometry})
    return locations


def _make_budget(content: ExportContent, item: Json) -> Json | None:
    if pd.isna(item["investment_mvnd"]):
        return None
    amount = int(item["investment_mvnd"]) * VND_PER_MVND
    sources = find_sources(content.facts, [item["investment_mvnd_obs"]])
    source = format_sources(sources, content.language)
    description = t("exports.oc4ids.budget", content.language, source=source)
    return {"description": description, "amount": {"amount": amount, "currency": CURRENCY}}


def _make_documents(content: ExportContent, item: Json, rows: list[Json]) -> list[Json]:
    """Return the documents that speak of the item, and what this file says of itself."""
    cited = {row["doc"] for row in rows} | _map_placing_documents(content.facts).get(
        item["item"], set()
    )
    documents: list[Json] = [
        {
            "id": row["doc"],
            "title": strip_unsafe_characters(row["title"]),
            "description": t(
                "exports.oc4ids.document",
                content.language,
                status=t(f"exports.doc_status.{row['status']}", content.language),
                sha256=row["sha256"] or "–",
            ),
            "datePublished": format_moment(row["issued"]),
            "author": strip_unsafe_characters(row["issuer"]),
            "language": "vi",
        }
        for row in _list_documents(content.facts)
        if row["doc"] in cited
    ]
    about = "\n".join(
        f"{entry.label}: {entry.value}" for entry in content.about if entry.key in TOLD
    )
    rules = t("exports.oc4ids.rules", content.language)
    title = t("exports.file.about", content.language)
    documents.append({"id": "about-this-file", "title": title, "description": f"{about}\n{rules}"})
    return documents


def _find_last_day(content: ExportContent, rows: list[Json]) -> str:
    """Return the day as of which a report last spoke of the item; '' where none did."""
    days = map_period_days(content.facts)
    return max((days[row["period"]][1] for row in rows), default="")


@cache_on_facts()
def _list_documents(facts: Facts) -> list[Json]:
    return frame_to_records(facts.documents)


@cache_on_facts()
def _map_points(facts: Facts) -> dict[str, Json]:
    return {str(row["item"]): dict(row) for row in facts.points.to_dict("records")}


@cache_on_facts()
def _map_placing_documents(facts: Facts) -> dict[str, set[str]]:
    """Return the documents that place every item."""
    named = facts.places[facts.places["doc"] != ""]
    return {str(item): set(docs) for item, docs in named.groupby("item")["doc"]}


def _get_prefix(language: str) -> str:
    given = os.environ.get("HPMAP_OC4IDS_PREFIX", "").strip() or PREFIX
    if not _PREFIX.fullmatch(given):
        raise ExportError(t("exports.fault.prefix", language, given=given[:40]))
    return given


def _get_publisher(language: str) -> str:
    given = strip_unsafe_characters(os.environ.get("HPMAP_PUBLISHER", "")).strip()
    return given[:200] or t("exports.oc4ids.publisher", language)


def _make_uri(content: ExportContent, items: list[str]) -> str:
    """Return a name of this package that no other has."""
    parts = [content.facts.version, content.at.isoformat(), content.user, content.language, *items]
    parts.append(json.dumps(content.filters.to_query(), sort_keys=True))
    return uuid.uuid5(uuid.NAMESPACE_OID, "\n".join(parts)).urn


def _make_local_id(name: str) -> str:
    return f"hpmap-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _drop_unknown(value: Any) -> Any:
    """Return a value without what is unknown: the standard wants it left out whole."""
    if isinstance(value, dict):
        return _drop_unknown_members(value)
    if isinstance(value, list):
        return [member for member in map(_drop_unknown, value) if not _is_empty(member)]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _drop_unknown_members(value: Mapping[str, Any]) -> Json:
    members = {key: _drop_unknown(member) for key, member in value.items()}
    return {key: member for key, member in members.items() if not _is_empty(member)}


def _is_empty(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or value in ([], {})
