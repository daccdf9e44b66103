"""What an export of visits holds, before anything of it is believed."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.i18n import DEFAULT_LANGUAGE, t


@dataclass(frozen=True)
class OdkLimits:
    """What an export may cost at most: megabytes (millions of bytes), files, rows, cells."""

    max_upload_mb: float = 100
    max_uncompressed_mb: float = 300
    max_xml_mb: float = 1
    max_files: int = 3000
    max_rows: int = 2000
    max_cells: int = 200_000
    max_photos: int = 300


ODK_LIMITS = OdkLimits()


@dataclass(frozen=True)
class SubmissionFault:
    """One thing wrong with a submission: where it stands, and the text key that says what to do.

    ``row`` is the line of the table, its heading being line 1; 0 for a file that is no table.
    """

    file: str
    row: int
    column: str
    key: str
    values: tuple[tuple[str, str], ...] = ()

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return it in words, the place first."""
        return f"{self.place(language)}: {self.what(language)}"

    def place(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return where it stands."""
        key = "file" if not self.row else "cell" if self.column else "row"
        if not self.row and self.column:
            return t("odk.place.answer", language, file=self.file, column=self.column)
        return t(f"reports.place.{key}", language, file=self.file, row=self.row, column=self.column)

    def what(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return what is wrong and what to do."""
        return t(f"odk.fault.{self.key}", language, **dict(self.values))


@dataclass(frozen=True)
class RawPhoto:
    """A photo that a submission names: its file, its caption, where that stands."""

    name: str
    caption: str
    file: str
    row: int


@dataclass
class RawSubmission:
    """One submission as it stands in its file: answers as text, by the form's names.

    ``place`` are the parts of the position; ``folder`` is where its file lies in its package, for
    photos lie beside it. ``review`` is what the team's server says of its review, in small letters.
    """

    file: str
    row: int
    instance: str
    values: dict[str, str] = field(default_factory=dict)
    place: dict[str, str] = field(default_factory=dict)
    photos: list[RawPhoto] = field(default_factory=list)
    wrongs: list[SubmissionFault] = field(default_factory=list)
    folder: str = ""
    review: str = ""


def make_fault(file: str, row: int, column: str, key: str, **values: object) -> SubmissionFault:
    """Return a fault; what it quotes is cut short."""
    told = tuple((name, _shorten_text(str(value))) for name, value in values.items())
    return SubmissionFault(file, row, column, key, told)


def _shorten_text(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
