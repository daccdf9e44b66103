"""What a briefing is made of: sections of paragraphs, annexes with tables or maps, documents.

Everything is text in the reader's language, and every statement keeps its sources. How it looks on
paper is the writers' business.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.i18n import t
from store.facts.labels import describe_figure_corrections

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
class BriefingFigure:
    """One figure that stands out: what it is, the figure, the line under it."""

    label: str
    text: str
    detail: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class BriefingBlock:
    """A numbered part of a section; without a ``title`` it stands right under the section's.

    Paragraphs come first, then figures three to a line, a table, a map.
    """

    title: str
    paragraphs: tuple[BriefingParagraph, ...] = ()
    figures: tuple[BriefingFigure, ...] = ()
    table: AnnexTable | None = None
    picture: MapImage | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of its parts."""
        rows = self.table.rows if self.table else ()
        return (
            *(source for paragraph in self.paragraphs for source in paragraph.sources),
            *(source for figure in self.figures for source in figure.sources),
            *(source for row in rows for source in row.sources),
        )


@dataclass(frozen=True)
class BriefingSection:
    """A section with a Roman number."""

    title: str
    blocks: tuple[BriefingBlock, ...]


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
    """A briefing without its head. ``subject`` says what it is about, ``when`` of what period.

    ``notes`` stand in small letters after the signature, where there is no annex to say them. A
    ``tight`` one has less room between its lines, to be short on paper.
    """

    language: str
    period: str
    subject: str
    when: str
    opening: tuple[BriefingParagraph, ...]
    sections: tuple[BriefingSection, ...]
    closing: str
    annexes: tuple[Annex, ...]
    documents: tuple[CitedDocument, ...]
    notes: tuple[BriefingParagraph, ...] = ()
    tight: bool = False

    def cite(self, sources: Iterable[Source], beside: str = "") -> str:
        """Return the sources as a reference, ``[1, dòng 742; 3]``; '' for none.

        A document is named by its number, with the lines where those are known. A number that the
        document prints otherwise is said behind it, unless the text ``beside`` says so already.
        """
        sources = tuple(sources)
        numbers = {document.doc: document.number for document in self.documents}
        lines: defaultdict[int, dict[tuple[int, int], None]] = defaultdict(dict)
        for source in sources:
            if source.doc in numbers:
                spans = lines[numbers[source.doc]]
                if source.line_from:
                    spans[source.line_from, source.line_to] = None
        references = [self._place(number, sorted(spans)) for number, spans in sorted(lines.items())]
        if not references:
            return ""
        corrected = describe_figure_corrections(sources, self.language)
        corrected = "" if corrected in beside else corrected
        return " ".join(filter(None, (f"[{'; '.join(references)}]", corrected)))

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
