"""Imports put aside before they are accepted: what was read, and what was decided so far."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import sqlalchemy as sa

from geo.i18n import t
from reports.model import document, extraction, statement
from store.db.database import reading, writing
from store.db.errors import StoreError
from store.db.schema import DRAFTS, READINGS
from store.users.current_account import require_current_account
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.model.extraction import Extraction
    from store.users.users import User


_KIND: Final = "is"
_STORED_NAMES: Final = {
    "SourcePlace": "Place",
    "TableCell": "Cell",
    "ReadLimits": "Limits",
    "ExtractedValue": "Value",
    "LineBalance": "Balance",
}
"""Classes that are stored under the name that they had when stores were first written."""

_NO_MORE: Final = frozenset({"not_understood"})
"""Fields that earlier programs wrote and that are counted otherwise now."""

_CLASSES: Final[dict[str, type]] = {
    _STORED_NAMES.get(cls.__name__, cls.__name__): cls
    for module in (document, extraction, statement)
    for cls in vars(module).values()
    if isinstance(cls, type) and is_dataclass(cls)
}


def extraction_to_json(read: Extraction) -> str:
    """Return an extraction, its document with it, as text."""
    return json.dumps(_encode_value(read), ensure_ascii=False, separators=(",", ":"))


def extraction_from_json(text: str) -> Extraction:
    """Return the extraction that ``extraction_to_json`` wrote.

    Raises ``StoreError`` when a later or earlier program wrote it in another form.
    """
    try:
        read = _decode_value(json.loads(text))
    except (KeyError, TypeError, ValueError) as fault:
        raise StoreError(t("store.fault.other_form")) from fault
    if not isinstance(read, extraction.Extraction):
        raise StoreError(t("store.fault.other_form"))
    return read


def _encode_value(value: Any) -> Any:
    if is_dataclass(value):
        members = {field.name: _encode_value(getattr(value, field.name)) for field in fields(value)}
        name = type(value).__name__
        return {_KIND: _STORED_NAMES.get(name, name)} | members
    if isinstance(value, (tuple, list)):
        return [_encode_value(element) for element in value]
    return value


def _decode_value(value: Any) -> Any:
    if isinstance(value, dict):
        parts = {
            name: _decode_value(element)
            for name, element in value.items()
            if name != _KIND and name not in _NO_MORE
        }
        return _CLASSES[value[_KIND]](**parts)
    if isinstance(value, list):
        return tuple(_decode_value(element) for element in value)
    return value


@dataclass(frozen=True)
class ImportDraft:
    """An import that was put aside. ``decisions`` are choices by the questions' fingerprints."""

    read: Extraction
    period: str
    decisions: dict[str, str]


@guard_action("import.draft")
def save_draft(
    read: Extraction,
    actor: User,
    *,
    period: str = "",
    decisions: Mapping[str, str] | None = None,
) -> None:
    """Put an import aside; one draft is kept per document. Facts are not touched."""
    document = read.document
    with writing() as connection:
        require_current_account(connection, actor)
        connection.execute(DRAFTS.delete().where(DRAFTS.c.sha256 == document.sha256))
        connection.execute(
            DRAFTS.insert().values(
                sha256=document.sha256,
                name=document.name,
                actor=actor.name,
                at=datetime.now(UTC).isoformat(timespec="seconds"),
                period=period,
                decisions=dict(decisions or {}),
                content=extraction_to_json(read),
            )
        )


def list_drafts() -> pd.DataFrame:
    """Return the drafts, newest first: ``sha256``, ``name``, ``actor``, ``at``, ``period``."""
    names = ["sha256", "name", "actor", "at", "period"]
    query = sa.select(*(DRAFTS.c[name] for name in names)).order_by(DRAFTS.c.at.desc())
    with reading() as connection:
        rows = connection.execute(query).all()
    return pd.DataFrame([tuple(row) for row in rows], columns=names)


def load_draft(sha256: str) -> ImportDraft | None:
    """Return a draft to go on with, ``None`` when there is none. It stays until it is accepted."""
    query = sa.select(DRAFTS).where(DRAFTS.c.sha256 == sha256)
    with reading() as connection:
        row = connection.execute(query).mappings().first()
    return (
        ImportDraft(extraction_from_json(row["content"]), row["period"], row["decisions"])
        if row
        else None
    )


@guard_action("import.draft")
def delete_draft(sha256: str, actor: User) -> None:
    """Throw a draft away."""
    with writing() as connection:
        require_current_account(connection, actor)
        connection.execute(DRAFTS.delete().where(DRAFTS.c.sha256 == sha256))


def load_extraction(sha256: str) -> Extraction | None:
    """Return what was read from a document when it was imported, its own words with it.

    ``None`` for a document that was never imported, such as one known from curated facts only.
    """
    query = sa.select(READINGS.c.content).where(READINGS.c.sha256 == sha256)
    with reading() as connection:
        content = connection.scalar(query.order_by(READINGS.c.import_id.desc()).limit(1))
    return extraction_from_json(content) if content else None
