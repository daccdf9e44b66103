"""Progress in figures: percentages, of what they are and of what a share.

One cell may hold several: "GPMB (100%) Thi công xây dựng (71%)", "40% giá trị hợp đồng không gồm
dự phòng (~19,3% TMĐT)", "GPMB phần hầm đạt khoảng 43%; GPMB 2 gói thầu 14 và 15 đạt 95%". What is
left, late, planned or grown by is not done (``percent_words``). An area cleared of an area
("36/45 ha") is a share too, worked out here.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.grammar.clause_shares import (
    DERIVED,
    PERCENT,
    ClauseReader,
    ProgressShare,
    Topic,
    UnreadShare,
    find_topic,
    parse_share,
)
from reports.grammar.clauses import split_clauses
from reports.grammar.numbers import NUMBER, format_decimal
from reports.grammar.percent_words import judge_percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

_AREA_SHARE: Final = re.compile(
    rf"(?<![\w./,-])(?P<done>{NUMBER})\s?(?:ha|m2)?\s?/\s?(?P<total>{NUMBER})\s?(?:ha|m2)\b"
)
_BARE: Final = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s?%?")


def find_shares(
    text: str, topic: Topic = "", *, planned: bool = False
) -> Iterator[ProgressShare | UnreadShare]:
    """Yield the percentages of a progress cell in order; the rest as ``UnreadShare``.

    ``topic`` is what the column is about, for percentages that name nothing themselves;
    ``planned``: the column is one of plans.
    """
    for clause in split_clauses(text):
        folded = fold_text(clause.text)
        if len(folded) != len(clause.text):
            continue
        shares: list[ProgressShare | UnreadShare] = []
        if PERCENT.search(folded):
            shares = list(ClauseReader(clause.text, folded, clause.part, topic, planned).read())
        areas = list(_find_area_shares(clause.text, folded, topic))
        yield from _settle_areas(shares, areas)


def _find_area_shares(text: str, folded: str, default: Topic) -> Iterator[ProgressShare]:
    """Yield the shares of land cleared that an area of an area gives ("36/45 ha")."""
    for match in _AREA_SHARE.finditer(folded):
        topic, component = find_topic(text[: match.start()], folded[: match.start()])
        done, total = (parse_share(match[name]) for name in ("done", "total"))
        if (topic or default) != "clearance" or done is None or not total or done > total:
            continue
        if judge_percentage(folded[: match.start()], folded[match.end() :]) != "done":
            continue
        value = Decimal(format_decimal((100 * done / total).quantize(Decimal("0.1"))))
        yield ProgressShare(
            "clearance", value, component, "area", "exact", match[0].strip(), DERIVED
        )


def _settle_areas(
    shares: list[ProgressShare | UnreadShare], areas: list[ProgressShare]
) -> Iterator[ProgressShare | UnreadShare]:
    """Yield percentages and shares of areas; two of one thing are one, or a question."""
    stated = [
        share for share in shares if isinstance(share, ProgressShare) and share.topic == "clearance"
    ]
    if not areas or not stated:
        yield from (*shares, *(areas if not shares else ()))
        return
    own = areas[0]
    if any(abs(share.value - own.value) <= 1 for share in stated) or len(stated) > 1:
        yield from shares
        return
    yield from (share for share in shares if share is not stated[0])
    yield UnreadShare(f"{own.raw}; {stated[0].raw}", (stated[0].value, own.value))


def read_bare_percentage(text: str, topic: Topic) -> ProgressShare | None:
    """Return the percentage of a cell that holds a number and nothing else; ``None`` for others."""
    match = _BARE.fullmatch(text.strip())
    if match is None:
        return None
    value = Decimal(match[1].replace(",", "."))
    return ProgressShare(topic, value, "", "unstated", "exact", text.strip(), 1.0)
