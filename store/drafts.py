"""Imports put aside before they are accepted: what was read, and what was decided so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from store.database import reading, writing
from store.ensure import ensure_store
from store.extraction_json import from_json, to_json
from store.permissions import action
from store.schema import DRAFTS, READINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.extraction import Extraction
    from store.people import User


@dataclass(frozen=True)
class Draft:
    """An import that was put aside. ``decisions`` are choices by the questions' fingerprints."""

    read: Extraction
    period: str
    decisions: dict[str, str]


@action("import.draft")
def save_draft(
    read: Extraction,
    actor: User,
    *,
    period: str = "",
    decisions: Mapping[str, str] | None = None,
) -> None:
    """Put an import aside; one draft is kept per document. Facts are not touched."""
    document = read.document
    with writing(ensure_store()) as connection:
        connection.execute(DRAFTS.delete().where(DRAFTS.c.sha256 == document.sha256))
        connection.execute(
            DRAFTS.insert().values(
                sha256=document.sha256,
                name=document.name,
                actor=actor.name,
                at=datetime.now(UTC).isoformat(timespec="seconds"),
                period=period,
                decisions=dict(decisions or {}),
                content=to_json(read),
            )
        )


def drafts() -> pd.DataFrame:
    """Return the drafts, newest first: ``sha256``, ``name``, ``actor``, ``at``, ``period``."""
    names = ["sha256", "name", "actor", "at", "period"]
    found = sa.select(*(DRAFTS.c[name] for name in names)).order_by(DRAFTS.c.at.desc())
    with reading(ensure_store()) as connection:
        rows = connection.execute(found).all()
    return pd.DataFrame([tuple(row) for row in rows], columns=names)


def take_up(sha256: str) -> Draft | None:
    """Return a draft to go on with, ``None`` when there is none. It stays until it is accepted."""
    found = sa.select(DRAFTS).where(DRAFTS.c.sha256 == sha256)
    with reading(ensure_store()) as connection:
        row = connection.execute(found).mappings().first()
    return Draft(from_json(row["content"]), row["period"], row["decisions"]) if row else None


@action("import.draft")
def drop_draft(sha256: str, actor: User) -> None:  # noqa: ARG001 - the guard asks who
    """Throw a draft away."""
    with writing(ensure_store()) as connection:
        connection.execute(DRAFTS.delete().where(DRAFTS.c.sha256 == sha256))


def reading_of(sha256: str) -> Extraction | None:
    """Return what was read from a document when it was imported, its own words with it.

    ``None`` for a document that was never imported, such as one known from curated facts only.
    """
    found = sa.select(READINGS.c.content).where(READINGS.c.sha256 == sha256)
    with reading(ensure_store()) as connection:
        content = connection.scalar(found.order_by(READINGS.c.import_id.desc()).limit(1))
    return from_json(content) if content else None
