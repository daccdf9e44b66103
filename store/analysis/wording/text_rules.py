"""Contradictions that only the words of the documents show, whatever was read of them as figures.

Each rule is one pattern of the language: a dated document, a list of numbered parts, a plan that is
approved or still to be, a part of the works that is done or half done.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from store.analysis.contradiction import Contradiction, make_text_contradiction
from store.facts.statements import Statement
from store.facts.stored.document_lines import list_document_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from store.facts.facts import Facts
    from store.facts.stored.document_lines import DocumentLine


@dataclass(frozen=True)
class Wording:
    """Words of a line that say one thing: ``value`` is what they say, ``raw`` the words."""

    line: DocumentLine
    value: str
    raw: str


def find_text_contradictions(facts: Facts) -> Iterator[Contradiction]:
    """Give what the texts of the imported documents contradict one another in."""
    lines = list_document_lines(facts)
    yield from _find_two_dates(facts, lines)
    yield from _find_two_part_lists(facts, lines)
    yield from _find_approved_but_pending(facts, lines)
    yield from _find_done_but_partly(facts, lines)


def make_wording_contradiction(
    facts: Facts, rule: str, subject: str, a: Iterable[Wording], b: Iterable[Wording]
) -> Contradiction:
    """Return a contradiction of what some words say with what others do."""
    return make_text_contradiction(rule, subject, _make_side(facts, a), _make_side(facts, b))


def _make_side(facts: Facts, wordings: Iterable[Wording]) -> Statement:
    wordings = list(wordings)
    sources = dict.fromkeys(one.line.make_source(facts, one.raw) for one in wordings)
    return Statement(wordings[0].line.period, wordings[0].value, tuple(sources))


_DATED: Final = re.compile(
    r"(?P<kind>Nghị quyết|Quyết định|Kết luận|Kế hoạch|Chỉ thị|Thông báo|Thông tư|Nghị định"
    r"|Báo cáo|Công văn|Chương trình hành động|Tờ trình|Công điện)\s+số\s+"
    r"(?P<number>\d+[\w./]*-[\wĐ/&.-]+?),?\s+ngày\s+"
    r"(?P<day>\d{1,2})(?:/|\s+tháng\s+)(?P<month>\d{1,2})(?:/|\s+năm\s+)(?P<year>\d{4})"
    r"(?:\s+của\s+(?P<body>[^,.;()]{3,60}))?"
)
_OF_MANY: Final = re.compile(r"-(?:UBND|CT|SXD|HĐND)\b")
"""Numbers that every commune's bodies give too: the body has to be named."""


def _find_two_dates(facts: Facts, lines: Iterable[DocumentLine]) -> Iterator[Contradiction]:
    """Give documents that are cited with two dates of one year; numbers begin anew every year."""
    cited: dict[tuple[str, str], dict[str, list[Wording]]] = defaultdict(lambda: defaultdict(list))
    names: dict[tuple[str, str], str] = {}
    for line in lines:
        for match in _DATED.finditer(line.text) if " ngày " in line.text else ():
            number, body = match["number"].upper(), " ".join(fold_text(match["body"] or "").split())
            if _OF_MANY.search(number) and not body:
                continue
            key = (f"{fold_text(match['kind'])} {number} {match['year']}", _name_body(body))
            day = f"{int(match['day']):02}/{int(match['month']):02}/{match['year']}"
            names.setdefault(key, f"{match['kind']} số {match['number']}")
            cited[key][day].append(Wording(line, day, match[0]))
    for key, days in cited.items():
        first, *others = sorted(days.values(), key=len, reverse=True)
        for other in others:
            yield make_wording_contradiction(facts, "document_date", names[key], first, other)


def _name_body(body: str) -> str:
    """Return the first words of a body, which tell two that number their documents apart."""
    return " ".join(body.split()[:3])


_NUMBERS: Final = r"\d{1,3}(?:\s*(?:,|-|–|và|đến|số|từ)+\s*\d{1,3})+"
_PARTS: Final = re.compile(
    r"(?P<noun>bến cảng|dự án cảng|bến|cảng|lô|trụ|gói thầu|toa|tổ máy|phân khu)"
    rf"(?:\s+từ)?(?:\s+số)?\s+(?P<list>{_NUMBERS})\b"
)
_SAME_THING: Final = {"bến cảng": "bến", "dự án cảng": "bến", "cảng": "bến"}
_PROPER: Final = re.compile(r"\b[A-ZĐÀ-Ỹ][\wà-ỹ]*(?:\s+[A-ZĐÀ-Ỹ][\wà-ỹ]*)+")
_FEWEST_PARTS: Final = 3
"""A list of two is a step of the works, not the whole."""


