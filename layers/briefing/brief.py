"""The two-page brief: six figures, one map, who must do what, what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.i18n import DEFAULT_LANGUAGE
from layers.briefing.annexes import format_billions
from layers.briefing.compose import choose_base_period_for, number_documents
from layers.briefing.context import BriefingContext
from layers.briefing.corrections import list_corrections_since
from layers.briefing.document import (
    AnnexColumn,
    AnnexRow,
    AnnexTable,
    Briefing,
    BriefingBlock,
    BriefingFigure,
    BriefingParagraph,
    BriefingSection,
)
from layers.briefing.overview import describe_scope, list_cited_figures
from layers.labels.short_names import shorten_name
from layers.print.map_image import build_map_image
from layers.summary.lead_sentence import write_lead_sentence
from layers.watchlist.body_groups import group_rows_by_body
from layers.watchlist.reason import REPORTING, list_shown_reasons
from layers.watchlist.watchlist import build_watchlist
from store.facts.labels import format_iso_day, get_as_of_date
from store.facts.sources import make_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from layers.print.map_image import MapImage
    from layers.watchlist.body_groups import BodyGroup
    from layers.watchlist.watchlist import WatchlistRow
    from store.analysis.contradictions import ContradictionDecision
    from store.facts.facts import Facts
    from store.facts.filters import Filters

MAP_WIDTH: Final = 103
"""Of the map itself in millimetres; its legend stands beside it on the upright page."""

MOST_CHARS: Final = 320
"""Letters of a paragraph or cell: no single text may fill a page."""


@dataclass(frozen=True)
class BriefSize:
    """How much is told: bodies, things to do of each, sentences on what is new, the map's width.

    ``chars``: letters of one text, so that none fills a page.
    """

    bodies: int
    tasks: int
    news: int
    map_width: int
    chars: int = MOST_CHARS


SIZES: Final = (
    BriefSize(20, 4, 6, MAP_WIDTH),
    BriefSize(20, 3, 5, MAP_WIDTH),
    BriefSize(20, 2, 5, 95),
    BriefSize(16, 2, 5, 90),
    BriefSize(16, 1, 4, 90),
    BriefSize(14, 1, 3, 90),
    BriefSize(12, 1, 3, 90),
    BriefSize(10, 1, 3, 90),
    BriefSize(8, 1, 2, 85, 200),
    BriefSize(5, 1, 2, 80, 120),
    BriefSize(2, 1, 1, 60, 80),
)
"""From the fullest brief to the shortest; the first of which both files have two pages is made."""


def compose_brief(
    facts: Facts,
    filters: Filters,
    *,
    size: BriefSize = SIZES[0],
    language: str = DEFAULT_LANGUAGE,
    before: str = "",
    settled: Mapping[str, ContradictionDecision] | None = None,
    day: date | None = None,
    partial: bool = False,
) -> Briefing:
    """Return the brief of the filters' period; arguments as ``compose_briefing`` takes them.

    What does not fit ``size`` is counted, so that nothing is left out unsaid. Raises
    ``BoundaryError`` or ``BoundarySourceError`` where there are no boundaries.
    """
    base = choose_base_period_for(facts, filters, before)
    view = BriefingContext(facts, filters, language, base, settled or {}, partial, before)
    watched = build_watchlist(facts, filters, settled=set(view.settled), day=day, language=language)
    picture = build_map_image(
        facts, filters, "clearance", language=language, width_mm=size.map_width
    )
    sections = (
        BriefingSection(
            view.t("section.figures"),
            (
                BriefingBlock("", figures=tuple(_list_figures(view))),
                BriefingBlock("", picture=picture),
            ),
        ),
        BriefingSection(view.t("section.news"), (_build_news(view, size),)),
        BriefingSection(view.t("section.bodies"), (_build_bodies(view, watched, size),)),
    )
    documents = number_documents(view, sections, ())
    cited = "; ".join(f"[{document.number}] {document.text}" for document in documents)
    notes = (
        [BriefingParagraph(_cut(cited, 4 * size.chars), lead=view.t("brief.documents"))]
        if cited
        else []
    )
    return Briefing(
        language=language,
        period=view.period,
        subject=view.t("brief.subject"),
        when=view.period_label,
        opening=_compose_opening(view, watched, size),
        sections=sections,
        closing=view.t("closing"),
        annexes=(),
        documents=documents,
        notes=(*notes, *_list_corrections(view, size), *_list_map_notes(picture, size)),
        tight=True,
    )


def _compose_opening(
    view: BriefingContext, watched: tuple[WatchlistRow, ...], size: BriefSize
) -> tuple[BriefingParagraph, ...]:
    lead = write_lead_sentence(view.facts, view.filters, watched, language=view.language)
    if not lead:
        return (BriefingParagraph(view.t("opening.nothing")),)
    day = format_iso_day(get_as_of_date(view.facts, view.period), view.language)
    scope = view.t("brief.scope", day=day, scope=describe_scope(view))
    return (BriefingParagraph(_cut(scope, size.chars), lead=lead),)


def _list_figures(view: BriefingContext) -> Iterable[BriefingFigure]:
    for figure, sources in list_cited_figures(view):
        yield BriefingFigure(figure.label, figure.text, figure.detail, sources)


def _build_bodies(
    view: BriefingContext, watched: tuple[WatchlistRow, ...], size: BriefSize
) -> BriefingBlock:
    """Return the table of who must do what, what nobody is named for first."""
    groups = group_rows_by_body(watched, language=view.language)
    if not groups:
        return BriefingBlock("", (BriefingParagraph(view.t("watch.none")),))
    columns = (
        AnnexColumn(view.t("column.acting_body"), 4.0),
        AnnexColumn(view.t("column.task"), 9.4),
        AnnexColumn(view.t("column.billions"), 2.3, "right"),
    )
    same: dict[tuple[WatchlistRow, ...], list[BodyGroup]] = {}
    for group in groups:
        same.setdefault(group.rows, []).append(group)
    rows = tuple(_build_row(view, alike, size) for alike in [*same.values()][: size.bodies])
    intro = view.t("brief.bodies")
    left = [group for alike in [*same.values()][size.bodies :] for group in alike]
    if left:
        intro = f"{intro} {view.t('brief.more_bodies', count=len(left))}"
    return BriefingBlock("", (BriefingParagraph(intro),), table=AnnexTable(columns, rows, ""))


def _build_row(view: BriefingContext, alike: list[BodyGroup], size: BriefSize) -> AnnexRow:
    """Return the row of the bodies that are named together for the same."""
    group = alike[0]
    tasks = [
        view.t(
            "brief.task",
            name=shorten_name(row.name),
            reason=", ".join(
                reason.label
                for reason in list_shown_reasons(row.reasons)
                if reason.key not in REPORTING
            ),
        )
        for row in group.rows[: size.tasks]
    ]
    if len(group.rows) > size.tasks:
        tasks.append(view.t("brief.more_tasks", count=len(group.rows) - size.tasks))
    body = "; ".join(one.body for one in alike) or view.t("brief.nobody")
    money = format_billions(view, group.investment_mvnd)
    if group.unknown and group.investment_mvnd is not None:
        money = view.t("brief.money_partly", money=money, count=group.unknown)
    docs = dict.fromkeys(source.doc for source in group.sources)
    sources = tuple(make_source(view.facts, doc) for doc in docs)
    return AnnexRow(
        (_cut(body, size.chars), _cut("; ".join(tasks), 3 * size.chars), money), sources
    )


def _build_news(view: BriefingContext, size: BriefSize) -> BriefingBlock:
    news = [sentence for sentence in view.summary.sentences if sentence.key != "held_up"]
    paragraphs = [
        BriefingParagraph(_cut(sentence.text, 2 * size.chars), sentence.sources, listed=True)
        for sentence in news[: size.news]
    ]
    return BriefingBlock("", (BriefingParagraph(_cut(view.summary.why, size.chars)), *paragraphs))


def _list_corrections(view: BriefingContext, size: BriefSize) -> Iterable[BriefingParagraph]:
    """Return the corrections since the approval, together: counted first, cut where too long."""
    title, *lines = list_corrections_since(view) or (None,)
    if title is not None:
        text = "; ".join(line.text for line in lines)
        yield BriefingParagraph(_cut(text, 2 * size.chars), lead=title.text)


def _list_map_notes(picture: MapImage, size: BriefSize) -> Iterable[BriefingParagraph]:
    """Return what must be said of the map, together: there is no room for a line each."""
    yield BriefingParagraph(
        _cut(" ".join(picture.content["notes"]), 4 * size.chars), lead=f"{picture.title}:"
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"
