"""What reports contradict each other in, and what they leave unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.briefing.document import Block, Paragraph, Section
from layers.details.contradiction_lines import contradiction_lines
from store.analysis.contradiction import OPEN
from store.facts.commune_shares import balance
from store.facts.progress_mean import progress_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.briefing.context import View
    from layers.details.contradiction_lines import ContradictionLine
    from layers.watchlist.watchlist import WatchRow

MOST: Final = 4


def contradicted(view: View) -> Section:
    """Return the section of contradictions that are still open, those of the money first."""
    lines = [
        one
        for one in contradiction_lines(view.facts, view.settled, language=view.language)
        if one.state == OPEN and _chosen(view, one)
    ]
    paragraphs = [Paragraph(view.t("doubts.intro" if lines else "doubts.none", count=len(lines)))]
    paragraphs += [_line(view, one) for one in lines[:MOST]]
    if len(lines) > MOST:
        paragraphs.append(Paragraph(view.t("doubts.more", count=len(lines) - MOST)))
    return Section(view.t("section.doubts"), (Block("", tuple(paragraphs)),))


def unknown(view: View, watched: tuple[WatchRow, ...]) -> Section:
    """Return the section of what is unknown: never taken as none or as zero."""
    paragraphs = [Paragraph(view.t("unknown.intro")), *_gaps(view, watched)]
    return Section(view.t("section.unknown"), (Block("", tuple(paragraphs)),))


def _chosen(view: View, one: ContradictionLine) -> bool:
    periods = {source.period for source in (*one.a_sources, *one.b_sources)}
    if not view.by_now(periods):
        return False
    return one.item in view.chosen if one.item else not view.narrowed


def _line(view: View, one: ContradictionLine) -> Paragraph:
    told = [view.t("doubts.sides", a=one.a or view.unknown, b=one.b or view.unknown), *one.why]
    if one.note:
        told.append(one.note)
    named = f" ({'; '.join(one.names)})" if one.names else ""
    sources = tuple(dict.fromkeys((*one.a_sources, *one.b_sources)))
    return Paragraph(" ".join(told), sources, lead=f"{one.title}{named}:", listed=True)


def _gaps(view: View, watched: tuple[WatchRow, ...]) -> Iterable[Paragraph]:
    items = view.items
    sums = balance(items)
    one = progress_of(items, items["investment_mvnd"])
    unnamed = int((view.problems["item"] == "").sum())
    counts = {
        "amount": sums.unknown_items,
        "place": sums.not_placed_items,
        "progress": one.unknown + one.not_comparable,
        "silent": int((~items["reported"].astype(bool)).sum()),
        "forecast": int((items["forecast"] == "").sum()),
        "body": sum(not row.asked_to_act for row in watched if row.holding),
        "problem_item": unnamed,
        "problem_place": int((view.problems["code"] == "").sum()),
    }
    for key, count in counts.items():
        if count:
            yield Paragraph(view.t(f"unknown.{key}", count=count, items=len(items)), listed=True)
    if not any(counts.values()):
        yield Paragraph(view.t("unknown.none"))
