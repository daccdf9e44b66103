"""Lists and headings: what an item stands under, its own name, its district."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.narrative.zones import find_zone_by_name, match_zone
from reports.statements.lexing.names import NameMention, find_names, find_short_zones, mark_beside
from reports.statements.lexing.phrases import CAPITALS, load_phrases
from reports.statements.subjects import Subject, make_subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.statement import SubjectKind
    from reports.narrative.prose import Sentence
    from reports.statements.lexing.lexed import LexedSentence

_MARK: Final = re.compile(
    r"^\s*(?:(?P<upper>[A-H])\.(?=\s)|(?P<roman>[IVX]{1,5})[.)]"
    r"|(?P<digits>[\dl]\d?(?:\.\d{1,2})*)\s?[.)](?=\s)|\((?P<bracket>\d{1,2})\)"
    r"|(?P<letter>[a-zđ])[.)]|(?P<dash>[-–+*•]))\s*"
)
_DISTRICT: Final = re.compile(
    r"(?<!\w)(?P<type>(?i:huyện|quận|thị xã|thành phố|TP\.?|H\.|Q\.|TX\.))\s"
    rf"(?P<name>[{CAPITALS}]\w*(?:\s[{CAPITALS}]\w*){{0,2}})"
)
_LEAD: Final = re.compile(
    _MARK.pattern + r"(?:(?i:trên địa bàn|tại|ở|thuộc|khu vực)\s)?|\s*(?i:trên địa bàn|tại|ở)\s"
)
_BARE: Final = re.compile(
    rf"(?P<name>[{CAPITALS}][^:;,()]{{1,60}}?)\s?(?:[:(]|(?=\s(?:thuộc|tại|ở)\s)"
    r"|,\s(?=xã|phường|đặc khu|thị trấn|huyện|tại|do|\d))"
)
_BARE_PLACED: Final = re.compile(rf"(?P<name>[{CAPITALS}][^:;,()]{{1,90}}?)\s?(?=[:,(])")
_COUNTED: Final = re.compile(r"\d\s(?:cụm|khu|KCN|CCN|dự án)")
_NAMED_LIST: Final = re.compile(
    rf"(?P<name>[{CAPITALS}]\w*(?:\s(?:[{CAPITALS}\d]\w*|[-–]|II|III))*)\s\((?=[^()]{{0,30}}\d)"
)
_KINDS: Final[tuple[tuple[SubjectKind, re.Pattern[str]], ...]] = (
    ("cluster", re.compile(r"\bccn\b|cum cong nghiep|\d cum\b")),
    ("park", re.compile(r"\bkcn\b|khu cong nghiep")),
    ("housing", re.compile(r"noxh|nha o xa hoi|nha o cong nhan")),
    ("project", re.compile(r"\bdu an\b|cong trinh|nhiem vu")),
)
_ZONES: Final = {"park": "industrial_park", "cluster": "industrial_cluster"}


@dataclass(frozen=True)
class ListPlace:
    """Where a sentence stands: its heading's subject, its kind by the headings, its district.

    ``section`` are the words of the heading, or of the line of a list, that it stands right under.
    """

    heading: Subject | None
    kind: SubjectKind | None
    district: str
    mark_end: int
    first: bool
    above: tuple[Sentence, ...] = ()
    """The lines that it stands under, the nearest first."""
    section: str = ""

    def add_names(self, lexed: LexedSentence) -> LexedSentence:
        """Return the sentence with the names that only its list tells to be names."""
        if self.kind is None:
            return lexed
        names = list(lexed.names)
        own = self._find_own_name(lexed)
        if own is not None:
            names = [own, *(name for name in names if name.start >= own.end)]
        more = [*_find_listed(lexed.text, self.kind), *_find_short(lexed.text, self.kind)]
        names += [m for m in more if not any(n.start < m.end and m.start < n.end for n in names)]
        names.sort(key=lambda name: name.start)
        return replace(lexed, names=mark_beside(lexed.text, names))

    def _find_own_name(self, lexed: LexedSentence) -> NameMention | None:
        """Return what an item of a list is about, where no type word says that it is a name."""
        known = any(name.start <= self.mark_end + 2 for name in lexed.names)
        if self.kind is None or known or not (self.first and self.mark_end):
            return None
        bare = _BARE.match(lexed.text, self.mark_end)
        if bare and _is_only_type(bare["name"]):
            # "NƠXH thuộc khu đô thị mới …": its place is all that names it.
            bare = _BARE_PLACED.match(lexed.text, self.mark_end) or bare
        if bare is None or not _is_item(bare["name"], self.kind):
            return None
        inside = [n for n in lexed.names if bare.start() <= n.start < bare.end("name")]
        if inside and self.kind in _ZONES:
            return None  # it speaks of a park that has its name: "Trình quy hoạch KCN …"
        return _make_bare(self.kind, bare["name"].strip(), bare.start(), bare.end("name"))


def _is_item(words: str, kind: SubjectKind) -> bool:
    """Return True if an item of a list begins with a name: not "Tổng số", not "Giai đoạn 1"."""
    first = next(load_phrases("names", "list_words").find(words), None)
    if first is not None and first.start == 0:
        return False
    if kind in _ZONES:
        return len(words.split()) == 1 or not _is_only_type(words)
    if kind != "project":
        return True
    builds = next(load_phrases("names", "building").find(words), None)
    return builds is not None and builds.start == 0


def _find_listed(text: str, kind: SubjectKind) -> Iterator[NameMention]:
    """Yield the names of a list behind a count: "03 cụm …: Hồng Lạc (75 ha), …"."""
    colon = text.find(":")
    if colon > 0 and _COUNTED.search(text[:colon]):
        for match in _NAMED_LIST.finditer(text, colon):
            yield _make_bare(kind, match["name"], match.start(), match.end("name"))


def _find_short(text: str, kind: SubjectKind) -> Iterator[NameMention]:
    """Yield what "khu" or "cụm" alone names in a text on parks or clusters."""
    for zone in find_short_zones(text, kind) if kind in _ZONES else ():
        words = zone.name.split(" ", 1)[1]
        yield replace(zone, item=_make_bare(kind, words, zone.start, zone.end).item)


def _is_only_type(words: str) -> bool:
    """Return True for a name without a proper noun ("Chung cư cho người thu nhập thấp")."""
    first, *rest = words.split()
    return not any(word[:1].isupper() for word in rest) and (bool(rest) or first.isupper())


def _make_bare(kind: SubjectKind, name: str, start: int, end: int) -> NameMention:
    mention = NameMention(kind, name, start, end)
    if kind in _ZONES:
        _, candidates = match_zone(name, kind=_ZONES[kind])
        zone = find_zone_by_name(name, "park" if kind == "park" else "cluster")
        if zone is not None:
            return replace(mention, item=zone.zone)
        return replace(mention, candidates=tuple(code for code, _ in candidates))
    return mention


class Outline:
    """Follows a document's lists and headings, sentence by sentence."""

    def __init__(self, title: str = "") -> None:
        self._title = title
        self._stack: list[tuple[int, Sentence]] = []
        self._paragraph = 0

    def place(self, sentence: Sentence) -> ListPlace:
        """Return where a sentence stands, and take it into account for those below it."""
        mark = _MARK.match(sentence.text)
        # Several items may be lines of one paragraph.
        first = sentence.paragraph != self._paragraph or mark is not None
        self._paragraph = sentence.paragraph
        if first and not sentence.footnote:
            rank = _rank(mark, sentence.text)
            self._stack = [(r, line) for r, line in self._stack if r < rank]
            above = list(self._stack)
            if (
                rank < _PLAIN
                or sentence.text.rstrip().endswith((":", "gồm", "trong đó"))
                or "Trong đó:" in sentence.text[-20:]
            ):
                self._stack.append((min(rank, _PLAIN), sentence))
        else:
            above = self._stack[:-1] if self._stack else []
        lines = [line for _, line in reversed(above)]
        texts = [line.text for line in lines]
        own = _find_district(sentence.text)
        district = own or next((d for d in map(_find_district, texts) if d), "")
        return ListPlace(
            _find_heading_subject(texts),
            _find_kind([*texts, self._title] if mark else [sentence.text, *texts, self._title]),
            district,
            mark.end() if mark else 0,
            first,
            tuple(lines),
            next(iter((*texts, *sentence.headings)), ""),
        )


_PLAIN: Final = 20


def _rank(mark: re.Match[str] | None, text: str) -> int:
    """Return how deep a line stands; a plain paragraph is below every heading, above no item."""
    if mark is None:
        return 4 if text.rstrip().endswith(":") or "Trong đó:" in text[-20:] else _PLAIN - 17
    if mark["upper"]:
        return -1
    if mark["roman"]:
        return 0
    if mark["digits"]:
        return 5 + mark["digits"].count(".")
    if mark["bracket"]:
        return 9
    return 10 if mark["letter"] else 12


def _find_district(text: str) -> str:
    start = _LEAD.match(text)
    match = _DISTRICT.match(text, start.end() if start else 0)
    if match and match["name"] != "Hải Phòng":
        return match[0]
    return ""


def _find_heading_subject(texts: list[str]) -> Subject | None:
    for text in texts:
        names = [name for name in find_names(text) if not (name.listed or name.beside)]
        if len(names) == 1:
            return make_subject(names[0])
    return None


def _find_kind(texts: list[str]) -> SubjectKind | None:
    for text in texts:
        folded = fold_text(text)
        for kind, pattern in _KINDS:
            if pattern.search(folded):
                return kind
    return None
