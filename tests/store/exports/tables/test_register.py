"""The register's files hold exactly the cases chosen, with level and source, and are noted."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from reports.model.schema import is_body_name
from store.clearance.register import edit_case, open_case, open_stated_cases
from store.clearance.suggested_cases import list_suggested_cases
from store.db.errors import ExportError, NotAllowedError
from store.editing.open_record import read_case as look
from store.exports.tables.register import export_register
from store.facts.facts import load_facts
from tests import templates
from tests.hostile import HOSTILE_TEXTS
from tests.people import ADMIN, VISITOR, person
from tests.store.corrections import history_of

if TYPE_CHECKING:
    from pathlib import Path

WHY = "thử"


@pytest.fixture
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Return the cases of a register made of what the reports state."""
    templates.use_copy(templates.curated_store(), tmp_path, monkeypatch)
    return open_stated_cases(
        [one.source for one in list_suggested_cases(load_facts())], actor=ADMIN
    )


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def test_the_workbook_holds_the_cases_chosen_and_no_other(cases: tuple[str, ...]) -> None:
    chosen = cases[:3]
    token = look(chosen[0]).token
    edit_case(chosen[0], {"area_ha": 12.5}, seen=token, actor=ADMIN, why=WHY)
    made = export_register(load_facts(), chosen, "xlsx", ADMIN, filters_text="Mức xử lý: 3")
    assert made.rows == 3
    first = next(iter(sheets(made.content).values()))
    cells = [cell for row in first for cell in row]
    assert {cell for cell in cells if str(cell).startswith("GP-")} == set(chosen)
    assert 12.5 in cells
    assert any("Mức xử lý: 3" in str(cell) for cell in cells)
    told = history_of("exports", made.name)
    assert '"cases":3' in told["after"].item()


@pytest.mark.slow
def test_csv_is_safe_whatever_a_case_says(cases: tuple[str, ...]) -> None:
    texts = [text for text in HOSTILE_TEXTS if text.strip()]
    made = [
        open_case(
            {"item": "KP-20", "statement": text, "body": text if is_body_name(text) else ""},
            actor=ADMIN,
            why=WHY,
        )
        for text in texts
    ]
    file = export_register(load_facts(), made, "csv", ADMIN)
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        text = archive.read("cases.csv").decode("utf-8-sig")
    assert text.count("GP-") >= len(texts)
    assert "\n=" not in text
    assert ",=" not in text
    assert cases[0] not in text


def test_nobody_exports_what_they_may_not_read(cases: tuple[str, ...]) -> None:
    near = person("gan", "planner", scope=frozenset({"11002"}), sees_all=False)
    made = export_register(load_facts(), cases, "csv", near)
    assert made.rows == 1
    with pytest.raises(NotAllowedError):
        export_register(load_facts(), cases, "csv", VISITOR)
    with pytest.raises(ExportError):
        export_register(load_facts(), cases, "exe", ADMIN)
