"""Faults of files that people fill: each with its place and what to do, told all at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from geo.errors import DataFileError
from geo.i18n import DEFAULT_LANGUAGE, t

MAX_FAULTS_TOLD: Final = 40
_MAX_VALUE_CHARS: Final = 120


@dataclass(frozen=True)
class DataFault:
    """One fault: where it is, and the text key that says what it is and what to do.

    ``row`` is the line of the file, the header being line 1; 0 when the whole file is meant, or an
    answer (``column``) of a file that is no table. ``key`` is of ``catalogue``.
    """

    file: str
    row: int
    column: str
    key: str
    values: tuple[tuple[str, str], ...]
    catalogue: str

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return the fault in words, place first."""
        return f"{self.place(language)}: {self.what(language)}"

    def place(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return where it is."""
        keys = ("cell", "row") if self.row else ("answer", "file")
        key = keys[0] if self.column else keys[1]
        return t(f"geo.place.{key}", language, file=self.file, row=self.row, column=self.column)

    def what(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return what is wrong and what to do."""
        return t(f"{self.catalogue}.{self.key}", language, **dict(self.values))


def make_fault(
    catalogue: str, file: str, row: int, column: str, key: str, **values: object
) -> DataFault:
    """Return a fault; what it quotes is cut short."""
    short = tuple((name, _shorten_text(str(value))) for name, value in values.items())
    return DataFault(file, row, column, key, short, catalogue)


@dataclass
class FaultList:
    """A list of faults being collected, their keys of one ``catalogue``."""

    catalogue: str
    found: list[DataFault] = field(default_factory=list)

    def add(self, file: str, row: int, column: str, key: str, **values: object) -> None:
        """Note one fault."""
        self.found.append(make_fault(self.catalogue, file, row, column, key, **values))

    def raise_if_any(self, heading: str) -> None:
        """Raise one ``DataFileError`` that tells every fault, up to a cap and the number left.

        ``heading``: the text key of its first line, which names the ``count``.
        """
        if not self.found:
            return
        lines = [fault.text() for fault in self.found[:MAX_FAULTS_TOLD]]
        left = len(self.found) - len(lines)
        if left:
            lines.append(t("geo.place.more", count=left))
        raise DataFileError("\n".join([t(heading, count=len(self.found)), *lines]))


def _shorten_text(text: str) -> str:
    return text if len(text) <= _MAX_VALUE_CHARS else text[: _MAX_VALUE_CHARS - 1] + "…"
