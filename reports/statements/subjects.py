"""Which subject a figure, a time or a state belongs to: named near it, or carried over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.model.head.document_scope import DocumentScope
from reports.statements.lexing.phrases import CAPITALS, PhraseBook, load_grammar, load_phrases

if TYPE_CHECKING:
    from reports.model.statement import SubjectKind
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.names import NameMention

_COLLECTIVE: Final = frozenset({"project", "park", "cluster", "zone", "owner"})
_POINTS_BACK: Final = re.compile(
    r"[\s,]*(?:đồng\s)?(?:đất\s)?(?:là\s)?(?:(?:ở|tại)\s[^;:()\d]{2,60}?\s(?=dành cho|phục vụ))?"
    r"(?:của|cho|dành cho|phục vụ|để|vào|thuộc|đối với)\s"
)
_ENTRY: Final = re.compile(r"(?<=[\s:;,.])\(\d{1,2}\)\s|^\(\d{1,2}\)\s")
_FOLLOWS: Final = 60
_BEFORE_COMMUNE: Final = re.compile(
    r"^[\W\d]*(?:(?:riêng|đối với|tại|ở|trên địa bàn|với|ubnd|các|những|hộ dân|đảng ủy|đến"
    r"|một số)\s)*$",
    re.IGNORECASE,
)
_CITY: Final = re.compile(
    r"(?i:toàn thành phố|tp\.? hải phòng|trên địa bàn thành phố|thành phố|hải phòng)"
    rf"(?!\s?\((?:cũ|trước)|\s(?!(?i:hải phòng))[{CAPITALS}])"
)
_PARTS: Final = re.compile(
    r"\b(?:gom|bao gom|trong do)\b|(?:rieng|cai tao cac"
    r"|(?<!dong )(?<!\d ha )(?<!\d km )(?<!\d ho )va)\s*(?:tuyen\s)?$"
)
"""Between a project and the works that are parts of it."""
_TYPE_WORDS: Final = {"park": "KCN", "cluster": "CCN", "zone": "Khu kinh tế"}


@dataclass(frozen=True)
class Subject:
    """Who or what a statement is about. ``phase`` narrows it; ``carried``: named earlier."""

    kind: SubjectKind
    name: str
    item: str = ""
    phase: str = ""
    communes: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    start: int = -1
    carried: bool = False
    supposed: bool = False
    """True where only the rest of the text tells that it is meant: to be asked about."""

    @property
    def key(self) -> str:
        """What is the same for one subject however it is spelt."""
        return self.item or fold_text(self.name)


@dataclass
class SubjectMemory:
    """What a document has spoken of so far: the last subject, the last list of them."""

    last: Subject | None = None
    group: tuple[Subject, ...] = ()
    named: tuple[Subject, ...] = ()
    """What may be meant by "dự án này": all things that the paragraph, and what it goes on
    with, named."""
    listed: tuple[Subject, ...] = ()
    """The things that the lines of the list just before begin with."""
    joined: tuple[Subject, ...] = ()
    """What the last naming sentence begins with, where that is a list ("A và B")."""
    under: tuple[str, ...] = ()
    """The headings that these stand under."""
    heading: Subject | None = None
    title: Subject | None = None
    only: Subject | None = None
    """The one thing that all of the text is about."""
    day: str = ""
    """The day of the ceremonies that the text tells of ("dịp này", "các lễ này")."""
    day_paragraph: int = -1
    """The paragraph that tells this day and no other one; -1 where several days are told."""
    asked: tuple[Subject, ...] = ()
    """The communes that the paragraph asks to act, with the number of the paragraph."""
    asked_paragraph: int = -1
    dated: set[tuple[str, str]] = field(default_factory=set)
    """Subjects with the fields that a time was read of already."""
    scope: DocumentScope = field(default_factory=lambda: DocumentScope("unknown"))
    spends: bool = False
    """Whether the text speaks of public investment being spent (disbursement)."""
    concerned: bool = False
    """Whether the document's title speaks of works, land or their money."""
    allots: bool = False
    """Whether the text shares out the money of a plan."""


@cache
def _load_again() -> PhraseBook:
    again: list[str] = load_grammar("names")["generic"]["again"]
    return PhraseBook(("again", phrase) for phrase in again)


def _has_type(name: NameMention) -> bool:
    return re.match(r"(?:khu|cụm|kcn|ccn|kkt|ktmtd)\b", name.name, re.IGNORECASE) is not None


def make_subject(name: NameMention) -> Subject:
    """Return the subject that a name is."""
    kind: SubjectKind = "project" if name.kind == "works" else name.kind
    typed = _TYPE_WORDS.get(kind, "")
    label = f"{typed} {name.name}" if name.listed and typed and not _has_type(name) else name.name
    return Subject(kind, label, name.item, name.phase, name.communes, name.candidates, name.start)


def list_subjects(lexed: LexedSentence) -> list[Subject]:
    """Return what a sentence names that figures may belong to, in order: names and counts."""
    subjects = [make_subject(name) for name in lexed.names if not name.beside]
    for quantity in lexed.quantities:
        if quantity.kind == "count" and quantity.noun in _COLLECTIVE and quantity.total is None:
            words = lexed.text[quantity.start : quantity.end]
            subjects.append(Subject("works", words, start=quantity.start))
    subjects.sort(key=lambda subject: subject.start)
    return subjects


