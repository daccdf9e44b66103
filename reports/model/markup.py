"""Taking markup out of text: HTML tags and Markdown emphasis that scanning tools leave behind."""

from __future__ import annotations

import html
import re
from typing import Final

from geo.text import to_nfc

SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
SUPERSCRIPT: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"

_TAGS: Final = (
    "p|ul|ol|li|br|b|i|u|s|em|strong|span|div|sup|sub|small|font|a|h[1-6]"
    "|table|tr|td|th|tbody|thead"
)
_BREAK: Final = re.compile(
    r"\s*</?(?:p|ul|ol|li|br|div|tr|h[1-6])(?:\s[^<>]{0,200})?/?>\s*", re.IGNORECASE
)
_TAG: Final = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]{{0,200}})?/?>", re.IGNORECASE)
_OPENED: Final = re.compile(r"<(?:ul|ol|p|li)(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_CLOSED: Final = re.compile(r"</(?:ul|ol|p|li)>", re.IGNORECASE)
_SUP: Final = re.compile(r"<sup>\s*(\d{1,3})\s*</sup>", re.IGNORECASE)
_STRONG: Final = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_EMPHASIS: Final = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,400}?)(?<=[^\s*])\*(?![\w*])")
_SPACES: Final = re.compile(r"[ \t\u00a0\u2007\u202f]+")
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]"
)


def strip_cell_markup(text: str) -> str:
    """Return a table cell without markup: items of lists and paragraphs on lines of their own."""
    return _tidy_lines(_strip_tags(text))


def strip_paragraph_markup(text: str) -> str:
    """Return a paragraph without tags, emphasis marks and heading signs."""
    text = _EMPHASIS.sub(r"\1", _strip_tags(text))
    return _tidy_lines(text.lstrip("# ") if text.lstrip().startswith("#") else text)


def count_open_lists(text: str) -> int:
    """Return how many list or paragraph tags a text opens and does not close."""
    return len(_OPENED.findall(text)) - len(_CLOSED.findall(text))


def _strip_tags(text: str) -> str:
    text = to_nfc(text)
    if "<" in text:
        text = _SUP.sub(lambda match: _to_superscript(match[1]), text)
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "&" in text:
        text = html.unescape(text)
    return to_nfc(_STRONG.sub("", _CONTROL.sub("", text)))


def _to_superscript(digits: str) -> str:
    return "".join(SUPERSCRIPT[int(digit)] for digit in digits if digit.isdecimal())


def _tidy_lines(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
