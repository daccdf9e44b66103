"""The text of a paragraph as it is shown: runs, signs, fields, form fields and equations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from reports.model.document import Paragraph
from reports.readers.word.embedded import BOX, is_hidden, read_object
from reports.readers.word.ooxml.equations import SUPERSCRIPTS, read_equation
from reports.readers.word.ooxml.fields import FieldStack
from reports.readers.word.ooxml.names import choose_branch, find_path, make_name
from reports.readers.word.ooxml.symbols import UNKNOWN, read_sign, replace_signs
from reports.readers.word.pieces import Notice, list_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.model.document import UnseenReason
    from reports.readers.word.ooxml.package import WordPackage
    from reports.readers.word.ooxml.styles import Look, Styles
    from reports.readers.word.pieces import Piece, Surroundings

_NOTHING: Final = frozenset(
    make_name(f"w:{name}")
    for name in (
        "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "delText", "delInstrText",
        "softHyphen", "lastRenderedPageBreak", "annotationRef", "footnoteRef", "endnoteRef",
        "separator", "continuationSeparator", "pgNum", "fldData", "rubyPr",
    )
)  # fmt: skip
_SIGNS: Final = {
    make_name("w:tab"): "\t",
    make_name("w:ptab"): " ",
    make_name("w:br"): "\n",
    make_name("w:cr"): "\n",
    make_name("w:noBreakHyphen"): "-",
}
_DATES: Final = frozenset(
    make_name(f"w:{name}{length}")
    for name in ("day", "month", "year")
    for length in ("Short", "Long")
)
_NOTES: Final = {
    make_name("w:footnoteReference"): "footnotes",
    make_name("w:endnoteReference"): "endnotes",
}
_OBJECTS: Final = frozenset(make_name(f"w:{name}") for name in ("drawing", "pict", "object"))
_EQUATIONS: Final = frozenset(make_name(f"m:{name}") for name in ("oMath", "oMathPara"))
_DELETED: Final = frozenset(make_name(f"w:{name}") for name in ("del", "moveFrom"))
_INSERTED: Final = frozenset(make_name(f"w:{name}") for name in ("ins", "moveTo"))
_RUN: Final = make_name("w:r")
_TEXT: Final = make_name("w:t")
_SIGN: Final = make_name("w:sym")
_ALTERNATE: Final = make_name("mc:AlternateContent")
_FIELD_SIGN: Final = make_name("w:fldChar")
_INSTRUCTION: Final = make_name("w:instrText")
_COMMENT: Final = make_name("w:commentReference")
_RUBY: Final = make_name("w:ruby")
_TYPED_FRACTION: Final = re.compile(r"(?<![\d⁰¹²³⁴⁵⁶⁷⁸⁹])([⁰¹²³⁴⁵⁶⁷⁸⁹]+)(?=[/⁄]\d)")
_DIGITS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED: Final = {key: value for key, value in SUPERSCRIPTS.items() if chr(key).isdigit()}


class BlockReader(Protocol):
    """Reads what stands inside a paragraph and is more than its text."""

    def read_blocks(self, parent: Any, surroundings: Surroundings) -> Iterable[Piece]:
        """Return the pieces below an element."""

    def read_note(self, kind: str, element: Any) -> str:
        """Return the mark of a footnote or endnote; its text follows the paragraph."""


@dataclass
class Ink:
    """The text of a paragraph so far: what is shown, and what is not with the first reason."""

    shown: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    reason: UnseenReason = ""

    def add(self, text: str, reason: UnseenReason) -> None:
        """Put text at the end; ``reason`` is why it is not seen, '' for what is."""
        if not reason:
            self.shown.append(text)
        elif text:
            self.unseen.append(text)
            self.reason = self.reason or reason

    def make_paragraph(self) -> Paragraph:
        """Return what was written as a paragraph."""
        text = _TYPED_FRACTION.sub(lambda m: m[1].translate(_DIGITS), "".join(self.shown))
        unseen = "".join(self.unseen)
        if not unseen.strip():
            return Paragraph(text)
        return Paragraph(text, unseen=unseen, unseen_reason=self.reason)


@dataclass
class RunReader:
    """Reads the runs of one part; what stands inside them and follows the text is put aside."""

    package: WordPackage
    source: str
    styles: Styles
    comments: dict[str, str]
    blocks: BlockReader
    fields: FieldStack = field(default_factory=FieldStack)
    aside: list[Piece] = field(default_factory=list)

    def read(self, element: Any, look: Look, surroundings: Surroundings, ink: Ink) -> None:
        """Write the text below a paragraph, link or the like; ``look`` is the paragraph's."""
        for child in element:
            tag = child.tag
            if tag == _RUN:
                self._read_run(child, look, surroundings, ink)
            elif tag in _DELETED:
                deleted = child.iter(make_name("w:delText"), _TEXT)
                self.aside.append(Notice("change", "".join(text.text or "" for text in deleted)))
            elif tag in _INSERTED:
                self.aside.append(Notice("change"))
                self.read(child, look, surroundings, ink)
            elif tag == _ALTERNATE:
                branch = choose_branch(child)
                if branch is not None:
                    self.read(branch, look, surroundings, ink)
            elif tag in _EQUATIONS:
                run = next(child.iter(make_name("w:rPr")), None)
                own = self.styles.find_run_look(look, run)
                ink.add(read_equation(child), own.find_reason(surroundings.ground))
            elif tag not in _NOTHING:
                if len(child):
                    self.read(child, look, surroundings, ink)
                else:
                    self._read_content(child, look, surroundings, ink)

    def _read_run(self, run: Any, look: Look, surroundings: Surroundings, ink: Ink) -> None:
        own = self.styles.find_run_look(look, find_path(run, "w:rPr"))
        for child in run:
            self._read_content(child, own, surroundings, ink)

    def _read_content(self, child: Any, look: Look, surroundings: Surroundings, ink: Ink) -> None:
        """Write one part of a run."""
        tag = child.tag
        if tag == _FIELD_SIGN:
            ink.add(self.fields.pass_sign(child), look.find_reason(surroundings.ground))
        elif tag == _INSTRUCTION:
            self.fields.add_instruction(child.text or "")
        elif tag in _NOTHING or self.fields.in_instruction:
            return
        elif tag in _OBJECTS or tag == BOX:
            self._read_object(child, look, surroundings, ink)
        elif tag == _ALTERNATE:
            branch = choose_branch(child)
            for part in branch if branch is not None else ():
                self._read_content(part, look, surroundings, ink)
        elif tag == _RUBY:
            self._read_ruby(child, look, surroundings, ink)
        else:
            text = self._read_sign(child, look)
            if text is None:
                self.read(child, look, surroundings, ink)
            else:
                self._write(text, look, surroundings, ink)

    def _read_sign(self, child: Any, look: Look) -> str | None:
        """Return the text that a part of a run shows by itself, None for one that holds others."""
        tag = child.tag
        if tag == _TEXT:
            text = replace_signs(child.text or "", look.font)
            return text.translate(_RAISED) if look.raised else text
        if tag == _SIGN:
            return _read_symbol(child)
        if tag in _NOTES:
            return self.blocks.read_note(_NOTES[tag], child)
        if tag == _COMMENT:
            words = self.comments.get(child.get(make_name("w:id"), ""), "")
            self.aside.append(Notice("comment", words))
            return ""
        return UNKNOWN if tag in _DATES else _SIGNS.get(tag)

    def _write(self, text: str, look: Look, surroundings: Surroundings, ink: Ink) -> None:
        reason = look.find_reason(surroundings.ground)
        if text.strip():
            self.fields.mark_shown()
        if UNKNOWN in text and not reason:
            self.aside.append(Notice("sign", ("".join(ink.shown[-2:]) + text)[-40:]))
        ink.add(text, reason)

    def _read_object(self, child: Any, look: Look, surroundings: Surroundings, ink: Ink) -> None:
        """Put aside what an object shows; what is in a hidden one is not seen."""
        found = [child] if child.tag == BOX else read_object(child, self.package, self.source)
        reason = look.find_reason(surroundings.ground) if look.hidden else ""
        hidden: UnseenReason = reason or ("hidden_text" if is_hidden(child) else "")
        inner = surroundings.enter("")
        for content in found:
            is_piece = isinstance(content, Paragraph | Notice)
            pieces = [content] if is_piece else list(self._read_box(content, inner))
            if hidden:
                ink.add(" ".join(w for p in pieces for w in list_texts(p, unseen=True)), hidden)
            else:
                self.aside.extend(pieces)

    def _read_box(self, box: Any, surroundings: Surroundings) -> Iterable[Piece]:
        """Return a box's pieces: its own paragraphs must not flush what is put aside here."""
        outer, self.aside = self.aside, []
        fields, self.fields = self.fields, FieldStack(self.fields.balanced)
        try:
            return list(self.blocks.read_blocks(box, surroundings))
        finally:
            self.aside, self.fields = outer, fields

    def _read_ruby(self, ruby: Any, look: Look, surroundings: Surroundings, ink: Ink) -> None:
        """Write the words, and in brackets the small ones above them."""
        base, above = find_path(ruby, "w:rubyBase"), find_path(ruby, "w:rt")
        if base is not None:
            self.read(base, look, surroundings, ink)
        if above is not None and any(text.text for text in above.iter(_TEXT)):
            self._write(" (", look, surroundings, ink)
            self.read(above, look, surroundings, ink)
            self._write(")", look, surroundings, ink)


def _read_symbol(element: Any) -> str:
    try:
        code = int(element.get(make_name("w:char"), ""), 16)
    except ValueError:
        return UNKNOWN
    return read_sign(element.get(make_name("w:font"), ""), code)
