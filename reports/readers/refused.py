"""Why pages are not read, as it travels from the process that reads them."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - it never leaves the process: it becomes a ReportError
    """``key`` is of ``reports.open``; ``values`` are what its text names."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