def choose_subject(
    lexed: LexedSentence, start: int, end: int, memory: SubjectMemory, *, is_figure: bool = False
) -> Subject | None:
    """Return the subject of what stands at ``start``; ``None`` where nothing is known.

    A figure may be the commune's that an earlier clause is about; a time is told of its own task.
    """
    begin, stop = lexed.find_clause(start)
    subjects = [
        subject
        for subject in list_subjects(lexed)
        if not start <= subject.start < end and _holds_on(lexed.text, subject.start, start)
    ]
    after = [s for s in subjects if end <= s.start < stop]
    before = [s for s in subjects if begin <= s.start < start]
    back = _POINTS_BACK.match(lexed.text[end:stop]) if after else None
    if back and _is_close(lexed, end + back.end(), after[0]):
        return after[0]
    inside = _find_bracketed(lexed, start, subjects)
    if inside is not None or before:
        return inside or _prefer_whole(lexed, before)
    place = _find_commune_subject(lexed, begin, start)
    if place is not None:
        return place
    again = _load_again().has(lexed.text[begin:start])
    if after and not again and after[0].kind != "works":
        return after[0]
    earlier = [s for s in subjects if s.start < begin]
    place = _find_earlier_commune(lexed, begin) if is_figure else None
    if place is not None and not (earlier and earlier[-1].start > place.start):
        return place
    return earlier[-1] if earlier else recall_subject(memory)


def _holds_on(text: str, earlier: int, start: int) -> bool:
    """Return False for what one of the numbered entries of a sentence named and another follows.

    What stands before the first entry holds for all of them.
    """
    entries = [match.start() for match in _ENTRY.finditer(text, 0, start)]
    return not entries or earlier < entries[0] or earlier > entries[-1]


def _is_close(lexed: LexedSentence, end: int, subject: Subject) -> bool:
    return subject.start - end < _FOLLOWS and ";" not in lexed.text[end : subject.start]


def _find_bracketed(lexed: LexedSentence, start: int, subjects: list[Subject]) -> Subject | None:
    """Return the subject right before the bracket that a figure stands in."""
    opening = lexed.text.rfind("(", 0, start)
    if opening < 0 or ")" in lexed.text[opening:start]:
        return None
    before = [s for s in subjects if s.start < opening]
    inside = [s for s in subjects if opening < s.start < start and s.kind != "works"]
    if inside:
        return inside[-1]
    return before[-1] if before and before[-1].kind != "works" else None


def _prefer_whole(lexed: LexedSentence, before: list[Subject]) -> Subject:
    """Return the nearest subject; of a project's own parts ("riêng cầu …") the project."""
    nearest = before[-1]
    for earlier in reversed(before[:-1]):
        between = fold_text(lexed.text[earlier.start : nearest.start])
        both = earlier.kind == "project" and nearest.kind == "project"
        if both and _PARTS.search(between) and ";" not in between:
            nearest = earlier
    return nearest


def _find_commune_subject(lexed: LexedSentence, begin: int, start: int) -> Subject | None:
    for place in lexed.places:
        if begin <= place.start < start and _BEFORE_COMMUNE.match(lexed.text[begin : place.start]):
            return Subject("commune", place.words, communes=place.codes, start=place.start)
    return None


def _find_earlier_commune(lexed: LexedSentence, begin: int) -> Subject | None:
    """Return the commune that a clause before ``begin`` is about: the last one that names one."""
    found = None
    for place in lexed.places:
        if place.start < begin:
            clause, _ = lexed.find_clause(place.start)
            if _BEFORE_COMMUNE.match(lexed.text[clause : place.start]):
                found = Subject("commune", place.words, communes=place.codes, start=place.start)
    return found


def recall_subject(memory: SubjectMemory) -> Subject | None:
    """Return the subject that is carried over: of the paragraph, the heading, the title."""
    subject = memory.last or memory.heading or memory.title
    return replace(subject, carried=True) if subject is not None else None


def carries_on(text: str) -> bool:
    """Return True if a paragraph goes on with what the one before it spoke of."""
    starts = load_phrases("names", "carry")
    first = next(starts.find(text[:40]), None)
    return first is not None and not text[: first.start].strip(" -+–•*")


def name_whole(scope: DocumentScope) -> Subject | None:
    """Return the unit that a document speaks for as a subject: today's city, or another unit."""
    if scope.kind == "city":
        return Subject("city", "thành phố Hải Phòng")
    if scope.kind in {"former_city", "former_hai_duong", "other_province"}:
        return Subject("province", scope.name)
    if scope.kind in {"district", "commune"}:
        return Subject("district" if scope.kind == "district" else "commune", scope.name)
    return None


def names_city(text: str) -> bool:
    """Return True if words name the city of Hải Phòng as a whole."""
    return _CITY.search(text) is not None


def find_again(lexed: LexedSentence) -> bool:
    """Return True if the sentence speaks of "dự án này" and the like."""
    return _load_again().has(lexed.text)
