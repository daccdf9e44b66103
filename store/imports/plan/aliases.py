"""What persons have settled, to be used the next time: names of items, of places, answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa

from store.db.schema import ALIASES

if TYPE_CHECKING:
    from store.audit.ledger import Ledger

AliasKind = Literal["item", "place", "answer"]


@dataclass(frozen=True)
class NameAlias:
    """A name that stands for an item's code (``item``) or communes' codes (``place``).

    ``answer``: ``folded`` is the fingerprint of a question, ``target`` the choice made.
    """

    kind: AliasKind
    text: str
    folded: str
    target: str


def read_aliases(connection: sa.Connection, kind: AliasKind) -> dict[str, str]:
    """Return what is settled now: target by folded text."""
    found = sa.select(ALIASES.c.folded, ALIASES.c.target).where(
        ALIASES.c.kind == kind, ALIASES.c.removed_by.is_(None)
    )
    return {str(folded): str(target) for folded, target in connection.execute(found)}


def record_alias(ledger: Ledger, alias: NameAlias, origin: str = "person") -> None:
    """Remember an alias as part of a change; what the text stood for before is history."""
    same = (ALIASES.c.kind == alias.kind, ALIASES.c.folded == alias.folded)
    now = sa.select(ALIASES.c.target).where(*same, ALIASES.c.removed_by.is_(None))
    before = ledger.connection.scalar(now)
    if before == alias.target:
        return
    ledger.connection.execute(
        ALIASES.update()
        .where(*same, ALIASES.c.removed_by.is_(None))
        .values(removed_by=ledger.number)
    )
    ledger.connection.execute(
        ALIASES.insert().values(
            kind=alias.kind,
            text=alias.text,
            folded=alias.folded,
            target=alias.target,
            origin=origin,
            added_by=ledger.number,
        )
    )
    ledger.note(
        "item_aliases", f"{alias.kind} · {alias.text}", before=before or "", after=alias.target
    )


def undo_aliases(ledger: Ledger, number: int) -> None:
    """Take back the aliases that an import brought, and give back those that it replaced."""
    rows = ALIASES.c
    brought = rows.added_by == number
    for row in ledger.connection.execute(
        sa.select(ALIASES).where(brought, rows.removed_by.is_(None))
    ).mappings():
        ledger.note("item_aliases", f"{row['kind']} · {row['text']}", before=row["target"])
    leaving = ALIASES.update().where(brought, rows.removed_by.is_(None))
    ledger.connection.execute(leaving.values(removed_by=ledger.number))
    replaced = sa.select(ALIASES).where(rows.removed_by == number, rows.added_by != number)
    for row in ledger.connection.execute(replaced).mappings().all():
        back = NameAlias(row["kind"], row["text"], row["folded"], row["target"])
        record_alias(ledger, back, row["origin"])


def retire_aliases(ledger: Ledger, item: str) -> None:
    """Forget the names that stand for an item which is taken out; undoing gives them back."""
    rows = ALIASES.c
    mine = (rows.kind == "item", rows.target == item, rows.removed_by.is_(None))
    for row in ledger.connection.execute(sa.select(ALIASES).where(*mine)).mappings().all():
        ledger.note("item_aliases", f"{row['kind']} · {row['text']}", before=row["target"])
    leaving = ALIASES.update().where(*mine)
    ledger.connection.execute(leaving.values(removed_by=ledger.number))
