"""What needs a decision, and what reports ask of whom."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from layers.briefing.document import BriefingBlock, BriefingParagraph, BriefingSection
from layers.watchlist.reason import list_shown_reasons
from store.column_values import iterate_rows, list_cells
from store.facts.labels import format_iso_day
from store.facts.sources import find_sources
from store.facts.values import compute_values_at

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from layers.briefing.context import BriefingContext
    from layers.watchlist.watchlist import WatchlistRow
    from store.facts.sources import Source

MOST_ITEMS: Final = 7
_ASKED: Final = ("asked_to_act", "request_text")


def build_decisions_section(
    view: BriefingContext, watched: tuple[WatchlistRow, ...], day: date | None
) -> BriefingSection:
    """Return the section of what is held up, the largest investment first, and who must act.

    ``day`` is the day that ages are counted to.
    """
    held_up = [row for row in watched if row.holding]
    counted = format_iso_day(day.isoformat(), view.language) if day else view.unknown
    intro = "watch.intro" if held_up else "watch.none"
    paragraphs = [BriefingParagraph(view.t(intro, count=len(held_up), day=counted))]
    for row in held_up[:MOST_ITEMS]:
        paragraphs += _describe_watched(view, row)
    if len(held_up) > MOST_ITEMS:
        paragraphs.append(BriefingParagraph(view.t("watch.more", count=len(held_up) - MOST_ITEMS)))
    others = len(watched) - len(held_up)
    if others:
        paragraphs.append(BriefingParagraph(view.t("watch.reporting", count=others)))
    return BriefingSection(view.t("section.decisions"), (BriefingBlock("", tuple(paragraphs)),))


def build_requests_section(view: BriefingContext) -> BriefingSection:
    """Return the section of requests: every body that reports ask, with what they ask of it."""
    requests, named = _collect_requests(view)
    intro = view.t("requests.intro", count=len(requests)) if requests else view.t("requests.none")
    paragraphs = [BriefingParagraph(intro)]
    for body, entries in sorted(requests.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        sentences = "; ".join(
            view.t("requests.text", text=text, name="; ".join(by_name))
            for text, by_name in entries.items()
        )
        sources = _merge_sources(
            source_list for by_name in entries.values() for source_list in by_name.values()
        )
        paragraphs.append(BriefingParagraph(f"{sentences}.", sources, f"{body}:", listed=True))
    only = {body: items for body, items in named.items() if body not in requests}
    if only:
        sentences = "; ".join(
            view.t("requests.named", body=body, count=len(items)) for body, items in only.items()
        )
        source_lists = [sources for items in only.values() for sources in items.values()]
        paragraphs.append(
            BriefingParagraph(
                view.t("requests.named_only", bodies=sentences), _merge_sources(source_lists)
            )
        )
    return BriefingSection(view.t("section.requests"), (BriefingBlock("", tuple(paragraphs)),))


def summarise_top_three(
    view: BriefingContext, watched: tuple[WatchlistRow, ...]
) -> BriefingParagraph | None:
    """Return the three most in need of a decision in one paragraph; ``None`` without any."""
    held_up = [row for row in watched if row.holding][:3]
    if not held_up:
        return None
    reasons = "; ".join(
        view.t("watch.one", number=number, name=row.name, money=row.money, reason=row.reason)
        for number, row in enumerate(held_up, start=1)
    )
    return BriefingParagraph(
        f"{reasons}.", _merge_sources(row.sources for row in held_up), lead=view.t("watch.first")
    )


def _describe_watched(view: BriefingContext, row: WatchlistRow) -> Iterable[BriefingParagraph]:
    """Yield why an item is watched, then who is named for it: each role with its own sources."""
    sentences = [reason.sentence for reason in list_shown_reasons(row.reasons)]
    if row.age_days:
        sentences.append(view.t("watch.age", age=row.age))
    if not row.asked_to_act:
        sentences.append(view.t("watch.nobody"))
    yield BriefingParagraph(
        " ".join(sentences), row.sources, lead=f"{row.name} ({row.money}):", listed=True
    )
    for named in row.acting:
        yield BriefingParagraph(f"{named.label}: {named.text}.", named.sources)


_Named = dict[str, tuple["Source", ...]]
"""By the name of an item or a place: where it stands."""


def _collect_requests(
    view: BriefingContext,
) -> tuple[dict[str, dict[str, _Named]], dict[str, _Named]]:
    """Return what is asked of every body, text by text, and for what a body is only named.

    A request goes with the body that the same document names for the same item on the same line,
    else in the same column of its table.
    """
    values = compute_values_at(view.facts, view.period, carry=view.filters.carry)
    rows = values[values["field"].isin(_ASKED) & values["item"].isin(view.chosen)]
    names = dict(list_cells(view.items, "item", "name"))
    requests: defaultdict[str, dict[str, _Named]] = defaultdict(dict)
    named: defaultdict[str, _Named] = defaultdict(dict)
    for (item, _, _), same in rows.groupby(["item", "doc", "cell"], sort=True):
        requested = same[same["field"] == "request_text"]
        for row in iterate_rows(same[same["field"] == "asked_to_act"]):
            beside = requested[requested["line_from"] == row.line_from]
            for request in iterate_rows(beside if len(beside) else requested):
                by_name = requests[row.value].setdefault(request.value, {})
                by_name[names[item]] = find_sources(view.facts, [row.obs, request.obs])
            if requested.empty:
                named[row.value][names[item]] = find_sources(view.facts, [row.obs])
    for body, text, place, source in _list_clearance_requests(view):
        requests[body].setdefault(text, {})[place] = (source,)
    return requests, named


def _merge_sources(source_lists: Iterable[tuple[Source, ...]]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for sources in source_lists for source in sources))


def _list_clearance_requests(view: BriefingContext) -> Iterable[tuple[str, str, str, Source]]:
    """Yield who is asked to act on clearance problems of a commune that names no item."""
    communes = view.facts.commune_names
    for problem in view.problems:
        if problem.asked_to_act and not problem.item:
            for body in problem.asked_to_act.split("; "):
                source = problem.make_source(view.facts)
                yield body, problem.statement, communes.get(problem.code, problem.code), source
