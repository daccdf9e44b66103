"""One function that makes an export: the pages and the command line both call it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo import clock
from geo.i18n import DEFAULT_LANGUAGE, t
from store.db.database import writing
from store.db.errors import ExportError
from store.event_log import log_event
from store.exports.audit_notes import record_files
from store.exports.child_process import MOST_SECONDS, run_in_child
from store.exports.file_options import DEFAULT_OPTIONS, FileOptions
from store.exports.formats.csv_zip import to_csv
from store.exports.formats.geojson import to_geojson
from store.exports.formats.gpkg import to_gpkg
from store.exports.formats.oc4ids import to_oc4ids
from store.exports.formats.xlsx import to_xlsx
from store.exports.tables.content import ExportContent, make_content
from store.facts.facts import load_facts
from store.facts.narrowing import narrow_facts_to_user
from store.facts.selection import resolve_period
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.users.users import User


@dataclass(frozen=True)
class ExportFormat:
    """How a format is called in a file's name and by a browser, and what writes it."""

    ending: str
    mime: str
    write: Callable[[ExportContent], bytes]


FORMATS: Final[dict[str, ExportFormat]] = {
    "xlsx": ExportFormat(
        ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx
    ),
    "csv": ExportFormat("-csv.zip", "application/zip", to_csv),
    "geojson": ExportFormat("-geojson.zip", "application/zip", to_geojson),
    "gpkg": ExportFormat(".gpkg", "application/geopackage+sqlite3", to_gpkg),
    "oc4ids": ExportFormat("-oc4ids.json", "application/json", to_oc4ids),
}
"""The formats by the word that names them."""


@dataclass(frozen=True)
class ExportFile:
    """A file made: ``rows`` is the number of items in it, ``made_at`` the moment it says."""

    format: str
    name: str
    mime: str
    content: bytes
    rows: int
    made_at: datetime


@guard_action("export.make")
def make_export(
    facts: Facts,
    filters: Filters,
    format_name: str,
    actor: User,
    *,
    at: datetime | None = None,
    language: str = DEFAULT_LANGUAGE,
    called: str = "",
    options: FileOptions = DEFAULT_OPTIONS,
) -> ExportFile:
    """Return a file of exactly what the filters choose of ``facts``, in a format of ``FORMATS``.

    Only what ``actor`` may read is in it; who made it, of what, stands in the audit. ``at`` is the
    time of making, now without it; the same content and time make the same bytes. ``called`` is
    the file's name where it is promised already, ``options`` how it is to look. Raises
    ``NotAllowedError``, and ``ExportError`` for an unknown format, or one that cannot hold what is
    filtered.
    """
    made = _build_export(facts, filters, format_name, actor, at, language, called, options)
    _record_export(made, filters, actor, options)
    return made


@guard_action("export.make")
def make_export_apart(
    filters: Filters,
    format_name: str,
    actor: User,
    *,
    language: str,
    called: str,
    options: FileOptions = DEFAULT_OPTIONS,
) -> ExportFile:
    """Return what ``make_export`` returns of the store's facts, made in a process of its own.

    So no reader waits for it. Raises as ``make_export`` and
    ``store.exports.child_process.run_in_child`` do.
    """
    made = run_in_child(
        _build_from_store,
        lambda _step: None,
        MOST_SECONDS,
        filters,
        format_name,
        actor,
        language,
        called,
        options,
    )
    _record_export(made, filters, actor, options)
    return made


def _build_from_store(  # noqa: PLR0917 - what goes to another process
    _progress: Callable[[str], None],
    filters: Filters,
    format_name: str,
    actor: User,
    language: str,
    called: str,
    options: FileOptions,
) -> ExportFile:
    facts = narrow_facts_to_user(load_facts(), actor)
    return _build_export(facts, filters, format_name, actor, None, language, called, options)


def _build_export(  # noqa: PLR0917 - two callers, all of it needed
    facts: Facts,
    filters: Filters,
    format_name: str,
    actor: User,
    at: datetime | None,
    language: str,
    called: str,
    options: FileOptions,
) -> ExportFile:
    chosen = FORMATS.get(format_name)
    if chosen is None:
        message = t("exports.fault.unknown_format", language, format=format_name[:20],
                 formats=", ".join(FORMATS))  # fmt: skip
        raise ExportError(message)
    made_at = (at or clock.now()).replace(microsecond=0)
    content = make_content(
        facts, filters, actor=actor, at=made_at, language=language, options=options
    )
    return ExportFile(
        format=format_name,
        name=called or make_file_name(facts, filters, format_name, made_at),
        mime=chosen.mime,
        content=chosen.write(content),
        rows=content.rows,
        made_at=made_at,
    )


def _record_export(made: ExportFile, filters: Filters, actor: User, options: FileOptions) -> None:
    about = {"format": made.format, "items": made.rows, "filters": filters.to_query()}
    if made.format == "csv":
        about["csv"] = options.csv
    with writing() as connection:
        record_files(connection, {made.name: made.content}, actor, **about)
    log_event(
        "export", user=actor.name, format=made.format, items=made.rows, bytes=len(made.content)
    )


def make_file_name(facts: Facts, filters: Filters, format_name: str, at: datetime) -> str:
    """Return a file's name: the period, the time of making and the format."""
    period = resolve_period(facts, filters) or "0"
    return f"du-an-hai-phong_{period}_{at:%Y%m%d-%H%M%S}{FORMATS[format_name].ending}"
