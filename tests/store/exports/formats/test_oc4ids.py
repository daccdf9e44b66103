"""The OC4IDS package passes the schema and the standard's own checker, and invents nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource

from store.analysis.milestones.milestone_delays import list_delays
from store.db.errors import ExportError
from store.exports.formats.oc4ids_codes import classify_project_type, classify_sectors
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
from tests.shared_reference import LEFT_OUT, SHARED
from tests.small_facts import AEON, GOLF, LNG, OBSERVATIONS, RING_ROAD, no_facts, seen, small_facts
from tests.store.exports.made import KIM_THANH, data, hostile_facts, made
from tests.store.exports.schema_server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.facts.facts import Facts

STANDARD: Path | None = SHARED and SHARED / "standards" / "oc4ids-0.9.5"
needs_standard = pytest.mark.skipif(STANDARD is None or not STANDARD.is_dir(), reason=LEFT_OUT)
OWN_CODES = {
    "locationGazetteers.csv": {"VN-DVHC"},
    "metricID.csv": {"landClearance", "quantityDone", "quarterGoal"},
    "partyRole.csv": {"askedToAct"},
}
"""What is added to the standard's open lists."""


def package(facts: Facts, filters: Filters | None = None, **more: str) -> dict[str, Any]:
    return json.loads(data(facts, "oc4ids", filters, **more))


def projects(facts: Facts, filters: Filters | None = None) -> dict[str, dict[str, Any]]:
    found = package(facts, filters)["projects"]
    return {one["identifiers"][0]["id"]: one for one in found}


@pytest.fixture(scope="module")
def checked() -> Iterator[Any]:
    """Return the standard's own checker, asking nobody but this machine."""
    from libcoveoc4ids.api import oc4ids_json_output  # noqa: PLC0415 - slow to load
    from libcoveoc4ids.config import LibCoveOC4IDSConfig  # noqa: PLC0415

    assert STANDARD is not None
    with serving(STANDARD) as address:
        config = LibCoveOC4IDSConfig(
            {
                "schema_host": address,
                "schema_version_choices": {"0.9.5": ("0.9.5", address)},
                "schema_codelists": {"0.9": f"{address}codelists/"},
            }
        )
        yield lambda data: oc4ids_json_output(json_data=data, lib_cove_oc4ids_config=config)


@needs_standard
@pytest.mark.parametrize(
    "filters", [Filters(), Filters(period="2026-H1"), Filters(district=KIM_THANH)]
)
def test_the_standards_checker_finds_nothing(checked: Any, filters: Filters) -> None:
    _assert_clean(checked(package(load_facts(), filters)))


@needs_standard
@pytest.mark.parametrize("language", ["vi", "en"])
def test_hostile_texts_pass_it_too(checked: Any, language: str) -> None:
    _assert_clean(checked(package(hostile_facts(), language=language)))


def _assert_clean(told: dict[str, Any]) -> None:
    assert told["validation_errors"] == []
    assert told["additional_fields"] == {}
    assert told["conformance_checks"] == []
    assert told["additional_checks"] == []
    assert told["additional_closed_codelist_values"] == {}
    for found in told["additional_open_codelist_values"].values():
        assert set(found["values"]) <= OWN_CODES[found["codelist"]]


@needs_standard
def test_the_checker_would_find_a_fault(checked: Any) -> None:
    data = package(small_facts())
    project = data["projects"][0]
    project |= {"status": "delayed", "id": "KP-1", "colour": "red", "purpose": " "}
    project["budget"]["amount"]["amount"] = "much"
    told = checked(data)
    assert told["validation_errors_count"] > 0
    assert told["additional_fields_count"] == 1
    assert [one["check_id"] for one in told["conformance_checks"]] == ["invalid-project-ids"]
    assert [one["check_id"] for one in told["additional_checks"]] == ["missing-values"]
    assert told["additional_closed_codelist_values"]


