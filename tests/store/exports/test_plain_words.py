"""What people read in an export is words: no code of the program stands where a reader looks."""

import io
import re

import openpyxl
import pytest

from geo.i18n import LANGUAGES
from reports.model import schema
from store.facts.facts import Facts, load_facts
from tests.store.exports.made import content, data
from tests.store.exports.tables.test_field_records import staffed

WORDS = {
    word
    for name, words in vars(schema).items()
    if name.isupper() and isinstance(words, tuple)
    for word in words
} | set(schema.FIELDS)
PERIOD = r"\d{4}-(?:Q[1-4]|H[12]|\d{2})(?![\d-])"
SOUND = {"raw", "note", "name", "cell", "zone", "sha256"}
"""Columns whose words are a document's or a person's own."""


def code_pattern(facts: Facts) -> re.Pattern[str]:
    """Return what no cell for people may hold: words of the program, periods, document codes."""
    known = sorted({*WORDS, *facts.documents["doc"]}, key=len, reverse=True)
    exponent = r"\d(?:\.\d+)?e[+-]?\d+"
    codes = "|".join(map(re.escape, known))
    return re.compile(rf"(?<![\w-])(?:{codes}|{PERIOD}|{exponent})(?![\w-])")


STAFF = ["Hồ sơ GPMB", "Các bước GPMB", "Kiểm tra hiện trường"]


@pytest.mark.parametrize("staff", [False, True], ids=["reports", "staff"])
def test_no_cell_of_the_workbook_is_a_code(staff: bool) -> None:
    facts = staffed() if staff else load_facts()
    pattern = code_pattern(facts)
    book = openpyxl.load_workbook(io.BytesIO(data(facts, "xlsx")))
    found = {
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book
        if sheet.title in STAFF or not staff
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and pattern.search(cell.value)
    }
    assert found == set()


def test_every_code_of_a_file_for_programs_has_its_words_beside_it() -> None:
    """In every format: a column that holds codes is said to, and one in words stands beside it."""
    facts = load_facts()
    pattern = code_pattern(facts)
    for table in content(facts).tables:
        for index, column in enumerate(table.columns):
            if column.coded or column.kind in {"when", "moment"} or column.key in SOUND:
                continue
            coded = [row[index] for row in table.rows if pattern.search(str(row[index] or ""))]
            assert coded == [], (table.key, column.key)


def test_places_in_a_list_are_numbers() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(data(load_facts(), "xlsx")))["Danh mục"]
    head = int(sheet.freeze_panes[1:]) - 1
    at = [cell.value for cell in sheet[head]].index("Số trong danh mục")
    numbers = {row[at].value for row in sheet.iter_rows(min_row=head + 1)}
    assert {2, 10, 11} <= numbers
    assert not [number for number in numbers if isinstance(number, str) and number.isdecimal()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_are_titles_and_lines(language: str) -> None:
    made = content(load_facts(), language=language).get_table("items").frame()
    row = made.set_index("item").loc["KP-02"]
    assert row["investment_mvnd_source_text"].startswith("Báo cáo kết quả thực hiện các nhiệm vụ")
    assert row["investment_mvnd_source"].startswith("q1-2026, ")
    assert row["investment_mvnd_period_text"] != row["investment_mvnd_period"] == "2026-Q1"
