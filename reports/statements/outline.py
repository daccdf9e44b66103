"""Lists and headings: what an item stands under, its own name, its district."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.narrative.zones import find_zone_by_name, match_zone
from reports.statements.lexing.names import NameMention, find_names, find_short_zones
from reports.statements.lexing.phrases import CAPITALS, load_phrases
from reports.statements.subjects import Subject, make_subject

if TYPE_CHECKING:
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
    """Where a sentence stands: its heading's subject, its kind by the headings, its district."""

    heading: Subject | None
    kind: SubjectKind | None
    district: str
    mark_end: int
    first: bool

    def add_names(self, lexed: LexedSentence) -> LexedSentence:
        """Return the sentence with the names that only its list tells to be names."""
        names = list(lexed.names)
        if self.kind is None:
            return lexed
        text = lexed.text
        if self.first and self.mark_end and not any(n.start <= self.mark_end + 2 for n in names):
            bare = _BARE.match(text, self.mark_end)
            if bare and _is_item(bare["name"], self.kind):
                names.append(
                    _make_bare(self.kind, bare["name"].strip(), bare.start(), bare.end("name"))
                )
        colon = text.find(":")
        if colon > 0 and re.search(r"\d\s(?:cụm|khu|KCN|CCN|dự án)", text[:colon]):
            for match in _NAMED_LIST.finditer(text, colon):
                if not any(n.start < match.end() and match.start() < n.end for n in names):
                    names.append(
                        _make_bare(self.kind, match["name"], match.start(), match.end("name"))
                    )
        if self.kind in _ZONES:
            for zone in find_short_zones(text, self.kind):
                if not any(n.start < zone.end and zone.start < n.end for n in names):
                    words = zone.name.split(" ", 1)[1]
                    item = _make_bare(self.kind, words, zone.start, zone.end).item
                    names.append(replace(zone, item=item))
        names.sort(key=lambda name: name.start)
        return replace(lexed, names=tuple(names))


def _is_item(words: str, kind: SubjectKind) -> bool:
    """Return True if an item of a list begins with a name: not "Tổng số", not "Giai đoạn 1"."""
    first = next(load_phrases("names", "list_words").find(words), None)
    if first is not None and first.start == 0:
        return False
    if kind != "project":
        return True
    builds = next(load_phrases("names", "building").find(words), None)
    return builds is not None and builds.start == 0


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
        self._stack: list[tuple[int, str]] = []
        self._paragraph = 0

    def place(self, sentence: Sentence) -> ListPlace:
        """Return where a sentence stands, and take it into account for those below it."""
        mark = _MARK.match(sentence.text)
        # Several items may be lines of one paragraph.
        first = sentence.paragraph != self._paragraph or mark is not None
        self._paragraph = sentence.paragraph
        if first and not sentence.footnote:
            rank = _rank(mark, sentence.text)
            self._stack = [(r, text) for r, text in self._stack if r < rank]
            above = list(self._stack)
            if (
                rank < _PLAIN
                or sentence.text.rstrip().endswith((":", "gồm", "trong đó"))
                or "Trong đó:" in sentence.text[-20:]
            ):
                self._stack.append((min(rank, _PLAIN), sentence.text))
        else:
            above = self._stack[:-1] if self._stack else []
        texts = [text for _, text in reversed(above)]
        own = _find_district(sentence.text)
        district = own or next((d for d in map(_find_district, texts) if d), "")
        return ListPlace(
            _find_heading_subject(texts),
            _find_kind([*texts, self._title] if mark else [sentence.text, *texts, self._title]),
            district,
            mark.end() if mark else 0,
            first,
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
        names = [name for name in find_names(text) if not name.listed]
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
