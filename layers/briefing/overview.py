"""The first section: the period's key figures, and what is different from the period before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import t
from layers.briefing.document import BriefingBlock, BriefingParagraph, BriefingSection
from layers.history.period_changes import PeriodChanges, describe_period_changes
from layers.summary.key_figures import list_key_figures
from store.exports.tables.filters_text import describe_filters
from store.facts.labels import get_period_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.briefing.context import BriefingContext
    from layers.history.period_changes import ChangeLine, ItemChanges
    from layers.summary.key_figure import KeyFigure
    from store.facts.sources import Source


_ELSEWHERE: Final = frozenset({"period", "weight", "carry"})
"""Filters that the text tells of in other places, or that only a map shows."""


def describe_scope(view: BriefingContext) -> str:
    """Return what the briefing is about: the whole city, or what the filters and the reader choose.

    ``view.partial``: the facts are those of one account's area, not of the city.
    """
    parts = [
        f"{label}: {value}"
        for name, label, value in describe_filters(view.facts, view.filters, language=view.language)
        if name not in _ELSEWHERE
    ]
    if not view.filters.carry:
        parts.append(view.t("scope.period_only"))
    if view.partial:
        parts.insert(0, view.t("scope.partial"))
    return "; ".join(parts) if parts else view.t("scope.all")


MOST_ITEMS: Final = 5
"""Items that are told one by one; the others are counted."""

MOST_LINES: Final = 3
MOST_NAMES: Final = 4
_BEHIND: Final = {
    "items": ("status", "investment_mvnd"),
    "investment": ("investment_mvnd",),
    "progress": ("construction",),
    "planned": ("planned_construction",),
    "misses": ("forecast",),
}


def build_overview_section(view: BriefingContext) -> BriefingSection:
    """Return the section of key figures and changes."""
    blocks = (
        BriefingBlock(view.t("part.figures"), tuple(_list_figures(view))),
        BriefingBlock(_format_changes_title(view), tuple(_list_changes(view))),
    )
    return BriefingSection(view.t("section.overview"), blocks)


def list_cited_figures(view: BriefingContext) -> Iterable[tuple[KeyFigure, tuple[Source, ...]]]:
    """Yield the key figures, each with the documents behind it."""
    for figure in list_key_figures(view.facts, view.filters, language=view.language):
        yield figure, figure.sources or _list_figure_sources(view, figure.key)


def _list_figures(view: BriefingContext) -> Iterable[BriefingParagraph]:
    for figure, sources in list_cited_figures(view):
        detail = f" ({figure.detail})" if figure.detail else ""
        yield BriefingParagraph(
            f"{figure.text}{detail}.", sources, lead=f"{figure.label}:", listed=True
        )


def _list_figure_sources(view: BriefingContext, key: str) -> tuple[Source, ...]:
    return view.list_sources(*_BEHIND[key]) if key in _BEHIND else view.list_problem_sources()


def _format_changes_title(view: BriefingContext) -> str:
    if not view.before:
        return view.t("part.changes_none")
    before = get_period_label(view.facts, view.before, view.language)
    return view.t("part.changes", before=before)


def _list_changes(view: BriefingContext) -> Iterable[BriefingParagraph]:
    if not view.before:
        yield BriefingParagraph(view.t("changes.no_period"))
        return
    changes = describe_period_changes(view.facts, view.before, view.period, language=view.language)
    new, changed = _select_chosen(view, changes.new), _select_chosen(view, changes.changed)
    gone = () if view.is_narrowed else changes.gone
    yield BriefingParagraph(_format_headline(view, changes, len(new), len(gone), len(changed)))
    if not view.is_narrowed:
        for line in changes.counts:
            yield BriefingParagraph(line.sentence, (*line.before, *line.after), listed=True)
    for group in changed[:MOST_ITEMS]:
        yield _build_item_paragraph(view, group)
    if len(changed) > MOST_ITEMS:
        yield BriefingParagraph(view.t("changes.more", count=len(changed) - MOST_ITEMS))
    for key, groups in (("new", new), ("gone", gone)):
        if groups:
            yield _build_names_paragraph(view, key, groups)


def _format_headline(
    view: BriefingContext, changes: PeriodChanges, new: int, gone: int, changed: int
) -> str:
    if not view.is_narrowed:
        return changes.headline
    return t(
        "changes.diff.headline",
        view.language,
        before=get_period_label(view.facts, view.before, view.language),
        after=view.period_label,
        new=new,
        gone=gone,
        changed=changed,
    )


def _select_chosen(view: BriefingContext, groups: Iterable[ItemChanges]) -> tuple[ItemChanges, ...]:
    return tuple(
        group
        for group in groups
        if group.item in view.chosen or (not group.item and not view.is_narrowed)
    )


def _build_item_paragraph(view: BriefingContext, group: ItemChanges) -> BriefingParagraph:
    lines = group.lines[:MOST_LINES]
    sentences = [line.sentence for line in lines]
    if len(group.lines) > MOST_LINES:
        sentences.append(view.t("changes.more_lines", count=len(group.lines) - MOST_LINES))
    return BriefingParagraph(
        " ".join(sentences), _merge_sources(lines), lead=f"{group.title}:", listed=True
    )


def _build_names_paragraph(
    view: BriefingContext, key: str, groups: tuple[ItemChanges, ...]
) -> BriefingParagraph:
    names = "; ".join(group.title for group in groups[:MOST_NAMES])
    if len(groups) > MOST_NAMES:
        names += view.t("changes.more_names", count=len(groups) - MOST_NAMES)
    lines = [line for group in groups[:MOST_NAMES] for line in group.lines[:1]]
    return BriefingParagraph(
        f"{names}.", _merge_sources(lines), lead=view.t(f"changes.{key}"), listed=True
    )


def _merge_sources(lines: Iterable[ChangeLine]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for line in lines for source in (*line.before, *line.after)))
