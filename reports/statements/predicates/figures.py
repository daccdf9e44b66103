"""Quantities as statements: what the words around a figure say that it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reports.model.document import SourcePlace
from reports.model.statement import Statement
from reports.statements.lexing.phrases import load_phrases
from reports.statements.predicates.figure_fields import FigureWords, choose_field
from reports.statements.predicates.figure_subjects import find_figure_subject, find_time
from reports.statements.predicates.moods import find_mood

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.statement import Mood
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.quantities import Quantity
    from reports.statements.subjects import Subject, SubjectMemory

_AFTER: Final = 45
"""Characters behind a figure in which words tell what it is."""
_ACTS: Final = frozenset({
    "disbursed", "disbursed_pct", "compensation", "land_handed_over", "land_cleared",
    "households_paid", "households_agreed", "households_cleared", "construction_pct",
    "clearance_pct", "physical_done",
})  # fmt: skip
_PLAN_OF: Final = re.compile(
    r"^[\s,]*(?:của\s)?(?P<plan>(?:kế hoạch|KH|tổng)[^,;()]{0,80})", re.IGNORECASE
)
_MARKS: Final = re.compile(r"[\s,;:()–-]*(?:(?:và|còn)\s)?")
_OPENED: Final = re.compile(r"[(:][^()]*$")
"""A figure in brackets, or in a list of figures behind a colon."""


_GROUP: Final = re.compile(r"(?:nhóm|các|những|dự án)\s(?:\w+\s){0,3}?có\s", re.IGNORECASE)
_ONLY: Final = re.compile(r"(?<!\w)riêng\s(?P<name>[^,;()\d]{2,40})$", re.IGNORECASE)
_LOOSE: Final = frozenset({"money", "pct", "organisations", "area", "length"})
_CLAUSE_REACH: Final = 400
_TOPIC_REACH: Final = 900
"""Characters before a figure in which its mood, and its topic, are looked for."""
_PLAN_REACH: Final = 110
_OFF: Final = 0.03
"""By how much an amount may differ from its share of the plan."""
_BRACKET_REACH: Final = 80
_AT_LEAST: Final = re.compile(r"tối thiểu|ít nhất|không dưới|tối đa|không quá")
"""What is to be at least so much is a goal, no result."""


@dataclass(frozen=True)
class FigureReading:
    """The statements of a sentence's figures; ``others`` are the figures that are none of ours."""

    statements: tuple[Statement, ...]
    others: tuple[Quantity, ...]


def read_figures(lexed: LexedSentence, memory: SubjectMemory) -> FigureReading:
    """Return what the figures of a sentence say, each with its subject and its mood."""
    statements: list[Statement] = []
    others: list[Quantity] = []
    last = last_kind = ""
    previous_end = 0
    for quantity in lexed.quantities:
        begin, stop = lexed.find_clause(quantity.start)
        left = lexed.text[max(begin, previous_end) : quantity.start]
        following = [q.start for q in lexed.quantities if q.start >= quantity.end]
        limit = min([stop, quantity.end + _AFTER, *following])
        right = re.split(r"[,;(]|\.\s", lexed.text[quantity.end : limit])[0]
        clause = lexed.text[max(begin, quantity.start - _CLAUSE_REACH) : quantity.start]
        before = lexed.text[max(0, quantity.start - _TOPIC_REACH) : quantity.start]
        words = FigureWords(left, right, clause, before, last)
        field = choose_field(quantity, words)
        bare = _is_bare(lexed, quantity, previous_end)
        if field in {"money", "pct"} and bare:
            field = last if last and last_kind == quantity.kind else field
            field = "investment" if field == "money" and _OPENED.search(clause) else field
        previous_end = quantity.end
        if field == "other" or not field:
            others.append(quantity)
            last = "" if quantity.kind != "count" else last
            continue
        if quantity.kind != "count":
            last, last_kind = field, quantity.kind
        made = [
            _narrow(statement, left, statements)
            for statement in _make_statements(lexed, memory, quantity, field, bare=bare)
        ]
        if made[0].why in {"no_subject", "unclear_field"} and not _concerns_us(
            lexed, memory, made[0]
        ):
            others.append(quantity)
            continue
        statements.extend(made)
    return FigureReading(tuple(_question_contradictions(statements)), tuple(others))


def _narrow(statement: Statement, left: str, earlier: list[Statement]) -> Statement:
    """Return a figure as a part where "riêng …" says so, or as a bound that is nobody's own.

    "(riêng đoạn A 46,6%)" is a part of the figure before; "nhóm dự án có tổng mức đầu tư hơn
    1.000 tỷ" tells which are meant, not what they cost.
    """
    bound = statement.field == "investment" and statement.subject_kind == "works"
    if bound and statement.qualifier != "exact" and _GROUP.search(left):
        return replace(statement, status="ask", why="unclear_field")
    part = _ONLY.search(left)
    whole = [s for s in earlier if s.field == statement.field and s.subject == statement.subject]
    if part and whole and part["name"].strip() not in statement.subject:
        return replace(statement, part_of=whole[-1].stated, detail=part["name"].strip())
    return statement


def _concerns_us(lexed: LexedSentence, memory: SubjectMemory, statement: Statement) -> bool:
    """Return False for a figure of nothing that we know, in a sentence on nothing of ours."""
    if statement.field not in _LOOSE or statement.subject or memory.concerned:
        return True
    topics = load_phrases("predicates", "topics").find(lexed.text)
    return any(topic.key == "ours" for topic in topics)


