"""Where a value comes from: the document, its lines and the words that stand there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """One place in one document.

    ``observation`` is the id of the row it was read into ('' for a place, a clearance statement
    or an indicator, which have their own). Dates are ISO; '' where the document does not say.
    """

    doc: str
    title: str
    issuer: str
    issued: str
    status: str
    period: str
    line_from: int
    line_to: int
    cell: str
    raw: str
    observation: str = ""
