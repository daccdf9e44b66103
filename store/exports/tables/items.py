"""The chosen items, one row each: every value with the period and the lines it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.i18n import t
from store.exports.tables.table import ColumnFactory, ExportColumn, ExportTable, Place, make_table
from store.facts.labels import translate_word
from store.facts.sources import find_sources
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.facts.facts import Facts
    from store.facts.selection import Selection
    from store.facts.sources import Source

VALUES: Final = (
    "investment_mvnd",
    "construction",
    "planned_construction",
    "clearance",
    "planned_clearance",
    "forecast",
    "status",
    "milestone_start",
    "milestone_inauguration",
    "milestone_finish",
    "obstacles",
    "asked_to_act",
    "area_ha",
    "land_payment_mvnd",
)
"""What ``known_at`` gives of an item, each with its period and its source."""

SHARES: Final = ("construction", "planned_construction", "clearance", "planned_clearance")
MILESTONES: Final = ("milestone_start", "milestone_inauguration", "milestone_finish")


def make_items_table(facts: Facts, selection: Selection, language: str) -> ExportTable:
    """Return the chosen items as known at the period, the largest investment first."""
    ordered = selection.items.sort_values(
        ["investment_mvnd", "item"], ascending=[False, True], na_position="last"
    )
    rows = [
        _make_row(facts, row, number, language)
        for number, row in enumerate(ordered.to_dict("records"), start=1)
    ]
    return make_table("items", t("exports.sheet.items", language), _make_columns(language), rows)


def format_commune_names(facts: Facts, codes: Iterable[str]) -> str:
    """Return the names of communes, with semicolons."""
    names = facts.commune_names
    return "; ".join(names[code] for code in codes if code in names)


def format_district_names(facts: Facts, codes: Iterable[str], language: str) -> str:
    """Return the former districts that communes lay in last, with semicolons."""
    found = (
        name for code in codes for name in _map_former_districts(facts, language).get(code, ())
    )
    return "; ".join(dict.fromkeys(found))


def format_sources(sources: Sequence[Source], language: str) -> str:
    """Return where values stand: the document's code (see the documents) and its lines."""
    return "; ".join(dict.fromkeys(_format_place(one, language) for one in sources))


def _format_place(source: Source, language: str) -> str:
    if not source.line_from:
        return source.doc
    key = "line" if source.line_from == source.line_to else "lines"
    return t(
        f"exports.source.{key}",
        language,
        doc=source.doc,
        first=source.line_from,
        last=source.line_to,
    )


def _make_columns(language: str) -> list[ExportColumn]:
    make = ColumnFactory(language)
    told = [
        make.one("number", "integer", 5),
        make.one("item", "code", 13),
        make.one("name", "long", 40),
        *make.word("kind", 16),
        *make.word("funding", 16),
        make.one("communes", "long", 24),
        ExportColumn("commune_codes", make.title("commune_codes"), "code", coded=True),
        make.one("districts", "long", 20),
        make.one("investment_mvnd", "integer", 14),
        make.one("construction", "number", 9),
        make.one("planned_construction", "number", 11),
        make.one("clearance", "number", 9),
        make.one("planned_clearance", "number", 11),
        *make.word("forecast", 16),
        *make.word("status", 15),
        *(make.one(name, "when", 12) for name in MILESTONES),
        *make.word("obstacles", 20),
        make.one("asked_to_act", "long", 24),
        make.one("note", "long", 30),
        *make.word("phase", 20, "more"),
        make.one("disputed", "long", 22, "more"),
        make.one("reported", "flag", 10, "more"),
        make.one("area_ha", "number", 10, "more"),
        make.one("land_payment_mvnd", "integer", 15, "more"),
        make.one("zone", "long", 24, "more"),
        make.one("group", "text", 10, "more"),
        make.one("no", "text", 10, "more"),
    ]
    basis = next(at for at, column in enumerate(told) if column.key == "construction") + 1
    told[basis:basis] = _make_share_columns(make, "construction", "main")
    for name in SHARES[1:]:
        told += _make_share_columns(make, name, "more")
    return [*told, *(column for name in VALUES for column in make.where(name))]


def _make_share_columns(make: ColumnFactory, name: str, place: Place) -> tuple[ExportColumn, ...]:
    basis = t("exports.column.basis_of", make.language, title=make.title(name))
    part = t("exports.column.part_of", make.language, title=make.title(name))
    return (
        ExportColumn(f"{name}_basis", basis, "long", 20, place=place),
        ExportColumn(f"{name}_component", part, "long", coded=True),
    )


def _make_row(facts: Facts, row: dict[Any, Any], number: int, language: str) -> dict[str, object]:
    told: dict[str, object] = {
        name: row[name]
        for name in ("item", "name", "group", "no", "note", "asked_to_act", "reported", *VALUES)
    }
    for name, section in (
        ("kind", "kind"),
        ("funding", "funding"),
        ("phase", "phase"),
        ("forecast", "forecast"),
        ("status", "status"),
    ):
        told |= {name: row[name], f"{name}_text": translate_word(section, row[name], language)}
    for name in SHARES:
        if row[name] != row[name]:
            continue
        part = row[f"{name}_component"]
        basis = translate_word("basis", row[f"{name}_basis"], language)
        told[f"{name}_basis"] = f"{part}. {basis}".strip() if part else basis
        told[f"{name}_component"] = part
    for name in VALUES:
        told |= _make_source_cells(facts, row, name, language)
    disputed = [name for name in VALUES if row[f"{name}_conflicted"]]
    return told | {
        "number": number,
        "communes": format_commune_names(facts, row["communes"]),
        "commune_codes": " ".join(row["communes"]),
        "districts": format_district_names(facts, row["communes"], language),
        "obstacles": "; ".join(row["obstacles"]),
        "obstacles_text": "; ".join(
            translate_word("obstacle", one, language) for one in row["obstacles"]
        ),
        "asked_to_act": "; ".join(row["asked_to_act"]),
        "zone": facts.zone_names.get(row["zone"], row["zone"]),
        "disputed": "; ".join(t(f"exports.column.{name}", language) for name in disputed),
    }


def _make_source_cells(
    facts: Facts, row: dict[Any, Any], name: str, language: str
) -> dict[str, object]:
    if name in SHARES and row[name] != row[name]:
        return {}
    ids = row[f"{name}_obs"]
    found = find_sources(facts, ids if isinstance(ids, tuple) else (ids,))
    return {
        f"{name}_period": row[f"{name}_period"],
        f"{name}_source": format_sources(found, language),
    }


@cache_on_facts(most=8)
def _map_former_districts(facts: Facts, language: str) -> dict[str, tuple[str, ...]]:
    """Return for every commune the districts of the last day before the merger."""
    units = facts.former_units
    last = units[(units["relation"] == "set") & (units["district"] != "")]
    last = last[last["valid_to"] == last["valid_to"].max()].sort_values("unit")
    found: dict[str, list[str]] = {}
    for row in last.itertuples(index=False):
        for code in row.communes.split():
            found.setdefault(code, []).append(t(f"map.former.{row.kind}", language, name=row.name))
    return {code: tuple(names) for code, names in found.items()}