@needs_standard
def test_the_schema_itself_is_met() -> None:
    assert STANDARD is not None
    schemas = [
        json.loads((STANDARD / f"{name}-schema.json").read_text("utf-8"))
        for name in ("project", "project-package")
    ]
    registry = Registry().with_resources(
        (schema["id"], Resource.from_contents(schema)) for schema in schemas
    )
    validator = Draft4Validator(schemas[1], registry=registry, format_checker=FormatChecker())
    assert [str(fault) for fault in validator.iter_errors(package(load_facts()))] == []
    assert list(validator.iter_errors({"projects": []}))


@pytest.mark.slow
def test_there_is_one_project_per_item_with_ids_of_our_own() -> None:
    facts, filters = load_facts(), Filters(district=KIM_THANH)
    found = package(facts, filters)["projects"]
    chosen = select_items(facts, filters).items["item"]
    assert {one["id"] for one in found} == {f"oc4ids-hpmap0-{item}" for item in chosen}
    about = found[0]["documents"][-1]
    assert "huyện Kim Thành" in about["description"]
    assert "chưa đăng ký" in about["description"]


def test_budget_stands_only_where_a_report_states_it() -> None:
    found = projects(load_facts())
    items = select_items(load_facts(), Filters()).items.set_index("item")["investment_mvnd"]
    for item, project in found.items():
        if pd.isna(items[item]):
            assert "budget" not in project
        else:
            assert project["budget"]["amount"] == {
                "amount": int(items[item]) * 1_000_000,
                "currency": "VND",
            }
    total = sum(one["budget"]["amount"]["amount"] for one in found.values() if "budget" in one)
    assert total == 329_455_709 * 1_000_000


def test_locations_are_communes_of_a_gazetteer_or_a_point_of_ones_own() -> None:
    facts = small_facts()
    point = {"item": GOLF, "lon": 106.3, "lat": 20.9, "accuracy_m": 8.0, "how": "gps", "note": ""}
    found = projects(replace(facts, points=pd.DataFrame([point]), version="points"))
    entries = [one["gazetteer"] for one in found[RING_ROAD]["locations"]]
    assert entries == [
        {"scheme": "VN-DVHC", "identifiers": ["11413"]},
        {"scheme": "VN-DVHC", "identifiers": ["11689"]},
    ]
    assert all("geometry" not in one for one in found[RING_ROAD]["locations"])
    assert found[GOLF]["locations"][-1]["geometry"]["coordinates"] == [106.3, 20.9]


def test_observations_stand_by_period_planned_apart_from_done() -> None:
    found = projects(small_facts())[AEON]
    (done,), (planned,) = (
        [one for one in found[which] if one["id"] == "physicalProgress"]
        for which in ("metrics", "forecasts")
    )
    assert [one["measure"] for one in done["observations"]] == [77]
    assert [one["measure"] for one in planned["observations"]] == [71]
    assert done["observations"][0]["period"] == {
        "startDate": "2026-01-01T00:00:00+07:00",
        "endDate": "2026-03-31T23:59:59+07:00",
    }
    assert done["observations"][0]["unit"]["name"] == "%"
    goals = [one for one in projects(small_facts())[LNG]["forecasts"] if one["id"] == "quarterGoal"]
    assert goals[0]["observations"][0]["measure"] == "misses"
    assert "q1-2026, dòng 742" in goals[0]["observations"][0]["notes"]


