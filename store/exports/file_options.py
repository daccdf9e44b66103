"""How whoever asks for a file wants it: marks of CSV, columns and paper of the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Paper = Literal["", "a4", "a3"]
CsvStyle = Literal["standard", "vietnamese", "semicolon"]

CSV_STYLES: Final[dict[CsvStyle, tuple[str, str]]] = {
    "vietnamese": (";", ","),
    "standard": (",", "."),
    "semicolon": (";", "."),
}
"""What parts cells, and the decimal sign: ``vietnamese`` opens by double click in an Excel set to
Vietnamese, ``standard`` is RFC 4180."""


@dataclass(frozen=True)
class FileOptions:
    """``columns`` are keys of the items' columns that go on paper, in order; none: all main ones.

    ``paper`` '' is chosen by how many columns there are.
    """

    csv: CsvStyle = "standard"
    columns: tuple[str, ...] = ()
    paper: Paper = ""

    @property
    def separator(self) -> str:
        """What parts the cells of CSV."""
        return CSV_STYLES[self.csv][0]

    @property
    def decimal_mark(self) -> str:
        """The decimal sign of CSV."""
        return CSV_STYLES[self.csv][1]


DEFAULT_OPTIONS: Final = FileOptions()
