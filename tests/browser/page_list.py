"""The addresses of all pages, read from the program's own list, each with something to show."""

from __future__ import annotations

import ast
from typing import Final

from geo.paths import ROOT

SHOWING: Final = {
    "du-an": "?item=KP-25",
    "dia-ban": "?place=11413",
    "sua": "?item=KP-02",
    "nguyen-van": "?doc=q1-2026",
    "gan-toi": "?commune=11413",
}
"""What an address needs to show more than a question."""


def page_addresses() -> dict[str, str]:
    """Return the address of every page by its name, without the slash in front."""
    source = (ROOT / "pages" / "navigation.py").read_text("utf-8")
    paths = [
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "PageEntry"
        and isinstance(node.args[0], ast.Constant)
    ]
    assert len(paths) > 5, "the list of pages was not understood"
    return {path: ("" if path == "ban-do" else path) + SHOWING.get(path, "") for path in paths}
