"""Headers and footers: what they say that the body does not.

A header is no part of the text, but a reader sees it. Where the body states no unit of its amounts
or no period, a header's line that does is read; other words there are named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from geo.text import fold_text
from reports.model.document import Paragraph
from reports.readers.word.ooxml.names import make_name, read_switch
from reports.readers.word.pieces import Notice, list_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.readers.word.ooxml.package import WordPackage
    from reports.readers.word.pieces import Piece

_UNIT: Final = re.compile(r"\b(?:don vi(?: tinh)?|dvt)\s*:")
_PERIOD: Final = re.compile(r"\b(?:quy\s*(?:[ivx]+|\d)|thang\s*\d{1,2}|nam\s*20\d\d)\b")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_PAGE: Final = re.compile(r"(?:trang|page)\b")
_REFERENCES: Final = ("w:headerReference", "w:footerReference")


def list_header_parts(package: WordPackage, body: Any) -> list[str]:
    """Return the names of the parts of the headers and footers that are shown, in order."""
    settings = package.parse_related("settings")
    even = bool(read_switch(settings, "w:evenAndOddHeaders"))
    found: dict[str, None] = {}
    relations = package.relations(package.main)
    for section in body.iter(make_name("w:sectPr")):
        first = bool(read_switch(section, "w:titlePg"))
        for reference in (r for name in _REFERENCES for r in section.findall(make_name(name))):
            kind = reference.get(make_name("w:type"), "default")
            relation = relations.get(reference.get(make_name("r:id"), ""))
            shown = {"first": first, "even": even}.get(kind, True)
            if shown and relation is not None and relation.target.lower() in package.names:
                found[relation.target] = None
    return list(found)


def choose_header_pieces(headers: Sequence[Sequence[Piece]], body: Any) -> Iterator[Piece]:
    """Yield the lines of headers that are read, then what is named of the others."""
    lines = dict.fromkeys(
        " ".join(text.split())
        for pieces in headers
        for piece in pieces
        for text in list_texts(piece)
    )
    if not any(_WORD.search(line) for line in lines):
        return
    stated = _fold_body(body)
    for pattern in (_UNIT, _PERIOD):
        found = [line for line in lines if pattern.search(fold_text(line))]
        if len(found) == 1 and not pattern.search(stated):
            yield Paragraph(found[0])
            lines.pop(found[0])
    for line in lines:
        folded = fold_text(line)
        words = _WORD.findall(folded)
        if len(words) > 1 and not _PAGE.match(folded) and folded not in stated:
            yield Notice("header", line)


def _fold_body(body: Any) -> str:
    paragraphs = (
        "".join(text.text or "" for text in paragraph.iter(make_name("w:t")))
        for paragraph in body.iter(make_name("w:p"))
    )
    return fold_text("\n".join(" ".join(text.split()) for text in paragraphs))
