"""Numbers as their format shows them, written the Vietnamese way: 1.198.916,5.

Two readings are never left open, whatever the format: a lone group of thousands is written
without its point (234539), three decimals with a zero more (1,1980). Marks that a format writes
between its places (``# ##0``) part groups or decimals by where they stand.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.readers.sheets.number_formats.sections import Section, Token

_CONTEXT: Final = Context(prec=400, rounding=ROUND_HALF_UP)
_GENERAL_DIGITS: Final = 10
_SMALLEST: Final = Decimal("1e-9")
_GROUP: Final = 3
_MARKS: Final = frozenset(".,'\u2019 \u00a0\u202f\u2009")
_LONE_GROUP: Final = re.compile(r"(?<![\d.,])(\d{1,3})\.(\d{3})(?![\d.,])")
_THREE_DECIMALS: Final = re.compile(r"(?<![\d.,])(\d+,\d{3})(?![\d.,])")
_FRACTION: Final = re.compile(r"(?P<whole>[0#?]+ +)?(?P<above>[0#?]+) ?/ ?(?P<below>[0-9#?]+)")
_DENOMINATOR_DIGITS: Final = 5


def to_decimal(value: float) -> Decimal:
    """Return a stored number with the fifteen digits that spreadsheets count with."""
    return Decimal(f"{value:.15g}")


def show_general(value: Decimal) -> str:
    """Return a number without a format: whole ones plainly, others with ten digits at most."""
    if value == value.to_integral_value():
        return f"{value:f}".partition(".")[0].replace("-0", "0") if not value else f"{value:.0f}"
    size = abs(value)
    if size < _SMALLEST:
        mantissa, _, exponent = f"{value:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{int(exponent):+03d}".replace(".", ",")
    places = max(0, _GENERAL_DIGITS - max(1, size.adjusted() + 1))
    text = f"{_round(value, places):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return _THREE_DECIMALS.sub(r"\g<1>0", text.replace(".", ","))


def show_number(section: Section, value: Decimal, *, signed: bool) -> str:
    """Return a number as the section shows it; ``signed`` puts a minus before negative ones."""
    size = abs(value)
    if section.kind == "words":
        text = "".join(map(_literal, section.tokens))
    elif section.kind == "general":
        shown = show_general(size)
        text = "".join(shown if t.kind == "general" else _literal(t) for t in section.tokens)
    else:
        text = _show_fraction(section, size) or _show_digits(section.tokens, size)
    text = " ".join(text.split())
    if not any(letter.isalpha() for letter in text):
        text = _LONE_GROUP.sub(r"\1\2", text)
    text = _THREE_DECIMALS.sub(r"\g<1>0", text)
    zero = not any(letter in "123456789" for letter in text) and "0" in text
    return f"-{text}" if text and signed and value < 0 and not zero else text


def _show_digits(tokens: Sequence[Token], value: Decimal) -> str:
    tokens, scale, grouped = _take_commas(tokens)
    value = _CONTEXT.scaleb(value, scale)
    power = next((i for i, token in enumerate(tokens) if token.kind == "exponent"), None)
    if power is not None:
        return _show_power(tokens, power, value)
    point = next((i for i, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    before, after = tokens[:point], tokens[point + 1 :]
    places = sum(token.kind == "digit" for token in after)
    whole, _, decimals = f"{_round(value, places):f}".partition(".")
    tail = _fill_decimals(after, decimals)
    fraction = any(letter.isdigit() for letter in tail[0])
    head = _fill_whole(before, whole.strip("0") and whole, grouped=grouped, needs_zero=fraction)
    return head + ("," if fraction else "") + "".join(tail)


def _take_commas(tokens: Sequence[Token]) -> tuple[list[Token], int, bool]:
    """Return the tokens without commas and percent's scale: powers of ten, and if it groups."""
    places = [i for i, token in enumerate(tokens) if token.kind == "digit"]
    point = next((i for i, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    before = [i for i in places if i < point]
    kept: list[Token] = []
    scale = 0
    grouped = False
    for i, token in enumerate(tokens):
        if token.kind == "comma":
            if before and before[0] < i < before[-1]:
                grouped = True
            elif places and i > places[0]:
                scale -= _GROUP
        else:
            scale += 2 if token.kind == "percent" else 0
            kept.append(token)
    return kept, scale, grouped


def _fill_whole(tokens: Sequence[Token], digits: str, *, grouped: bool, needs_zero: bool) -> str:
    """Return the tokens before the decimal mark with the digits of the whole part in them."""
    places = [i for i, token in enumerate(tokens) if token.kind == "digit"]
    if not places:
        return "".join(map(_literal, tokens)) + (digits or ("0" if needs_zero else ""))
    grouped = grouped or _has_written_groups(tokens, places)
    rest = digits
    written = 0
    pieces: list[str] = []
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i]
        if token.kind != "digit":
            inside = places[0] < i < places[-1] and token.text in _MARKS
            if not inside:
                pieces.append(_literal(token))
            elif sum(place > i for place in places) % _GROUP:
                pieces.append(",")
            continue
        taken = rest if i == places[0] else rest[-1:]
        rest = rest[: len(rest) - len(taken)]
        taken = taken or {"0": "0", "?": " "}.get(token.text, "")
        if i == places[0] and not taken.strip() and not written and needs_zero:
            taken = "0"
        for digit in reversed(taken):
            if grouped and written and not written % _GROUP and digit != " ":
                pieces.append(".")
            pieces.append(digit)
            written += digit != " "
    return "".join(reversed(pieces))


def _has_written_groups(tokens: Sequence[Token], places: Sequence[int]) -> bool:
    """Return whether marks that are written between the places part groups of thousands."""
    after = len(places)
    for i in range(places[0], places[-1]):
        if tokens[i].kind == "digit":
            after -= 1
        elif tokens[i].text in _MARKS and not after % _GROUP:
            return True
    return False


def _fill_decimals(tokens: Sequence[Token], decimals: str) -> tuple[str, str]:
    """Return the decimals that are shown, and what stands after them."""
    places = [i for i, token in enumerate(tokens) if token.kind == "digit"]
    if not places:
        return "", "".join(map(_literal, tokens))
    digits = list(decimals.ljust(len(places), "0"))
    for i in range(len(places) - 1, -1, -1):
        if digits[i] != "0" or tokens[places[i]].text == "0":
            break
        digits[i] = " " if tokens[places[i]].text == "?" else ""
    last = places[-1] + 1
    left = iter(digits)
    shown = "".join(next(left) if t.kind == "digit" else _literal(t) for t in tokens[:last])
    return shown, "".join(map(_literal, tokens[last:]))


def _show_power(tokens: Sequence[Token], power: int, value: Decimal) -> str:
    """Return a number in scientific notation; several whole places step by their number."""
    mantissa, exponent = tokens[:power], tokens[power + 1 :]
    point = next((i for i, t in enumerate(mantissa) if t.kind == "point"), len(mantissa))
    step = max(1, sum(t.kind == "digit" for t in mantissa[:point]))
    places = sum(t.kind == "digit" for t in mantissa[point:])
    exponent_of = value.adjusted() // step * step if value else 0
    shown = _round(_CONTEXT.scaleb(value, -exponent_of), places)
    if shown >= 10**step:
        exponent_of += step
        shown = _round(_CONTEXT.scaleb(value, -exponent_of), places)
    sign = "-" if exponent_of < 0 else tokens[power].text[1:].replace("-", "")
    width = sum(t.kind == "digit" for t in exponent)
    tail = "".join(_literal(t) for t in exponent if t.kind != "digit")
    return f"{_show_digits(mantissa, shown)}E{sign}{abs(exponent_of):0{width}d}{tail}"


def _show_fraction(section: Section, value: Decimal) -> str:
    """Return a number as ``1 3/4`` where the format asks for a fraction, else ''."""
    pattern = "".join(
        "\x00" if token.kind == "literal" and not token.bare and token.text != " " else token.text
        for token in section.tokens
    )
    match = _FRACTION.search(pattern)
    if match is None or any(token.kind in {"point", "exponent"} for token in section.tokens):
        return ""
    below = match["below"]
    exact = Fraction(value)
    whole = int(exact) if match["whole"] else 0
    if below.isdigit() and below.strip("0"):
        denominator = int(below)
        numerator = int((exact - whole) * denominator + Fraction(1, 2))
    else:
        part = (exact - whole).limit_denominator(10 ** min(len(below), _DENOMINATOR_DIGITS) - 1)
        numerator, denominator = part.numerator, part.denominator
    if match["whole"] and numerator == denominator:
        whole, numerator = whole + 1, 0
    if numerator or not match["whole"]:
        shown = f"{whole} " if whole else ""
        shown += f"{numerator}/{denominator}"
    else:
        shown = str(whole)
    words = [token.text for token in section.tokens if token.kind == "literal" and not token.bare]
    after = "".join(word for word in words if word.strip())
    return f"{shown} {after}" if after else shown


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), context=_CONTEXT)


def _literal(token: Token) -> str:
    return token.text if token.kind in {"literal", "space", "percent"} else ""
