"""What a report says of parks, clusters and economic zones: in footnotes' lists, in sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from geo.text import fold_text
from reports.grammar.milestone import find_milestones, find_times
from reports.model.extraction import ExtractedValue, ParkMention, PlacedCommune, QueueEntry
from reports.narrative.zone_names import find_zone_names
from reports.narrative.zones import clean_zone_name, get_zone, match_zone, read_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.document import SourcePlace
    from reports.model.extraction import Reason
    from reports.narrative.prose import Sentence
    from reports.narrative.zones import Zone

_PARKS: Final = re.compile(r"\b(?:khu cong nghiep|kcn|cum cong nghiep|ccn)\b")
_ITEMS: Final = re.compile(r"\(\d{1,2}\)\s*")
_BARE_ITEMS: Final = re.compile(r"\s*[;,]\s+|\s+và\s+(?=[A-ZĐKC])")
_INTRODUCED: Final = re.compile(r"(?:bao gồm|gồm|còn lại|sau)\b[^:]*:\s*", re.IGNORECASE)
_STATUSES: Final = (
    (
        "not_started",
        re.compile(
            r"khoi cong theo ke hoach|du kien khoi cong|dieu chinh ke hoach khoi cong"
            r"|chua khoi cong"
        ),
    ),
    ("started", re.compile(r"da khoi cong|thuc hien khoi cong|^\W*(?:[^:]*: ?)?khoi cong \d")),
    ("preparing", re.compile(r"hoan thien ho so|trien khai de an thanh lap|nghien cuu")),
    ("established", re.compile(r"duoc thanh lap|ve viec thanh lap|phe duyet thanh lap")),
    ("under_construction", re.compile(r"dang thi cong|hoan thien ha tang")),
    (
        "preparing",
        re.compile(r"hoan thien ho so|thu tuc|nghien cuu kha thi|trien khai de an thanh lap"),
    ),
)
_POSTPONED: Final = re.compile(r"(?:khoi cong )?sang (?=quy|thang|nam)")
_AREA: Final = re.compile(
    r"(?:quy mo|dien tich)(?: dien tich)?(?: la)?(?: khoang)? "
    r"(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?) ha"
)
_TRUST: Final = 0.85
_LONGEST_NAME: Final = 90
_REACH: Final = 70
"""Characters after a zone's name in which its area is told."""
_WHOLE_ZONE: Final = 5
"""A zone of more communes than this is not placed by them."""


def read_listed_parks(
    footnote: Sequence[Sentence], citing: Sentence, mark: str
) -> tuple[list[ParkMention], list[QueueEntry]]:
    """Return the parks that a footnote lists, with what the citing sentence says of them all."""
    phrase = _find_cited_phrase(citing, mark)
    text = " ".join(sentence.text for sentence in footnote)
    if not (_PARKS.search(fold_text(phrase)) or _PARKS.search(fold_text(text[:80]))):
        return [], []
    place = footnote[0].place
    column = t("reports.place.footnote", mark=mark)
    listed_kind = _read_listed_kind(phrase) or _read_listed_kind(text[:80])
    mentions: list[ParkMention] = []
    queue: list[QueueEntry] = []
    for raw, heading in _split_items(text):
        label = clean_zone_name(raw)
        if not label or len(label) > _LONGEST_NAME:
            continue
        zone, candidates = match_zone(label, kind=read_kind(label) or listed_kind)
        values = tuple(
            _find_values(f"{heading} {phrase}".strip(), heading or phrase, raw, place, column)
        )
        if zone is None:
            if candidates or _PARKS.search(fold_text(raw)):
                reason: Reason = "uncertain_item" if candidates else "unmatched_item"
                detail = t(f"reports.queue.{reason}", phrase=phrase[:160])
                queue.append(QueueEntry(reason, label, place, detail, candidates))
                mentions.append(ParkMention("industrial_park", label, label, values, (), place))
            continue
        mentions.append(_make_mention(zone, label, values, place))
    if not any(park.zone for park in mentions):
        return [], []  # a list of something else
    return mentions, queue


