"""What a report says of itself: title, issuer, dates, period, whether it is a draft."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text, normalise_spelling
from reports.model.dates import is_day, parse_span
from reports.model.document import Document, Paragraph
from reports.model.head.document_area import find_area
from reports.model.head.head_dates import (
    find_date_line,
    find_until,
    get_last_day,
    get_period_end,
    mend_digits,
)
from reports.model.head.letterhead import iterate_head_lines, read_letterhead

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model.document import Block

_LONGEST_TITLE: Final = 600
_LONGEST_LETTERHEAD: Final = 220
_LONGEST_DATE: Final = 80
_LONGEST_PRESS_TITLE: Final = 260
_TABLE_NUMBER: Final = re.compile(r"\W*(?:biểu|bảng|phụ lục)(?: số)?\s*[\w.]*\W*", re.IGNORECASE)
_PRESS_LINES: Final = 3
_HEAD: Final = 40
"""Paragraphs at the beginning in which a title, a letterhead and a draft mark are looked for."""
_KINDS: Final = {
    "bao cao": "Báo cáo",
    "chuong trinh hanh dong": "Chương trình hành động",
    "thong bao": "Thông báo",
    "ke hoach": "Kế hoạch",
    "nghi quyet": "Nghị quyết",
    "ket luan": "Kết luận",
    "to trinh": "Tờ trình",
    "quyet dinh": "Quyết định",
}
_ISSUERS: Final = (
    ("uy ban nhan dan thanh pho hai phong", "Ủy ban nhân dân thành phố Hải Phòng"),
    ("hoi dong nhan dan thanh pho hai phong", "Hội đồng nhân dân thành phố Hải Phòng"),
    ("ban thuong vu thanh uy", "Ban Thường vụ Thành ủy Hải Phòng"),
    ("thanh uy", "Thành ủy Hải Phòng"),
)
_SHEETS: Final = frozenset({"xlsx", "xls", "xlsb", "ods", "csv"})
_DRAFT: Final = re.compile(r"\W*du thao(?: lan (?:thu )?\w+)?(?:,? ngay [\d/.]+)?\W*")
_SIGNED: Final = re.compile(r"\W*(?:\(?da ky\)?|(?:nguoi )?ky (?:boi|so boi)\b.*|nguoi ky:.*)\W*")
_ISSUED: Final = re.compile(r"ngay (\d{1,2}) thang (\d{1,2}) nam (20\d\d)")
_ATTACHED: Final = re.compile(
    r"\(?kem theo .{0,80}? cua (?:[a-z ]*?)(ban thuong vu thanh uy|thanh uy)"
)
_MET: Final = re.compile(r"^ngay (\d{1,2})/(\d{1,2})/(20\d\d),")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER: Final = re.compile(r"\bquy (iv|iii|ii|i|[1-4])\b")
_MONTH: Final = re.compile(r"\bthang (0?[1-9]|1[0-2])\b(?!/20\d\d\))")
_NEXT_MONTH: Final = re.compile(r"nhiem vu.*\bthang (0?[1-9]|1[0-2]) nam (20\d\d)")
_MONTH_OF_DAY: Final = re.compile(r"\d{4}-\d{2}(?:-\d{2})?$")
_PERIOD_ID: Final = re.compile(r"20\d\d(?:-(?:Q[1-4]|H[12]|\d\d))?", re.ASCII)
_TITLE_YEAR: Final = re.compile(r"nam (20\d\d)")
_PART_YEAR: Final = re.compile(r"\b(?:quy (?:iv|iii|ii|i|[1-4])|thang (?:0?[1-9]|1[0-2]))/(20\d\d)")


def add_document_metadata(document: Document) -> Document:
    """Return the document with what its own words say of it, where the reader left that empty."""
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    head = paragraphs[:_HEAD]
    lines = list(iterate_head_lines(document.blocks, _HEAD))
    letterhead = read_letterhead(document.blocks)
    dated = find_date_line(lines)
    title = document.title or _find_title(head)
    if not title and document.media in _SHEETS:
        title = _find_sheet_title(head)
    period = document.period or _find_period(title, head) or _infer_reported_month(paragraphs)
    if not title:
        title = _find_press_title(head)
        period = period or _find_part_of_year(title)
    issued = document.issued or _find_issue_date(lines) or (dated if is_day(dated) else "")
    until = find_until(lines, title)
    as_of = document.as_of or _find_as_of(period, issued, until, head) or get_last_day(dated)
    issuer = document.issuer or letterhead.issuer or _find_issuer(paragraphs)
    when = document.dated or until or issued or dated or as_of or period[:4]
    area = find_area(letterhead, issuer, title, when, document.blocks)
    return replace(
        document,
        title=title,
        issuer=issuer,
        issued=issued,
        period=period,
        as_of=as_of,
        number=document.number or letterhead.number,
        dated=when,
        area=document.area or area.area,
        province=document.province or area.province,
        draft=document.draft or any(_DRAFT.fullmatch(fold_text(line)) for line in lines),
        signed=document.signed or _is_signed(document.blocks[:_HEAD] + document.blocks[-_HEAD:]),
    )


def _is_signed(blocks: Sequence[Block]) -> bool:
    """Return True if a line says that the document is signed."""
    texts = (block.text for block in blocks if isinstance(block, Paragraph))
    lines = (line for text in texts for line in text.split("\n"))
    return any(len(line) <= _LONGEST_DATE and _SIGNED.fullmatch(fold_text(line)) for line in lines)


def _find_press_title(head: Sequence[Paragraph]) -> str:
    """Return the first line of an article or list, where a date stands right below it."""
    for index, paragraph in enumerate(head[:_PRESS_LINES]):
        if len(paragraph.text) > _LONGEST_TITLE:
            continue
        title = normalise_spelling(re.sub(r"\*+", " ", paragraph.text)).strip()
        behind = [line for p in head[index + 1 : index + 3] for line in p.text.split("\n")]
        first, *rest = paragraph.text.split("\n")
        count = next((i for i, line in enumerate(rest) if _find_time([line])), -1)
        if count >= 0:
            lines = [first, *rest[:count]]
            kept = lines[1:] if len(lines) > 1 and _TABLE_NUMBER.fullmatch(first) else lines
            title, behind = normalise_spelling(" ".join(kept)), rest[count:]
        if not title or len(title) > _LONGEST_PRESS_TITLE or find_date_line([title]):
            continue
        return title if _find_time(behind[:3]) and not paragraph.footnote else ""
    return ""


def _find_time(lines: Sequence[str]) -> str:
    short = [line for line in lines if len(line) <= _LONGEST_TITLE]
    return find_date_line(short) or find_until(short, "")


def _find_part_of_year(title: str) -> str:
    """Return the period that an article's title names, if it is a part of a year."""
    period = _find_period(title, ())
    return period if "-" in period else ""


