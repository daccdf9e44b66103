"""Days and times as their format shows them, written the Vietnamese way.

The order of day and month is never left open: digits beside one another are written day, month,
year (07/05/2026) whatever their order in the format; a format of month and year gives 09/2026.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.readers.sheets.number_formats.sections import Section, Token

UNSHOWABLE: Final = "########"
"""What a spreadsheet shows for a number that is no day."""

_DAY: Final = 86_400
_LEAP_1900: Final = 60
"""The 29th of February 1900, which spreadsheets count and the calendar does not have."""
_BASE_1900: Final = dt.date(1899, 12, 30)
_OFFSET_1904: Final = 1462
_LAST: Final = 2_958_465
_NAMED: Final = 3
"""So many letters show the weekday's or, with one more, the month's name."""
_PARTING: Final = frozenset({"literal", "space", "point", "comma"})
_SEPARATOR: Final = re.compile(r"[\s/.,\-]*")
_WEEKDAYS: Final = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


@dataclass(frozen=True)
class Moment:
    """A day and the time in it, as parts; ``serial`` is the number itself."""

    serial: float
    year: int
    month: int
    day: int
    weekday: int
    seconds: int


def to_moment(serial: float, *, from_1904: bool = False) -> Moment | None:
    """Return the moment of a stored number of days, ``None`` for one that no calendar has."""
    if from_1904:
        serial += _OFFSET_1904
    if not 0 <= serial < _LAST + 1:
        return None
    days, seconds = divmod(round(serial * _DAY), _DAY)
    if days > _LAST:
        return None
    if days == _LEAP_1900:
        return Moment(serial, 1900, 2, 29, 2, seconds)
    if days == 0:
        return Moment(serial, 1900, 1, 0, 5, seconds)
    date = _BASE_1900 + dt.timedelta(days=days + (days < _LEAP_1900))
    return Moment(serial, date.year, date.month, date.day, date.weekday(), seconds)


def to_serial(text: str) -> float | None:
    """Return the number of days of an ISO date, as strict workbooks store it."""
    try:
        moment = dt.datetime.fromisoformat(text.strip().removesuffix("Z")).replace(tzinfo=None)
    except ValueError:
        return None
    base = dt.datetime.combine(_BASE_1900, dt.time())
    return (moment - base) / dt.timedelta(days=1)


def show_moment(section: Section, serial: float, *, from_1904: bool = False) -> str:
    """Return a number of days as the section shows it, ``UNSHOWABLE`` for one that is no day."""
    moment = to_moment(serial, from_1904=from_1904)
    if moment is None:
        return UNSHOWABLE
    kinds = _find_kinds(section.tokens)
    pieces: list[str] = []
    i = 0
    while i < len(kinds):
        run = _find_run(section.tokens, kinds, i)
        if run:
            letters = "".join(kinds[j] for j in run)
            parts = {"d": f"{moment.day:02d}", "m": f"{moment.month:02d}", "y": f"{moment.year}"}
            if letters == "my" and len(section.tokens[run[0]].text) > _NAMED:
                parts["m"] = f"Tháng {moment.month}"
            pieces.append("/".join(parts[letter] for letter in "dmy" if letter in letters))
            i = run[-1] + 1
        else:
            pieces.append(_show_token(section, kinds, i, moment))
            i += 1
    return " ".join("".join(pieces).split())


def _find_kinds(tokens: Sequence[Token]) -> list[str]:
    """Return for each token the part of a moment that it shows: ``n`` are minutes, '' is none."""
    kinds = [
        token.text[0].lower().replace("e", "y").replace("b", "y") if token.kind == "date" else ""
        for token in tokens
    ]
    timed = [(i, tokens[i].text[0].lower()) for i in range(len(tokens)) if tokens[i].kind in
             {"date", "elapsed"}]  # fmt: skip
    for place, (i, letter) in enumerate(timed):
        if letter == "m" and kinds[i] and len(tokens[i].text) <= 2:  # noqa: PLR2004
            before = timed[place - 1][1] if place else ""
            after = timed[place + 1][1] if place + 1 < len(timed) else ""
            if before == "h" or after == "s":
                kinds[i] = "n"
    return kinds


def _find_run(tokens: Sequence[Token], kinds: Sequence[str], start: int) -> list[int]:
    """Return the places of day, month and year that stand together from here; at least two."""
    run: list[int] = []
    for i in range(start, len(kinds)):
        token = tokens[i]
        if kinds[i] in {"d", "m", "y"}:
            weekday = kinds[i] == "d" and len(token.text) >= _NAMED
            if weekday or kinds[i] in {kinds[j] for j in run}:
                break
            run.append(i)
        elif not (run and token.kind in _PARTING and _SEPARATOR.fullmatch(token.text)):
            break
    letters = {kinds[j] for j in run}
    return run if letters in ({"d", "m", "y"}, {"m", "y"}, {"d", "m"}) else []


def _show_token(section: Section, kinds: Sequence[str], i: int, moment: Moment) -> str:
    token = section.tokens[i]
    width = len(token.text)
    if token.kind == "elapsed":
        unit = {"h": 3600, "m": 60, "s": 1}[token.text[0]]
        return f"{round(moment.serial * _DAY) // unit:0{width}d}"
    if token.kind == "half_day":
        return "SA" if moment.seconds < _DAY // 2 else "CH"
    if token.kind == "point":
        following = section.tokens[i + 1].kind if i + 1 < len(section.tokens) else ""
        return "," if following == "digit" else "."
    if kinds[i]:
        return _show_part(kinds[i], width, moment, halved=_is_halved(section))
    return "0" if token.kind == "digit" else token.text


def _is_halved(section: Section) -> bool:
    return any(token.kind == "half_day" for token in section.tokens)


def _show_part(kind: str, width: int, moment: Moment, *, halved: bool) -> str:
    """Return one part of a moment; ``halved`` counts hours to twelve."""
    if kind == "m" and width > _NAMED:
        return f"Tháng {moment.month}"
    if kind == "d" and width >= _NAMED:
        return _show_weekday(moment.weekday, width)
    hours = moment.seconds // 3600
    part = {
        "y": moment.year,
        "m": moment.month,
        "d": moment.day,
        "h": (hours - 1) % 12 + 1 if halved else hours,
        "n": moment.seconds // 60 % 60,
        "s": moment.seconds % 60,
    }.get(kind, 0)
    return f"{part:0{min(width, 2)}d}"


def _show_weekday(weekday: int, width: int) -> str:
    if weekday == 6:  # noqa: PLR2004 - Sunday
        return "CN" if width == _NAMED else "Chủ Nhật"
    return f"T{weekday + 2}" if width == _NAMED else f"Thứ {_WEEKDAYS[weekday]}"
