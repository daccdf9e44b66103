"""Signs of the symbol fonts: what Word shows for a code of Symbol, Wingdings or Webdings.

The codes are those of the fonts' own tables; a word processor stores them as they are or moved to
the private area U+F000. Hollow squares that stand for check boxes are ☐.
"""

from __future__ import annotations

from typing import Final

UNKNOWN: Final = "\ufffd"
"""Stands for a sign that no table here has."""

_PRIVATE: Final = range(0xF000, 0xF100)
_BYTE: Final = 0xFF
_PRINTABLE: Final = 0x20


def _number(first: int, signs: str) -> dict[int, str]:
    """Return a table of signs with running codes; a space leaves its code out."""
    return {first + index: sign for index, sign in enumerate(signs) if sign != " "}


_SYMBOL: Final = {
    0x20: " ",
    0xA0: "€",
    **_number(0x21, "!∀#∃%&∋()*+,-./0123456789:;<=>?"),
    **_number(0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    **_number(0x60, "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~"),
    **_number(0xA1, "ϒ′≤/∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    **_number(0xBD, "|—↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"),
    **_number(0xE6, "(((⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡)))⎤⎥⎦⎫⎬⎭"),
}
_WINGDINGS: Final = {
    0x20: " ",
    **_number(0x21, "✏✂✁👓🔔📖🕯☎✆✉🖃📪📫📬📭📁📂📄🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍"),
    **_number(0x40, "🖎✌👌👍👎☜☞☝☟🖐☺😐☹💣☠⚐🏱✈☼💧❄🕆✞🕈✠✡☪☯ॐ☸♈♉"),
    **_number(0x60, "♊♋♌♍♎♏♐♑♒♓🙰🙵●❍■☐🞐❑❒⬧⧫◆❖⬥☒⮹⌘🏵🏶“”"),
    **_number(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿🙢🙠🙡🙣🙞🙜🙝🙟·•"),
    **_number(0xA0, "▪○🞆🞈◉◎🔿▪☐🟂✦★✶✴✹✵⯐⌖⟡⌑⯑✪✰"),
    **_number(0xB7, "🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗🙖🙐🙑🙒🙓⌫⌦"),
    **_number(0xD7, "⮘⮚⮙⮛⮈⮊⮉⮋←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂▭▫✗✓☒☑"),
}
_WINGDINGS[0xD8] = "➢"
_WINGDINGS_2: Final = {
    0x20: " ",
    **_number(0x4F, "✗✓☒☑☒☒"),
    **_number(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_number(0x95, "·•●● ○"),
    **_number(0x9E, "●◦"),
    **_number(0x9F, "■☐"),
    **_number(0xA1, "☐☐☐☐"),
    0x9A: "○",
    0xAE: "◆",
    0xAF: "◇",
}
_WINGDINGS_3: Final = {
    0x20: " ",
    **_number(0x21, "→↑↓↖↗↙↘"),
    **_number(0x66, "←→↑↓↖↗↙↘"),
    **_number(0x70, "▲▼△▽◀▶◁▷"),
    **_number(0x7D, "►"),
}
_WEBDINGS: Final = {
    0x20: " ",
    0x33: "◀",
    0x34: "▶",
    0x35: "▲",
    0x36: "▼",
    0x3D: "•",
    0x61: "✓",
    0x63: "☐",
    0x67: "■",
    0x6E: "●",
    0x72: "✗",
    0x78: "✖",
}
_FONTS: Final = {
    "symbol": _SYMBOL,
    "symbolmt": _SYMBOL,
    "standardsymbolsps": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings2": _WINGDINGS_2,
    "wingdings3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}


def is_symbol_font(font: str) -> bool:
    """Return True if letters in this font are shown as signs."""
    return font.replace(" ", "").lower() in _FONTS


def read_sign(font: str, code: int) -> str:
    """Return the sign that Word shows for a code in a font, ``UNKNOWN`` if no table has it."""
    table = _FONTS.get(font.replace(" ", "").lower())
    if table is not None:
        return table.get(code - _PRIVATE.start if code in _PRIVATE else code, UNKNOWN)
    if code in _PRIVATE or not _PRINTABLE <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004
        return UNKNOWN
    return chr(code)


def replace_signs(text: str, font: str) -> str:
    """Return text in a symbol font as it is shown; other text as it is.

    In a symbol font only codes of one byte, or those in the private area, are signs: for other
    letters Word takes another font. A private code in an ordinary font is ``UNKNOWN``.
    """
    if text.isascii() and not font:
        return text
    if is_symbol_font(font):
        return "".join(
            read_sign(font, ord(c)) if ord(c) <= _BYTE or ord(c) in _PRIVATE else c for c in text
        )
    if text.isascii():
        return text
    return "".join(UNKNOWN if ord(c) in _PRIVATE else c for c in text)