def _find_title(head: Sequence[Paragraph]) -> str:
    """Return the kind of document and its subject; '' where no line is a kind in capitals."""
    for index, paragraph in enumerate(head):
        first, *rest = paragraph.text.split("\n")
        folded = fold_text(first[:_LONGEST_DATE])
        kind = next((k for k in _KINDS if folded.startswith(k)), None)
        if kind is None or not first[: len(kind)].isupper() or paragraph.footnote:
            continue
        subject = " ".join([first[len(kind) :], *rest]).strip(" *:-")
        if not subject and index + 1 < len(head):
            subject = head[index + 1].text
        subject = normalise_spelling(re.sub(r"\*+", " ", subject))
        if not subject or len(subject) > _LONGEST_TITLE:
            continue
        return f"{_KINDS[kind]} {_lower_subject(subject)}"
    return ""


def _find_sheet_title(head: Sequence[Paragraph]) -> str:
    """Return the line above a sheet's table that names a period; sheets seldom name a kind."""
    for paragraph in head:
        text = normalise_spelling(paragraph.text)
        if len(text) <= _LONGEST_TITLE and _find_period(text, ()):
            dated = _ISSUED.search(fold_text(text))
            if dated is None:
                return text
    return ""


def _lower_subject(subject: str) -> str:
    """Return a subject as it goes on after the kind; words in capitals are written small."""
    words = subject.split(" ")
    shouted = 0
    while shouted < len(words) and words[shouted].isupper() and words[shouted].isalpha():
        shouted += 1
    plain = " ".join(words[:shouted]).lower() if shouted > 1 else ""
    for name in ("Ban Thường vụ", "Thành ủy", "Hải Phòng", "Ủy ban nhân dân"):
        plain = plain.replace(name.lower(), name)
    rest = " ".join(words[shouted:] if shouted > 1 else words)
    text = f"{plain} {rest}".strip()
    return text[:1].lower() + text[1:]


