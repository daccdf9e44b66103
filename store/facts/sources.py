"""Where a value comes from: the document, its lines and the words that stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from store.column_values import iterate_rows
from store.facts.stored.hand_corrections import (
    INDICATORS,
    OBSERVATIONS,
    HandCorrection,
    map_hand_corrections,
)
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from store.facts.facts import Facts

_DIGITS: Final = re.compile(r"\d+")
_COLUMNS: Final = (
    "doc", "line_from", "line_to", "cell", "raw",
    "field", "value", "number", "total", "unit", "qualifier",
)  # fmt: skip


@dataclass(frozen=True)
class ScanCorrection:
    """One correction of a scan: the words as printed, as they are read, and why."""

    printed: str
    read_as: str
    why: str

    @property
    def changes_figure(self) -> bool:
        """Whether a number is read otherwise than printed, not only letters of a name."""
        return _DIGITS.findall(self.printed) != _DIGITS.findall(self.read_as)


@dataclass(frozen=True)
class Source:
    """One place in one document.

    ``observation`` is the id of the row it was read into ('' for a place, a clearance statement
    or an indicator, which have their own). Dates are ISO; '' where the document does not say.
    Line numbers are 0 where the whole document is meant. ``corrections`` are those of scanning
    errors within ``raw``, ``by_hand`` that of the figure itself by a person.
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
    corrections: tuple[ScanCorrection, ...] = ()
    by_hand: HandCorrection | None = None


def make_source(
    facts: Facts,
    doc: str,
    line_from: int = 0,
    line_to: int = 0,
    *,
    cell: str = "",
    raw: str = "",
    observation: str = "",
    indicator: str = "",
) -> Source:
    """Return the source at some lines of a document, with what is known of the document.

    ``observation`` or ``indicator`` is the figure of which it is the source, by its key.
    """
    lookups = _get_lookups(facts)
    known = lookups.documents.get(doc, {})
    last = line_to or line_from
    return Source(
        doc=doc,
        title=str(known.get("title", doc)),
        issuer=str(known.get("issuer", "")),
        issued=str(known.get("issued", "")),
        status=str(known.get("status", "unknown")),
        period=str(known.get("period", "")),
        line_from=line_from,
        line_to=last,
        cell=cell,
        raw=raw,
        observation=observation,
        corrections=lookups.find_corrections(doc, line_from, last, raw),
        by_hand=lookups.by_hand.get(
            (OBSERVATIONS, observation) if observation else (INDICATORS, indicator)
        ),
    )


@dataclass(frozen=True)
class _Lookups:
    """What every source is made with, found once: with thousands of items sources are many.

    ``corrections`` are those of scans, by document and line.
    """

    documents: Mapping[str, Mapping[str, Any]]
    corrections: Mapping[str, Mapping[int, Sequence[ScanCorrection]]]
    by_hand: Mapping[tuple[str, str], HandCorrection]

    def find_corrections(
        self, doc: str, line_from: int, line_to: int, raw: str
    ) -> tuple[ScanCorrection, ...]:
        """Return the corrections of the lines that touch these words."""
        known = self.corrections.get(doc) if raw else None
        if not known:
            return ()
        return tuple(
            correction
            for line in range(line_from, line_to + 1)
            for correction in known.get(line, ())
            if correction.printed in raw
        )


@cache_on_reports()
def _get_lookups(facts: Facts) -> _Lookups:
    corrections: dict[str, dict[int, list[ScanCorrection]]] = {}
    for row in iterate_rows(facts.corrections):
        correction = ScanCorrection(row.raw, row.corrected, row.why)
        corrections.setdefault(row.doc, {}).setdefault(int(row.line), []).append(correction)
    return _Lookups(facts.document_rows, corrections, map_hand_corrections(facts))


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
        indicator=str(row.get("indicator", "")),
    )


def find_sources(facts: Facts, observations: Iterable[str]) -> tuple[Source, ...]:
    """Return the sources of values by the ids of their observations, unknown ids left out."""
    table = _index_observations(facts)
    rows = ((obs, table.get_row(obs)) for obs in observations)
    return tuple(
        make_source(
            facts,
            row["doc"],
            0 if pd.isna(row["line_from"]) else row["line_from"],
            row["line_to"],
            cell=row["cell"],
            raw=row["raw"],
            observation=obs,
        )
        for obs, row in rows
        if row is not None
    )


def find_observation(facts: Facts, obs: str) -> dict[str, Any] | None:
    """Return what a value's source and its text are made of, ``None`` for an unknown id."""
    return _index_observations(facts).get_row(obs)


@dataclass(frozen=True)
class _ObservationIndex:
    """Cells of all observations: for each column its different values, and which a row has."""

    places: dict[str, int]
    columns: dict[str, tuple[NDArray[np.intp], list[Any]]]

    def get_row(self, obs: str) -> dict[str, Any] | None:
        """Return a row's cells by column, ``None`` for an unknown id."""
        place = self.places.get(obs)
        if place is None:
            return None
        return {name: values[codes[place]] for name, (codes, values) in self.columns.items()}


@cache_on_reports()
def _index_observations(facts: Facts) -> _ObservationIndex:
    """Return ``_COLUMNS`` of each observation by its id; a row is put together when asked for."""
    columns = {}
    for name in _COLUMNS:
        codes, texts = pd.factorize(facts.observations[name], use_na_sentinel=False)
        columns[name] = codes, texts.tolist()
    ids = facts.observations["obs"].tolist()
    return _ObservationIndex(dict(zip(ids, range(len(ids)), strict=True)), columns)
