"""What answers to statements teach, remembered by the issuer of the report: names and patterns.

Kept with the other settled names, so that undoing an answer takes back what it taught.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from store.imports.plan.matching import NameAlias, normalise_name, read_aliases

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

_NAME: Final = "subject"
_PATTERN: Final = "pattern"


@dataclass(frozen=True)
class LearnedAnswers:
    """``names``: items by name as it is compared; ``patterns``: states of refused patterns."""

    names: Mapping[str, str]
    patterns: Mapping[str, str]


def read_learned_answers(connection: sa.Connection, issuer: str) -> LearnedAnswers:
    """Return what is remembered of an issuer's reports."""
    answers = read_aliases(connection, "answer")
    return LearnedAnswers(
        _select(answers, _make_key(_NAME, issuer, "")),
        _select(answers, _make_key(_PATTERN, issuer, "")),
    )


def learn_name(issuer: str, name: str, item: str) -> NameAlias:
    """Return that a name stands for an item in reports of an issuer."""
    return NameAlias("answer", name[:200], _make_key(_NAME, issuer, normalise_name(name)), item)


def learn_pattern(issuer: str, pattern: str, state: str) -> NameAlias:
    """Return that statements of a pattern are refused in reports of an issuer."""
    return NameAlias("answer", pattern[:200], _make_key(_PATTERN, issuer, pattern), state)


def _select(answers: Mapping[str, str], start: str) -> dict[str, str]:
    return {key[len(start) :]: target for key, target in answers.items() if key.startswith(start)}


def _make_key(what: str, issuer: str, rest: str) -> str:
    return f"{what}|{' '.join(fold_text(issuer).split())}|{rest}"