def _find_issuer(paragraphs: Sequence[Paragraph]) -> str:
    for paragraph in paragraphs[:_HEAD]:
        if len(paragraph.text) > _LONGEST_LETTERHEAD or not paragraph.text[:8].isupper():
            continue
        words = fold_text(paragraph.text.replace("\n", " "))
        for sign, name in _ISSUERS:
            if words.startswith(sign) or f"cua {sign}" in words:
                return name
    for paragraph in paragraphs:
        match = _ATTACHED.search(fold_text(paragraph.text[:400].replace("\n", " ")))
        if match:
            return dict(_ISSUERS)[match[1]]
    for paragraph in paragraphs[-_HEAD:]:
        words = fold_text(paragraph.text[:60].replace("\n", " "))
        signed = re.match(r"t/m (ban thuong vu|thanh uy)", words)
        if signed:
            return dict(_ISSUERS)[
                "thanh uy" if signed[1] == "thanh uy" else "ban thuong vu thanh uy"
            ]
    return ""


def _find_issue_date(lines: Sequence[str]) -> str:
    """Return the date under the letterhead, only where day, month and year are all filled in."""
    for line in lines:
        words = mend_digits(fold_text(line))
        match = _ISSUED.search(words) if len(words) < _LONGEST_DATE else None
        if match:
            when = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
            return when if parse_span(when) else ""
    return ""


def _find_meeting_day(head: Sequence[Paragraph]) -> str:
    """Return the day of the meeting that a notice tells of."""
    for paragraph in head:
        match = _MET.match(fold_text(paragraph.text[:_LONGEST_DATE]))
        if match:
            when = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
            if parse_span(when):
                return when
    return ""


def read_period(text: str) -> str:
    """Return the id of a period that a person names (``Quý II/2026``, ``6 tháng đầu năm 2026``).

    What is an id already, or names none, is returned as it is.
    """
    text = text.strip()
    if _PERIOD_ID.fullmatch(text):
        return text
    return _find_period(text, ()) or text


def propose_period(document: Document, days_of_rows: Iterable[str] = ()) -> str:
    """Return the month of the day that a document speaks of, or bears; '' where it tells none.

    ``days_of_rows`` are what its tables say that they hold for; the most frequent one counts. For
    a document that names no period; a person confirms it, or says another.
    """
    usual = [day for day, _ in Counter(days_of_rows).most_common(1)]
    days = (document.as_of, document.dated, document.issued, *usual)
    return next((day[:7] for day in days if _MONTH_OF_DAY.match(day)), "")


def _find_period(title: str, head: Sequence[Paragraph]) -> str:
    words = fold_text(title)
    years = _TITLE_YEAR.findall(words) or _PART_YEAR.findall(words)
    year = years[-1] if years else ""
    if not year:
        return ""
    half = re.search(r"6 thang (dau|cuoi) nam", words)
    if half:
        return f"{year}-H{1 if half[1] == 'dau' else 2}"
    quarter = _QUARTER.search(words)
    if quarter:
        return f"{year}-Q{_ROMAN[quarter[1]]}"
    if words.startswith("thong bao") and _find_meeting_day(head):
        return _find_meeting_day(head)[:7]
    month = _MONTH.search(words)
    return f"{year}-{int(month[1]):02}" if month else year


def _infer_reported_month(paragraphs: Sequence[Paragraph]) -> str:
    """Return the month before the one that a heading sets tasks for, in a report without title."""
    for paragraph in paragraphs:
        if len(paragraph.text) < _LONGEST_DATE and paragraph.text.isupper():
            match = _NEXT_MONTH.search(" ".join(fold_text(paragraph.text).split()))
            if match:
                month, year = int(match[1]), int(match[2])
                return f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02}"
    return ""


def _find_as_of(period: str, issued: str, until: str, head: Sequence[Paragraph]) -> str:
    """Return the last day reported on: of the meeting, the data, the issue or the period."""
    met = _find_meeting_day(head)
    return met or get_last_day(until) or issued or get_period_end(period)
