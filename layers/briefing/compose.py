"""The whole briefing, put together from facts and filters: nothing in it is made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import DEFAULT_LANGUAGE
from layers.briefing.annexes import (
    build_clearance_annex,
    build_documents_annex,
    build_map_annexes,
    build_projects_annex,
    build_watchlist_annex,
)
from layers.briefing.context import BriefingContext
from layers.briefing.contradictions import build_contradictions_section, build_unknowns_section
from layers.briefing.corrections import build_corrections_annex
from layers.briefing.decisions import (
    build_decisions_section,
    build_requests_section,
    summarise_top_three,
)
from layers.briefing.document import (
    Annex,
    Briefing,
    BriefingParagraph,
    BriefingSection,
    CitedDocument,
)
from layers.briefing.overview import build_overview_section, describe_scope
from layers.briefing.progress_and_clearance import build_clearance_section, build_progress_section
from layers.choropleth.layer import LAYER_KEYS
from layers.summary.base_period import choose_base_period, list_earlier_periods
from layers.watchlist.watchlist import build_watchlist, find_watch_day
from store.column_values import list_cells
from store.facts.labels import format_iso_day, get_as_of_date
from store.facts.selection import resolve_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from layers.choropleth.layer import LayerKey
    from store.analysis.contradictions import ContradictionDecision
    from store.facts.facts import Facts
    from store.facts.filters import Filters

ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def compose_briefing(
    facts: Facts,
    filters: Filters,
    *,
    language: str = DEFAULT_LANGUAGE,
    before: str = "",
    settled: Mapping[str, ContradictionDecision] | None = None,
    maps: Iterable[LayerKey] = LAYER_KEYS,
    day: date | None = None,
    partial: bool = False,
) -> Briefing:
    """Return the briefing of the filters' period.

    ``before``: the period to compare with; without one, or with one that is not earlier,
    ``layers.summary.base_period`` chooses. ``settled``: contradictions that a person has settled,
    by id. ``day``: the day that ages are counted to, by default the period's own. ``partial``: the
    facts are those of one account's area, which the text then says. ``maps``: the layers to draw.
    Raises ``BoundaryError`` or ``BoundarySourceError`` where maps are asked for and there are no
    boundaries.
    """
    base = choose_base_period_for(facts, filters, before)
    view = BriefingContext(facts, filters, language, base, settled or {}, partial, before)
    watched = build_watchlist(facts, filters, settled=set(view.settled), day=day, language=language)
    counted = day or find_watch_day(facts, filters)
    sections = (
        build_overview_section(view),
        build_decisions_section(view, watched, counted),
        build_progress_section(view),
        build_clearance_section(view, counted),
        build_contradictions_section(view),
        build_unknowns_section(view, watched),
        build_requests_section(view),
    )
    annexes: list[Annex] = [
        build_watchlist_annex(view, watched),
        build_projects_annex(view),
        build_clearance_annex(view),
        *build_map_annexes(view, maps),
    ]
    documents = number_documents(view, sections, annexes)
    corrections = build_corrections_annex(view, documents)
    annexes += [corrections] if corrections else []
    annexes.append(build_documents_annex(view, documents))
    return Briefing(
        language=language,
        period=view.period,
        subject=view.t("subject"),
        when=view.period_label,
        opening=_compose_opening(view, documents, annexes, summarise_top_three(view, watched)),
        sections=sections,
        closing=view.t("closing"),
        annexes=tuple(annexes),
        documents=documents,
    )


def choose_base_period_for(facts: Facts, filters: Filters, requested: str) -> str:
    """Return the period to compare with; '' where none comes before."""
    period = resolve_period(facts, filters)
    return (
        requested
        if requested in list_earlier_periods(facts, period)
        else choose_base_period(facts, period)
    )


def _compose_opening(
    view: BriefingContext,
    documents: tuple[CitedDocument, ...],
    annexes: list[Annex],
    first: BriefingParagraph | None,
) -> tuple[BriefingParagraph, ...]:
    """Return what the briefing is made from, what it is about, and how its references read."""
    if not documents or (view.items.empty and not view.problems):
        return (BriefingParagraph(view.t("opening.nothing")),)
    numbers = {annex.key: ROMAN[position] for position, annex in enumerate(annexes)}
    day = format_iso_day(get_as_of_date(view.facts, view.period), view.language)
    intro = view.t("opening.made", count=len(documents), day=day, scope=describe_scope(view))
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
                BriefingParagraph(intro),
                BriefingParagraph(f"{refers} {drawn}".strip()),
                BriefingParagraph(view.t("opening.summary")),
                *_compose_summary(view),
                first,
            ),
        )
    )


def _compose_summary(view: BriefingContext) -> Iterable[BriefingParagraph]:
    """Yield the period's headline, sentence by sentence, as the page has it."""
    for sentence in view.summary.sentences:
        yield BriefingParagraph(sentence.text, sentence.sources, listed=True)


def number_documents(
    view: BriefingContext, sections: Iterable[BriefingSection], annexes: Iterable[Annex]
) -> tuple[CitedDocument, ...]:
    """Return the documents that anything refers to, numbered in the order of their issue."""
    cited = {source.doc for paragraph in _compose_summary(view) for source in paragraph.sources}
    cited |= {
        source.doc for section in sections for block in section.blocks for source in block.sources
    }
    for annex in annexes:
        rows = annex.table.rows if annex.table else ()
        cited.update(source.doc for row in rows for source in row.sources)
    ranks = view.facts.document_ranks
    titles = dict(list_cells(view.facts.documents, "doc", "title"))
    ordered = sorted(cited & set(titles), key=ranks.__getitem__)
    return tuple(
        CitedDocument(number, doc, str(titles[doc])) for number, doc in enumerate(ordered, start=1)
    )
