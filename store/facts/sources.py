"""Where a value comes from: the document, its lines and the words that stand there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.facts.facts import Facts


@dataclass(frozen=True)
class Source:
    """One place in one document.

    ``observation`` is the id of the row it was read into ('' for a place, a clearance statement
    or an indicator, which have their own). Dates are ISO; '' where the document does not say.
    Line numbers are 0 where the whole document is meant.
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


def make_source(
    facts: Facts,
    doc: str,
    line_from: int = 0,
    line_to: int = 0,
    *,
    cell: str = "",
    raw: str = "",
    observation: str = "",
) -> Source:
    """Return the source at some lines of a document, with what is known of the document."""
    known = facts.document_rows.get(doc, {})
    return Source(
        doc=doc,
        title=str(known.get("title", doc)),
        issuer=str(known.get("issuer", "")),
        issued=str(known.get("issued", "")),
        status=str(known.get("status", "unknown")),
        period=str(known.get("period", "")),
        line_from=line_from,
        line_to=line_to or line_from,
        cell=cell,
        raw=raw,
        observation=observation,
    )


def source_from_row(facts: Facts, row: Mapping[str, Any]) -> Source:
    """Return where a row of the facts stands (of its ``doc``, lines and cell), and its words."""
    first = row["line"] if "line" in row else row["line_from"]
    return make_source(
        facts,
        str(row["doc"]),
        0 if pd.isna(first) else int(first),
        int(row.get("line_to", 0)),
        cell=str(row.get("cell", "")),
        raw=str(row["raw"]),
        observation=str(row.get("obs", "")),
    )


def find_sources(facts: Facts, observations: Iterable[str]) -> tuple[Source, ...]:
    """Return the sources of values by the ids of their observations, unknown ids left out."""
    rows = facts.observation_rows
    return tuple(
        source_from_row(facts, row) for obs in observations if (row := rows.get(obs)) is not None
    )
