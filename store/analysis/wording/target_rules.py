"""Contradictions between what documents set as targets of a quarter and as times of a task."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from store.analysis.contradiction import Contradiction, make_contradiction, make_text_contradiction
from store.analysis.milestones.milestone_delays import count_days_moved
from store.column_values import list_rows
from store.facts.sources import make_source
from store.facts.statements import Row, Statement, statement_from_row
from store.facts.stored.document_lines import TaskTime, list_document_lines, list_task_times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.facts.facts import Facts


def find_target_contradictions(facts: Facts) -> Iterator[Contradiction]:
    """Give targets and times of imported documents that differ from what another one sets."""
    yield from _find_two_targets(facts)
    yield from _find_two_times(facts)


_QUARTER: Final = re.compile(r"[Qq]uý\s+(IV|I{1,3})\b(?:\s*(?:/|năm)\s*(\d{4}))?")
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}
_NEAR: Final = 40
"""How many letters from a figure the quarter may stand that it is of."""


def _find_two_targets(facts: Facts) -> Iterator[Contradiction]:
    """Give targets that documents set for one quarter with another figure.

    The quarter is the one that the sentence names beside the figure, whatever the document's own.
    """
    targets = [row for row in list_rows(facts.indicators) if row["measure"].startswith("target")]
    if not targets:
        return
    texts = {
        (line.doc, number): line.text
        for line in list_document_lines(facts)
        for number in range(line.line_from, line.line_to + 1)
    }
    ranks, ends = facts.document_ranks, facts.period_ends
    stated: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in sorted(targets, key=lambda row: (ranks[row["doc"]], row["line_from"])):
        text = texts.get((row["doc"], row["line_from"]), "")
        quarter = _find_quarter(text, row["raw"], ends[row["period"]][:4])
        if quarter:
            stated[row["subject"], row["unit"], quarter].append(row)
    for (subject, _, _), rows in stated.items():
        other = next((row for row in rows[1:] if row["value"] != rows[0]["value"]), None)
        if other is not None:
            a, b = statement_from_row(facts, rows[0]), statement_from_row(facts, other)
            yield make_contradiction("quarter_target", f"{subject}/target_quarter", a, b)


def _find_quarter(text: str, raw: str, year: str) -> str:
    """Return the quarter that a text names nearest to some words (``2026-Q2``), '' for none."""
    text, raw = text.replace("*", ""), raw.replace("*", "")
    at = text.find(raw)
    end = at + len(raw)
    near = [
        (max(match.start() - end, at - match.end()), match)
        for match in _QUARTER.finditer(text)
        if at >= 0 and max(match.start() - end, at - match.end()) < _NEAR
    ]
    if not near:
        return ""
    match = min(near, key=lambda pair: pair[0])[1]
    return f"{match[2] or year}-Q{_ROMAN[match[1]]}"


_BEFORE_NAME: Final = re.compile(
    r"^(?:(?:hoan thanh|dua vao (?:van hanh|su dung)|khoi cong|thuc hien|trien khai|va|du an"
    r"|dau tu|xay dung)\s+)+"
)


def _find_two_times(facts: Facts) -> Iterator[Contradiction]:
    """Give tasks that a later document sets for another time than an earlier one.

    A task is told again where its name is the same without the words before it ("Hoàn thành Dự án
    đầu tư xây dựng"). What is only more precise is no other time.
    """
    tasks = list_task_times(facts)
    told: dict[tuple[str, str, str], list[TaskTime]] = defaultdict(list)
    for task in (*tasks, *_find_times_in_texts(facts, {task.name for task in tasks})):
        told[_name_task(task.name), task.field, task.component].append(task)
    for first, *others in told.values():
        for other in others:
            if (
                other.line_from != first.line_from
                and count_days_moved(first.when, other.when) is not None
            ):
                a, b = _make_statement(facts, first), _make_statement(facts, other)
                yield make_text_contradiction("told_again", first.name, a, b)
                break


_STRIVEN: Final = re.compile(r"\((?:phan dau|du kien)[^)]*\)")
_LONG: Final = 6
"""From so many words on a name is told from others wherever it stands."""
_DUE: Final = re.compile(
    r"^[^;.]{0,90}?\b(?P<verb>hoàn thành|khởi công)\b[^;.]{0,60}?"
    r"(?:trong năm (?P<year>\d{4})|[Qq]uý\s+(?P<quarter>IV|I{1,3})\s*(?:/|năm)\s*(?P<of>\d{4}))"
)
_FIELDS: Final = {"hoàn thành": "milestone_finish", "khởi công": "milestone_start"}


def _find_times_in_texts(facts: Facts, names: set[str]) -> Iterator[TaskTime]:
    """Give the times that sentences set for things that a programme has a row of, by long names."""
    whole = [name for name in names if len(name.split()) >= _LONG and "(" not in name]
    for line in list_document_lines(facts):
        for name in whole if "\t" not in line.text else ():
            at = line.text.find(name)
            text = line.text[at + len(name) :].replace("*", "")
            match = _DUE.match(text) if at >= 0 else None
            if match:
                quarter = match["quarter"]
                when = f"{match['of']}-Q{_ROMAN[quarter]}" if quarter else match["year"]
                yield TaskTime(
                    line.doc, line.period, line.line_from, line.line_to, name,
                    _FIELDS[match["verb"]], when, "", match[0].strip(" ,"),
                )  # fmt: skip


def _name_task(name: str) -> str:
    """Return a task's name without the words before it and what is striven for in brackets."""
    bare = " ".join(_STRIVEN.sub("", fold_text(name)).strip(" .,;:-").split())
    return _BEFORE_NAME.sub("", bare)


def _make_statement(facts: Facts, task: TaskTime) -> Statement:
    source = make_source(facts, task.doc, task.line_from, task.line_to, raw=task.raw)
    return Statement(task.period, task.raw, (source,))
