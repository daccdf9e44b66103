"""The plain app that others are compared with stays as it was frozen, and stands alone."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

from benchmarks.yardstick import PLAIN, describe_yardstick, hash_yardstick

FROZEN = "dd7da23de0cc"
ROOMS = {"app", "benchmarks", "geo", "layers", "pages", "reports", "store", "tests", "web"}


def test_the_yardstick_is_the_one_that_earlier_tables_name() -> None:
    # Whoever changes it measures with another measure: change this line, and README's tables.
    assert hash_yardstick() == FROZEN
    assert FROZEN in describe_yardstick()


def test_the_plain_app_imports_nothing_of_the_program() -> None:
    for file in PLAIN.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & ROOMS, file


def test_its_map_has_all_communes_with_a_name_and_a_polygon(tmp_path) -> None:
    target = tmp_path / "communes.geojson"
    command = "import sys; from pathlib import Path; import geometry; "
    command += "geometry.write_communes(Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", command, str(target)], cwd=PLAIN, check=True)
    codes = {
        feature["properties"]["code"]
        for feature in json.loads(target.read_text("utf-8"))["features"]
    }
    lines = (PLAIN / "values.csv").read_text("utf-8").splitlines()[1:]
    assert codes == {line.split(",")[0] for line in lines}
    assert len(codes) == 114
