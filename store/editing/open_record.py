"""A thing opened for editing: what it says and the token it is saved with, of one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.audit.edit_tokens import (
    case_thing,
    communes_thing,
    item_thing,
    point_thing,
    token_of,
    token_of_row,
)
from store.audit.ledger import current
from store.bootstrap import ensure_store
from store.db.database import reading
from store.db.schema import FACTS

if TYPE_CHECKING:
    from store.audit.rows import Row


@dataclass(frozen=True)
class OpenedItem:
    """An item with its communes, point and figures; every ``…_token`` is what a save names.

    ``figures`` are the rows of its observations by their ids, ``figure_tokens`` the tokens.
    """

    item: Row
    item_token: str
    places: tuple[Row, ...]
    communes_token: str
    point: Row | None
    point_token: str
    figures: dict[str, Row]
    figure_tokens: dict[str, str]


@dataclass(frozen=True)
class OpenedCase:
    """A case of the register with its steps by their name."""

    case: Row
    steps: dict[str, Row]
    token: str


def open_item(item: str) -> OpenedItem | None:
    """Return an item as it is now, ``None`` when there is none of that code."""
    with reading(ensure_store()) as connection:
        rows = {
            table: current(connection, table, FACTS[table].c.item == item)
            for table in ("items", "places", "points", "observations")
        }
        if not rows["items"]:
            return None
        figures = {str(row["key"]): row for row in rows["observations"]}
        return OpenedItem(
            item=rows["items"][0],
            item_token=token_of(connection, item_thing(item)),
            places=tuple(rows["places"]),
            communes_token=token_of(connection, communes_thing(item)),
            point=rows["points"][0] if rows["points"] else None,
            point_token=token_of(connection, point_thing(item)),
            figures=figures,
            figure_tokens={obs: token_of_row("observations", row) for obs, row in figures.items()},
        )


def open_case(case: str) -> OpenedCase | None:
    """Return a case as it is now, ``None`` when there is none of that number."""
    with reading(ensure_store()) as connection:
        rows = current(connection, "cases", FACTS["cases"].c.key == case)
        if not rows:
            return None
        steps = current(connection, "case_steps", FACTS["case_steps"].c.case == case)
        return OpenedCase(
            case=rows[0],
            steps={str(row["step"]): row for row in steps},
            token=token_of(connection, case_thing(case)),
        )
