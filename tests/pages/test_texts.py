"""Every text that a page asks for by name is in the catalogue, in both languages."""

import ast
import re

import pytest

from geo.i18n import LANGUAGES, load_catalogue
from geo.paths import ROOT

ROOMS = ("app.py", "pages", "web", "layers", "store", "reports", "geo")
KEY = re.compile(r"[a-z_]+\.[a-z_0-9]+\.[a-z_0-9]+")


def asked_keys() -> set[str]:
    """Return the keys that stand as plain text in a call of ``t``, in code or in a template."""
    keys = set()
    for room in ROOMS:
        path = ROOT / room
        for file in [path] if path.is_file() else path.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                first = node.args[0]
                if name == "t" and isinstance(first, ast.Constant) and KEY.fullmatch(first.value):
                    keys.add(first.value)
    for file in (ROOT / "web" / "templates").glob("*.html"):
        keys |= set(re.findall(r'\bt\("([a-z_0-9.]+)"[,)]', file.read_text("utf-8")))
    return keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_asked_for_is_there(language: str) -> None:
    assert sorted(asked_keys() - set(load_catalogue(language))) == []


def test_both_languages_have_the_same_texts() -> None:
    vietnamese, english = (set(load_catalogue(language)) for language in ("vi", "en"))
    assert sorted(vietnamese ^ english) == []
