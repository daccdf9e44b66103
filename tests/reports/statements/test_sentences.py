"""What sentences say, as statements: each with its subject, field, value, mood and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.geocoder import get_default_geocoder
from reports.extract import extract_document
from reports.open import open_document

if TYPE_CHECKING:
    from reports.model.statement import Statement, StatementReading


def read(text: str) -> StatementReading:
    document = open_document(text.encode(), "van-ban.txt")
    return extract_document(document, get_default_geocoder()).reading


def find(text: str, field: str) -> list[Statement]:
    return [s for s in read(text).statements if s.field == field]


def test_a_project_in_a_sentence_has_its_amount_its_length_and_its_day() -> None:
    text = (
        "Ngày 12/3/2026\n\nDự án cầu Bến Lau vượt sông Văn Úc có tổng mức đầu tư hơn "
        "1.235 tỷ đồng, dài 2,4 km, dự kiến khởi công quý III/2026.\n"
    )
    (investment,) = find(text, "investment")
    assert (investment.value, investment.unit) == (1_235_000, "triệu đồng")
    assert (investment.qualifier, investment.status) == ("over", "sure")
    assert "cầu Bến Lau" in investment.subject
    (length,) = find(text, "length")
    assert (length.value, length.unit) == (2.4, "km")
    (start,) = find(text, "start")
    assert (start.value, start.mood) == ("2026-Q3", "planned")


@pytest.mark.parametrize(
    "words", ["phấn đấu giải ngân 9.120 tỷ đồng", "phải giải ngân 9.120 tỷ đồng"]
)
def test_a_target_is_never_what_the_city_has_done(words: str) -> None:
    statements = read(f"Ngày 05/11/2025\n\nQuý IV, thành phố {words} vốn đầu tư công.\n").statements
    (target,) = [s for s in statements if s.value == 9_120_000]
    assert target.field in {"disbursement_target", "planned_disbursement"}
    assert (target.subject_kind, target.mood) != ("city", "done")


def test_offsets_and_lines_are_those_of_the_words() -> None:
    text = "Tiêu đề\n\nDự án đường trục Tân Hòa dài 3,5 km.\n\nCụm công nghiệp Bắc Hà rộng 48 ha.\n"
    for statement in read(text).statements:
        assert statement.sentence[statement.start : statement.end] == statement.stated
    assert {s.place.line_from for s in find(text, "area")} == {5}


def test_every_sentence_is_counted_once() -> None:
    reading = read("Một câu. Dự án cầu Lau dài 2 km. Trời đẹp! Còn 15 hộ chưa giao mặt bằng.\n")
    assert reading.balance.exact
    assert reading.balance.total == 4


def test_what_nothing_uses_is_left_over_as_it_stands() -> None:
    (unread,) = read("Dự án cầu Bến Lau được nhắc tại văn bản số 4521 và trang 17.\n").unread
    assert {"4521", "17"} <= set(unread.left_over)


def test_a_name_may_say_itself_where_its_thing_lies() -> None:
    (place,) = find("Ngày 12/3/2026\n\nNhà ở xã hội phường Hải An có 420 căn.\n", "located_in")
    assert place.communes == ("11413",)