def _question_contradictions(statements: list[Statement]) -> Iterator[Statement]:
    """Yield the statements; an amount that its own share of the plan contradicts is asked about.

    "68.398 tỷ đồng … đạt 22,87% kế hoạch (36.728 tỷ đồng)" has a digit too much somewhere.
    """
    expected = [
        float(share.value) / 100 * float(plan.value)
        for share in statements
        for plan in statements
        if share.field == "disbursed_pct"
        and plan.field == "allocated"
        and not isinstance(share.value, str)
        and not isinstance(plan.value, str)
        and 0 < plan.start - share.end < _PLAN_REACH
    ]
    for statement in statements:
        value = statement.value
        if statement.field != "disbursed" or isinstance(value, str) or not expected:
            yield statement
        elif min(abs(value - amount) / max(amount, 1) for amount in expected) > _OFF:
            amounts = (_plain(value), *(f"{amount:.0f}" for amount in expected))
            yield replace(statement, status="ask", why="contradiction", candidates=amounts)
        else:
            yield statement


def _is_bare(lexed: LexedSentence, quantity: Quantity, previous_end: int) -> bool:
    """Return True if only marks stand between a figure and the name or figure before it."""
    ends = [name.end for name in lexed.names if name.end <= quantity.start]
    return _MARKS.fullmatch(lexed.text[max([previous_end, *ends]) : quantity.start]) is not None


def _make_statements(
    lexed: LexedSentence,
    memory: SubjectMemory,
    quantity: Quantity,
    field: str,
    *,
    bare: bool,
) -> Iterator[Statement]:
    begin, _ = lexed.find_clause(quantity.start)
    subject = find_figure_subject(lexed, memory, quantity, field)
    default: Mood = "done" if field in _ACTS else "measured"
    mood = _find_figure_mood(lexed.text, begin, quantity, default)
    if field == "investment" and bare and subject is not None and subject.kind == "works":
        field = "allocated" if memory.allots else "money"
    if field == "pct" and subject is not None and subject.kind == "body" and memory.spends:
        field = "disbursed_pct"
    if field in {"count", "area", "length", "investment", "equity"} and mood in {
        "done",
        "required",
    }:
        mood = "measured"
    if field == "disbursed" and mood in {"planned", "required"}:
        field = (
            "planned_disbursement"
            if subject is not None and subject.kind in _ITEMS
            else "disbursement_target"
        )
    line = lexed.sentence.find_line(quantity.start)
    value: float | str | None = quantity.value
    if quantity.low is not None and quantity.value is not None:
        value = f"{_plain(quantity.low)}..{_plain(quantity.value)}"
    statement = Statement(
        subject=subject.name if subject else "",
        subject_kind=subject.kind if subject else "unknown",
        field=field,
        value=value if value is not None else (quantity.readings[0] if quantity.readings else ""),
        sentence=lexed.sentence.text,
        place=SourcePlace(line, line, lexed.sentence.place.page),
        start=quantity.start,
        end=quantity.end,
        item=subject.item if subject else "",
        stated=lexed.text[quantity.start : quantity.end],
        unit=quantity.unit,
        total=quantity.total,
        qualifier=quantity.qualifier,
        mood=mood,
        when=find_time(lexed, quantity.start),
        communes=subject.communes if subject else (),
        detail=_find_detail(lexed, quantity, field, subject),
        candidates=tuple(
            _plain(reading) for reading in quantity.readings if quantity.value is None
        ),
    )
    yield _judge(statement, subject, quantity)


_ITEMS: Final = frozenset({"project", "park", "cluster", "zone", "housing"})


def _is_task(statement: Statement) -> bool:
    """Return True if a sentence begins with what is to be done: its figure may be a goal."""
    first = next(load_phrases("moods", "tasks").find(statement.sentence[:60]), None)
    return first is not None and not statement.sentence[: first.start].strip(" -+–•*0123456789.)")


def _find_figure_mood(text: str, begin: int, quantity: Quantity, default: Mood) -> Mood:
    """Return a figure's mood; in brackets what stands before them counts too."""
    mood = find_mood(text[max(begin, quantity.start - _CLAUSE_REACH) : quantity.start], default)
    opening = text.rfind("(", 0, quantity.start)
    if mood in {"done", "measured"} and opening >= 0 and ")" not in text[opening : quantity.start]:
        outer = find_mood(text[max(0, opening - _BRACKET_REACH) : opening], mood)
        mood = outer if outer in {"planned", "required"} else mood
    if mood == "done" and _AT_LEAST.match(text[quantity.start : quantity.end].lower()):
        return "planned"
    return mood


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _judge(statement: Statement, subject: Subject | None, quantity: Quantity) -> Statement:
    """Return a statement as sure, or as a question with its reason."""
    why = ""
    if quantity.value is None:
        why = "two_readings"
    elif subject is None and statement.field != "count":
        why = "no_subject"
    elif statement.field in {"money", "pct"}:
        why = "unclear_field"
    elif statement.mood in {"conditional", "denied", "proposed"} or (
        statement.mood == "done" and statement.subject_kind == "city" and _is_task(statement)
    ):
        why = "mood"
    return replace(statement, status="ask" if why else "sure", why=why)


def _find_detail(
    lexed: LexedSentence, quantity: Quantity, field: str, subject: Subject | None
) -> str:
    """Return what narrows the field: whose plan a share is of, a phase, the counted things."""
    if field.endswith("_pct"):
        plan = _PLAN_OF.match(lexed.text, quantity.end)
        return plan["plan"].strip() if plan else ""
    if field == "count":
        after = re.split(r"[,;.:()]", lexed.text[quantity.end : quantity.end + 80])[0]
        return after.strip()
    return subject.phase if subject else ""
