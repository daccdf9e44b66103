"""Counts in running text: ``53/131 dự án … không hoàn thành``, ``01 dự án đã khánh thành``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.model.extraction import Indicator
from reports.narrative.count_words import (
    BY_THING,
    MEASURES,
    PART,
    POSTPONED,
    QUARTERS,
    READ_BEFORE,
    SUBJECTS,
    UNITS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.narrative.prose import Sentence

_THING: Final = (
    r"(?:cong trinh, du an|du an, cong trinh|du an|cong trinh|chi tieu|khu cong nghiep|kcn"
    r"|cum cong nghiep|ccn|nhiem vu)"
)
_OF_TOTAL: Final = re.compile(
    rf"(?<![\d/])(?P<value>\d{{1,4}})\s?/\s?(?P<total>\d{{1,4}}) (?P<thing>{_THING})\b"
)
_ALONE: Final = re.compile(rf"(?<![\d/.,])(?P<value>\d{{1,4}}) (?P<thing>{_THING})\b")
_SUB_TOPIC: Final = re.compile(r"^- ve (tien do [^:]{5,60}):")
_HEADING_TOTAL: Final = re.compile(rf"(?<![\d/])(\d{{1,4}}) {_THING}")


_MOST_COUNTS: Final = 40
_LONGEST_HEADING: Final = 120


@dataclass(frozen=True)
class _FoundCount:
    start: int
    end: int
    value: int
    total: int | None
    thing: str


@dataclass(frozen=True)
class CountContext:
    """What the counts of a sentence stand under: its subject and how many there are of it."""

    subject: str = ""
    total: int | None = None
    headings: tuple[str, ...] = ()


def find_counts(sentence: Sentence, context: CountContext) -> Iterator[Indicator]:
    """Yield the counts of a sentence whose measure is told; ``context`` is what it stands under.

    A count in a list takes the measure that closes the list ("53/131 …; 07/24 … không hoàn thành").
    """
    folded = fold_text(sentence.text)
    if len(folded) != len(sentence.text):
        return
    counts = list(_find_numbers(folded))
    if len(counts) > _MOST_COUNTS:
        return  # no sentence
    measure = ""
    made: list[Indicator] = []
    for index in range(len(counts) - 1, -1, -1):
        count = counts[index]
        limit = counts[index + 1].start if index + 1 < len(counts) else len(folded)
        begin = counts[index - 1].end if index else 0
        segment = folded[count.start : limit]
        if PART.match(segment):
            continue
        own = _find_measure(segment, folded[begin : count.end])
        in_list = (
            count.total is not None
            and index + 1 < len(counts)
            and counts[index + 1].total is not None
        )
        measure = own or (measure if in_list else "")
        if not measure:
            continue
        before = folded[begin : count.start] if index == 0 or count.total is None else ""
        subject = _classify_subject(count, segment, before, context)
        total = count.total if count.total is not None else _find_total(subject, context, measure)
        if measure == "listed" and "nghi quyet" in folded[: count.start]:
            measure = "listed_by_resolution"
        raw = sentence.text[count.start : min(limit, count.start + 200)].strip(" ;,.")
        made.append(
            Indicator(
                subject,
                measure,
                count.value,
                total,
                UNITS.get(count.thing, "project"),
                raw,
                sentence.place,
            )
        )
    yield from reversed(made)
    yield from _find_parts(sentence, folded, counts, made)


def _find_parts(
    sentence: Sentence, folded: str, counts: Sequence[_FoundCount], whole: Sequence[Indicator]
) -> Iterator[Indicator]:
    """Yield the parts of a count that stand in brackets after it, by who has to decide."""
    parent: Indicator | None = None
    for index, count in enumerate(counts):
        limit = counts[index + 1].start if index + 1 < len(counts) else len(folded)
        part = PART.match(folded[count.start : limit])
        if not part:
            raw = sentence.text[count.start :]
            parent = next(
                (w for w in whole if w.value == count.value and raw.startswith(w.raw[:20])), None
            )
        elif parent is not None:
            level = "city_level" if part[1] == "thanh pho" else "commune_level"
            raw = sentence.text[count.start : count.start + part.end()]
            yield Indicator(
                parent.subject, f"{parent.measure}_{level}", count.value, parent.value,
                parent.unit, raw, sentence.place,
            )  # fmt: skip


def read_count_context(sentence: Sentence, above: CountContext) -> CountContext:
    """Return what the counts of a sentence stand under, from its headings and its own beginning."""
    own = _SUB_TOPIC.match(fold_text(sentence.text))
    same_item = not sentence.text.startswith("-") and above.headings == sentence.headings
    if same_item and above.subject and not sentence.footnote:
        return above
    for text in [own[1] if own else "", *map(fold_text, sentence.headings[:2])]:
        subject = next((name for name, sign in SUBJECTS if re.search(sign, text)), "")
        if subject and text:
            if own and text == own[1] and re.search("gpmb|giai phong", text):
                subject = "housing_areas"
            total = _HEADING_TOTAL.search(text)
            return CountContext(subject, int(total[1]) if total else None, sentence.headings)
    return CountContext()


def find_heading_count(sentence: Sentence) -> Indicator | None:
    """Return the count that a heading states ("30 công trình, dự án trọng điểm")."""
    folded = fold_text(sentence.text)
    match = _HEADING_TOTAL.search(folded)
    heading = folded.endswith(":") and len(folded) < _LONGEST_HEADING
    if not match or not heading or "trong diem" not in folded or "/" in folded[: match.end()]:
        return None
    raw = sentence.text[match.start() :].strip(" :")
    return Indicator("key_projects", "listed", int(match[1]), None, "project", raw, sentence.place)


def _find_numbers(folded: str) -> Iterator[_FoundCount]:
    taken: list[tuple[int, int]] = []
    for pattern in (_OF_TOTAL, _ALONE):
        for match in pattern.finditer(folded):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            total = int(match["total"]) if "total" in pattern.groupindex else None
            value = int(match["value"])
            if total is None or value <= total:
                taken.append(match.span())
    for start, end in sorted(taken):
        count_match = _OF_TOTAL.match(folded, start) or _ALONE.match(folded, start)
        if count_match:
            total = int(count_match["total"]) if "total" in count_match.re.groupindex else None
            yield _FoundCount(start, end, int(count_match["value"]), total, count_match["thing"])


def _find_measure(after: str, before: str) -> str:
    """Return the measure of a count: what follows it, else what leads to it."""
    postponed = POSTPONED.search(before)
    if postponed:
        quarter = postponed[1]
        year = postponed[2] or postponed[3]
        return f"postponed_to_{year}" + (f"_q{QUARTERS[quarter]}" if quarter else "")
    if re.search(dict(MEASURES)["done_in_scenario"], before):
        return "done_in_scenario"
    hits = [
        (match.start(), order, name)
        for order, (name, sign) in enumerate(MEASURES)
        if (match := re.search(sign, after)) and not (name in READ_BEFORE and name != "listed")
    ]
    if hits:
        return min(hits)[2]
    for name, sign in MEASURES:
        if name in READ_BEFORE and re.search(sign, before[-90:]):
            return name
    return ""


def _classify_subject(count: _FoundCount, after: str, before: str, context: CountContext) -> str:
    if count.thing in BY_THING:
        return BY_THING[count.thing]
    own = next((name for name, sign in SUBJECTS if re.search(sign, after[:90])), "")
    if own in {"land_pricing", "land_payment"} and context.subject in {
        "land_pricing",
        "land_payment",
    }:
        own = context.subject
    if own and not (own == "main_targets" and count.thing != "chi tieu"):
        return own
    if context.subject:
        return context.subject
    led = [(m.start(), n) for n, sign in SUBJECTS for m in re.finditer(sign, before)]
    return max(led)[1] if led else "unstated"


def _find_total(subject: str, context: CountContext, measure: str) -> int | None:
    if measure in {"listed", "removed_from_list"}:
        return None
    return context.total if subject == context.subject else None


def find_closing_subject(text: str) -> str:
    """Return the subject that the end of a text speaks of; '' where it names none."""
    folded = fold_text(text)
    led = [(m.start(), n) for n, sign in SUBJECTS for m in re.finditer(sign, folded)]
    return max(led)[1] if led else ""


def find_bare_count(sentence: Sentence, context: CountContext) -> Indicator | None:
    """Return the count of a footnote that says nothing else ("151 dự án.")."""
    match = _ALONE.fullmatch(fold_text(sentence.text).strip(" ."))
    if not match or not context.subject:
        return None
    unit = UNITS.get(match["thing"], "project")
    value = int(match["value"])
    return Indicator(context.subject, "listed", value, None, unit, sentence.text, sentence.place)
