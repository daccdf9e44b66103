"""What goes wrong in ``reports``: every error has a message for its reader."""

from __future__ import annotations

from geo.errors import ProjectMapError


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
