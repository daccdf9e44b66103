"""What reports contradict each other in, and what they leave unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.briefing.document import BriefingBlock, BriefingParagraph, BriefingSection
from layers.details.contradiction_lines import list_contradiction_lines
from store.analysis.contradiction import OPEN
from store.facts.commune_shares import compute_balance
from store.facts.progress_mean import compute_progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.briefing.context import BriefingContext
    from layers.details.contradiction_lines import ContradictionLine
    from layers.watchlist.watchlist import WatchlistRow

MOST: Final = 4


def build_contradictions_section(view: BriefingContext) -> BriefingSection:
    """Return the section of contradictions that are still open, those of the money first."""
    lines = [
        line
        for line in list_contradiction_lines(view.facts, view.settled, language=view.language)
        if line.state == OPEN and _is_chosen(view, line)
    ]
    paragraphs = [
        BriefingParagraph(view.t("doubts.intro" if lines else "doubts.none", count=len(lines)))
    ]
    paragraphs += [_build_paragraph(view, line) for line in lines[:MOST]]
    if len(lines) > MOST:
        paragraphs.append(BriefingParagraph(view.t("doubts.more", count=len(lines) - MOST)))
    return BriefingSection(view.t("section.doubts"), (BriefingBlock("", tuple(paragraphs)),))


def build_unknowns_section(
    view: BriefingContext, watched: tuple[WatchlistRow, ...]
) -> BriefingSection:
    """Return the section of what is unknown: never taken as none or as zero."""
    paragraphs = [BriefingParagraph(view.t("unknown.intro")), *_list_unknowns(view, watched)]
    return BriefingSection(view.t("section.unknown"), (BriefingBlock("", tuple(paragraphs)),))


def _is_chosen(view: BriefingContext, line: ContradictionLine) -> bool:
    periods = {source.period for source in (*line.a_sources, *line.b_sources)}
    if not view.is_by_now(periods):
        return False
    return line.item in view.chosen if line.item else not view.is_narrowed


def _build_paragraph(view: BriefingContext, line: ContradictionLine) -> BriefingParagraph:
    sentences = [
        view.t("doubts.sides", a=line.a or view.unknown, b=line.b or view.unknown),
        *line.why,
    ]
    if line.note:
        sentences.append(line.note)
    named = f" ({'; '.join(line.names)})" if line.names else ""
    sources = tuple(dict.fromkeys((*line.a_sources, *line.b_sources)))
    return BriefingParagraph(
        " ".join(sentences), sources, lead=f"{line.title}{named}:", listed=True
    )


def _list_unknowns(
    view: BriefingContext, watched: tuple[WatchlistRow, ...]
) -> Iterable[BriefingParagraph]:
    items = view.items
    sums = compute_balance(items)
    progress = compute_progress(items, items["investment_mvnd"])
    unnamed = sum(not problem.item for problem in view.problems)
    counts = {
        "amount": sums.unknown_items,
        "place": sums.not_placed_items,
        "progress": progress.unknown + progress.not_comparable,
        "silent": int((~items["reported"].astype(bool)).sum()),
        "forecast": int((items["forecast"] == "").sum()),
        "body": sum(not row.asked_to_act for row in watched if row.holding),
        "problem_item": unnamed,
        "problem_place": sum(not problem.code for problem in view.problems),
    }
    for key, count in counts.items():
        if count:
            yield BriefingParagraph(
                view.t(f"unknown.{key}", count=count, items=len(items)), listed=True
            )
    if not any(counts.values()):
        yield BriefingParagraph(view.t("unknown.none"))
