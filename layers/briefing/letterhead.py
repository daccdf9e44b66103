"""The head and foot of the document: who issues it, its number, place and date, who signs.

A briefing is a draft until it is numbered and signed: what is not given is left as dots to be
filled in, never made up, and there is no name of a person in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from layers.print.typst import break_long_words

if TYPE_CHECKING:
    from datetime import date

MOST_CHARS: Final = 160
"""Letters that a field of the head may have; more is cut."""

MOST_RECIPIENTS: Final = 12
DOTS: Final = "……………………"
_TWO_DIGIT_MONTHS: Final = 2


@dataclass(frozen=True)
class Letterhead:
    """What the issuing body says of itself; '' is left to be filled in by hand.

    ``superior`` and ``body``: the body above, and the issuing body; ``number`` and ``symbol`` make
    ``Số: 12/BC-SKHĐT``; ``day`` is the date of issue; ``signs_for`` (``TM. ỦY BAN NHÂN DÂN``) and
    ``signer`` the authority and the post of who signs; ``recipients`` come under ``Nơi nhận``.
    """

    superior: str = ""
    body: str = ""
    number: str = ""
    symbol: str = ""
    place: str = "Hải Phòng"
    day: date | None = None
    signs_for: str = ""
    signer: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class LetterheadText:
    """The head as it is written, every line ready to be set."""

    superior: str
    body: str
    number: str
    country: str
    motto: str
    place_and_date: str
    kind: str
    recipients_title: str
    recipients: tuple[str, ...]
    signs_for: str
    signer: str
    attached: str


def format_letterhead(head: Letterhead, language: str) -> LetterheadText:
    """Return the lines of the head, blanks as dots."""
    body = clean_letterhead_field(head.body)
    symbol = clean_letterhead_field(head.symbol) or t("briefing.head.symbol", language)
    number = t("briefing.head.number", language, number=_format_number(head.number), symbol=symbol)
    recipients = [
        clean_letterhead_field(recipient)
        for recipient in head.recipients[:MOST_RECIPIENTS]
        if clean_letterhead_field(recipient)
    ]
    listed = [f"- {recipient};" for recipient in recipients or [DOTS]]
    day = _format_date(head.day, language)
    return LetterheadText(
        superior=clean_letterhead_field(head.superior).upper(),
        body=body.upper() or DOTS,
        number=number,
        country=t("briefing.head.country", language),
        motto=t("briefing.head.motto", language),
        place_and_date=f"{clean_letterhead_field(head.place) or DOTS}, {day}",
        kind=t("briefing.head.kind", language),
        recipients_title=t("briefing.head.recipients", language),
        recipients=(*listed, t("briefing.head.filed", language)),
        signs_for=clean_letterhead_field(head.signs_for).upper(),
        signer=clean_letterhead_field(head.signer).upper() or DOTS,
        attached=t(
            "briefing.head.attached",
            language,
            number=number.partition(":")[2].strip(),
            day=day,
            body=body or DOTS,
        ),
    )


def clean_letterhead_field(text: str) -> str:
    """Return one field of the head as it may stand in a document, cut to ``MOST_CHARS``."""
    return break_long_words(text[: 4 * MOST_CHARS])[:MOST_CHARS].strip()


def _format_number(text: str) -> str:
    """Return a document's number; below 10 it has two digits."""
    number = clean_letterhead_field(text)
    return f"0{number}" if len(number) == 1 and number.isdecimal() else number or "……"


def _format_date(day: date | None, language: str) -> str:
    """Return a date of issue; days below 10 and the first two months have two digits."""
    if day is None:
        return t("briefing.head.no_date", language)
    month = f"{day.month:02d}" if day.month <= _TWO_DIGIT_MONTHS else str(day.month)
    return t("briefing.head.date", language, day=f"{day.day:02d}", month=month, year=day.year)
