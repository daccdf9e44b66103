"""What is chosen from a list reads as it is written: its options are no Markdown."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import pages

PAGES = sorted(Path(pages.__file__).parent.rglob("*.py"))
LISTS = {"selectbox", "multiselect"}


def list_option_functions(path: Path) -> list[str]:
    """Return the source of what names the options of a module's lists."""
    source = path.read_text("utf-8")
    return [
        ast.get_source_segment(source, keyword.value) or ""
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LISTS
        for keyword in node.keywords
        if keyword.arg == "format_func"
    ]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_option_of_a_list_is_escaped(path: Path) -> None:
    assert not [words for words in list_option_functions(path) if "escape_markdown" in words]


def test_lists_are_found() -> None:
    assert sum(len(list_option_functions(path)) for path in PAGES) > 20