def find_parks(sentence: Sentence) -> Iterator[ParkMention]:
    """Yield the parks and zones that a sentence names with what it says of them."""
    for name in find_zone_names(sentence.text):
        zone, start, end = get_zone(name.zone), name.start, name.end
        if zone is None:
            continue
        clause = _cut_clause_around(sentence.text, start, end)
        column = (
            t("reports.place.footnote", mark=sentence.footnote) if sentence.footnote else "text"
        )
        values = tuple(_find_values(clause, clause, clause, sentence.place, column))
        if zone.kind == "economic_zone":
            values += tuple(_find_area(sentence.text[end : end + _REACH], sentence.place, column))
        yield _make_mention(zone, sentence.text[start:end], values, sentence.place)


def _read_listed_kind(words: str) -> str:
    """Return the one kind of park that a list is said to be of, '' for several or none."""
    kinds = {read_kind(typed[0] + " x") for typed in _PARKS.finditer(fold_text(words))}
    return kinds.pop() if len(kinds) == 1 else ""


def _split_items(text: str) -> Iterator[tuple[str, str]]:
    """Yield (name, what the list's heading says of it) of a numbered or plain list."""
    if _ITEMS.search(text):
        heading = ""
        head, *items = _ITEMS.split(text)
        heading = _read_heading(head)
        for item in items:
            name, _, rest = (
                item.partition(" và ") if re.search(r" và \d+ KCN", item) else (item, "", "")
            )
            yield name.strip(" ;."), heading
            heading = _read_heading(rest) if rest else heading
        return
    introduced = _INTRODUCED.search(text)
    body = text[introduced.end() :] if introduced else text
    body = re.split(r"\s(?:với tổng|có tổng)|, tổng", body)[0]
    for item in _BARE_ITEMS.split(body):
        yield item, ""


def _read_heading(text: str) -> str:
    return text if re.search(r"khoi cong|thanh lap|con lai", fold_text(text)) else ""


def _find_cited_phrase(citing: Sentence, mark: str) -> str:
    """Return the words that a footnote belongs to: from the mark before it, or the clause."""
    begin = 0
    for other, position in citing.cites:
        if other == mark:
            piece = citing.text[begin:position]
            return re.split(r";\s", piece)[-1].strip()
        begin = position
    return citing.text


def _find_values(
    words: str, chosen: str, raw: str, place: SourcePlace, column: str
) -> Iterator[ExtractedValue]:
    """Yield status and milestones: of ``chosen`` (a list's heading), else of ``words``."""
    folded = fold_text(chosen)
    status = next((name for name, sign in _STATUSES if sign.search(folded)), "")
    if not status and chosen != words:
        status = next((name for name, sign in _STATUSES if sign.search(fold_text(words))), "")
    if status:
        yield ExtractedValue("status", status, chosen or raw, place, column, confidence=_TRUST)
    for milestone in find_milestones(chosen):
        name = f"milestone_{milestone.kind}"
        yield ExtractedValue(name, milestone.when, milestone.raw, place, column, confidence=_TRUST)
    postponed = _POSTPONED.search(folded)
    if status == "not_started" and postponed:
        for when, _ in list(find_times(chosen[postponed.end() :]))[:1]:
            yield ExtractedValue("milestone_start", when, chosen, place, column, confidence=_TRUST)
    if status == "established":
        for when, _ in list(find_times(raw))[:1]:
            result = f"{chosen.strip(' ;.')} ({when})"
            yield ExtractedValue("result_text", result, raw, place, column, confidence=_TRUST)


def _find_area(text: str, place: SourcePlace, column: str) -> Iterator[ExtractedValue]:
    match = _AREA.search(fold_text(text))
    if match:
        value = match[1].replace(".", "").replace(",", ".")
        raw = text[match.start() : match.end()]
        yield ExtractedValue("area_ha", value, raw, place, column, unit="ha", confidence=_TRUST)


def _cut_clause_around(text: str, start: int, end: int) -> str:
    begin = max((mark.end() for mark in re.finditer(r"; |- ", text[:start])), default=0)
    stop = text.find("; ", end)
    return text[begin : stop if stop > 0 else len(text)].strip(" .;")


def _make_mention(
    zone: Zone, raw: str, values: tuple[ExtractedValue, ...], place: SourcePlace
) -> ParkMention:
    communes = zone.communes if len(zone.communes) <= _WHOLE_ZONE else ()
    certainty = "certain" if zone.confidence == "certain" else "likely"
    trust = 0.9 if certainty == "certain" else 0.7
    return ParkMention(
        zone.kind,
        zone.name,
        raw,
        values,
        tuple(PlacedCommune(code, "zone", certainty, trust, raw, place) for code in communes),
        place,
        zone=zone.zone,
    )
