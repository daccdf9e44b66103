"""Columns by key, with their titles from the catalogue."""

from __future__ import annotations

from geo.i18n import t
from store.exports.table import ExportColumn, Kind, Place


class Columns:
    """Makes the columns of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def one(
        self, key: str, kind: Kind = "text", width: int = 16, place: Place = "main"
    ) -> ExportColumn:
        """Return a column that people and machines read."""
        return ExportColumn(key, self.title(key), kind, width, place=place)

    def word(
        self, key: str, width: int = 20, place: Place = "main"
    ) -> tuple[ExportColumn, ExportColumn]:
        """Return a column of program words and, beside it, the words as people read them."""
        title = self.title(key)
        code = ExportColumn(key, t("exports.column.code", self.language, title=title), coded=True)
        return code, ExportColumn(f"{key}_text", title, "long", width, place=place)

    def where(self, key: str) -> tuple[ExportColumn, ExportColumn]:
        """Return the columns that say from which period and which lines a value is."""
        title = self.title(key)
        period = t("exports.column.period_of", self.language, title=title)
        source = t("exports.column.source_of", self.language, title=title)
        return (
            ExportColumn(f"{key}_period", period, "code", 12, place="source"),
            ExportColumn(f"{key}_source", source, "text", 26, place="source"),
        )

    def title(self, key: str) -> str:
        """Return the title of a column."""
        return t(f"exports.column.{key}", self.language)
