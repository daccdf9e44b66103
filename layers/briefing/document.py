"""What a briefing is made of: sections of paragraphs, annexes with tables or maps, documents.

Everything is text in the reader's language, and every statement keeps its sources. How it looks on
paper is the writers' business.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.i18n import t

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.print.map_image import MapImage
    from store.facts.sources import Source

MOST_LINES: Final = 5
"""Places in one document that a reference names; of more, the first ones are named."""

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class BriefingParagraph:
    """One paragraph: ``lead`` stands out before ``text``; ``listed`` ones are entries of a list."""

    text: str
    sources: tuple[Source, ...] = ()
    lead: str = ""
    listed: bool = False


@dataclass(frozen=True)
class BriefingBlock:
    """A numbered part of a section; without a ``title`` its paragraphs stand right under it."""

    title: str
    paragraphs: tuple[BriefingParagraph, ...]


@dataclass(frozen=True)
class BriefingSection:
    """A section with a Roman number."""

    title: str
    blocks: tuple[BriefingBlock, ...]


@dataclass(frozen=True)
class AnnexColumn:
    """A column of a table; ``width`` is its part of the table's width, in any unit."""

    title: str
    width: float
    align: Align = "left"


@dataclass(frozen=True)
class AnnexRow:
    """A row of a table: a text for every column, and where it comes from."""

    cells: tuple[str, ...]
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class AnnexTable:
    """A table; ``empty`` is what stands in its place when it has no rows.

    Its writers add a first column with the row's number and, where ``cited``, a last one with its
    sources.
    """

    columns: tuple[AnnexColumn, ...]
    rows: tuple[AnnexRow, ...]
    empty: str
    cited: bool = True


@dataclass(frozen=True)
class Annex:
    """An annex: paragraphs, then a table or a map; ``key`` names it for the text to refer to."""

    key: str
    title: str
    paragraphs: tuple[BriefingParagraph, ...] = ()
    table: AnnexTable | None = None
    picture: MapImage | None = None


@dataclass(frozen=True)
class CitedDocument:
    """A document that is referred to by ``number``."""

    number: int
    doc: str
    text: str


@dataclass(frozen=True)
class Briefing:
    """A briefing without its head. ``subject`` says what it is about, ``when`` of what period."""

    language: str
    period: str
    subject: str
    when: str
    opening: tuple[BriefingParagraph, ...]
    sections: tuple[BriefingSection, ...]
    closing: str
    annexes: tuple[Annex, ...]
    documents: tuple[CitedDocument, ...]

    def cite(self, sources: Iterable[Source]) -> str:
        """Return the sources as a reference, ``[1, dòng 742; 3]``; '' for none.

        A document is named by its number, with the lines where those are known.
        """
        numbers = {document.doc: document.number for document in self.documents}
        lines: defaultdict[int, dict[tuple[int, int], None]] = defaultdict(dict)
        for source in sources:
            if source.doc in numbers:
                spans = lines[numbers[source.doc]]
                if source.line_from:
                    spans[source.line_from, source.line_to] = None
        references = [self._place(number, sorted(spans)) for number, spans in sorted(lines.items())]
        return f"[{'; '.join(references)}]" if references else ""

    def _place(self, number: int, lines: list[tuple[int, int]]) -> str:
        if not lines:
            return str(number)
        shown = [f"{first}–{last}" if last > first else str(first) for first, last in lines]
        more = "…" if len(shown) > MOST_LINES else ""
        return t(
            "briefing.source.lines",
            self.language,
            number=number,
            lines=", ".join(shown[:MOST_LINES]) + more,
        )

    def iterate_paragraphs(self) -> Iterable[BriefingParagraph]:
        """Yield every paragraph of the text, in order, annexes included."""
        yield from self.opening
        for section in self.sections:
            for block in section.blocks:
                yield from block.paragraphs
        for annex in self.annexes:
            yield from annex.paragraphs
