"""Quantities as statements: what the words around a figure say that it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reports.statements.contradictions import format_number, question_shares
from reports.statements.lexing.phrases import CAPITALS, load_phrases
from reports.statements.predicates.figure_fields import FigureWords, choose_field
from reports.statements.predicates.figure_subjects import find_figure_subject, find_time
from reports.statements.predicates.moods import find_mood
from reports.statements.predicates.statement_making import make_statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.statement import Mood, Statement
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
_REACHED: Final = re.compile(r"(?:hoàn thành|đạt|vượt)\s(?:mục tiêu|chỉ tiêu|kế hoạch)[^,;]*,")
"""A goal that others have reached plans nothing of what is counted behind it."""
_SIZES: Final = frozenset({
    "count", "area", "length", "investment", "equity", "land_remaining", "households",
    "households_remaining",
})  # fmt: skip
"""What things have, whatever is to be done with it."""
_RESULTS: Final = frozenset({*_ACTS, "dwellings"})
_PLAN_OF: Final = re.compile(
    r"^[\s,]*(?:của\s)?(?P<plan>(?:kế hoạch|KH|tổng)[^,;()]{0,80})", re.IGNORECASE
)
_MARKS: Final = re.compile(r"[\s,;:()–-]*(?:(?:và|còn)\s)?")
_OPENED: Final = re.compile(r"[(:][^()]*$")
"""A figure in brackets, or in a list of figures behind a colon."""


_GROUP: Final = re.compile(r"(?:nhóm|các|những|dự án)\s(?:\w+\s){0,3}?có\s", re.IGNORECASE)
_ONLY: Final = re.compile(r"(?<!\w)riêng\s(?P<name>[^,;()\d]{2,40})$", re.IGNORECASE)
_IN_PHASE: Final = re.compile(
    r"(?P<phase>(?:giai đoạn|GĐ)\s(?:[IVX]+|\d))(?:\s(?:là|có|gồm|rộng|khoảng))?[\s:,(]*$",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"(?<!\w)từ\s$", re.IGNORECASE)
_WAS: Final = re.compile(
    r"(?:(?:tăng|giảm|điều chỉnh|nâng)\s(?:\w+\s){0,3}?từ|trước đây|trước là|ban đầu)\s(?:là\s)?$",
    re.IGNORECASE,
)
_RISEN: Final = re.compile(r"\s?(?:lên|xuống|còn|thành)(?:\sthành|\scòn)?\s")
"""Between what an amount was and what it is now."""
_TURNED: Final = re.compile(r"\s?(?:lên|xuống|còn|thành)\s")
_SAME: Final = re.compile(
    r"[\s,;(]*(?:tức(?: là)?|hay(?: là)?|tương đương|tương ứng)\s", re.IGNORECASE
)
_TOGETHER: Final = re.compile(
    r"[\s,;(]*(?:có\s|với\s)?tổng\s(?:chiều dài|diện tích|mức đầu tư|vốn)[^,;()]{0,30}$",
    re.IGNORECASE,
)
_DETAIL_END: Final = re.compile(r"[,;:()]|\.(?!\d)|\s(?:với|có)\s(?:tổng|quy mô|diện tích|số)\s")
_OTHER_THING: Final = re.compile(
    rf"\s*(?:(?:và|cùng)\s|[{CAPITALS}][^,;.:()]*[,;]\s(?:và\s)?[{CAPITALS}])"
)
"""Behind what is counted: another thing, or the names of all that are."""
_LAND: Final = re.compile(
    r"(?:^|[,;:(]\s?|trong đó\s|gồm\s)(?P<kind>(?:đất|phần)\s(?!nghiên|quy|dự)[^,;:()\d]{2,50})$",
    re.IGNORECASE,
)
_LOOSE: Final = frozenset({"money", "pct", "organisations", "area", "length"})
_CLAUSE_REACH: Final = 400
_TOPIC_REACH: Final = 900
"""Characters before a figure in which its mood, and its topic, are looked for."""
_BRACKET_REACH: Final = 80
_AT_LEAST: Final = re.compile(r"tối thiểu|ít nhất|không dưới|tối đa|không quá")
"""What is to be at least so much is a goal, no result."""


def read_figures(lexed: LexedSentence, memory: SubjectMemory) -> tuple[Statement, ...]:
    """Return what the figures of a sentence say, each with its subject and its mood.

    A figure of the economy at large, or of nothing that we know, gives none.
    """
    statements: list[Statement] = []
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
        if field == "money" and last_kind == "money" and _RISEN.fullmatch(left):
            field = last or field
        previous_end = quantity.end
        if field == "other" or not field:
            last = "" if quantity.kind != "count" else last
            continue
        if quantity.kind != "count":
            last, last_kind = field, quantity.kind
        made = [
            _narrow(statement, left, lexed.text[quantity.end : quantity.end + 12], statements)
            for statement in _make_statements(lexed, memory, quantity, field, bare=bare)
        ]
        if made[0].why in {"no_subject", "subject", "unclear_field"} and not _concerns_us(
            lexed, memory, made[0]
        ):
            continue
        statements.extend(made)
    return tuple(question_shares(statements))


def hold_as_goals(statements: Sequence[Statement]) -> list[Statement]:
    """Return figures that stand among goals: what would be a result is planned."""
    return [
        replace(s, mood="planned")
        if s.mood in {"done", "measured"} and (s.field in _RESULTS or s.subject_kind == "city")
        else s
        for s in statements
    ]


def _narrow(statement: Statement, left: str, right: str, earlier: list[Statement]) -> Statement:
    """Return a figure with what narrows it: a phase, a part, a time before a change, a bound.

    "(riêng đoạn A 46,6%)" and "trong đó đất cây xanh 8 ha" are parts of the figure before, and so
    is what says the same ("tức 7,8 km"); "3 đoạn, tổng chiều dài 2 km" is of what is counted;
    "tăng từ 198 ha lên 263 ha" gives what was, then what is; "nhóm dự án có tổng mức đầu tư hơn
    1.000 tỷ" tells which are meant, not what they cost.
    """
    bound = statement.field == "investment" and statement.subject_kind == "works"
    if bound and statement.qualifier != "exact" and _GROUP.search(left):
        return replace(statement, status="ask", why="unclear_field")
    follows = _narrow_by_last(statement, left, earlier[-1]) if earlier else None
    if follows is not None:
        return follows
    alike = [s for s in earlier if s.field == statement.field and s.subject == statement.subject]
    whole = [s for s in alike if not s.part_of]
    part = _ONLY.search(left)
    if part and whole and part["name"].strip() not in statement.subject:
        return replace(statement, part_of=whole[-1].stated, detail=part["name"].strip())
    stage = _find_stage(left, right)
    if stage:
        return replace(statement, detail=stage)
    kind = _LAND.search(left) if statement.field == "area" else None
    if kind:
        total = whole[-1].stated if whole else ""
        return replace(statement, detail=kind["kind"].strip(), part_of=total)
    return statement


def _find_stage(left: str, right: str) -> str:
    """Return the phase that a figure is of, or that it was so before a change; '' for neither."""
    phase = _IN_PHASE.search(left)
    if phase:
        return phase["phase"]
    was = _WAS.search(left) and (_TURNED.match(right) or not _FROM.search(left))
    return "trước khi điều chỉnh" if was else ""


def _narrow_by_last(statement: Statement, left: str, last: Statement) -> Statement | None:
    """Return a figure that says the one before it again, or adds up what that one counts."""
    if last.is_part and _SAME.match(left):
        return replace(statement, detail=last.detail, part_of=last.part_of)
    if last.field == "count" and _TOGETHER.match(left):
        return replace(statement, subject=last.stated, subject_kind="works", item="")
    return None


def _concerns_us(lexed: LexedSentence, memory: SubjectMemory, statement: Statement) -> bool:
    """Return False for a figure of nothing that we know, in a sentence on nothing of ours."""
    if statement.field not in _LOOSE or statement.subject or memory.concerned:
        return True
    topics = load_phrases("predicates", "topics").find(lexed.text)
    return any(topic.key == "ours" for topic in topics)


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
    if field in _SIZES and mood in {"done", "required"}:
        mood = "measured"
    if field == "allocated" and mood == "forecast":
        mood = "measured"  # what is estimated is how much of it was spent
    if field == "disbursed" and mood in {"planned", "required"}:
        field = (
            "planned_disbursement"
            if subject is not None and subject.kind in _ITEMS
            else "disbursement_target"
        )
    value: float | str | None = quantity.value
    if quantity.low is not None and quantity.value is not None:
        value = f"{format_number(quantity.low)}..{format_number(quantity.value)}"
    value = value if value is not None else (quantity.readings[0] if quantity.readings else "")
    span = range(quantity.start, quantity.end)
    statement = replace(
        make_statement(lexed.sentence, subject, field, value, span),
        unit=quantity.unit,
        total=quantity.total,
        qualifier=quantity.qualifier,
        mood=mood,
        when=find_time(lexed, quantity.start),
        detail=_find_detail(lexed, quantity, field, subject),
        candidates=tuple(
            format_number(reading) for reading in quantity.readings if quantity.value is None
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
    before = text[max(begin, quantity.start - _CLAUSE_REACH) : quantity.start]
    if quantity.kind == "count" and quantity.noun == "project":
        before = _REACHED.sub(",", before)
    mood = find_mood(before, default)
    opening = text.rfind("(", 0, quantity.start)
    if mood in {"done", "measured"} and opening >= 0 and ")" not in text[opening : quantity.start]:
        outer = find_mood(text[max(0, opening - _BRACKET_REACH) : opening], mood)
        mood = outer if outer in {"planned", "required"} else mood
    if mood == "done" and _AT_LEAST.match(text[quantity.start : quantity.end].lower()):
        return "planned"
    return mood


def _judge(statement: Statement, subject: Subject | None, quantity: Quantity) -> Statement:
    """Return a statement as sure, or as a question with its reason."""
    why = ""
    if quantity.value is None:
        why = "two_readings"
    elif subject is None and statement.field != "count":
        why = "no_subject"
    elif subject is not None and subject.supposed:
        why = "subject"
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
        after = lexed.text[quantity.end : quantity.end + 80]
        return "" if _OTHER_THING.match(after) else _DETAIL_END.split(after)[0].strip()
    return subject.phase if subject else ""
