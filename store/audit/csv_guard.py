"""Texts of CSV files that no spreadsheet takes for a formula."""

from __future__ import annotations

from typing import Final

MARK: Final = "'"
"""Stands before a text that a spreadsheet could take for a formula, and before one that begins
with it, so that taking one off always gives the text back."""

RISKY: Final = "=+-@\t\r\n|%＝＋－＠"
"""First letters by which a spreadsheet may take a text for a formula or a command."""


def escape_formula(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; without ``MARK`` it is the text."""
    return MARK + text if text.startswith(MARK) or is_risky(text) else text


def is_risky(text: str) -> bool:
    """Return whether a spreadsheet may take a text for something else than text."""
    start = text.lstrip(" \u00a0\u3000\ufeff\u200b")
    return bool(start) and start[0] in RISKY
