"""Equations of Word as a line of text: fractions with a stroke, powers raised, roots with √."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from reports.readers.word.ooxml.names import find_path, make_name

if TYPE_CHECKING:
    from collections.abc import Iterable

SUPERSCRIPTS: Final = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")

_WHOLE: Final = re.compile(r"[\w.,%]*")
_RAISED: Final = re.compile(r"[0-9+\-]+")
_VALUE: Final = make_name("m:val")
_LEFT_OUT: Final = frozenset({"del", "moveFrom", "delText", "instrText"})


def read_equation(element: Any) -> str:
    """Return the text of ``m:oMath`` or of anything inside one."""
    return "".join(_read_part(child) for child in element)


def _read_part(element: Any) -> str:
    name = element.tag.rpartition("}")[2]
    if name == "t":
        return element.text or ""
    if name.endswith("Pr") or name in _LEFT_OUT:
        return ""
    if name in _WRITERS:
        return _WRITERS[name](element)
    if name in {"limLow", "limUpp"}:
        return f"{_read_child(element, 'e')} ({_read_child(element, 'lim')})"
    return read_equation(element) + (" " if name == "fName" else "")


def _read_child(element: Any, name: str) -> str:
    child = find_path(element, f"m:{name}")
    return read_equation(child).strip() if child is not None else ""


def _read_setting(element: Any, *names: str, default: str = "") -> str:
    found = find_path(element, *names)
    return str(found.get(_VALUE, default)) if found is not None else default


def _enclose(text: str) -> str:
    """Return text in brackets unless it is one number or word."""
    return text if _WHOLE.fullmatch(text) else f"({text})"


def _raise(text: str) -> str:
    if not text:
        return ""
    return text.translate(SUPERSCRIPTS) if _RAISED.fullmatch(text) else f"^{_enclose(text)}"


def _write_fraction(element: Any) -> str:
    upper, lower = _read_child(element, "num"), _read_child(element, "den")
    if _read_setting(element, "m:fPr", "m:type") == "noBar":
        return f"({upper}; {lower})"
    whole = element.getprevious()
    space = " " if whole is not None and read_equation(whole)[-1:].isdigit() else ""
    return f"{space}{_enclose(upper)}/{_enclose(lower)}"


def _write_power(element: Any) -> str:
    lower = _read_child(element, "sub")
    base = _read_child(element, "e") + (f"_{_enclose(lower)}" if lower else "")
    return base + _raise(_read_child(element, "sup"))


def _write_root(element: Any) -> str:
    degree = _read_child(element, "deg")
    return f"{_raise(degree) if degree else ''}√{_enclose(_read_child(element, 'e'))}"


def _write_sum(element: Any) -> str:
    sign = _read_setting(element, "m:naryPr", "m:chr", default="∫")
    lower, upper = _read_child(element, "sub"), _read_child(element, "sup")
    limits = f"_({lower})" * bool(lower) + f"^({upper})" * bool(upper)
    return f"{sign}{limits} {_read_child(element, 'e')}"


def _write_brackets(element: Any) -> str:
    first = _read_setting(element, "m:dPr", "m:begChr", default="(")
    between = _read_setting(element, "m:dPr", "m:sepChr", default="|")
    last = _read_setting(element, "m:dPr", "m:endChr", default=")")
    return f"{first}{between.join(_read_all(element, 'e'))}{last}"


def _write_rows(element: Any) -> str:
    rows = element.findall(make_name("m:mr"))
    if rows:
        return "; ".join(" ".join(_read_all(row, "e")) for row in rows)
    return "\n".join(_read_all(element, "e"))


def _write_phantom(element: Any) -> str:
    """Return the text of a phantom, '' if it only takes its room."""
    shown = _read_setting(element, "m:phantPr", "m:show", default="1")
    return "" if shown in {"0", "off", "false"} else _read_child(element, "e")


def _read_all(element: Any, name: str) -> Iterable[str]:
    return [read_equation(child).strip() for child in element.findall(make_name(f"m:{name}"))]


_WRITERS: Final = {
    "f": _write_fraction,
    "sSup": _write_power,
    "sSub": _write_power,
    "sSubSup": _write_power,
    "rad": _write_root,
    "nary": _write_sum,
    "d": _write_brackets,
    "m": _write_rows,
    "eqArr": _write_rows,
    "phant": _write_phantom,
}
