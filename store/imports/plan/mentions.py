"""What statements bring to an import, beside what its tables and text bring already.

A fact that is there already (same item, field and value on the same line) is not made again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.gazetteer import load_gazetteer
from geo.i18n import t
from store.column_values import list_cells
from store.imports.plan.fact_rows import (
    PENDING,
    find_bad_column,
    get_chapter,
    make_clearance_row,
    make_indicator_row,
    make_item_code,
    make_item_row,
)
from store.imports.plan.item_rows import ExtractedItems, ask_item, make_subject_rows
from store.imports.plan.matching import PARKS
from store.imports.plan.mention_matching import map_communes, match_mention
from store.imports.plan.review_rows import ReviewRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports.model.item_mention import ItemMention, StatementFacts
    from store.audit.rows import Content, Row
    from store.imports.plan.matching import ItemMatch
    from store.imports.plan.mention_matching import MentionNames

_OWN_FIELDS: Final = frozenset(
    {
        "investment_mvnd", "land_payment_mvnd", "area_ha", "physical_done",
        "actual_construction_pct", "actual_clearance_pct",
    }
)  # fmt: skip
"""What is only told of a project or a park: times and states are told of much else."""


def add_statement_facts(
    made: ExtractedItems,
    facts: StatementFacts,
    names: MentionNames,
    source: Content,
    *,
    confirmed: bool = False,
) -> dict[int, str]:
    """Add what statements bring to ``made``; return the item of each statement that has one.

    A name that may be a known item is asked about, its rows waiting; so is a new thing of which
    nothing is told that only a project or park has, and a commune that an item does not lie in as
    far as is known; unless a person has ``confirmed`` it.
    """
    placed = {**names.placed, **map_communes(made.rows["places"])}
    zones = load_gazetteer().zones
    zone_names = dict(list_cells(zones, "zone", "name"))
    taken = {*names.known.items, *zone_names}
    codes: dict[int, str] = {}
    for told in facts.items:
        match = match_mention(told, names)
        if match.how == "new" and not (confirmed or match.item or _is_clearly_item(told)):
            match = replace(match, how="unsure")
        mention = replace(told, name=zone_names.get(match.item, told.name))
        made.matches.append((mention.name, match))
        code = match.item
        if match.how == "new":
            code = _add_item(made, mention, match, names, taken)
        if code in placed and not confirmed:
            mention = _ask_other_communes(made, mention, code, placed[code], source)
        rows = list(_make_rows(mention, code or PENDING, made, source))
        if code:
            made.named.append((mention, code))
            codes |= dict.fromkeys(mention.indexes, code)
            for table, row in rows:
                made.rows[table].append(row)
        elif rows:
            waiting: list[Row] = [{"table": table, "content": row} for table, row in rows]
            made.questions.append(ask_item(mention, match, waiting, source))
    _add_unnamed(made, facts, source)
    return codes


def _ask_other_communes(
    made: ExtractedItems, mention: ItemMention, item: str, known: set[str], source: Content
) -> ItemMention:
    """Ask about the communes of a mention in which its item isn't known to lie; return the rest."""
    for commune in mention.communes:
        if commune.code not in known:
            made.questions.append(
                ReviewRow(
                    reason="uncertain_place",
                    raw=commune.raw,
                    doc=source["doc"],
                    period=source["period"],
                    detail=t("store.question.place", name=mention.name),
                    place=vars(commune.place),
                    candidates=((commune.code, commune.confidence),),
                    payload={"item": item, "chapter": get_chapter(mention.kind)},
                )
            )
    return replace(mention, communes=tuple(one for one in mention.communes if one.code in known))


def _is_clearly_item(mention: ItemMention) -> bool:
    """Return True if a thing is called by a name, and something is told that only an item has."""
    named = any(word[:1].isupper() or word.isdecimal() for word in mention.name.split()[1:])
    return named and any(value.field in _OWN_FIELDS for value in mention.values)


def _add_item(
    made: ExtractedItems,
    mention: ItemMention,
    match: ItemMatch,
    names: MentionNames,
    taken: set[str],
) -> str:
    """Add the row of a thing that is not known; return its code."""
    code = match.item or make_item_code(mention.kind, mention.name, 0, taken)
    if code not in {row["item"] for row in made.new}:
        made.new.append(make_item_row(mention, code, match.item))
    taken.add(code)
    if mention.kind not in PARKS:
        names.add_project(code, mention.name)
    return code


def _make_rows(
    mention: ItemMention, item: str, made: ExtractedItems, source: Content
) -> Iterator[tuple[str, Content]]:
    """Yield the rows about one thing that are not there yet."""
    for table, row in make_subject_rows(mention, item, source, made.questions):
        if not _is_known(made.rows[table], row, table):
            yield table, row
    for statement in mention.clearance:
        row = make_clearance_row(statement, item, source)
        bad = find_bad_column(row, "clearance")
        if not bad and not _is_known(made.rows["clearance"], row, "clearance"):
            yield "clearance", row


def _add_unnamed(made: ExtractedItems, facts: StatementFacts, source: Content) -> None:
    """Add what is said of communes and of the city."""
    rows: list[tuple[str, Content]] = [
        ("clearance", make_clearance_row(entry, None, source)) for entry in facts.clearance
    ]
    rows += [("indicators", make_indicator_row(entry, source)) for entry in facts.indicators]
    for table, row in rows:
        if not find_bad_column(row, table) and not _is_known(made.rows[table], row, table):
            made.rows[table].append(row)


def _is_known(rows: Iterable[Content], row: Content, table: str) -> bool:
    """Return True if a row says what one of the rows says on the same line.

    Of a thing that is not known yet, a row of whatever item says it.
    """
    same = {
        "observations": ("field", "value"),
        "places": ("commune",),
        "clearance": ("commune",),
        "indicators": ("subject", "value"),
    }[table]
    pending = row.get("item") == PENDING
    if table != "indicators" and not pending:
        same = (*same, "item")
    if table == "places":
        return not pending and any(all(row[name] == old[name] for name in same) for old in rows)
    return any(
        all(row[name] == old[name] for name in same)
        and row["line_from"] <= old["line_to"]
        and old["line_from"] <= row["line_to"]
        for old in rows
    )
