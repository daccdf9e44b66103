"""Streamlit's scripts are served with the lines that are ours, and no others."""

from pathlib import Path

import pytest

from web.browser_files.script_rewrites import REWRITES, read_script
from web.browser_files.static_files import list_static_files


def find_script(name: str) -> Path:
    (path,) = [
        path
        for address, path in list_static_files().items()
        if address.startswith(f"/static/js/{name}.") and path.suffix == ".js"
    ]
    return path


@pytest.mark.parametrize("name", REWRITES)
def test_this_version_of_streamlit_has_the_lines_that_are_served_otherwise(name: str) -> None:
    served = read_script(find_script(name)).decode()
    for line, ours in REWRITES[name]:
        assert line not in served
        assert ours in served


def test_every_other_file_is_served_as_it_is() -> None:
    ours = {find_script(name) for name in REWRITES}
    for path in set(list_static_files().values()) - ours:
        assert read_script(path) == path.read_bytes()


def test_a_script_that_reads_otherwise_is_served_as_it_is(tmp_path: Path) -> None:
    other = tmp_path / "DataFrame.abc.js"
    other.write_text("let t=another()")
    assert read_script(other) == other.read_bytes()