def test_milestones_say_due_met_and_how_they_moved() -> None:
    more = [
        *OBSERVATIONS,
        seen(AEON, "milestone_start", "2025-12-19", period="2025-11", doc="nov-2025"),
        seen(LNG, "milestone_start", "2025-Q4", period="2025-11", doc="nov-2025"),
        seen(LNG, "milestone_start", "2026-Q2"),
        seen(RING_ROAD, "milestone_finish", "2026-01"),
    ]
    found = projects(small_facts(observations=more))
    (start,) = found[AEON]["milestones"]
    assert (start["status"], start["code"]) == ("met", "commencement")
    assert start["dateMet"] == "2025-12-19T00:00:00+07:00"
    (moved,) = found[LNG]["milestones"]
    assert (moved["status"], moved["dueDate"]) == ("scheduled", "2026-06-30T23:59:59+07:00")
    assert "Lùi 181 ngày" in moved["description"]
    assert "quý IV/2025" in moved["description"]
    (late,) = found[RING_ROAD]["milestones"]
    assert (late["status"], late["code"]) == ("notMet", "completion")
    assert "dateMet" not in late


def test_every_slip_of_the_reports_is_told_by_a_milestone() -> None:
    facts = load_facts()
    found = projects(facts, Filters(period="2026-H1"))
    moved = [one for one in list_delays(facts) if one.what == "moved" and one.item in found]
    assert moved
    for one in moved:
        told = {m["id"]: m for m in found[one.item]["milestones"]}
        key = f"{one.field}/{one.component}" if one.component else one.field
        assert f"{abs(one.days)} ngày" in told[key]["description"]


def test_whom_a_report_asks_to_act_is_a_party() -> None:
    (party,) = projects(small_facts())[GOLF]["parties"]
    assert (party["name"], party["roles"]) == ("UBND phường Thạch Khôi", ["askedToAct"])


def test_what_status_does_not_tell_has_no_code() -> None:
    found = projects(small_facts())
    assert found[LNG]["status"] == "preparation"
    assert found[AEON]["status"] == "implementation"
    later = [
        *OBSERVATIONS,
        seen(AEON, "status", "removed_from_list", period="2026-H1", doc="h1-2026"),
    ]
    gone = projects(
        small_facts(observations=later),
        Filters(period="2026-H1", statuses=("removed_from_list",)),
    )
    assert "status" not in gone[AEON]


@pytest.mark.parametrize(
    ("name", "sector", "of_type"),
    [
        ("Dự án đầu tư xây dựng tuyến đường vành đai 2", ["transport.road"], "construction"),
        ("Cầu Đại An", ["transport.road"], ""),
        ("Dự án đầu tư xây dựng Nhà ga hành khách T2 Cảng Hàng không Cát Bi", ["transport.air"],
         "construction"),
        ("Khu đô thị mới và sân Gôn Liên Hồng (Nam cầu Lộ Cương)", [], ""),
        ("Dự án cải tạo, nâng cấp Bệnh viện đa khoa Hải Dương", ["health"], "rehabilitation"),
        ("Cải tạo, xây dựng lại chung cư cũ", [], ""),
        ("Dự án phát triển thành phố", [], ""),
    ],
)  # fmt: skip
def test_sector_and_type_follow_the_words_that_a_name_begins_with(
    name: str, sector: list[str], of_type: str
) -> None:
    assert (classify_sectors("key_project", name), classify_project_type(name)) == (sector, of_type)


def test_without_a_project_there_is_no_package() -> None:
    for facts in (no_facts(), small_facts()):
        with pytest.raises(ExportError, match="OC4IDS"):
            package(facts, Filters(text="không có gì"))


def test_prefix_and_publisher_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HPMAP_OC4IDS_PREFIX", "oc4ids-a1b2c3")
    monkeypatch.setenv("HPMAP_PUBLISHER", "Sở Tài chính Hải Phòng")
    found = json.loads(made(small_facts(), "oc4ids").content)
    assert found["publisher"] == {"name": "Sở Tài chính Hải Phòng"}
    assert all(one["id"].startswith("oc4ids-a1b2c3-") for one in found["projects"])
    monkeypatch.setenv("HPMAP_OC4IDS_PREFIX", "haiphong")
    with pytest.raises(ExportError, match="haiphong"):
        json.loads(made(small_facts(), "oc4ids").content)
