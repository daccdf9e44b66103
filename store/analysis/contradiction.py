"""One contradiction: two statements that cannot both be so, or that need a word of explanation."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.facts.statements import Row, Statement

OPEN: Final = "open"
SETTLED: Final = "settled"

TOPICS: Final = (
    "count",
    "milestone",
    "forecast",
    "status",
    "value",
    "money",
    "quantity",
    "date",
    "name",
    "statement",
)

RULES: Final = {
    "values": "value",
    "classes": "count",
    "part_above_total": "count",
    "parts": "count",
    "groups": "count",
    "rows": "count",
    "reasons": "count",
    "list_size": "count",
    "not_all_told": "count",
    "flow": "count",
    "next_target": "count",
    "share": "money",
    "on_schedule_but_obstacle": "forecast",
    "misses_but_on_schedule": "forecast",
    "meets_but_goal_unsaid": "forecast",
    "group_but_not_started": "status",
    "due_but_not_started": "milestone",
    "moved": "milestone",
    "overdue": "milestone",
    "told_again": "milestone",
    "quarter_target": "count",
    "document_date": "date",
    "numbered_parts": "name",
    "approved_but_pending": "status",
    "done_but_partly": "quantity",
}
"""The rules that find contradictions, and what each is about.

``values``: one field of one item has two values in one period. ``classes``: the classes of a set
("meets", "misses" …) make more or less than the set. ``part_above_total``: a part is larger than
what it is a part of. ``parts`` and ``groups``: parts do not make the whole. ``rows``: a count does
not match the rows that it counts.
``reasons``: stated reasons do not match those in the rows. ``list_size``: the list that is followed
has another length in a later report of the same year. ``not_all_told``: what has started and what
is to start are not all. ``flow``: what was there plus what came is not what is there.
``next_target``: a target set for the next quarter differs from the one that is used in it.
``share``: a stated percentage is not the amount over its plan. ``on_schedule_but_obstacle``,
``misses_but_on_schedule``, ``meets_but_goal_unsaid`` (the quarter's goal is an approval, the
forecast is that it is met, and the results do not speak of it): one column of a row against the
next. ``group_but_not_started``: listed under "under way", yet not started. ``due_but_not_started``:
due by the report's own day, and not started on it. ``moved`` and ``overdue``
(``store.analysis.milestones.milestone_delays``) only name the rule behind a noted contradiction: a
plan that moved is listed as a slip. ``told_again``: a task is due at another time in a later
document.
``quarter_target``: a target of one quarter differs between documents. ``document_date``: a document
is cited with two dates. ``numbered_parts``: a list of numbered parts ends at two numbers.
``approved_but_pending``: a plan is approved and still drawn up. ``done_but_partly``: a part is done
and partly done. The last six are of the documents' own words.
"""


@dataclass(frozen=True)
class Contradiction:
    """Two statements side by side.

    ``id`` is the curated table's (``C-016``), else made of what contradicts, so that it stays the
    same when read again. ``topic`` is one of ``TOPICS``; ``rules`` are those of ``RULES`` that find
    it (none for what only a reader can see). ``subject`` is a curated text in Vietnamese, else the
    field or the indicator's subject and measure (``key_projects/misses_goal``). ``a`` is what is
    claimed, ``b`` what stands against it; their values are curated texts where ``curated`` holds,
    the documents' own words (the subject too) where ``worded`` does. ``items`` are all that it
    is true of, ``item`` the first ('' for none). ``state`` is ``open`` or ``settled``, with the
    ``choice`` and its reason ``why`` of who settled it.
    """

    id: str
    topic: str
    rules: tuple[str, ...]
    subject: str
    item: str
    items: tuple[str, ...]
    name: str
    a: Statement
    b: Statement
    note: str = ""
    curated: bool = False
    worded: bool = False
    state: str = OPEN
    choice: str = ""
    why: str = ""


def make_contradiction(
    rule: str, subject: str, a: Statement, b: Statement, *, item: str = ""
) -> Contradiction:
    """Return a contradiction that a rule has found; its name is filled in where all are joined."""
    return Contradiction(
        id=_make_contradiction_id(rule, subject, item, a, b),
        topic=RULES[rule] if rule != "values" else _classify_topic(subject),
        rules=(rule,),
        subject=subject,
        item=item,
        items=(item,) if item else (),
        name="",
        a=a,
        b=b,
    )


def make_text_contradiction(rule: str, subject: str, a: Statement, b: Statement) -> Contradiction:
    """Return a contradiction whose subject and sides are words of the documents."""
    return replace(make_contradiction(rule, subject, a, b), worded=True)


def format_count_subject(row: Row) -> str:
    """Return the subject of a contradiction about a count: whose it is and its measure."""
    return f"{row['subject']}/{row['measure']}"


def _classify_topic(field: str) -> str:
    if field.startswith("milestone"):
        return "milestone"
    return field if field in {"forecast", "status"} else "value"


def _make_contradiction_id(rule: str, subject: str, item: str, a: Statement, b: Statement) -> str:
    parts = [rule, subject, item, *_list_source_lines(a), *_list_source_lines(b), a.value, b.value]
    return "X-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


def _list_source_lines(statement: Statement) -> Iterator[str]:
    for source in statement.sources:
        yield f"{source.doc}:{source.line_from}"
