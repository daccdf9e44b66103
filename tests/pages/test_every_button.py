"""A button or form that no test has ever pressed is a hole: each is named by a test that does.

Every button in the pages' source has a text of the catalogue, or a key. A test that names one of
them, presses something and then looks at what came of it is taken for one that presses the button.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Final

from geo.i18n import load_catalogue

ROOT: Final = Path(__file__).resolve().parents[2]
BUTTONS: Final = frozenset({"button", "form_submit_button"})
SHORTEST: Final = 4
"""Letters of a text or key from which it names one button."""


NAMED_OTHERWISE: Final = frozenset(
    {
        "pages/accounts_page.py",  # "Lưu", in test_new_session
        "pages/audit_page.py",  # "Cũ hơn", in test_ways_on
        "pages/catalogue/item_choice.py",  # a project's code, in test_ways_on
        "pages/review/statement_question.py",  # "Là 52", in test_review_page
        "pages/statements/learned.py",  # "import.learned.forget-…", in statements/test_learned
        "pages/widgets/place_search.py",  # "near.search-…", in test_field_pages
    }
)
"""Pages of which a button has a text too short, or made too late, to be found here."""


PRESSES: Final = re.compile(r"(\b|_)(click|press|reconnect|save)(_|\b)")
LOOKS: Final = re.compile(r"^(raises|wait_for|expect)")


@cache
def read_pressing_tests() -> str:
    """Return the texts in all functions of the tests that press something and look what comes."""
    files = sorted(set((ROOT / "tests").rglob("*.py")) - {Path(__file__)})
    sources = [source for path in files if PRESSES.search(source := path.read_text("utf-8"))]
    return "\n".join(
        text
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        for text in list_texts(node)
    )


def list_texts(function: ast.FunctionDef) -> list[str]:
    """Return the texts in a function, none of one that presses nothing or never looks after."""
    nodes = list(ast.walk(function))
    calls = [
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in nodes
        if isinstance(node, ast.Call)
    ]
    is_pressing = any(PRESSES.search(name) for name in calls)
    is_looking = any(isinstance(node, ast.Assert) for node in nodes) or any(map(LOOKS.match, calls))
    if not (is_pressing and is_looking):
        return []
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def list_names(call: ast.Call) -> list[str]:
    """Return what a test can name a button by: texts of its label, the beginning of its key."""
    names = []
    for node in ast.walk(call.args[0]) if call.args else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            catalogue = load_catalogue("vi")
            keys = [node.value]
            if node.value.endswith((".", "_")):  # the beginning of a key that is put together
                keys = [key for key in catalogue if key.startswith(node.value)]
            for key in keys:
                text = catalogue.get(key, "")
                names += [part.strip(" “”:") for part in re.split(r"\{\w*\}", text)]
    for keyword in call.keywords:
        if keyword.arg == "key":
            names += [
                str(node.value)
                for node in ast.walk(keyword.value)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            ]
    return [name for name in names if len(name) >= SHORTEST]


@cache
def list_buttons() -> dict[str, list[str]]:
    """Return the names of every button of the pages by where it stands."""
    found = {}
    for path in sorted((ROOT / "pages").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in BUTTONS
            ):
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                found[place] = list_names(node)
    return found


def is_pressed(names: list[str]) -> bool:
    """Return True if a test names a button, presses and looks."""
    return any(name in read_pressing_tests() for name in names)


def test_every_button_is_pressed_by_a_test() -> None:
    missing = {place for place, names in list_buttons().items() if not is_pressed(names)}
    pages = {place.partition(":")[0] for place in missing}
    assert pages - NAMED_OTHERWISE == set()


def test_the_check_sees_buttons_and_finds_what_is_missing() -> None:
    """A check that looked at nothing would pass."""
    buttons = list_buttons()
    assert len(buttons) > 50
    assert not is_pressed(["no test names this".swapcase()])
    blind = "def test_it(): press(app, 'Lưu')"
    assert not list_texts(ast.parse(blind).body[0])
    assert list_texts(ast.parse(f"{blind}; assert not app.error").body[0]) == ["Lưu"]
