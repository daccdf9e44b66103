"""What goes wrong in ``reports``: every error has a message for its reader."""

from __future__ import annotations

from geo.errors import ProjectMapError
from geo.i18n import DEFAULT_LANGUAGE, t


class ReportError(ProjectMapError, ValueError):
    """A report cannot be read as it is. The message names the file and says what to do.

    A retry helps only with another file, or after what the message says was done.
    """


class UnreadableReportError(ReportError):
    """The file is empty, damaged, of a kind that is not read, or no report at all."""


class EncryptedReportError(ReportError):
    """The file is locked with a password. A retry helps once it is saved without one."""


class ReportLimitError(ReportError):
    """The file is larger than what may be read: bytes, pages, cells, pixels or seconds."""


class ReportToolError(ReportError, OSError):
    """A program that reading needs (Tesseract) is not installed. A retry helps once it is."""


class SecondReaderError(ProjectMapError, OSError):
    """The second reader cannot be used as it is set, or does not answer as it should.

    ``reason`` is a key of ``[second_reader_fault]`` of the text catalogue. It never ends an
    import; a retry helps once the endpoint is there, or after the settings are put right.
    """

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(t(f"reports.second_reader_fault.{reason}", DEFAULT_LANGUAGE, **values))
        self.reason = reason


class GrammarError(ProjectMapError, ValueError):
    """A dictionary of ``data/grammar`` is not in its form; the message says where.

    A retry helps once the file is mended.
    """
