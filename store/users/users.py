"""Who acts: a person with an account, the operator at the command line, or nobody known."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Final, Literal

Role = Literal["visitor", "viewer", "inspector", "planner", "approver", "administrator"]
Standing = Literal["account", "machine", "personal", "visitor"]
"""``account``: signed in. ``machine``: the command line, or the program itself. ``personal``: the
browser of the one machine that the program runs on, while there are no accounts. ``visitor``: not
signed in."""


@dataclass(frozen=True)
class User:
    """Who acts. ``name`` is what the audit says, ``shown`` what people read.

    ``scope``: codes of the communes where the user may change facts, ``None`` for everywhere.
    ``sees_all``: whether the user also reads what lies elsewhere. ``account``: the account's
    number, 0 without one. ``session``: by what the store knows the session that they came in with,
    '' without one; it is no part of who they are.
    """

    name: str
    role: Role
    shown: str = ""
    scope: frozenset[str] | None = None
    sees_all: bool = True
    account: int = 0
    standing: Standing = "account"
    must_change: bool = False
    session: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        return self.name


def fold_login_name(name: str) -> str:
    """Return a login name as it is compared: case, spaces round it and forms of letters aside."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def make_operator(name: str) -> User:
    """Return whoever works at the command line of the machine: its files are theirs anyway."""
    return User(name, "administrator", name, standing="machine")


PERSONAL: Final = User("local", "administrator", standing="personal")
"""The only user of a personal install."""

VISITOR: Final = User("", "visitor", standing="visitor")
"""Somebody who has not signed in."""
