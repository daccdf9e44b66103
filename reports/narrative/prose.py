"""Running text: paragraphs broken over pages put together, sentences with their footnotes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import TYPE_CHECKING, Final

from geo.text import normalise_spelling
from reports.model.document import Paragraph, SourcePlace
from reports.model.markup import SUPERSCRIPT, SUPERSCRIPTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.document import Document

_ENDED: Final = re.compile(r"[.;:!?…”\"\])]\s*$")
_MARK: Final = re.compile(rf"(?<![\d\s/(]m)(?<![\d\s/(][ckd]m)\s?([{SUPERSCRIPT}]{{1,3}})")
"""A footnote's mark; the 2 of m², km² is none."""
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ỸĐ0-9(“\"+–-])|\n")
_ABBREVIATED: Final = re.compile(
    r"(?:^|[\s(,;])(?:TP|Tp|tp|TX|TT|P|X|H|T|Q|Đ|ĐK|TDP|KP|BQL|Cty|CTY|ThS|TS|GS|PGS|KTS|BS|Th\.S|s|No"
    r"|Nr|đ/c|(?P<word>QL|TL|ĐT|CCN|KCN|CP|tr|v\.v))\.$"
)
"""What ends with a full stop and is no end of a sentence: "P. Việt Hòa", "s. Văn Úc"."""
_BEGINS: Final = re.compile(
    r"\s*(?:Đến|Hiện|Dự án|Công trình|Theo|Tổng|Trong|Các|Những|Với|Tuy|Ngoài|Năm|Quý|Tháng|Ngày"
    r"|Việc|UBND|Sở|Ban|Bộ|Công ty|Chủ|Nhà|Từ|Đây|Đồng|Về|Khu|Cụm|Như|Để|Sau|Trước|Tại"
    r"|Thành phố|Tỉnh|Ông|Bà)(?!\w)|\s*[(“\"\d+–-]"
)
"""What begins a sentence rather than a name: behind "… hạ tầng KCN." it does."""
_ONLY_NUMBER: Final = re.compile(r"[-+*\s]*(?:\d{1,2}\.)+|(?:[IVX]+|[A-H])\.|TP\.")
_TORN: Final = re.compile(r"(?<=[^\W\d]\s)\d{1,3}\.$")
_THOUSANDS: Final = re.compile(r"\s\d{3}\s?(?:tỷ|tỉ|triệu|nghìn|đồng|ha|m2|m²|km)(?!\w)")
_TAIL: Final = 16
"""Letters before a full stop in which an abbreviation stands."""
_NUMBERED: Final = re.compile(r"^(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]+\.|[a-zđ]\)|[-+*•])\s")
LONGEST_SENTENCE: Final = 4000
"""Characters of a sentence at most: what is longer comes in pieces, so that time stays bounded."""
_PIECE: Final = 400
"""Characters at the end of a piece in which a place to part it is looked for."""
_WRAPPED_LINE: Final = 125
_HEADING: Final = 200
_FULL: Final = 0.8
"""Of the usual line: what a line has at least that a proper noun goes on from."""
_WIDEST: Final = 4
"""Lines from one to the next at most within a paragraph."""
_PAGE_NUMBER: Final = re.compile(r"\d{1,3}\s*")


@dataclass(frozen=True)
class Sentence:
    """A sentence of running text or of a footnote, in tone-canonical spelling, with its place.

    ``cites`` are the footnotes it refers to with where in the text the mark stood. ``headings``
    are the titles it stands under, the nearest first. ``footnote`` is its own mark if it is part
    of one.
    """

    text: str
    place: SourcePlace
    cites: tuple[tuple[str, int], ...] = ()
    headings: tuple[str, ...] = ()
    footnote: str = ""
    paragraph: int = 0
    """Its paragraph's number in the document; sentences of one paragraph share it."""
    lines: tuple[tuple[int, int], ...] = ()
    """Where in the text each of its lines begins, and the line's number."""

    def find_line(self, offset: int) -> int:
        """Return the line of the document that an offset of the text stands in."""
        line = self.place.line_from
        for start, number in self.lines:
            if start > offset:
                break
            line = number
        return line


