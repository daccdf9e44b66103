"""A change of the store: what it is, by whom, why, and the rows that it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.audit.rows import Content
    from store.users.users import User


@dataclass(frozen=True)
class Changeset:
    """What a change is: of which kind, by whom, why, and what it brings in.

    ``correcting``: it may touch an approved period; ``why`` must then be given. ``balance``
    and ``counts`` are what a report's reading says of itself, ``manifest`` the hashes of the rows
    that a set of curated facts consists of.
    """

    kind: str
    actor: User
    why: str = ""
    doc: str = ""
    period: str = ""
    name: str = ""
    sha256: str = ""
    parser_version: str = ""
    balance: dict[str, int] = field(default_factory=dict)
    counts: dict[str, Any] = field(default_factory=dict)
    manifest: dict[str, dict[str, str]] = field(default_factory=dict)
    undoes: int | None = None
    correcting: bool = False


@dataclass(frozen=True)
class RowChange:
    """One row that changes or has changed: ``before`` leaves, ``after`` comes (``None``: no row).

    To be written, ``before`` is a row of the database, and ``after`` has the content, ``origin``
    and ``position`` (``None``: at the end); read from the audit, both are the content.
    """

    table: str
    before: Content | None = None
    after: Content | None = None
