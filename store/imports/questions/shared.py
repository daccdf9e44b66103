"""Questions that share their words: asked once for all items they are about, answered for each."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from store.imports.plan.matching import PARKS, THIN, make_name_key
from store.imports.plan.review_rows import COLUMN_UNIT, ITEM, PLACE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from reports.model.statement import StatementReading
    from store.imports.plan.review_rows import ReviewRow

T = TypeVar("T", bound="ReviewRow")

_HOLDING: Final = frozenset(
    {
        "ambiguous_number",
        "unreadable_value",
        "low_confidence",
        "unusual",
        COLUMN_UNIT,
        "place_moved",
        "not_named",
        "named_again",
    }
)


def merge_questions(questions: Iterable[ReviewRow]) -> list[ReviewRow]:
    """Return the questions, each once; no row that waits for the answer is left out.

    One about a place names all items that share its words.
    """
    merged: dict[str, ReviewRow] = {}
    for question in questions:
        mark = question.fingerprint
        first = merged.setdefault(mark, question)
        if first is question:
            continue
        if question.reason in PLACE:
            merged[mark] = _with_items(first, [*list_items(first), *list_items(question)])
        elif "add" in question.payload:
            waiting = list(first.payload.get("add", ()))
            waiting += [entry for entry in question.payload["add"] if entry not in waiting]
            merged[mark] = replace(first, payload=first.payload | {"add": waiting})
    return list(merged.values())


def drop_questions_asked_twice(
    questions: Sequence[ReviewRow], reading: StatementReading
) -> list[ReviewRow]:
    """Return the questions without those that another question, or a statement's, asks too.

    The same words in the same line are asked about once: as an item whose rows wait rather than
    as words or a place, and as a statement rather than as a value.
    """
    items = {_words_at(question) for question in questions if "new_item" in question.payload}
    stated = {
        (line, one.stated)
        for one in reading.statements
        if one.status == "ask"
        for line in range(one.place.line_from, one.place.line_to + 1)
    }
    return [
        question
        for question in questions
        if "new_item" in question.payload
        or (question.reason in PLACE | ITEM and _words_at(question) not in items)
        or (question.reason == "unreadable_value" and _words_at(question) not in stated)
        or question.reason not in PLACE | ITEM | {"unreadable_value"}
    ]


def list_items(review: ReviewRow) -> list[dict[str, Any]]:
    """Return the items that a question is about: ``item``, ``chapter``, ``place``.

    Of a row that waits for the answer which item it is, ``name`` too.
    """
    several = review.payload.get("items")
    if several is not None:
        return list(several)
    item = review.payload.get("item")
    if not item:
        return []
    kept = {key: review.payload[key] for key in ("chapter", "name") if key in review.payload}
    return [{"item": item, "place": review.place} | kept]


def part_items(
    review: ReviewRow, chosen: Collection[str] | None
) -> tuple[ReviewRow, ReviewRow | None]:
    """Return a question for the chosen items alone, and the one that is left for the others.

    ``None`` chooses all. What is left is ``None`` where nothing is.
    """
    entries = list_items(review)
    given = [entry for entry in entries if chosen is None or entry["item"] in chosen]
    left = [entry for entry in entries if entry not in given]
    if not left:
        return review, None
    return _with_items(review, given), _with_items(review, left)


def find_same(review: ReviewRow) -> tuple[str, ...]:
    """Return what is the same of questions that ask one thing: of an item, its name.

    However that is spelt, and in whatever document.
    """
    return (make_name_mark(review),) if make_name_mark(review) else _identify(review)


def make_name_mark(review: ReviewRow) -> str:
    """Return a mark of the name that a question asks about, '' where it asks for something else.

    A name that may stand for what a list no longer names is asked about for itself.
    """
    if review.reason not in ITEM or review.payload.get("gone"):
        return ""
    kind = str((review.payload.get("new_item") or {}).get("kind") or "")
    name = make_name_key(str(review.payload.get("name") or review.raw))
    parts = ("name", kind if kind in PARKS else "", name)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def find_answer(review: ReviewRow, remembered: Mapping[str, str]) -> str:
    """Return what was answered to the question before, or to its name in another spelling."""
    return remembered.get(review.fingerprint) or remembered.get(make_name_mark(review), "")


def group_same(reviews: Iterable[T]) -> list[list[T]]:
    """Return questions in groups that ask one thing each, in the order of their first."""
    groups: dict[tuple[str, ...], list[T]] = {}
    for review in reviews:
        groups.setdefault(find_same(review), []).append(review)
    return list(groups.values())


def _identify(review: ReviewRow) -> tuple[str, ...]:
    number = getattr(review, "number", "")
    return (review.fingerprint, review.doc, str(number))


def find_pattern(review: ReviewRow) -> tuple[str, ...]:
    """Return what questions have in common that one answer may settle; of most, they alone."""
    if review.reason in {"not_named", "named_again"}:
        return (review.doc, review.reason)
    if is_urgent(review):
        return find_same(review) if review.reason in ITEM else (review.fingerprint,)
    if review.reason in ITEM:
        return (review.doc, review.reason)
    if review.reason == "unread_row":
        return (review.doc, review.reason, str(review.place.get("table", "")))
    return (review.fingerprint,)


def is_urgent(review: ReviewRow) -> bool:
    """Return whether a question is to be answered before its report is accepted.

    So is what keeps known items, their places and figures out of the sums: a name much like a
    known one, or of one that the list no longer names, a place, a figure. Names of things that
    nobody follows yet, and rows of tables without projects, can wait.
    """
    if review.reason in ITEM:
        like = bool(review.candidates) and review.candidates[0][1] >= THIN
        return like or bool(review.payload.get("gone"))
    if review.reason in PLACE:
        return bool(list_items(review))
    return review.reason in _HOLDING


def rank_urgency(review: ReviewRow) -> int:
    """Return the place of a question: a column's, which decides many rows, then what is urgent."""
    return 0 if review.reason == COLUMN_UNIT else 1 if is_urgent(review) else 2


def _with_items(review: ReviewRow, entries: Sequence[dict[str, Any]]) -> ReviewRow:
    each = list({(entry["item"], entry.get("name")): entry for entry in entries}.values())
    first = each[0] if each else {"item": "", "chapter": ""}
    payload = {"item": first["item"], "chapter": first["chapter"], "items": each}
    return replace(review, payload=review.payload | payload)


def _words_at(question: ReviewRow) -> tuple[int, str]:
    return int(question.place.get("line_from") or 0), question.raw
