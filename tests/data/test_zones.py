"""The zones, parks, clusters, ports and urban areas of the gazetteer: names, places, evidence."""

from __future__ import annotations

import csv
import re

import pytest

from geo.paths import DATA
from tests.shared_reference import SHARED, needs_shared


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def zones() -> dict[str, dict[str, str]]:
    return {row["zone"]: row for row in rows_of("gazetteer/zones.csv")}


def test_zones_give_evidence_for_every_commune() -> None:
    """Known codes; a document's line or a named address; nothing for what is unknown."""
    codes = {row["code"] for row in rows_of("gazetteer/communes.csv")}
    docs = {row["doc"] for row in rows_of("facts/documents.csv")}
    for zone, row in zones().items():
        communes = row["communes"].split()
        assert set(communes) <= codes, zone
        assert len(communes) == len(set(communes)), zone
        if row["confidence"] == "unknown":
            assert not communes, zone
            assert not row["evidence"], zone
            assert row["note"], zone
            continue
        assert communes, zone
        assert row["confidence"] in {"certain", "likely"}, zone
        if row["evidence_kind"] == "report":
            assert re.match(rf"(?:{'|'.join(docs)}):\d+", row["evidence"]), zone
        else:
            assert row["evidence_kind"] == "public_source", zone
            assert "https://" in row["evidence"] or "http://" in row["evidence"], zone


def test_no_name_or_alias_belongs_to_two_zones() -> None:
    """A name that is looked up leads to one zone."""
    owners: dict[str, set[str]] = {}
    for zone, row in zones().items():
        for name in (row["name"], *filter(None, row["aliases"].split(";"))):
            owners.setdefault(name.casefold(), set()).add(zone)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


@needs_shared
@pytest.mark.parametrize("district", ["Kim Thành", "Gia Lộc", "Tiên Lãng", "An Dương"])
def test_former_communes_of_the_evidence_lead_to_the_communes_named(district: str) -> None:
    """The overlay of 2008 and today agrees with the placing of parks told by former communes."""
    named: dict[str, dict[str, tuple[str, ...]]] = {
        "Kim Thành": {"KCN-KIM-THANH": ("Thượng Vũ", "Tuấn Hưng", "Cổ Dũng"),
                      "KCN-KIM-THANH-2": ("Đại Đức", "Tam Kỳ")},
        "Gia Lộc": {"KCN-HOANG-DIEU": ("Hoàng Diệu", "Gia Khánh", "Hồng Hưng")},
        "Tiên Lãng": {"KCN-TIEN-THANH": ("Tiên Thanh", "Cấp Tiến"),
                      "CHK-TIEN-LANG": ("Vinh Quang", "Tiên Hưng", "Đông Hưng", "Tây Hưng")},
        "An Dương": {"KCN-NOMURA-2": ("An Hưng", "An Hồng", "Đại Bản")},
    }  # fmt: skip
    assert SHARED is not None
    table = SHARED / "reference" / "commune_lineage_2008_to_2025.csv"
    with table.open(encoding="utf-8", newline="") as file:
        today = {row["former_commune"]: row["commune_code"] for row in csv.DictReader(file)
                 if row["former_district"] == district}  # fmt: skip
    for zone, former in named[district].items():
        assert all(name in zones()[zone]["evidence"] for name in former)
        assert {today[name] for name in former} == set(zones()[zone]["communes"].split())