@dataclass
class _TextRun:
    """A paragraph as it was before pages broke it: its parts with their places."""

    parts: list[Paragraph] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(part.text for part in self.parts)


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences of a document's text and footnotes, in order."""
    body = _join_footnotes([b for b in document.blocks if isinstance(b, Paragraph)])
    sentences: list[Sentence] = []
    headings: list[tuple[int, str]] = []
    runs = _join_paragraphs([p for p in body if not p.footnote], wrapped=_is_wrapped(body))
    number = 0
    for number, run in enumerate(runs, 1):
        rank = _rank_heading(run.text)
        title = normalise_spelling(_MARK.sub("", run.text))
        if rank is not None:
            headings = [*(h for h in headings if h[0] < rank), (rank, title)]
        above = tuple(text for _, text in reversed(headings))
        below = above[1:] if rank is not None else above
        sentences.extend(_cut_sentences(run, below, "", number))
    for number, paragraph in enumerate((p for p in body if p.footnote), number + 1):  # noqa: B020
        run = _TextRun([paragraph])
        sentences.extend(_cut_sentences(run, (), paragraph.footnote, number))
    return tuple(sentences)


def _join_footnotes(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with those that go on with a footnote marked as parts of it.

    What stands between two footnotes is of the first one if the second was cited before; if it
    is cited in between, that is the text of the next page.
    """
    marked = [index for index, paragraph in enumerate(paragraphs) if paragraph.footnote]
    cited_at: dict[str, int] = {}
    for index, paragraph in enumerate(paragraphs):
        if not paragraph.footnote:
            for mark in _MARK.finditer(paragraph.text):
                cited_at.setdefault(mark[1].translate(SUPERSCRIPTS), index)
    joined_paragraphs = list(paragraphs)
    for earlier_index, other in pairwise(marked):
        if cited_at.get(paragraphs[other].footnote, other) < earlier_index:
            for index in range(earlier_index + 1, other):
                joined_paragraphs[index] = replace(
                    joined_paragraphs[index], footnote=paragraphs[earlier_index].footnote
                )
    return joined_paragraphs


def _is_wrapped(paragraphs: Sequence[Paragraph]) -> bool:
    """Return True if every line of the page became a paragraph of its own."""
    texts = [p.text for p in paragraphs if len(p.text) > 40]  # noqa: PLR2004
    short = [text for text in texts if len(text) < _WRAPPED_LINE and not _ENDED.search(text)]
    return len(short) * 2 > len(texts)


def _join_paragraphs(paragraphs: Sequence[Paragraph], *, wrapped: bool) -> Iterator[_TextRun]:
    run = _TextRun()
    turned = False
    usual = _measure_spacing(paragraphs) if wrapped else 1
    full = _FULL * median([len(p.text) for p in paragraphs if not _ENDED.search(p.text)] or [0])
    for paragraph in paragraphs:
        if _PAGE_NUMBER.fullmatch(paragraph.text):
            turned = True
            continue
        before = run.parts[-1] if run.parts else paragraph
        # An empty line between two lines parts them, unless a page ends there, or all lines of
        # the text stand so far apart: there a line that is not full ends its paragraph.
        apart = paragraph.place.line_from - before.place.line_to
        close = turned or apart <= 1 or (apart <= usual and len(before.text) >= full)
        turned = False
        if run.parts and _is_continued(before.text, paragraph.text, wrapped=wrapped and close):
            run.parts.append(paragraph)
            continue
        if run.parts:
            yield run
        run = _TextRun([paragraph])
    if run.parts:
        yield run


def _measure_spacing(paragraphs: Sequence[Paragraph]) -> int:
    """Return how far lines stand apart that go on with the one before: most of them do so."""
    gaps = [
        after.place.line_from - before.place.line_to
        for before, after in pairwise(paragraphs)
        if after.text[:1].islower() and not _ENDED.search(before.text)
    ]
    return min(int(median(gaps)), _WIDEST) if gaps else 1


def _is_continued(before: str, after: str, *, wrapped: bool) -> bool:
    plain = _MARK.sub("", before)
    if _ENDED.search(plain) or _NUMBERED.match(after):
        return False
    if after[:1].islower() or (after[:1].isdigit() and len(plain) > _WRAPPED_LINE):
        return True
    return wrapped and not plain.isupper()


def _rank_heading(text: str) -> int | None:
    """Return how deep a heading is (0 the highest); ``None`` for what is none."""
    if len(text) > _HEADING:
        return None
    match = re.match(
        r"(?P<roman>[IVX]+)\.|(?P<digits>\d{1,2}(?:\.\d{1,2})*)\.?\s|(?P<letter>[a-zđ])\)", text
    )
    if not match:
        return None
    if match["roman"]:
        return 0
    return 9 if match["letter"] else 1 + match["digits"].count(".")


def _cut_sentences(
    run: _TextRun, headings: tuple[str, ...], footnote: str, number: int
) -> Iterator[Sentence]:
    """Yield the sentences of a run; each is given the lines of the parts that it spans."""
    starts: list[tuple[int, Paragraph]] = []
    length = 0
    for part in run.parts:
        starts.append((length, part))
        length += len(part.text) + 1
    text = run.text
    breaks = [match.start() for match in re.finditer("\n", text)]
    inside = sorted({*(at for at, _ in starts), *(at + 1 for at in breaks)})
    for begin, end in _find_sentences(text):
        raw = text[begin:end]
        if raw.strip():
            plain, cites = _strip_marks(raw)
            place = _locate_sentence(starts, breaks, begin, end)
            inner = inside[bisect_right(inside, begin) : bisect_left(inside, end)]
            lines = tuple(
                (
                    len(_strip_marks(text[begin:at])[0]),
                    _locate_sentence(starts, breaks, at, at + 1).line_from,
                )
                for at in [begin, *inner]
            )
            yield Sentence(plain, place, cites, headings, footnote, number, lines)


def _find_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends; one that is too long comes in pieces."""
    begin = 0
    ends = [match.span() for match in _SENTENCE.finditer(text)] + [(len(text), len(text))]
    for end, after in ends:
        if end < len(text) and text[end] != "\n" and _is_unfinished(text, begin, end):
            continue
        while end - begin > LONGEST_SENTENCE:
            stop = _find_piece_end(text, begin)
            yield begin, stop
            begin = stop
        yield begin, end
        begin = after


def _is_unfinished(text: str, begin: int, end: int) -> bool:
    """Return True for a full stop behind a number of a list, within one ("1. 741 tỷ"), or short."""
    if end - begin < _TAIL and _ONLY_NUMBER.fullmatch(text, begin, end):
        return True
    if _TORN.search(text, max(begin, end - _TAIL), end) and _THOUSANDS.match(text, end):
        return True
    match = _ABBREVIATED.search(text[max(begin, end - _TAIL) : end])
    return match is not None and not (match["word"] and _BEGINS.match(text, end))


def _find_piece_end(text: str, begin: int) -> int:
    """Return where a piece of a long sentence ends: behind a mark or a blank near its limit."""
    stop = begin + LONGEST_SENTENCE
    for mark in (";", ",", " "):
        # A comma inside a number parts nothing.
        at = text.rfind(mark if mark == " " else f"{mark} ", stop - _PIECE, stop)
        if at > begin:
            return at + 1
    return stop


def _strip_marks(raw: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    plain, cites, position = "", [], 0
    for mark in _MARK.finditer(raw):
        plain = normalise_spelling(plain + raw[position : mark.start()])
        cites.append((mark[1].translate(SUPERSCRIPTS), len(plain)))
        position = mark.end()
        plain += " " if raw[position : position + 1].isspace() else ""
    return normalise_spelling(plain + raw[position:]), tuple(cites)


def _locate_sentence(
    starts: Sequence[tuple[int, Paragraph]], breaks: Sequence[int], begin: int, end: int
) -> SourcePlace:
    """Return the lines of a sentence; ``breaks`` are where lines of the whole text end."""
    first = starts[max(0, bisect_right(starts, begin, key=itemgetter(0)) - 1)]
    last = starts[max(0, bisect_left(starts, end, key=itemgetter(0)) - 1)]
    line_from = first[1].place.line_from + _count_between(breaks, first[0], begin)
    line_to = last[1].place.line_from + _count_between(breaks, last[0], end)
    last_place = last[1].place
    return SourcePlace(
        min(line_from, first[1].place.line_to),
        max(min(line_to, last_place.line_to), line_from),
        page=first[1].place.page,
    )


def _count_between(places: Sequence[int], begin: int, end: int) -> int:
    return bisect_left(places, end) - bisect_left(places, begin)
