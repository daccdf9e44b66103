"""The first section: the period's key figures, and what is different from the period before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import t
from layers.briefing.document import Block, Paragraph, Section
from layers.history.period_changes import DiffText, diff_text
from layers.summary.key_figures import key_figures
from store.exports.tables.filters_text import filter_lines
from store.facts.labels import period_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.briefing.context import View
    from layers.history.period_changes import ChangeLine, ItemLines
    from store.facts.sources import Source


_ELSEWHERE: Final = frozenset({"period", "weight", "carry"})
"""Filters that the text tells of in other places, or that only a map shows."""


def scope_text(view: View) -> str:
    """Return what the briefing is about: the whole city, or what the filters and the reader choose.

    ``view.partial``: the facts are those of one account's area, not of the city.
    """
    told = [
        f"{label}: {value}"
        for name, label, value in filter_lines(view.facts, view.filters, language=view.language)
        if name not in _ELSEWHERE
    ]
    if not view.filters.carry:
        told.append(view.t("scope.period_only"))
    if view.partial:
        told.insert(0, view.t("scope.partial"))
    return "; ".join(told) if told else view.t("scope.all")


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


def overview(view: View) -> Section:
    """Return the section of key figures and changes."""
    blocks = (
        Block(view.t("part.figures"), tuple(_figures(view))),
        Block(_changes_title(view), tuple(_changes(view))),
    )
    return Section(view.t("section.overview"), blocks)


def _figures(view: View) -> Iterable[Paragraph]:
    for one in key_figures(view.facts, view.filters, language=view.language):
        sources: tuple[Source, ...] = (
            view.behind(*_BEHIND[one.key]) if one.key in _BEHIND else view.behind_problems()
        )
        detail = f" ({one.detail})" if one.detail else ""
        yield Paragraph(f"{one.text}{detail}.", sources, lead=f"{one.label}:", listed=True)


def _changes_title(view: View) -> str:
    if not view.before:
        return view.t("part.changes_none")
    before = period_label(view.facts, view.before, view.language)
    return view.t("part.changes", before=before)


def _changes(view: View) -> Iterable[Paragraph]:
    if not view.before:
        yield Paragraph(view.t("changes.no_period"))
        return
    found = diff_text(view.facts, view.before, view.period, language=view.language)
    new, changed = _chosen(view, found.new), _chosen(view, found.changed)
    gone = () if view.narrowed else found.gone
    yield Paragraph(_headline(view, found, len(new), len(gone), len(changed)))
    if not view.narrowed:
        for line in found.counts:
            yield Paragraph(line.sentence, (*line.before, *line.after), listed=True)
    for group in changed[:MOST_ITEMS]:
        yield _item(view, group)
    if len(changed) > MOST_ITEMS:
        yield Paragraph(view.t("changes.more", count=len(changed) - MOST_ITEMS))
    for key, groups in (("new", new), ("gone", gone)):
        if groups:
            yield _names(view, key, groups)


def _headline(view: View, found: DiffText, new: int, gone: int, changed: int) -> str:
    if not view.narrowed:
        return found.headline
    return t(
        "changes.diff.headline",
        view.language,
        before=period_label(view.facts, view.before, view.language),
        after=view.period_label,
        new=new,
        gone=gone,
        changed=changed,
    )


def _chosen(view: View, groups: Iterable[ItemLines]) -> tuple[ItemLines, ...]:
    return tuple(
        group
        for group in groups
        if group.item in view.chosen or (not group.item and not view.narrowed)
    )


def _item(view: View, group: ItemLines) -> Paragraph:
    lines = group.lines[:MOST_LINES]
    told = [line.sentence for line in lines]
    if len(group.lines) > MOST_LINES:
        told.append(view.t("changes.more_lines", count=len(group.lines) - MOST_LINES))
    return Paragraph(" ".join(told), _sources(lines), lead=f"{group.title}:", listed=True)


def _names(view: View, key: str, groups: tuple[ItemLines, ...]) -> Paragraph:
    names = "; ".join(group.title for group in groups[:MOST_NAMES])
    if len(groups) > MOST_NAMES:
        names += view.t("changes.more_names", count=len(groups) - MOST_NAMES)
    lines = [line for group in groups[:MOST_NAMES] for line in group.lines[:1]]
    return Paragraph(f"{names}.", _sources(lines), lead=view.t(f"changes.{key}"), listed=True)


def _sources(lines: Iterable[ChangeLine]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(one for line in lines for one in (*line.before, *line.after)))
