"""Names of Word's XML, as they are written out in full, and small readings of attributes."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

_FORMATS: Final = "http://schemas.openxmlformats.org/"
_SPACES: Final = {
    "w": f"{_FORMATS}wordprocessingml/2006/main",
    "r": f"{_FORMATS}officeDocument/2006/relationships",
    "m": f"{_FORMATS}officeDocument/2006/math",
    "a": f"{_FORMATS}drawingml/2006/main",
    "c": f"{_FORMATS}drawingml/2006/chart",
    "dgm": f"{_FORMATS}drawingml/2006/diagram",
    "wp": f"{_FORMATS}drawingml/2006/wordprocessingDrawing",
    "mc": f"{_FORMATS}markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
_OFF: Final = frozenset({"0", "false", "off", "none"})
_LARGEST: Final = 1_000_000


@cache
def make_name(name: str) -> str:
    """Return ``w:tbl`` as ``{http://…}tbl``."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


VALUE: Final = make_name("w:val")


def find_path(element: Any, *names: str) -> Any:
    """Return the first element on the way of names below ``element``, None where there is none."""
    for name in names:
        if element is None:
            return None
        element = element.find(make_name(name))
    return element


def read_value(element: Any, *names: str) -> str:
    """Return ``w:val`` of the element on the way of names, '' where there is none."""
    found = find_path(element, *names)
    return str(found.get(VALUE, "")) if found is not None else ""


def read_switch(element: Any, *names: str) -> bool | None:
    """Return whether a switch such as ``w:strike`` is on; None where nothing is said."""
    found = find_path(element, *names)
    return None if found is None else str(found.get(VALUE, "1")).lower() not in _OFF


def read_count(element: Any, *names: str, largest: int = _LARGEST) -> int:
    """Return a whole number from zero to ``largest``; 0 where there is none."""
    return parse_count(read_value(element, *names), largest)


def parse_count(text: str, largest: int = _LARGEST) -> int:
    """Return digits as a number of at most ``largest``; 0 for anything else."""
    if not (text.isascii() and text.isdigit()):
        return 0
    return int(text) if len(text) <= len(str(largest)) and int(text) <= largest else largest


def choose_branch(alternate: Any) -> Any:
    """Return the one branch of ``mc:AlternateContent`` that Word shows, None for an empty one."""
    choices = [branch for branch in alternate if branch.tag == make_name("mc:Choice")]
    fallback = alternate.find(make_name("mc:Fallback"))
    if choices and (len(choices[0]) or fallback is None):
        return choices[0]
    return fallback
