"""A key project that a list names for the first time while one much like it is gone: asked about.

A list may give a project another name. Taken for a new one it would count twice: once as itself,
once as the one that the list no longer names.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from store.analysis.list_standing import WHOLE_LIST
from store.facts.item_snapshot import REMOVED
from store.imports.plan.matching import KEY_PROJECT, compute_similarity, normalise_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reports.model.item_mention import NamedItem
    from store.audit.rows import Content
    from store.imports.plan.matching import ItemMatch

_SHARED: Final = 0.5
"""The share of the shorter name's words that two names of one project have in common at least."""


def ask_about_renamed(
    subjects: Sequence[NamedItem],
    matches: Sequence[ItemMatch],
    known: Iterable[Content],
    stored: Iterable[Content],
) -> list[ItemMatch]:
    """Return the matches, those of new key projects unsure that a missing one may be.

    A missing one may be it where its name is the likest of all known ones and shares half of its
    words, or where it has the very same investment.
    ``known`` are the items of the store, ``stored`` its figures, earlier periods first. Nothing is
    asked where the table is no whole list.
    """
    states: dict[str, str] = {}
    amounts: dict[str, float] = {}
    for row in stored:
        item, value = str(row["item"]), str(row["value"])
        if not row["component"] and row["field"] == "status":
            states[item] = value
        elif not row["component"] and row["field"] == "investment_mvnd":
            amounts[item] = float(value)
    listed = {
        str(row["item"]): str(row["name"])
        for row in known
        if row["kind"] == KEY_PROJECT and states.get(str(row["item"])) != REMOVED
    }
    maybe = {match.candidates[0][0] for match in matches if match.how == "unsure"}
    named = {match.item for match in matches} | maybe
    missing = {item: name for item, name in listed.items() if item not in named}
    if not listed or len(missing) > (1 - WHOLE_LIST) * len(listed):
        return list(matches)
    return [
        _ask(subject, match, missing, amounts)
        if match.how == "new" and subject.kind == KEY_PROJECT
        else match
        for subject, match in zip(subjects, matches, strict=True)
    ]


def _ask(
    subject: NamedItem, match: ItemMatch, missing: Mapping[str, str], amounts: Mapping[str, float]
) -> ItemMatch:
    amount = _find_amount(subject)
    likest = {item for item, _ in match.candidates[:1]}
    gone = {
        item: name
        for item, name in missing.items()
        if (amount and amounts.get(item) == amount)
        or (item in likest and _share_words(subject.name, name))
    }
    if not gone:
        return match
    scores = dict(match.candidates)
    for item, name in gone.items():
        scores.setdefault(item, _compare_names(subject.name, name))
    order = sorted(scores.items(), key=lambda pair: (pair[0] not in gone, -pair[1], pair[0]))
    return replace(match, item="", how="unsure", candidates=tuple(order), gone=tuple(gone.items()))


def _compare_names(name: str, other: str) -> float:
    return round(compute_similarity(normalise_name(name), normalise_name(other)), 3)


def _share_words(name: str, other: str) -> bool:
    words, others = set(normalise_name(name).split()), set(normalise_name(other).split())
    return len(words & others) >= _SHARED * min(len(words), len(others))


def _find_amount(subject: NamedItem) -> float | None:
    """Return the total investment that a report states of a project, ``None`` for none."""
    stated = (
        float(value.value)
        for value in subject.values
        if value.field == "investment_mvnd" and not value.component
    )
    return next(stated, None)
