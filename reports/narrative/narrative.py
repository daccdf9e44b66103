"""Running text and footnotes: counts, parks, localities with clearance problems.

A footnote is read together with the sentence that cites it. A sentence that names a project, a
park, a place or a percentage and gives nothing is counted, not hidden.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.geocoder import SURE
from geo.text import fold_text
from reports.grammar.obstacle import classify_cause
from reports.model.extraction import ClearanceStatement, Indicator, ParkMention, QueueEntry
from reports.narrative.amounts import find_amounts, find_doubtful_amounts
from reports.narrative.counts import (
    CountContext,
    find_bare_count,
    find_closing_subject,
    find_counts,
    find_heading_count,
    read_count_context,
)
from reports.narrative.parks import find_parks, read_listed_parks
from reports.narrative.prose import split_sentences
from reports.tables.places import find_named_communes

if TYPE_CHECKING:
    from datetime import date

    from geo.geocoder import Geocoder
    from reports.model.document import Document
    from reports.narrative.prose import Sentence

_LOCALITIES: Final = re.compile(
    r"(?:thuoc|tai) (?:cac )?(?:dia phuong|xa, phuong|phuong, xa)[^:]{0,30}:\s*"
)
_CLEARANCE: Final = re.compile(r"gpmb|giai phong mat bang")
_TROUBLE: Final = re.compile(
    r"chua (?:dam bao|bao dam|dap ung)|chua that su|vuong mac ve|con cham|cham tien do|vu viec \d+"
)
_TASK: Final = re.compile(
    r"^\W*(?:tang cuong|tap trung|day (?:nhanh|manh)|tiep tuc|phoi hop|khan truong|chi dao|don doc"
    r"|chu dong|giao|hoan thien|kip thoi|ra soat|phan dau|nghien cuu|to chuc|ket luan|tham muu)\b"
)
_HOUSEHOLDS: Final = re.compile(r"(\d{1,4}) ho\b")


@dataclass
class Narrative:
    """What running text says."""

    indicators: list[Indicator] = field(default_factory=list)
    clearance: list[ClearanceStatement] = field(default_factory=list)
    parks: list[ParkMention] = field(default_factory=list)
    queue: list[QueueEntry] = field(default_factory=list)


def read_narrative(document: Document, geocoder: Geocoder, as_of: date | None) -> Narrative:
    """Return what the text and the footnotes of a document say, with the lines that say it."""
    read = Narrative()
    cited: dict[str, tuple[Sentence, CountContext]] = {}
    notes: dict[str, list[Sentence]] = {}
    context = CountContext()
    for sentence in split_sentences(document):
        if sentence.footnote:
            notes.setdefault(sentence.footnote, []).append(sentence)
            continue
        context = read_count_context(sentence, context)
        counts = _find_all_counts(sentence, context)
        for mark, position in sentence.cites:
            cited.setdefault(mark, (sentence, _find_cited_context(sentence, position, counts)))
        _read_sentence(read, sentence, counts, geocoder, as_of)
    for mark, parts in notes.items():
        citing, counting = cited.get(mark, (None, CountContext()))
        listed = False
        if citing is not None:
            parks, queue = read_listed_parks(parts, citing, mark)
            read.parks.extend(parks)
            read.queue.extend(queue)
            listed = bool(parks)
        for sentence in parts:
            counts = _find_all_counts(sentence, counting)
            _read_sentence(read, sentence, counts, geocoder, as_of, parks=not listed)
    return read


def _find_all_counts(sentence: Sentence, context: CountContext) -> list[Indicator]:
    counts = list(find_counts(sentence, context))
    heading = find_heading_count(sentence)
    bare = find_bare_count(sentence, context) if sentence.footnote and not counts else None
    return [
        *counts,
        *(count for count in (heading, bare) if count is not None),
        *find_amounts(sentence),
    ]


def _find_cited_context(sentence: Sentence, position: int, counts: list[Indicator]) -> CountContext:
    """Return what a footnote's counts are parts of: the count before its mark."""
    before = [
        count
        for count in counts
        if count.raw and 0 <= sentence.text.find(count.raw[:12]) < position
    ]
    if before:
        return CountContext(before[-1].subject, int(before[-1].value))
    return CountContext(find_closing_subject(sentence.text[:position]))


def _read_sentence(
    read: Narrative,
    sentence: Sentence,
    counts: list[Indicator],
    geocoder: Geocoder,
    as_of: date | None,
    *,
    parks: bool = True,
) -> None:
    """Add what a sentence says."""
    read.indicators.extend(counts)
    read.queue.extend(find_doubtful_amounts(sentence))
    if parks:
        read.parks.extend(park for park in find_parks(sentence) if park.values)
    statements, queue = _find_clearance(sentence, geocoder, as_of)
    read.clearance.extend(statements)
    read.queue.extend(queue)


def _find_clearance(
    sentence: Sentence, geocoder: Geocoder, as_of: date | None
) -> tuple[list[ClearanceStatement], list[QueueEntry]]:
    folded = fold_text(sentence.text)
    if not _CLEARANCE.search(folded) or len(folded) != len(sentence.text):
        return [], []
    where = _LOCALITIES.search(folded)
    if where:
        return _read_localities(sentence, where.start(), where.end(), geocoder, as_of)
    if _TASK.match(folded) or not _TROUBLE.search(folded):
        return [], []
    clause = next(
        (c for c in re.split(r";\s", sentence.text) if _CLEARANCE.search(fold_text(c))),
        sentence.text,
    )
    if not _TROUBLE.search(fold_text(clause)) or (
        _HOUSEHOLDS.search(fold_text(clause)) is None and "dự án vướng mắc" in clause
    ):
        return [], []
    category = "other_stated" if "vụ việc" in clause else classify_cause(clause)
    statement = ClearanceStatement(
        "", None, category, clause.strip(" .-"), "", sentence.text, sentence.place
    )
    return [statement], []


def _read_localities(
    sentence: Sentence, start: int, end: int, geocoder: Geocoder, as_of: date | None
) -> tuple[list[ClearanceStatement], list[QueueEntry]]:
    """Return one statement per locality of a list ("thuộc các địa phương: …")."""
    cause = re.split(r";\s", sentence.text[:start])[-1].strip(" ,")
    statements: list[ClearanceStatement] = []
    queue: list[QueueEntry] = []
    category = classify_cause(cause)
    for raw in re.split(r"\s*[;,]\s*", sentence.text[end:].strip(" .")):
        placed, open_places = find_named_communes(raw, sentence.place, geocoder, as_of)
        queue.extend(open_places)
        statements.extend(
            ClearanceStatement(
                commune.code, None, category, cause, "", f"{cause}: {raw}", sentence.place
            )
            for commune in placed
            if commune.confidence >= SURE
        )
    return statements, queue
