"""Quantities as statements: what the words around a figure say that it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reports.model.document import SourcePlace
from reports.model.statement import Statement
from reports.statements.lexing.phrases import load_phrases
from reports.statements.predicates.moods import find_mood
from reports.statements.subjects import Subject, choose_subject, name_whole, names_city

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.statement import Mood
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.quantities import Quantity
    from reports.statements.subjects import SubjectMemory

_TABLES: Final = {
    "money": ("money_before", "money_after"),
    "percent": ("percent_before", "percent_after"),
    "area": ("area_before", "area_after"),
    "length": ("length_before", ""),
}
_NEUTRAL: Final = {"area": "area", "length": "length"}
_AFTER: Final = 45
"""Characters behind a figure in which words tell what it is."""
_ACTS: Final = frozenset({
    "disbursed", "disbursed_pct", "compensation", "land_handed_over", "land_cleared",
    "households_paid", "households_agreed", "households_cleared", "construction_pct",
    "clearance_pct", "physical_done",
})  # fmt: skip
_CITY_FIELDS: Final = frozenset({
    "disbursed", "disbursed_pct", "disbursement_target", "planned_disbursement", "allocated",
    "remaining_money",
})  # fmt: skip
_PCT_OF: Final = {
    "disbursed": "disbursed_pct", "planned_disbursement": "disbursed_pct",
    "disbursement_target": "disbursed_pct", "allocated": "disbursed_pct",
    "land_handed_over": "clearance_pct", "land_cleared": "clearance_pct",
}  # fmt: skip
_HOUSEHOLDS: Final = frozenset({"household", "organisation", "grave"})
_COUNT_FIELDS: Final = {
    "household": "households", "organisation": "organisations", "grave": "graves",
    "dwelling": "dwellings", "building": "buildings",
}  # fmt: skip
_TIED: Final = re.compile(
    r"[\s(:,–-]*(?:(?:với|đã|mới|giải ngân|đạt|được|chỉ|là|tỷ lệ|khoảng|hơn|gần|ở mức)\s)*"
)
_PLAN_OF: Final = re.compile(
    r"^[\s,]*(?:của\s)?(?P<plan>(?:kế hoạch|KH|tổng)[^,;()]{0,80})", re.IGNORECASE
)
_MARKS: Final = re.compile(r"[\s,;:()–-]*(?:(?:và|còn)\s)?")
_OPENED: Final = re.compile(r"[(:][^()]*$")
"""A figure in brackets, or in a list of figures behind a colon."""
_SOCIAL_HOUSING: Final = re.compile(r"nhà ở xã hội|NƠXH|NOXH", re.IGNORECASE)
_PLAN: Final = re.compile(r"kế hoạch[^,;()]*\(\s*$", re.IGNORECASE)


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
        clause = lexed.text[begin : quantity.start]
        field = _choose_field(quantity, left, right, last, clause)
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
        statements.extend(_make_statements(lexed, memory, quantity, field, bare=bare))
    return FigureReading(tuple(statements), tuple(others))


def _choose_field(quantity: Quantity, left: str, right: str, last: str, clause: str) -> str:
    if quantity.kind == "count":
        return _choose_count_field(quantity, left, right)
    before, after = _TABLES[quantity.kind]
    led = _find_nearest(before, left)
    trailed = _find_first(after, right) if after else ""
    if quantity.kind == "percent":
        return _choose_share(led, trailed, last, clause)
    if quantity.kind == "money":
        return _choose_money(led, trailed, left, clause)
    if trailed and (not led or led == _NEUTRAL[quantity.kind]):
        return trailed
    return led or _NEUTRAL[quantity.kind]


def _choose_money(led: str, trailed: str, left: str, clause: str) -> str:
    if led in {"other", "fdi"}:
        return "money" if led == "fdi" else "other"
    spends = re.search(r"giải ngân", left, re.IGNORECASE) is not None
    if led == "investment" and spends:
        plain = re.sub(r"vốn đầu tư( công)?", "", left)
        led = _find_nearest("money_before", plain) or "disbursed"
    if led:
        return "allocated" if _PLAN.search(left) else led
    if trailed:
        return trailed
    if _PLAN.search(left):
        return "allocated"
    if re.search(r"giải ngân", clause, re.IGNORECASE):
        return "disbursed"
    return _find_nearest("money_before", clause) or "money"


def _is_bare(lexed: LexedSentence, quantity: Quantity, previous_end: int) -> bool:
    """Return True if only marks stand between a figure and the name or figure before it."""
    ends = [name.end for name in lexed.names if name.end <= quantity.start]
    return _MARKS.fullmatch(lexed.text[max([previous_end, *ends]) : quantity.start]) is not None


def _choose_share(led: str, trailed: str, last: str, clause: str) -> str:
    if trailed == "other" or (led == "other" and not trailed):
        return "other"
    of_last = _PCT_OF.get(last, last if last.endswith("_pct") else "")
    if of_last and (trailed == "disbursed_pct" or led in {"", "target_pct"}):
        return of_last
    if led not in {"", "other", "target_pct"}:
        return led
    spends = re.search(r"giải ngân", clause, re.IGNORECASE)
    return trailed or ("disbursed_pct" if spends else "pct")


def _choose_count_field(quantity: Quantity, left: str, right: str) -> str:
    if quantity.noun == "household":
        trailed = _find_first("household_after", right)
        led = _find_nearest("household_before", left)
        return trailed or led or "households"
    if quantity.noun == "dwelling":
        led = _find_nearest("dwelling_before", left)
        return "other" if led == "other" else "dwellings"
    return _COUNT_FIELDS.get(quantity.noun, "count")


def _find_nearest(table: str, left: str) -> str:
    """Return the field of the phrase that ends nearest to a figure, within its own words."""
    matches = list(load_phrases("predicates", table).find(left))
    return matches[-1].key if matches else ""


def _find_first(table: str, right: str) -> str:
    match = next(load_phrases("predicates", table).find(right), None)
    return match.key if match and match.start <= _AFTER // 2 else ""


def _make_statements(
    lexed: LexedSentence,
    memory: SubjectMemory,
    quantity: Quantity,
    field: str,
    *,
    bare: bool,
) -> Iterator[Statement]:
    begin, _ = lexed.find_clause(quantity.start)
    subject = _find_subject(lexed, memory, quantity, field, begin)
    default: Mood = "done" if field in _ACTS else "measured"
    mood = find_mood(lexed.text[begin : quantity.start], default)
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
        communes=subject.communes if subject else (),
        detail=_find_detail(lexed, quantity, field, subject),
        candidates=tuple(
            _plain(reading) for reading in quantity.readings if quantity.value is None
        ),
    )
    yield _judge(statement, subject, quantity)


_ITEMS: Final = frozenset({"project", "park", "cluster", "zone", "housing"})


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
    elif statement.mood in {"conditional", "denied", "proposed"}:
        why = "mood"
    return replace(statement, status="ask" if why else "sure", why=why)


def _find_subject(
    lexed: LexedSentence, memory: SubjectMemory, quantity: Quantity, field: str, begin: int
) -> Subject | None:
    if field == "count":
        return Subject("works", quantity.unit, start=quantity.start)
    if field in {"disbursed_pct", "pct"}:
        body = _find_body(lexed, quantity.start, begin)
        if body is not None:
            return body
    subject = choose_subject(lexed, quantity.start, quantity.end, memory)
    if field == "dwellings" and (subject is None or subject.kind == "works"):
        whole = name_whole(memory.scope)
        if whole is not None and _SOCIAL_HOUSING.search(lexed.text):
            return whole
    if field in _CITY_FIELDS and (subject is None or subject.carried):
        whole = name_whole(memory.scope)
        named = names_city(lexed.text[: quantity.start]) or whole is None
        if whole is not None and (named or subject is None):
            return whole
    return subject


def _find_body(lexed: LexedSentence, start: int, begin: int) -> Subject | None:
    """Return the body whose share it is: "An Lão (53%)", "UBND huyện Cát Hải đạt 33%"."""
    named = [b for b in lexed.bodies if b.named and begin <= b.start < start]
    if not named:
        return None
    between = lexed.text[named[-1].end : start]
    return (
        Subject("body", named[-1].name, start=named[-1].start) if _TIED.fullmatch(between) else None
    )


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
