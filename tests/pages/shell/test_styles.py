"""Style sheets reach the browser: Streamlit drops a whole one that seems to hold a tag."""

from __future__ import annotations

from pathlib import Path

import pytest

import pages.shell

SHEETS = sorted((Path(pages.shell.__file__).parent / "assets").glob("*.css"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_style_sheet_holds_no_opening_of_a_tag(sheet: Path) -> None:
    assert "<" not in sheet.read_text("utf-8")
