"""``python -m store export``: the facts as they lie in ``data/``, or a file of what is filtered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.errors import ExportError, StoreError
from geo.i18n import LANGUAGES, t
from geo.text import fold
from reports.schema import FORECASTS, FUNDINGS, ITEM_KINDS, PHASES, STATUSES
from store.export import export
from store.exports.make import FORMATS, make_export
from store.facts import Facts, load_facts, period_ranks
from store.filters import MAX_TEXT_CHARS, NOT_REPORTED, Filters
from store.people import operator
from store.words import word

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from store.people import User

_WORDS: Final = {
    "kind": ITEM_KINDS,
    "funding": FUNDINGS,
    "phase": PHASES,
    "forecast": (*FORECASTS, NOT_REPORTED),
    "status": STATUSES,
}


def add_arguments(parser: argparse.ArgumentParser, user: User) -> None:
    """Add what ``export`` takes: a folder, a format and the filters of the pages."""

    def option(name: str, **more: Any) -> None:
        parser.add_argument(f"--{name}", help=t(f"exports.cli.{name}"), **more)

    parser.add_argument("folder", type=Path)
    option("format", choices=list(FORMATS), default="")
    option("period", default="")
    option("district", default="")
    option("commune", action="append", default=[])
    for name, words in _WORDS.items():
        option(name, action="append", choices=words, default=[])
    option("text", default="")
    option("own-only", action="store_true")
    option("leave-out-outlier", action="store_true")
    option("language", choices=LANGUAGES, default=LANGUAGES[0])
    parser.add_argument("--actor", type=operator, default=user, help=t("store.cli.actor"))


def export_command(options: argparse.Namespace) -> tuple[int, str]:
    """Write what was asked for; return the exit code and what to tell.

    Raises ``ExportError`` for a place or period that there is not, and what cannot be written.
    """
    if not options.format:
        rows = export(options.folder)
        return 0, t("store.cli.exported", rows=rows, folder=options.folder)
    facts = load_facts()
    made = make_export(
        facts,
        filters_of(facts, options),
        options.format,
        options.actor,
        language=options.language,
    )
    file = options.folder / made.name
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made.content)
    except OSError as fault:
        raise StoreError(t("store.fault.cannot_write", file=file, reason=fault)) from fault
    return 0, t("exports.cli.written", file=file, rows=made.rows, bytes=len(made.content))


def filters_of(facts: Facts, options: argparse.Namespace) -> Filters:
    """Return the filters that the options name; ``ExportError`` for what there is not."""
    if options.period and options.period not in period_ranks(facts):
        told = ", ".join(period_ranks(facts)) or "–"
        raise ExportError(t("exports.fault.unknown_period", given=options.period, offered=told))

    def chosen(name: str) -> tuple[str, ...]:
        return tuple(one for one in _WORDS[name] if one in getattr(options, name))

    return Filters(
        period=options.period,
        kinds=chosen("kind"),
        fundings=chosen("funding"),
        phases=chosen("phase"),
        forecasts=chosen("forecast"),
        statuses=chosen("status"),
        communes=tuple(sorted({find_commune(facts, text) for text in options.commune})),
        district=find_district(facts, options.district) if options.district else "",
        text=" ".join(options.text.split())[:MAX_TEXT_CHARS],
        leave_out_outlier=options.leave_out_outlier,
        carry=not options.own_only,
    )


def find_commune(facts: Facts, text: str) -> str:
    """Return the code of the commune that a text names by code or name, accents aside."""
    rows = facts.communes
    named = {row.code: {row.code, row.name, row.short_name} for row in rows.itertuples(index=False)}
    return _only(text, named, dict(zip(rows["code"], rows["name"], strict=True)), "commune")


def find_district(facts: Facts, text: str) -> str:
    """Return the unit id of the former district that a text names by id or name.

    A name without its kind is enough where no district of another extent bears it.
    """
    units = facts.former_units
    rows = units[(units["relation"] == "set") & (units["district"] != "")]
    labels = {row.unit: f"{word('unit', row.kind)} {row.name}" for row in rows.itertuples()}
    named = {row.unit: {row.unit, labels[row.unit], row.name} for row in rows.itertuples()}
    extents = {row.unit: frozenset(row.communes.split()) for row in rows.itertuples()}
    return _only(text, named, labels, "district", extents)


def _only(
    text: str,
    named: dict[str, set[str]],
    labels: dict[str, str],
    what: str,
    extents: dict[str, frozenset[str]] | None = None,
) -> str:
    """Return the one key that a text names; ``ExportError`` for none or several.

    Several of one extent (``extents``) are the same place.
    """
    asked = " ".join(fold(text).split())
    found = [key for key, names in named.items() if asked in map(fold, names)]
    if len(found) > 1:  # accents decide where they can: Cẩm Giang, Cẩm Giàng
        exact = {key for key in found if text.casefold() in {n.casefold() for n in named[key]}}
        found = sorted(exact) if exact else found
    places = {extents[key] if extents else frozenset({key}) for key in found}
    if len(places) == 1:
        return found[0]
    key = f"{'several' if found else 'unknown'}_{what}"
    raise ExportError(t(f"exports.fault.{key}", given=text[:80], offered=_listed(found, labels)))


def _listed(found: Iterable[str], labels: dict[str, str]) -> str:
    return "; ".join(f"{labels[key]} ({key})" for key in found)
