"""A planner takes the former huyện Kim Thành's items home for GIS, from the list's own button."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest

from store.exports.export import FORMATS
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
from tests.store.exports.made import KIM_THANH

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser
LABELS = {
    "xlsx": "Excel (XLSX)",
    "csv": "CSV (ZIP)",
    "geojson": "GeoJSON (ZIP)",
    "gpkg": "GeoPackage (GPKG)",
    "oc4ids": "OC4IDS 0.9.5 (JSON)",
}


def take(page: Page, folder: Path, label: str) -> Path:
    """Return the file that a button of the open list gives, under the name that it is offered."""
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name=label).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def open_list(watched: Watched, address: str) -> None:
    watched.page.goto(address)
    watched.page.get_by_test_id("stDataFrame").first.wait_for(timeout=60_000)
    watched.settle()
    watched.page.get_by_role("button", name="Tải về").click()
    watched.page.get_by_role("button", name=LABELS["xlsx"]).wait_for()


@pytest.mark.slow
def test_kim_thanh_comes_home_for_gis(app_address: str, desktop: Watched, tmp_path: Path) -> None:
    open_list(desktop, f"{app_address}/danh-muc?district={KIM_THANH}")
    chosen = set(select_items(load_facts(), Filters(district=KIM_THANH)).items["item"])
    desktop.page.get_by_text(f"{len(chosen)} mục đang lọc").wait_for()
    file = take(desktop.page, tmp_path, LABELS["gpkg"])
    assert file.suffix == ".gpkg"
    items = gpd.read_file(file, layer="du_an_vn2000")
    assert items.crs.to_epsg() == 9210
    assert set(items["item"]) == chosen
    package = json.loads(take(desktop.page, tmp_path, LABELS["oc4ids"]).read_bytes())
    assert {one["identifiers"][0]["id"] for one in package["projects"]} == chosen
    assert desktop.foreign() == []
    assert desktop.errors == []


@pytest.mark.slow
def test_every_format_comes_on_a_phone_too(
    app_address: str, phone: Watched, tmp_path: Path
) -> None:
    open_list(phone, f"{app_address}/danh-muc?text=cat+bi")
    starts = {"xlsx": b"PK", "csv": b"PK", "geojson": b"PK", "gpkg": b"SQLite", "oc4ids": b"{"}
    assert set(starts) == set(FORMATS)
    for name, start in starts.items():
        assert take(phone.page, tmp_path, LABELS[name]).read_bytes().startswith(start)
    width = phone.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


@pytest.mark.slow
def test_without_an_item_oc4ids_is_not_offered(
    app_address: str, desktop: Watched, tmp_path: Path
) -> None:
    open_list(desktop, f"{app_address}/danh-muc?text=khong+co+gi+nhu+the")
    assert desktop.page.get_by_role("button", name=LABELS["oc4ids"]).is_disabled()
    assert take(desktop.page, tmp_path, LABELS["geojson"]).read_bytes().startswith(b"PK")
