"""Random number formats and values show what LibreOffice shows, where both mean the same.

Left out is what LibreOffice does otherwise than Excel: General's digits, days before March 1900,
halves that binary fractions miss, fractions (#FMT for large numbers). It is compared in our
writing: a comma for decimals, a lone group without its point.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reports.readers.sheets.number_formats.shown_values import show_value

if TYPE_CHECKING:
    from pathlib import Path

_SWAP = str.maketrans(",.", ".,")
_FILTER = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,false,true,false"

_before = st.sampled_from(["", '"DA "', "$", "\\+", "(", "[Red]", "_(", "* "])
_whole = st.sampled_from(["0", "#,##0", "000", "#", "#,###", "0000"])
_scale = st.sampled_from(["", "", "", ",", ",,"])
_decimals = st.sampled_from(["", "", ".0", ".00", ".0#", ".##", ".000", ".?"])
_after = st.sampled_from(["", '" tỷ"', "%", '\\ "triệu đồng"', ")", "_)", '" %"', "\\ \\đ"])
_number = st.builds(lambda *parts: "".join(parts), _before, _whole, _decimals, _scale, _after)
_sections = st.one_of(
    _number,
    st.lists(_number, min_size=2, max_size=3).map(";".join),
    st.builds("[>={}]{};{}".format, st.sampled_from([1000, 1000000]), _number, _number),
    st.just("0.00E+00"),
)
_values = st.one_of(
    st.integers(-2_000_000, 2_000_000),
    st.integers(0, 10**13),
    st.integers(-(10**7), 10**7).map(lambda number: number / 1024),
    st.sampled_from([0, 0.5, 0.125, 0.45, 99.75, 1198.916, 234539, 1e-3]),
)
_dates = st.tuples(
    st.integers(70, 60_000).map(lambda day: day + 0.25),
    st.sampled_from([
        "dd/mm/yyyy", '"Khánh thành "mm/yyyy', '"ngày "dd" tháng "mm" năm "yyyy', "hh:mm",
        "dd/mm/yyyy hh:mm", '"năm "yyyy', 'd" tháng "m', "hh:mm:ss",
    ]),
)  # fmt: skip


def write_our_way(shown: str) -> str:
    text = " ".join(shown.translate(_SWAP).split())
    text = re.sub(r"(?<=\d),(?!\d)|(?<!\d),(?!\d)", "", text)
    text = re.sub(r"(?<!\d),(?=\d)", "0,", text)
    if not any(letter.isalpha() for letter in text):
        text = re.sub(r"(?<![\d.,])(\d{1,3})\.(\d{3})(?![\d.,])", r"\1\2", text)
    text = re.sub(r"(?<![\d.,])(\d+,\d{3})(?![\d.,])", r"\g<1>0", text)
    return drop_sign_of_zero(text.replace("- ", "-"))


def drop_sign_of_zero(text: str) -> str:
    return " ".join((text if re.search("[1-9]", text) else text.replace("-", "")).split())


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize=True,
)
@given(st.lists(st.one_of(st.tuples(_values, _sections), _dates), min_size=300, max_size=300))
def test_a_value_is_shown_as_libreoffice_shows_it(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[float, str]]
) -> None:
    shown = show_in_libreoffice(tmp_path_factory.mktemp("sheets"), pairs)
    differing = [
        (value, code, theirs, ours)
        for (value, code), theirs in zip(pairs, shown, strict=True)
        if (ours := drop_sign_of_zero(show_value(value, code).replace("- ", "-")))
        != write_our_way(theirs)
    ]
    assert differing == []


def show_in_libreoffice(folder: Path, pairs: list[tuple[float, str]]) -> list[str]:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.set_column(0, 0, 80)
        for row, (value, code) in enumerate(pairs):
            sheet.write_number(row, 0, value, book.add_format({"num_format": code}))
            sheet.write_string(row, 1, "|")
    (folder / "a.xlsx").write_bytes(content.getvalue())
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", _FILTER, "--outdir", str(folder), str(folder / "a.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    text = (folder / "a.csv").read_text("utf-8")
    return [row[0] for row in csv.reader(io.StringIO(text), delimiter="\t")]
