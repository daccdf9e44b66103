"""What a page or an answer shows is asked for in its reader's language, never in the default."""

from __future__ import annotations

import ast
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest

from geo.i18n import LANGUAGES
from geo.paths import ROOT
from tests.pages.test_edit_page import run
from tests.pages.test_pages import html_of

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


def test_words_of_documents_are_told_as_vietnamese_to_who_hears_them() -> None:
    quotes = [
        (path.relative_to(ROOT), found[0])
        for path, _ in list_files(("pages", "web"))
        for found in re.finditer(r"<(?:q|blockquote)\b[^>]*>", path.read_text("utf-8"))
    ]
    assert len(quotes) > 10
    assert [one for one in quotes if 'lang="vi"' not in one[1]] == []


@pytest.mark.parametrize(("page", "query", "words"), [
    ("sources_page", {}, "Chú thích 24 của báo cáo 6 tháng"),
    ("project_page", {"item": "KP-08"}, "Chú thích 24 của báo cáo 6 tháng"),
])  # fmt: skip
def test_what_was_noted_in_vietnamese_is_said_to_be_so_in_english(
    page: str, query: dict[str, str], words: str
) -> None:
    for language in LANGUAGES:
        shown = html_of(run(page, lang=language, **query))
        note = re.search(rf'<span lang="vi">{words}[^<]*</span>(.{{0,60}})', shown)
        assert note
        assert ("in Vietnamese" in note[1]) is (language == "en")
