"""What a browser is told to fetch before the map asks for it: files it is sure to need.

Streamlit loads a script for each kind of element when the first of that kind arrives, and the
map's frame fetches its own once it is there. Named in the page's head, all of them come, after what
the page itself needs, while the browser reads Streamlit's main script. The map's own files are
asked for at once, by the map that is shown first (``web.first_map``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from web.browser_files.static_files import (
    FRAME_PREFIX,
    PREFIX,
    get_static_folder,
    list_static_files,
)

MAP_ELEMENTS: Final = (
    "BidiComponent", "ButtonGroup", "Checkbox", "ComponentInstance", "Html", "Selectbox",
)  # fmt: skip
"""Kinds of elements that the map's page has, by the names of Streamlit's scripts for them."""

_NAMED: Final = re.compile(r'(?:from|import)\s*"\./([^"]+\.js)"')


def build_early_links(page: str) -> str:
    """Return the ``link`` elements for the head of ``page``, Streamlit's own page, with the map."""
    scripts = (
        f'<link rel="modulepreload" fetchpriority="low" crossorigin href="./static/js/{name}">'
        for name in list_element_scripts(MAP_ELEMENTS)
        if name not in page
    )
    fetched = (f'<link rel="prefetch" href=".{address}">' for address in _list_frame_scripts())
    return "".join((*scripts, *fetched))


@cache
def list_element_scripts(elements: tuple[str, ...]) -> tuple[str, ...]:
    """Return the scripts that elements of these kinds need, in the order in which they are named.

    Raises ``LookupError`` if Streamlit has no script for a kind.
    """
    found: dict[str, None] = {}
    waiting = [_find_script(element) for element in elements]
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            text = (get_static_folder() / "js" / name).read_text("utf-8")
            waiting.extend(_NAMED.findall(text))
    return tuple(found)


def _find_script(element: str) -> str:
    folder = f"{PREFIX}js/"
    for address in list_static_files():
        name = address.removeprefix(folder)
        if address.startswith(folder) and name.startswith(f"{element}.") and name.endswith(".js"):
            return name
    message = f"Streamlit has no script for {element}"
    raise LookupError(message)


def _list_frame_scripts() -> list[str]:
    return [
        address
        for address in list_static_files()
        if address.startswith(FRAME_PREFIX) and address.endswith(".js")
    ]
