"""One way through a part of a Word document: paragraphs, tables, notes and what is brought in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from reports.model.document import Paragraph
from reports.readers.word.chunks import read_chunk
from reports.readers.word.headers import choose_header_pieces, list_header_parts
from reports.readers.word.ooxml.fields import FieldStack, is_balanced
from reports.readers.word.ooxml.names import choose_branch, find_path, make_name, read_switch
from reports.readers.word.ooxml.numbering import Numbering
from reports.readers.word.ooxml.styles import UNKNOWN_GROUND, WHITE, Styles
from reports.readers.word.pieces import Notice, Surroundings
from reports.readers.word.runs import Ink, RunReader
from reports.readers.word.tab_tables import open_tab_tables
from reports.readers.word.tables import TableReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.readers.word.ooxml.package import WordPackage
    from reports.readers.word.pieces import Budget, Piece

ON_PAPER: Final = Surroundings(ground=WHITE)
NOTE_SIGNS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PARAGRAPH: Final = make_name("w:p")
_TABLE: Final = make_name("w:tbl")
_CHUNK: Final = make_name("w:altChunk")
_SUBDOCUMENT: Final = make_name("w:subDoc")
_ALTERNATE: Final = make_name("mc:AlternateContent")
_IDENTITY: Final = make_name("r:id")
_SKIPPED: Final = frozenset(
    make_name(f"w:{name}")
    for name in ("tcPr", "sdtPr", "sdtEndPr", "customXmlPr", "sectPr", "del", "moveFrom", "tblPr")
)


class BodyReader:
    """Reads a document's main part, and its headers and notes in the same way."""

    def __init__(self, package: WordPackage, budget: Budget) -> None:
        """Read the parts that the text refers to: styles, numbering, notes, comments."""
        self._package = package
        self._budget = budget
        self._styles = Styles(package.parse_related("styles"))
        self._numbering = Numbering.of(package.parse_related("numbering"), self._styles)
        self._notes = {
            kind: _read_notes(package.parse_related(kind)) for kind in ("footnotes", "endnotes")
        }
        self._notes_seen = 0
        self._carried = Ink()
        self._tables = TableReader(self._styles, budget, self)
        comments = _read_comments(package.parse_related("comments"))
        self._runs = RunReader(package, package.main, self._styles, comments, self)

    def read_part(self, root: Any, source: str, surroundings: Surroundings) -> list[Piece]:
        """Return the pieces of a part from its root or body element; ``source`` is its name."""
        outer = self._runs.source, self._runs.fields
        self._runs.source, self._runs.fields = source, FieldStack(is_balanced(root))
        try:
            return list(self.read_blocks(root, surroundings))
        finally:
            self._runs.source, self._runs.fields = outer

    def read_blocks(self, parent: Any, surroundings: Surroundings) -> Iterator[Piece]:
        """Yield the paragraphs and tables below ``parent`` in order."""
        for child in parent:
            if child.tag == _PARAGRAPH:
                self._budget.check(surroundings)
                yield from self._read_paragraph(child, surroundings)
                yield from self._flush()
            elif child.tag == _TABLE:
                yield from self._tables.read(child, surroundings)
                yield from self._flush()
            elif child.tag == _CHUNK:
                yield from self._read_chunk(child, surroundings)
            elif child.tag == _SUBDOCUMENT:
                yield Notice("linked")
            elif child.tag == _ALTERNATE:
                branch = choose_branch(child)
                if branch is not None:
                    yield from self.read_blocks(branch, surroundings)
            elif child.tag not in _SKIPPED and len(child):
                yield from self.read_blocks(child, surroundings)
        if self._carried.shown or self._carried.unseen:
            ink, self._carried = self._carried, Ink()
            yield ink.make_paragraph()

    def read_note(self, kind: str, element: Any) -> str:
        """Return the raised mark of a note, and put the note's text aside; '' for its own sign."""
        note = self._notes[kind].pop(element.get(make_name("w:id"), ""), None)
        if note is None:
            return ""
        own = element.get(make_name("w:customMarkFollows"), "0") in {"1", "true", "on"}
        if own:
            mark = "".join(text.text or "" for text in element.getparent().iter(make_name("w:t")))
        else:
            self._notes_seen += 1
            mark = str(self._notes_seen)
        outer, self._runs.aside = self._runs.aside, []
        source = self._package.find_related(kind)
        pieces = self.read_part(note, source, Surroundings(1, WHITE))
        texts = [piece for piece in pieces if isinstance(piece, Paragraph)]
        joined = Paragraph(
            " ".join(piece.text for piece in texts).strip(),
            footnote=mark.strip() or "*",
            unseen=" ".join(filter(None, (piece.unseen for piece in texts))),
            unseen_reason=next((p.unseen_reason for p in texts if p.unseen_reason), ""),
        )
        rest = [piece for piece in pieces if not isinstance(piece, Paragraph)]
        self._runs.aside = [*outer, joined, *rest]
        return "" if own else mark.translate(NOTE_SIGNS)

    def _flush(self) -> Iterator[Piece]:
        """Yield what was met inside the last paragraph and stands after it."""
        waiting, self._runs.aside = self._runs.aside, []
        yield from waiting

    def _read_paragraph(self, element: Any, surroundings: Surroundings) -> Iterator[Piece]:
        """Yield a paragraph with its own number; some run into the next."""
        properties = find_path(element, "w:pPr")
        mark = find_path(properties, "w:rPr")
        look = self._styles.find_paragraph_look(properties)
        end = self._styles.find_run_look(look, mark)
        ink, self._carried = self._carried, Ink()
        if _runs_on(properties, mark):
            self._runs.read(element, look, surroundings, ink)
            self._carried = ink
            return
        before = bool(ink.shown)
        text = Ink()
        self._runs.read(element, look, surroundings, text)
        shows_text = before or bool("".join(text.shown).strip())
        if shows_text or not end.hidden:
            number = self._numbering.mark(element)
            counted = shows_text or surroundings.in_cell or any(t.strip() for t in text.unseen)
            if number and counted:
                reason = "" if shows_text and end.hidden else end.find_reason(surroundings.ground)
                numbered = Ink()
                numbered.add(number, reason)
                ink = _join_inks(numbered, ink)
        yield _join_inks(ink, text).make_paragraph()

    def _read_chunk(self, element: Any, surroundings: Surroundings) -> Iterator[Piece]:
        inner = surroundings.enter(WHITE, in_cell=surroundings.in_cell)
        self._budget.check(inner)
        relation = self._package.relations(self._runs.source).get(element.get(_IDENTITY, ""))
        if relation is None or relation.external:
            yield Notice("linked", relation.target if relation is not None else "")
            return
        yield from read_chunk(self._package, relation.target, self._budget, inner, read_package)


