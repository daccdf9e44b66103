"""The whole briefing, put together from facts and filters: nothing in it is made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import DEFAULT_LANGUAGE
from layers.briefing.annexes import (
    clearance_annex,
    document_annex,
    map_annexes,
    project_annex,
    watch_annex,
)
from layers.briefing.context import View
from layers.briefing.contradictions import contradicted, unknown
from layers.briefing.decisions import decisions, first_three, requests
from layers.briefing.document import Annex, Briefing, CitedDocument, Paragraph, Section
from layers.briefing.overview import overview, scope_text
from layers.briefing.progress_and_clearance import clearance, progress
from layers.choropleth.layer import LAYER_KEYS
from layers.summary.base_period import base_of, earlier_periods
from layers.summary.summary import headline
from layers.watchlist.watchlist import watch_day, watch_list
from store.facts.facts import document_ranks
from store.facts.labels import as_of, iso_day
from store.facts.selection import period_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from layers.choropleth.layer import LayerKey
    from store.analysis.contradictions import Settlement
    from store.facts.facts import Facts
    from store.facts.filters import Filters

ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def briefing(
    facts: Facts,
    filters: Filters,
    *,
    language: str = DEFAULT_LANGUAGE,
    before: str = "",
    settled: Mapping[str, Settlement] | None = None,
    maps: Iterable[LayerKey] = LAYER_KEYS,
    day: date | None = None,
    partial: bool = False,
) -> Briefing:
    """Return the briefing of the filters' period.

    ``before``: the period to compare with; without one, or with one that is not earlier,
    ``layers.summary.base_period`` chooses. ``settled``: contradictions that a person has settled,
    by id.
    ``day``: the day that ages are counted to, by default the period's own. ``partial``: the facts
    are those of one account's area, which the text then says.
    ``maps``: the layers to draw. Raises ``BoundaryError`` or ``BoundarySourceError`` where maps are
    asked for and there are no boundaries.
    """
    base = _before(facts, filters, before)
    view = View(facts, filters, language, base, settled or {}, partial)
    watched = watch_list(facts, filters, settled=set(view.settled), day=day, language=language)
    counted = day or watch_day(facts, filters)
    sections = (
        overview(view),
        decisions(view, watched, counted),
        progress(view),
        clearance(view, counted),
        contradicted(view),
        unknown(view, watched),
        requests(view),
    )
    annexes: list[Annex] = [
        watch_annex(view, watched),
        project_annex(view),
        clearance_annex(view),
        *map_annexes(view, maps),
    ]
    documents = _documents(view, sections, annexes)
    annexes.append(document_annex(view, documents))
    return Briefing(
        language=language,
        period=view.period,
        subject=view.t("subject"),
        when=view.period_label,
        opening=_opening(view, documents, annexes, first_three(view, watched)),
        sections=sections,
        closing=view.t("closing"),
        annexes=tuple(annexes),
        documents=documents,
    )


def _before(facts: Facts, filters: Filters, asked: str) -> str:
    """Return the period to compare with; '' where none comes before."""
    period = period_of(facts, filters)
    return asked if asked in earlier_periods(facts, period) else base_of(facts, period)


def _opening(
    view: View,
    documents: tuple[CitedDocument, ...],
    annexes: list[Annex],
    first: Paragraph | None,
) -> tuple[Paragraph, ...]:
    """Return what the briefing is made from, what it is about, and how its references read."""
    if not documents or (view.items.empty and view.problems.empty):
        return (Paragraph(view.t("opening.nothing")),)
    numbers = {annex.key: ROMAN[at] for at, annex in enumerate(annexes)}
    day = iso_day(as_of(view.facts, view.period), view.language)
    told = view.t("opening.made", count=len(documents), day=day, scope=scope_text(view))
    maps = [number for key, number in numbers.items() if key.startswith("map-")]
    refers = view.t(
        "opening.refers",
        documents=numbers["documents"],
        watch=numbers["watch"],
        projects=numbers["projects"],
        clearance=numbers["clearance"],
    )
    drawn = view.t("opening.maps", maps=", ".join(maps)) if maps else ""
    return tuple(
        filter(
            None,
            (
                Paragraph(told),
                Paragraph(f"{refers} {drawn}".strip()),
                Paragraph(view.t("opening.summary")),
                *_summary(view),
                first,
            ),
        )
    )


def _summary(view: View) -> Iterable[Paragraph]:
    """Yield the period's headline, sentence by sentence, as the page has it."""
    found = headline(
        view.facts,
        view.filters,
        base=view.before,
        settled=set(view.settled),
        language=view.language,
    )
    for one in found.sentences:
        yield Paragraph(one.text, one.sources, listed=True)


def _documents(
    view: View, sections: Iterable[Section], annexes: Iterable[Annex]
) -> tuple[CitedDocument, ...]:
    """Return the documents that anything refers to, numbered in the order of their issue."""
    found = {source.doc for one in _summary(view) for source in one.sources}
    found |= {
        source.doc
        for section in sections
        for block in section.blocks
        for paragraph in block.paragraphs
        for source in paragraph.sources
    }
    for annex in annexes:
        rows = annex.table.rows if annex.table else ()
        found.update(source.doc for row in rows for source in row.sources)
    ranks = document_ranks(view.facts)
    titles = dict(zip(view.facts.documents["doc"], view.facts.documents["title"], strict=True))
    ordered = sorted(found & set(titles), key=ranks.__getitem__)
    return tuple(
        CitedDocument(at, doc, str(titles[doc])) for at, doc in enumerate(ordered, start=1)
    )
