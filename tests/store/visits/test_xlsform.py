"""The visit form is what pyxform and ODK Validate accept, whatever the items are called."""

from __future__ import annotations

import dataclasses
import io
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from pyxform.xls2xform import convert

from geo.i18n import load_catalogue
from reports.model.schema import CLEARANCE_CATEGORIES
from reports.odk.answers import read_answers
from reports.odk.fields import ANSWERS, NO_COMMUNE
from reports.odk.instances import read_instance
from reports.odk.submission import ODK_LIMITS
from reports.odk.uploads import UploadPart
from store.db.errors import StoreError
from store.visits.xlsform import LANGUAGE_NAMES, compute_form_version, make_visit_form
from tests.hostile import HOSTILE_TEXTS
from tests.odk_exports import ONE, made
from tests.people import ADMIN
from tests.small_facts import (
    AEON,
    HAI_AN,
    HUNG_DAO,
    ITEMS,
    RING_ROAD,
    THACH_KHOI,
    item,
    no_facts,
    small_facts,
)
from tests.tools import needed

if TYPE_CHECKING:
    from pathlib import Path

    from store.facts.facts import Facts

XF = "{http://www.w3.org/2002/xforms}"
H = "{http://www.w3.org/1999/xhtml}"


def sheets(data: bytes) -> dict[str, list[dict[str, object]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    read = {}
    for sheet in book.worksheets:
        head, *rows = sheet.iter_rows(values_only=True)
        read[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return read


def hostile_facts() -> Facts:
    """Return facts whose items bear hostile names, one each."""
    facts = small_facts(items=[*ITEMS, *(item(f"H-{at}") for at in range(len(HOSTILE_TEXTS)))])
    names = facts.items.set_index("item")["name"]
    for at, text in enumerate(HOSTILE_TEXTS):
        names[f"H-{at}"] = text
    items = facts.items.assign(name=list(names))
    return dataclasses.replace(facts, version="hostile", items=items)


FACTS = {"small": small_facts, "hostile": hostile_facts}


@pytest.mark.parametrize("which", FACTS)
def test_pyxform_makes_a_form_of_it_without_a_warning(which: str, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(make_visit_form(FACTS[which](), ADMIN))
    made = convert(path)
    assert made.warnings == []
    assert ET.fromstring(made.xform).tag == f"{H}html"  # noqa: S314 - our own form


@pytest.mark.slow
@pytest.mark.parametrize("which", ["small", "hostile"])
def test_odk_validate_accepts_it(which: str, tmp_path: Path) -> None:
    needed(shutil.which("java"), "Java (default-jre-headless), which runs ODK Validate,")
    path = tmp_path / "form.xlsx"
    path.write_bytes(make_visit_form(FACTS[which](), ADMIN))
    assert convert(path, validate=True).warnings == []


def test_every_field_that_is_read_back_is_asked_for() -> None:
    asked = {row["name"] for row in sheets(make_visit_form(small_facts(), ADMIN))["survey"]}
    assert set(ANSWERS) <= asked
    assert {"place", "photos", "picture", "caption"} <= asked


def test_what_the_form_makes_is_what_the_import_reads(tmp_path: Path) -> None:
    """Fill in the instance that pyxform makes of the form, as ODK Collect does, and read it."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(make_visit_form(small_facts(), ADMIN))
    form = ET.fromstring(convert(path).xform)  # noqa: S314 - our own form
    instance = form.find(f".//{XF}model/{XF}instance/*")
    assert instance is not None
    told = made(ONE, RING_ROAD, photos=1, observed_handed_ha="1.5", note="Ghi chú")
    answers = told.answers | {
        "place": " ".join(told.place),
        "instanceID": f"uuid:{ONE}",
        "picture": told.photos[0][0],
        "caption": told.photos[0][1],
    }
    left = set(answers)
    for node in instance.iter():
        name = node.tag.rpartition("}")[2]
        if name in answers and not len(node):
            node.text = answers[name]
            left.discard(name)
    assert left == set()
    one = read_instance(UploadPart("a.xml", "", ET.tostring(instance)), ODK_LIMITS)
    read, wrongs = read_answers(one, datetime(2026, 11, 25, tzinfo=UTC))
    assert wrongs == []
    assert read is not None
    assert (read.visit, read.item, read.observed_handed_ha) == (ONE, RING_ROAD, 1.5)
    assert (read.lat, read.note) == (20.85, "Ghi chú")
    assert {(shot.name, shot.caption) for shot in one.photos} == {told.photos[0]}


def test_items_follow_the_chosen_commune_and_bring_what_reports_claim() -> None:
    read = sheets(make_visit_form(small_facts(), ADMIN))
    (question,) = [row for row in read["survey"] if row["name"] == "item"]
    assert question["choice_filter"] == "selected(communes, ${commune})"
    items = {row["name"]: row for row in read["choices"] if row["list_name"] == "item"}
    assert set(items[RING_ROAD]["communes"].split()) == {HAI_AN, HUNG_DAO}
    assert items[RING_ROAD]["construction"] == "43"
    assert items["KCN-SMALL"]["communes"] == NO_COMMUNE
    communes = [row["name"] for row in read["choices"] if row["list_name"] == "commune"]
    assert len(communes) == 115
    assert HAI_AN in communes


def test_shares_are_bounded_and_the_position_has_a_threshold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HPMAP_MAX_ACCURACY_M", "20")
    survey = {row["name"]: row for row in sheets(make_visit_form(small_facts(), ADMIN))["survey"]}
    for name in ("observed_construction_pct", "claimed_clearance_pct"):
        assert survey[name]["constraint"] == ". >= 0 and . <= 100"
    assert survey["place"]["parameters"] == "capture-accuracy=20 warning-accuracy=20"


def test_all_questions_and_choices_speak_both_languages() -> None:
    read = sheets(make_visit_form(small_facts(), ADMIN))
    for row in (*read["survey"], *read["choices"]):
        if row.get("type") in {"start", "end", "username", "calculate", "end_repeat"}:
            continue
        for language in LANGUAGE_NAMES.values():
            assert row[f"label::{language}"], row
    for language in LANGUAGE_NAMES:
        assert {f"layers.obstacle.{name}" for name in CLEARANCE_CATEGORIES} <= set(
            load_catalogue(language)
        )


def test_who_has_an_area_gets_the_items_there_only() -> None:
    user = dataclasses.replace(ADMIN, scope=frozenset({THACH_KHOI}))
    read = sheets(make_visit_form(small_facts(), user))
    items = [row["name"] for row in read["choices"] if row["list_name"] == "item"]
    assert AEON in items
    assert RING_ROAD not in items
    assert [row["name"] for row in read["choices"] if row["list_name"] == "commune"] == [THACH_KHOI]


def test_no_cell_is_a_formula_and_no_label_refers_to_a_question() -> None:
    data = make_visit_form(hostile_facts(), ADMIN)
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert [cell.coordinate for cell in row if cell.data_type == "f"] == []
    for row in sheets(data)["choices"]:
        assert "${" not in str(row[f"label::{LANGUAGE_NAMES['vi']}"])


def test_without_items_there_is_no_form_but_a_word_why() -> None:
    with pytest.raises(StoreError, match="báo cáo"):
        make_visit_form(no_facts(), ADMIN)


def test_the_version_is_that_of_the_facts() -> None:
    settings = sheets(make_visit_form(small_facts(), ADMIN))["settings"][0]
    assert settings["version"] == compute_form_version(small_facts())
    assert compute_form_version(small_facts()) != compute_form_version(no_facts())
