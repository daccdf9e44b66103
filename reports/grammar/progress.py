"""Progress in figures: percentages, of what they are and of what a share; quantities of work.

One cell may hold several: "GPMB (100%) Thi công xây dựng (71%)", "40% giá trị hợp đồng không gồm
dự phòng (~19,3% TMĐT)", "GPMB phần hầm đạt khoảng 43%; GPMB 2 gói thầu 14 và 15 đạt 95%". What is
left, late, planned or grown by is not done (``percent_words``). An area cleared of an area
("36/45 ha") is a share too, worked out here. Two values of one thing are a question.

Quantities are ``12km/13,07km``, ``44/70 phiến``, ``đạt ½``, ``14 mũi``. Dates (``09/3/2026``),
scales (``1/500``), document numbers (``491/QĐ-UBND``) and counts of projects are none: a quantity
has a unit of work.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from geo.text import fold_text, strip_tones
from reports.grammar.cell_parts import split_clauses
from reports.grammar.clause_shares import (
    DERIVED,
    HIGHEST,
    PERCENT,
    ClauseReader,
    ProgressShare,
    UnreadShare,
)
from reports.grammar.numbers import format_decimal, read_number
from reports.grammar.percent_words import judge_percentage
from reports.grammar.works_parts import NOTHING, find_topic
from reports.model.extraction import ExtractedValue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.grammar.clause_shares import Share
    from reports.grammar.works_parts import Topic

_AREA: Final = r"\d{1,9}(?:[.,]\d{1,3}){0,3}"
AREA_SHARE: Final = re.compile(
    rf"(?<![\w./,-])(?P<done>{_AREA})\s?(?P<one>ha|m2|m²)?\s?"
    rf"(?:/|tren(?: tong(?: so| dien tich)?)?)\s?(?P<total>{_AREA})\s?(?P<two>ha|m2|m²)(?!\w)"
)
_BARE: Final = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s?[%％]?")
_OWN_BASES: Final = frozenset({"contract_value", "total_investment", "phase"})
_CLOSE: Final = 1
"""By how many points a stated share and the share of its areas may differ by rounding."""
_NUM: Final = r"\d{1,6}(?:[.,]\d{1,3})?"
_MEASURES: Final = r"km|m2|m3|ha|md|m|tan"
_PIECES: Final = (
    r"phien|coc|dam|nhip|tru|mong|mui|ho dan|ho|can ho|can|thua|hang muc|doan|tang|toa|doc|lo"
    r"|than tru|xa mu|to|vi tri|cong|mo"
)
_OF_TOTAL: Final = re.compile(
    rf"(?<![\w./,-])(?P<done>{_NUM})\s?(?P<one>{_MEASURES}|{_PIECES})?\s?/\s?"
    rf"(?P<total>{_NUM})\s?(?P<two>{_MEASURES}|{_PIECES})?(?![\w/])(?!\s?%)"
)
_ALONE: Final = re.compile(rf"(?<![\w./,-])(?P<done>\d{{1,3}})\s(?P<one>{_PIECES})(?=[\s,;.)]|$)")
_HALF: Final = re.compile(r"(?:dat|duoc|xong)\s*(?:khoang\s*)?(?P<half>[½¼¾]|1/2|1/4|3/4)(?![\d/])")
_FRACTIONS: Final = {
    "½": "0.5",
    "1/2": "0.5",
    "¼": "0.25",
    "1/4": "0.25",
    "¾": "0.75",
    "3/4": "0.75",
}
_AFTER: Final = re.compile(r"[^,;.(\n]*?(?=\s(?:va|dang|da)\s|[,;.(\n]|$)")
_TAIL: Final = re.compile(r"[\s:,(–-]*(?:\b(?:đat|đươc|la|đa|xong)\b[\s:,(–-]*)*$")
_LIST: Final = re.compile(r"(?:, ?[A-Z]{1,3}\d{1,3}\b)+")
_UNDONE: Final = frozenset({"left", "not_yet", "unmet", "late", "planned"})
_ALONE_TRUST: Final = 0.7


def find_shares(text: str, topic: Topic = "", *, planned: bool = False) -> Iterator[Share]:
    """Yield the percentages of a progress cell in order; the rest as ``UnreadShare``.

    ``topic`` is what the column is about, for percentages that name nothing themselves;
    ``planned``: the column is one of plans.
    """
    found: list[Share] = []
    carried = NOTHING
    for clause, part in split_clauses(text):
        folded = fold_text(clause)
        if len(folded) != len(clause):
            continue
        if PERCENT.search(folded):
            reader = ClauseReader(clause, folded, part, topic, planned, carried)
            found += reader.read()
            carried = reader.carried
        elif "phan tram" in folded:
            found.append(UnreadShare(clause[:200]))
        else:
            named = find_topic(clause, folded)
            carried = named if named.topic and folded.rstrip().endswith(":") else NOTHING
        found += _find_area_shares(clause, folded, topic)
    yield from _settle(found)


def _find_area_shares(text: str, folded: str, default: Topic) -> Iterator[Share]:
    """Yield the shares of land cleared that an area of an area gives ("36/45 ha")."""
    for match in AREA_SHARE.finditer(folded):
        subject = find_topic(text[: match.start()], folded[: match.start()])
        if (subject.topic or default) != "clearance" or match["one"] not in {None, match["two"]}:
            continue
        done, total = _read_areas(match["done"], match["total"])
        if done is None or not total or done > total:
            continue
        mood = judge_percentage(folded[: match.start()], folded[match.end() :])
        share = (HIGHEST * done / total).quantize(Decimal("0.1"))
        value = Decimal(format_decimal(share))
        raw = match[0].strip()
        if mood == "left":
            rest = HIGHEST - value
            yield ProgressShare("clearance", rest, subject.part, "remainder", "exact", raw, DERIVED)
        elif mood == "not_yet":
            yield UnreadShare(raw, (HIGHEST - value, value))
        elif mood == "done":
            yield ProgressShare("clearance", value, subject.part, "area", "exact", raw, DERIVED)


def _read_areas(done: str, total: str) -> tuple[Decimal | None, Decimal | None]:
    """Return two areas that are written alike; ``None`` for one that is no number."""
    pairs = [
        (left, right) for left in read_number(done) for right in read_number(total) if left <= right
    ]
    if not pairs:
        return None, None
    grouped = [pair for pair in pairs if re.search(r"[.,]\d{3}$", total) and pair[1] >= 1000]  # noqa: PLR2004
    return (grouped or pairs)[0]


def _settle(found: Sequence[Share]) -> Iterator[Share]:
    """Yield what was found with one statement of each thing.

    What is told of all until now wins over one period's; two values that both may be are one
    question. A plan, a delay or a growth is only asked about where nothing states the work done.
    """
    groups: dict[tuple[str, str, str], list[ProgressShare]] = {}
    for share in found:
        if isinstance(share, ProgressShare) and share.topic != "physical":
            groups.setdefault(_get_key(share), []).append(share)
    settled = {key: _settle_group(shares) for key, shares in groups.items()}
    stated = {topic for topic, _, _ in settled}
    for share in found:
        if isinstance(share, UnreadShare):
            if not (share.stateless and (share.topic in stated or (not share.topic and stated))):
                yield share
        elif share.topic == "physical":
            yield share
        else:
            one = settled.pop(_get_key(share), None)
            if one is not None:
                yield one


def _get_key(share: ProgressShare) -> tuple[str, str, str]:
    return share.topic, share.component, share.basis if share.basis in _OWN_BASES else ""


def _settle_group(shares: Sequence[ProgressShare]) -> Share:
    """Return the one statement of several of one thing, or the question that they are."""
    to_date = [share for share in shares if share.span == "to_date"]
    lasting = to_date or [share for share in shares if share.span != "period"] or list(shares)
    plain = [share for share in lasting if share.basis != "area"] or lasting
    values = list(dict.fromkeys(share.value for share in plain))
    areas = [share for share in lasting if share.basis == "area"]
    apart = [area for area in areas if all(abs(area.value - value) > _CLOSE for value in values)]
    if len(values) == 1 and not apart:
        return plain[0]
    raw = "; ".join(dict.fromkeys(share.raw for share in (*plain, *apart)))
    return UnreadShare(raw, tuple(dict.fromkeys([*values, *(area.value for area in apart)])))


def read_bare_percentage(text: str, topic: Topic) -> ProgressShare | None:
    """Return the percentage of a cell that holds a number and nothing else; ``None`` for others."""
    match = _BARE.fullmatch(text.strip())
    if match is None:
        return None
    value = Decimal(match[1].replace(",", "."))
    return ProgressShare(topic, value, "", "unstated", "exact", text.strip(), 1.0)


def find_quantities(text: str) -> Iterator[ExtractedValue]:
    """Yield the quantities of a results cell in order, each with the part that it is of.

    ``value`` is done in ``unit``, of ``total`` ('' where that is not told).
    """
    for clause, part in split_clauses(text):
        folded = fold_text(clause)
        if len(folded) == len(clause):
            yield from _find_quantities_in(clause, folded, part)


def _find_quantities_in(text: str, folded: str, part: str) -> Iterator[ExtractedValue]:
    left_at = 0
    matches = [*_OF_TOTAL.finditer(folded), *_HALF.finditer(folded), *_ALONE.finditer(folded)]
    taken = 0
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if match.start() < taken:
            continue
        groups = match.groupdict()
        if groups.get("half"):
            done, unit = Decimal(_FRACTIONS[groups["half"]]), ""
            total: Decimal | None = Decimal(1)
        else:
            place = "two" if groups.get("two") else "one"
            if not groups.get(place):
                continue  # no unit: a date, a scale, a document's number
            unit = text[match.start(place) : match.end(place)].lower()
            done = _to_decimal(groups["done"])
            total = _to_decimal(groups["total"]) if groups.get("total") else None
        if total is not None and (done > total or total == 0):
            continue
        if judge_percentage(folded[left_at : match.start()], folded[match.end() :]) in _UNDONE:
            continue  # what is left, late or planned
        end = match.end()
        after = _AFTER.match(folded, end)
        if unit and unit not in {"km", "m", "ha"} and after and after.end() > end:
            names = _LIST.match(text, after.end())
            end = names.end() if names else after.end()
            component = text[match.end() - len(unit) : end].strip()
        else:
            component = _read_words_before(text[left_at : match.start()])
        yield ExtractedValue(
            "physical_done", format_decimal(done),
            text[match.start() : end].strip() if groups.get("half") is None
            else text[left_at : match.end()].strip(" ,"),
            component=": ".join(filter(None, (part, component))),
            total=format_decimal(total) if total else "", unit=unit, basis="volume",
            qualifier="exact", confidence=1.0 if total is not None else _ALONE_TRUST,
        )  # fmt: skip
        left_at = taken = end


def _to_decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", "."))


def _read_words_before(left: str) -> str:
    """Return the words before a quantity that say what it is of."""
    toneless = strip_tones(left).lower()  # keeps "đất" and "đạt" apart
    tail = _TAIL.search(toneless)
    plain = left[: tail.start()] if tail and len(toneless) == len(left) else left
    if not left.rstrip().endswith(":"):
        plain = plain.rpartition(", ")[2] if plain.count(", ") else plain
    return plain.strip(" ,.():–-")
