"""Amounts of the whole city that running text states: disbursed investment, social housing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from geo.i18n import format_number, t
from geo.text import fold_text
from reports.grammar.amounts.money import find_money
from reports.grammar.numbers import format_decimal
from reports.model.extraction import Indicator, QueueEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.grammar.amounts.money import Money
    from reports.narrative.prose import Sentence

_DISBURSED: Final = re.compile(r"giai ngan")
_DISBURSED_AMOUNT: Final = re.compile(r"giai ngan (?:von dau tu cong )?(?:la|dat|uoc dat|duoc)? ?$")
_SHARE: Final = re.compile(r"(?P<value>\d{1,3}(?:,\d{1,2})?) ?%(?P<of>[^;,(]{0,70})")
_OF: Final = (
    ("pm_plan", r"thu tuong chinh phu"),
    ("council_plan", r"hoi dong nhan dan|hdnd"),
    ("plan_after_saving", r"tiet kiem"),
)
_SPANS: Final = (
    ("date", r"luy ke"),
    ("half_year", r"6 thang"),
    ("quarter", r"\bquy\b|3 thang"),
    ("month", r"\bthang \d"),
    ("year", r"\bnam 20\d\d|ca nam"),
)
_DWELLINGS: Final = re.compile(r"(?P<value>\d{1,3}(?:\.\d{3})*|\d{1,4}) can\b")


_PLAN: Final = re.compile(r"[^;%]{0,120}?\($")
_SAVED: Final = re.compile(r"tiet kiem \d+ ?%")
_PLAN_REACH: Final = 200
"""Characters within which the plan follows its share."""
_OFF: Final = 0.02
"""By how much an amount may differ from its share of the plan before it is asked about."""


def find_amounts(sentence: Sentence) -> Iterator[Indicator]:
    """Yield the disbursement of public investment and the dwellings of social housing.

    An amount that does not fit its own share of the plan is left out: see
    ``find_doubtful_amounts``.
    """
    folded = fold_text(sentence.text)
    if len(folded) != len(sentence.text):
        return
    if _DISBURSED.search(folded):
        yield from _find_disbursement(sentence, folded)
    if "nha o xa hoi" in folded:
        yield from _find_dwellings(sentence, folded)


def find_doubtful_amounts(sentence: Sentence) -> Iterator[QueueEntry]:
    """Yield the disbursed amounts that their share of the stated plan contradicts.

    "68.398,723 tỷ đồng … đạt 22,87% … (36.728 tỷ đồng)" is a digit too much.
    """
    folded = fold_text(sentence.text)
    amounts = _find_disbursed_amounts(sentence, folded)
    expected = _compute_expected(sentence, folded) if amounts else None
    for money in amounts:
        if expected and _is_off_plan(float(money.value or 0), expected):
            detail = t("reports.queue.share_differs", expected=format_number(expected / 1000, 1))
            yield QueueEntry(
                "unreadable_value", money.raw, sentence.place, detail,
                ((format_decimal(money.value or Decimal(0)), 0.5), (f"{expected:.0f}", 0.5)),
            )  # fmt: skip


def _find_disbursed_amounts(sentence: Sentence, folded: str) -> list[Money]:
    if len(folded) != len(sentence.text) or sentence.footnote:
        return []  # footnotes tell of other years
    return [
        money
        for money in find_money(sentence.text)
        if money.value is not None and _DISBURSED_AMOUNT.search(folded[: money.start])
    ]


def _compute_expected(sentence: Sentence, folded: str) -> float | None:
    """Return what a share of a plan given in brackets comes to, in million VND."""
    amounts = [money for money in find_money(sentence.text) if money.value is not None]
    for share in _SHARE.finditer(folded):
        for plan in amounts:
            if not 0 < plan.start - share.end("value") < _PLAN_REACH:
                continue
            between = folded[share.end("value") : plan.start]
            between = _SAVED.sub("", between).lstrip(" %")
            if _PLAN.fullmatch(between):
                return float(share["value"].replace(",", ".")) / 100 * float(plan.value or 0)
    return None


def _is_off_plan(amount: float, expected: float) -> bool:
    return abs(amount - expected) > _OFF * expected


def _find_disbursement(sentence: Sentence, folded: str) -> Iterator[Indicator]:
    expected = _compute_expected(sentence, folded)
    for money in _find_disbursed_amounts(sentence, folded):
        if expected is None or not _is_off_plan(float(money.value or 0), expected):
            yield Indicator(
                "public_investment", "disbursed", float(money.value or 0), None, "million_vnd",
                money.raw, sentence.place,
            )  # fmt: skip
    for share in _SHARE.finditer(folded):
        basis = next((name for name, sign in _OF if re.search(sign, share["of"])), "")
        if basis and "ke hoach" in share["of"]:
            yield Indicator(
                "public_investment", f"disbursed_pct_of_{basis}",
                float(share["value"].replace(",", ".")), None, "percent",
                sentence.text[share.start() : share.end()].strip(), sentence.place,
            )  # fmt: skip


def _find_dwellings(sentence: Sentence, folded: str) -> Iterator[Indicator]:
    for match in _DWELLINGS.finditer(folded):
        before = folded[max(0, match.start() - 60) : match.start()]
        after = folded[match.end() : match.end() + 30]
        kind = "target" if re.search(r"muc tieu|kich ban|chi tieu", before) else "done"
        near = f"{before[-45:]} {after if kind == 'target' else ''}"
        span = next((name for name, sign in _SPANS if re.search(sign, near)), "")
        measure = (
            f"{kind}_{span}"
            if kind == "target"
            else f"done_{'to' if span == 'date' else 'in'}_{span}"
        )
        value = float(match["value"].replace(".", ""))
        raw = sentence.text[match.start() : match.end()]
        yield Indicator(
            "social_housing",
            measure if span else kind,
            value,
            None,
            "dwelling",
            raw,
            sentence.place,
        )