def _find_two_part_lists(facts: Facts, lines: Iterable[DocumentLine]) -> Iterator[Contradiction]:
    """Give numbered parts of one place that begin alike and end at another number."""
    listed: dict[tuple[str, str, int], dict[int, list[Wording]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for line in lines:
        for match in _PARTS.finditer(line.text):
            parts = _expand_numbers(match["list"])
            if len(parts) < _FEWEST_PARTS:
                continue
            noun = _SAME_THING.get(match["noun"], match["noun"])
            for place in _list_places(line.text, match.start(), match.end()):
                listed[noun, place, min(parts)][max(parts)].append(
                    Wording(line, match[0].strip(), match[0])
                )
    done: set[frozenset[DocumentLine]] = set()
    for (noun, place, _), ends in sorted(listed.items(), key=lambda entry: -len(entry[0][1])):
        for shorter, longer in zip(sorted(ends), sorted(ends)[1:], strict=False):
            sides = ends[longer], ends[shorter]
            key = frozenset(one.line for side in sides for one in side)
            if not any(key <= other for other in done):
                done.add(key)
                subject = f"{noun.capitalize()}, {place}"
                yield make_wording_contradiction(facts, "numbered_parts", subject, *sides)


def _expand_numbers(text: str) -> frozenset[int]:
    """Return the numbers of "7-8, 9-12" or "7 đến 10", those between the ends of a range too."""
    numbers: set[int] = set()
    for piece in re.split(r",|\bvà\b", text):
        ends = [int(number) for number in re.findall(r"\d+", piece)]
        if ends:
            numbers.update(range(min(ends), max(ends) + 1))
    return frozenset(numbers)


_NEAR: Final = 90
"""How many letters from a list the name of its place may stand."""


def _list_places(text: str, start: int, end: int) -> set[str]:
    """Return the last two words of each proper name near a list: what it is a part of."""
    near = text[max(start - _NEAR, 0) : end + _NEAR]
    return {" ".join(match[0].split()[-2:]) for match in _PROPER.finditer(near)}


_PLAN_NAME: Final = (
    r"(?P<plan>Quy hoạch (?:chung|phân khu|chi tiết|thành phố|vùng)\s+[^.;,()\t]{8,90})"
)
_APPROVED: Final = re.compile(
    rf"(?:(?:Quyết định|Nghị quyết)\s+số[^.;\t]{{3,60}}?|đã\s+(?:được\s+)?)phê duyệt\s+{_PLAN_NAME}"
)
_PENDING: Final = re.compile(
    r"(?:tiếp thu|hoàn thiện|trình thẩm định|tổ chức lập|tiến độ lập|công tác lập|thẩm định"
    rf"|trình phê duyệt|xin ý kiến)[^.;\t]{{0,60}}?{_PLAN_NAME}",
    re.IGNORECASE,
)
_ADJUSTED: Final = re.compile(r"điều chỉnh|nhiệm vụ", re.IGNORECASE)
"""An approved plan may be adjusted, and the task of drawing one up is approved before it."""


def _find_approved_but_pending(
    facts: Facts, lines: tuple[DocumentLine, ...]
) -> Iterator[Contradiction]:
    """Give plans that a document says are approved and the same or a later one draws up still."""
    ranks = facts.document_ranks
    approved: dict[str, list[Wording]] = defaultdict(list)
    pending: dict[str, list[Wording]] = defaultdict(list)
    names: dict[str, str] = {}
    for line in lines:
        if "uy hoạch" not in line.text:
            continue
        for pattern, found in ((_APPROVED, approved), (_PENDING, pending)):
            for match in pattern.finditer(line.text):
                if not _ADJUSTED.search(match[0]):
                    name = _PLAN_END.sub("", match["plan"]).strip()
                    plan = " ".join(fold_text(name).split())
                    names.setdefault(plan, name)
                    found[plan].append(Wording(line, match[0], match[0]))
    for plan, stated in approved.items():
        later = [one for one in pending[plan] if ranks[one.line.doc] >= ranks[stated[0].line.doc]]
        if later:
            yield make_wording_contradiction(
                facts, "approved_but_pending", names[plan], stated, later
            )


_PLAN_END: Final = re.compile(
    r"\s+(?:đến năm|giai đoạn|thời kỳ|theo|tại|trong|bảo đảm|đảm bảo)\b.*"
)


_CODE: Final = r"\b[A-Z]{1,3}\d{1,3}\b"
_PART_DONE: Final = re.compile(
    r"(?:thi công xong|đã xong|hoàn thành|hoàn thiện)\s+(?P<what>[^;.\n<>]{0,80}?)\(?\s*"
    rf"(?P<last>\w+)\s+(?P<parts>{_CODE}(?:\s*(?:,|và)\s*{_CODE})*)",
    re.IGNORECASE,
)
_PART_PARTLY: Final = re.compile(
    rf"(?P<what>\w+)\s+(?P<part>{_CODE})\s+(?:mới\s+)?đạt\s+"
    r"(?P<share>[½¼¾]|\d/\d|\d{1,2}(?:,\d+)?\s*%)"
)


def _find_done_but_partly(facts: Facts, lines: Iterable[DocumentLine]) -> Iterator[Contradiction]:
    """Give parts of the works that one text says are done and half done."""
    for line in lines:
        partly = list(_PART_PARTLY.finditer(line.text)) if " đạt " in line.text else []
        if not partly:
            continue
        done = {
            (match["last"].lower(), part): match[0]
            for match in _PART_DONE.finditer(line.text)
            for part in re.findall(_CODE, match["parts"])
        }
        for match in partly:
            raw = done.get((match["what"].lower(), match["part"]))
            if raw:
                sides = [Wording(line, raw, raw)], [Wording(line, match[0], match[0])]
                subject = f"{match['what'].capitalize()} {match['part']}"
                yield make_wording_contradiction(facts, "done_but_partly", subject, *sides)
