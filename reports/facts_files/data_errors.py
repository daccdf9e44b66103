"""Faults of data files: collected while reading, told all at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from geo.errors import DataFileError
from geo.i18n import DEFAULT_LANGUAGE, t

MAX_FAULTS_TOLD: Final = 40


@dataclass(frozen=True)
class DataFault:
    """One fault: where it is, and the text key (``reports.fault.…``) that says what and what to do.

    ``row`` is the line of the file, the header being line 1; 0 when the whole file is meant.
    """

    file: str
    row: int
    column: str
    key: str
    values: tuple[tuple[str, str], ...] = ()

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return the fault in words, place first."""
        what = t(f"reports.fault.{self.key}", language, **dict(self.values))
        if not self.row:
            place = t("reports.place.file", language, file=self.file)
        elif not self.column:
            place = t("reports.place.row", language, file=self.file, row=self.row)
        else:
            place = t(
                "reports.place.cell", language, file=self.file, row=self.row, column=self.column
            )
        return f"{place}: {what}"


@dataclass
class FaultList:
    """A list of faults being collected."""

    found: list[DataFault] = field(default_factory=list)

    def add(self, file: str, row: int, column: str, key: str, **values: object) -> None:
        """Note one fault."""
        told = tuple((name, _shorten_text(str(value))) for name, value in values.items())
        self.found.append(DataFault(file, row, column, key, told))

    def raise_if_any(self) -> None:
        """Raise one ``DataFileError`` that tells every fault, up to a cap and the number left."""
        if not self.found:
            return
        lines = [fault.text() for fault in self.found[:MAX_FAULTS_TOLD]]
        left = len(self.found) - len(lines)
        if left:
            lines.append(t("reports.place.more", count=left))
        heading = t("reports.place.heading", count=len(self.found))
        raise DataFileError("\n".join([heading, *lines]))


def _shorten_text(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
