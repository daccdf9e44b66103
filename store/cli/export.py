"""``python -m store export``: the facts as they lie in ``data/``, or a file of what is filtered."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from geo.i18n import LANGUAGES, t
from geo.text import fold_text
from reports.facts_files.table_schemas import TABLES
from reports.model.schema import FORECASTS, FUNDINGS, ITEM_KINDS, PHASES, STATUSES
from store.audit.rows import CHAPTER, format_cell
from store.cli import options
from store.column_values import iterate_rows, list_cells
from store.db.errors import ExportError, StoreError
from store.exports.export import FORMATS, make_export
from store.facts.facts import Facts, load_facts
from store.facts.filters import MAX_TEXT_CHARS, NOT_REPORTED, Filters
from store.facts.labels import translate_word
from store.facts.stored.tables import read_stored_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from reports.model.schema import TableSchema
    from store.users.users import User


def export_csv_folder(folder: Path) -> int:
    """Write the facts as CSV files into a folder; return the number of rows.

    The folder reads as ``data/facts`` does. Raises ``StoreError`` when it cannot be written.
    """
    facts = read_stored_facts()
    rows = 0
    try:
        for table in TABLES.values():
            frame = getattr(facts, table.name)
            rows += len(frame)
            if not table.per_chapter:
                _write_csv(folder / table.file, frame, table)
                continue
            for chapter in sorted(set(facts.items[CHAPTER])):
                _write_csv(folder / chapter / table.file, frame[frame[CHAPTER] == chapter], table)
    except OSError as fault:
        raise StoreError(t("store.fault.cannot_write", file=folder, reason=fault)) from fault
    return rows


def _write_csv(file: Path, frame: pd.DataFrame, table: TableSchema) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    cells = frame[list(table.header)].astype(object).where(frame[list(table.header)].notna(), None)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(table.header)
        writer.writerows([format_cell(cell) for cell in row] for row in iterate_rows(cells))


_WORDS: Final = {
    "kind": ITEM_KINDS,
    "funding": FUNDINGS,
    "phase": PHASES,
    "forecast": (*FORECASTS, NOT_REPORTED),
    "status": STATUSES,
}


def _option(name: str, **more: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(f"--{name}", help=t(f"exports.cli.{name}"), **more)


@click.command(cls=options.StoreCommand, help=t("store.cli.export"), params=[options.ACTOR])
@click.argument("folder", type=Path)
@_option("format", type=click.Choice(list(FORMATS)))
@_option("period", default="")
@_option("district", default="")
@_option("commune", multiple=True)
@_option("kind", multiple=True, type=click.Choice(_WORDS["kind"]))
@_option("funding", multiple=True, type=click.Choice(_WORDS["funding"]))
@_option("phase", multiple=True, type=click.Choice(_WORDS["phase"]))
@_option("forecast", multiple=True, type=click.Choice(_WORDS["forecast"]))
@_option("status", multiple=True, type=click.Choice(_WORDS["status"]))
@_option("text", default="")
@_option("own-only", is_flag=True)
@_option("leave-out-outlier", is_flag=True)
@_option("language", type=click.Choice(LANGUAGES), default=LANGUAGES[0])
def export(folder: Path, *, language: str, actor: User, **filters: Any) -> None:
    """Write the facts as CSV files, or a file of what the filters of the pages choose.

    Raises ``ExportError`` for a place or period that there is not, and what cannot be written.
    """
    format_name = filters.pop("format")
    if format_name is None:
        rows = export_csv_folder(folder)
        click.echo(t("store.cli.exported", rows=rows, folder=folder))
        return
    facts = load_facts()
    made = make_export(
        facts, filters_from_options(facts, filters), format_name, actor, language=language
    )
    file = folder / made.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made.content)
    except OSError as fault:
        raise StoreError(t("store.fault.cannot_write", file=file, reason=fault)) from fault
    click.echo(t("exports.cli.written", file=file, rows=made.rows, bytes=len(made.content)))


def filters_from_options(facts: Facts, options: Mapping[str, Any]) -> Filters:
    """Return the filters that the options name; ``ExportError`` for what there is not."""
    period, district = options["period"], options["district"]
    if period and period not in facts.period_ranks:
        offered = ", ".join(facts.period_ranks) or "–"
        raise ExportError(t("exports.fault.unknown_period", given=period, offered=offered))

    def chosen(name: str) -> tuple[str, ...]:
        return tuple(word for word in _WORDS[name] if word in options[name])

    return Filters(
        period=period,
        kinds=chosen("kind"),
        fundings=chosen("funding"),
        phases=chosen("phase"),
        forecasts=chosen("forecast"),
        statuses=chosen("status"),
        communes=tuple(sorted({find_commune(facts, name) for name in options["commune"]})),
        district=find_district(facts, district) if district else "",
        text=" ".join(options["text"].split())[:MAX_TEXT_CHARS],
        leave_out_outlier=options["leave_out_outlier"],
        carry=not options["own_only"],
    )


def find_commune(facts: Facts, text: str) -> str:
    """Return the code of the commune that a text names by code or name, accents aside."""
    rows = facts.communes
    named = {row.code: {row.code, row.name, row.short_name} for row in iterate_rows(rows)}
    return _require_one(text, named, dict(list_cells(rows, "code", "name")), "commune")


def find_district(facts: Facts, text: str) -> str:
    """Return the unit id of the former district that a text names by id or name.

    A name without its kind is enough where no district of another extent bears it.
    """
    units = facts.former_units
    rows = units[(units["relation"] == "set") & (units["district"] != "")]
    labels = {
        row.unit: f"{translate_word('unit', row.kind)} {row.name}" for row in rows.itertuples()
    }
    named = {row.unit: {row.unit, labels[row.unit], row.name} for row in rows.itertuples()}
    extents = {row.unit: frozenset(row.communes.split()) for row in rows.itertuples()}
    return _require_one(text, named, labels, "district", extents)


def _require_one(
    text: str,
    named: dict[str, set[str]],
    labels: dict[str, str],
    what: str,
    extents: dict[str, frozenset[str]] | None = None,
) -> str:
    """Return the one key that a text names; ``ExportError`` for none or several.

    Several of one extent (``extents``) are the same place.
    """
    wanted_name = " ".join(fold_text(text).split())
    keys = [key for key, names in named.items() if wanted_name in map(fold_text, names)]
    if len(keys) > 1:  # accents decide where they can: Cẩm Giang, Cẩm Giàng
        exact = {key for key in keys if text.casefold() in {n.casefold() for n in named[key]}}
        keys = sorted(exact) if exact else keys
    places = {extents[key] if extents else frozenset({key}) for key in keys}
    if len(places) == 1:
        return keys[0]
    key = f"{'several' if keys else 'unknown'}_{what}"
    raise ExportError(
        t(f"exports.fault.{key}", given=text[:80], offered=_format_choices(keys, labels))
    )


def _format_choices(keys: Iterable[str], labels: dict[str, str]) -> str:
    return "; ".join(f"{labels[key]} ({key})" for key in keys)