def read_package(
    package: WordPackage, budget: Budget, surroundings: Surroundings = ON_PAPER
) -> list[Piece]:
    """Return the pieces of a document: what its headers add, then its body.

    Raises ``KeyError`` for a package without the document's part, ``ValueError`` for one without
    a body, ``lxml.etree.XMLSyntaxError`` for damaged XML, ``ReportError`` beyond the limits.
    """
    root = package.parse(package.main)
    body = find_path(root, "w:body")
    if body is None:
        raise ValueError(package.main)
    background = find_path(root, "w:background")
    settings = package.parse_related("settings")
    if background is not None and read_switch(settings, "w:displayBackgroundShape"):
        ground = background.get(make_name("w:color"), UNKNOWN_GROUND)
        surroundings = replace(surroundings, ground=ground)
    reader = BodyReader(package, budget)
    headers = [
        reader.read_part(package.parse(part), part, Surroundings(1, UNKNOWN_GROUND))
        for part in list_header_parts(package, body)
    ]
    pieces = reader.read_part(body, package.main, surroundings)
    return [*choose_header_pieces(headers, body), *open_tab_tables(pieces)]


def _runs_on(properties: Any, mark: Any) -> bool:
    """Return True if a paragraph goes on in the next: a large letter, or its end is deleted."""
    if any(find_path(mark, name) is not None for name in ("w:del", "w:moveFrom")):
        return True
    frame = find_path(properties, "w:framePr")
    return frame is not None and frame.get(make_name("w:dropCap")) in {"drop", "margin"}


def _join_inks(first: Ink, second: Ink) -> Ink:
    return Ink(
        first.shown + second.shown, first.unseen + second.unseen, first.reason or second.reason
    )


def _read_comments(root: Any) -> dict[str, str]:
    """Return the words of each comment by its id."""
    return {
        comment.get(make_name("w:id"), ""): " ".join(
            "".join(text.text or "" for text in paragraph.iter(make_name("w:t")))
            for paragraph in comment.iter(_PARAGRAPH)
        )
        for comment in (root if root is not None else ())
    }


def _read_notes(root: Any) -> dict[str, Any]:
    """Return a part's notes by id, without the separators that Word keeps among them."""
    return {
        note.get(make_name("w:id"), ""): note
        for note in (root if root is not None else ())
        if note.get(make_name("w:type"), "normal") == "normal"
    }
