"""What a page or an answer shows is asked for in its reader's language, never in the default."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING, Final

from geo.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOMS: Final = ("geo", "store", "layers", "web", "pages")
SHOWN: Final = ("web", "pages", "layers")
MEANT: Final = {
    "web/phone/app_shell.py: render_template": "the phone puts its own words in",
    "web/usual_views.py: search_places": "whatever is found: it is to be read from the disk once",
    "pages/catalogue/cell_form.py: translate_word": "a cell is written as templates have it",
    "pages/catalogue/open_table.py: translate_word": "a cell is written as templates have it",
}
"""Calls that leave the language out, and why."""


def list_files(rooms: tuple[str, ...]) -> Iterator[tuple[Path, ast.Module]]:
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def find_places_of_language() -> dict[str, int]:
    """Return the functions with a default language, by name, and at which place they take it.

    Not those whose name another function has too.
    """
    places: dict[str, int] = {}
    seen: Counter[str] = Counter()
    for _, tree in list_files(ROOMS):
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef):
                continue
            seen[node.name] += 1
            by_place = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
            by_name = [one.arg for one in node.args.kwonlyargs]
            if "language" in by_place and by_place.index("language") >= len(by_place) - len(
                node.args.defaults
            ):
                places[node.name] = by_place.index("language")
            elif "language" in by_name and node.args.kw_defaults[by_name.index("language")]:
                places[node.name] = len(by_place)
    return {name: place for name, place in places.items() if seen[name] == 1 and name != "t"}


def test_no_page_lets_the_default_language_stand() -> None:
    places = find_places_of_language()
    assert len(places) > 20
    forgotten = set()
    for path, tree in list_files(SHOWN):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "")
            if name not in places:
                continue
            given = {keyword.arg for keyword in node.keywords}
            if "language" in given or None in given or len(node.args) > places[name]:
                continue
            if any(isinstance(one, ast.Starred) for one in node.args):
                continue
            forgotten.add(f"{path.relative_to(ROOT).as_posix()}: {name}")
    assert forgotten == set(MEANT)
