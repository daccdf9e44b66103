"""Names of bodies are told from numbers, shares, amounts and days, wherever they come in."""

from __future__ import annotations

import pytest

from geo.geocoder import get_default_geocoder
from reports.grammar.bodies import find_lead_bodies
from reports.model.schema import is_body_name
from reports.statements.tables.cells.words import read_bodies

NO_BODIES = ("12 %", "12", "5 tỷ đồng", "31/12/2026", "–", "- 3", "Sở Xây dựng; 12 %", ";", "A")
BODIES = ("Sở Xây dựng", "UBND phường Hải An; Sở Tài chính", "“Ban quản lý” dự án", "Đ/c Chủ tịch")


@pytest.mark.parametrize("text", NO_BODIES)
def test_what_names_nobody_is_no_body(text: str) -> None:
    assert not is_body_name(text)


@pytest.mark.parametrize("text", BODIES)
def test_what_names_somebody_is_a_body(text: str) -> None:
    assert is_body_name(text)


def test_a_number_in_a_column_of_bodies_is_not_read_as_one() -> None:
    assert find_lead_bodies("12 %", get_default_geocoder(), None) == ()
    assert find_lead_bodies("Sở Xây dựng; 12 %", get_default_geocoder(), None) == ("Sở Xây dựng",)
    assert list(read_bodies("12 %; 5 tỷ đồng")) == []
