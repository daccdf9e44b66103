"""One value as a panel shows it: what it is called, what it says, where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.sources import Source


@dataclass(frozen=True)
class FactLine:
    """One line of a panel; every text is in the reader's language.

    ``key`` is the field's program name. ``period`` is the period the value is from; ``carried``
    says that it is an earlier one than the one looked at, ``conflicted`` that reports differ on it
    (every differing value is a line of its own then). ``note`` says what to mind, such as a
    percentage of a phase only. The report's own words are in ``sources``.
    """

    key: str
    label: str
    value: str
    period: str
    period_label: str
    sources: tuple[Source, ...]
    carried: bool = False
    conflicted: bool = False
    note: str = ""
