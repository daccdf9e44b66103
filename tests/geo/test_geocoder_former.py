"""The geocoder on former units: communes in their districts, districts as sets, old or new."""

from datetime import date

import pytest

from geo.gazetteer import load_gazetteer
from geo.geocoder import SURE, GeocodeResult, get_default_geocoder

BEFORE, AFTER = date(2024, 5, 1), date(2026, 1, 1)


def read(text: str, as_of: date | None = None) -> GeocodeResult:
    return get_default_geocoder().geocode(text, as_of=as_of)


def codes(result: GeocodeResult) -> list[str]:
    return [match.code for match in result.matches]


def names(result: GeocodeResult) -> set[str]:
    return {match.name for match in result.matches}


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("xã Nam Hưng, huyện Tiên Lãng", "Xã Chấn Hưng"),
        ("xã Nam Hưng, huyện Nam Sách", "Xã Hợp Tiến"),
        ("xã Nam Hưng (huyện Tiên Lãng)", "Xã Chấn Hưng"),
        ("xã Nam Hưng thuộc huyện Tiên Lãng", "Xã Chấn Hưng"),
        ("X. Nam Hưng, H. Tiên Lãng, TP. Hải Phòng", "Xã Chấn Hưng"),
        ("huyện Tiên Lãng: xã Nam Hưng", "Xã Chấn Hưng"),
        ("phường Đông Hải 2, quận Hải An", "Phường Đông Hải"),
        ("Xã Đông Phương, huyện Kiến Thụy", "Xã Kiến Minh"),
        ("phường Trảng Cát, quận Hải An", "Phường Hải An"),
        ("Xã Đông Thái, huyện An Dương", "Phường An Hải"),
        ("phường Thượng Lý, quận Hồng Bàng", "Phường Hồng Bàng"),
        ("phường Thành Tô, quận Hải An (nay là phường Hải An)", "Phường Hải An"),
        ("Xã Xuân Đám, huyện Cát Hải - nay là đặc khu Cát Hải", "Đặc khu Cát Hải"),
        ("TT Núi Đèo", "Phường Thủy Nguyên"),
        ("thị trấn Cẩm Giang, huyện Cẩm Giàng", "Xã Cẩm Giang"),
    ],
)
def test_a_former_commune_leads_to_the_commune_of_today(text: str, commune: str) -> None:
    """Its district only says which one is meant, whatever commune bears its name today."""
    result = read(text)
    assert result.status == "matched"
    assert names(result) == {commune}


def test_every_former_commune_in_its_district_is_found_or_asked_about() -> None:
    """None of them is silently taken for another; nearly all are matched."""
    units = [u for u in load_gazetteer().unit_by_id.values() if u.level == "commune"]
    matched = 0
    for unit in units:
        result = read(unit.label())
        if result.status == "matched":
            matched += 1
            assert codes(result)[0] == unit.communes[0], unit.label()
        else:
            assert result.status == "review", unit.label()
            assert set(codes(result)) & set(unit.communes), unit.label()
    assert matched >= 0.9 * len(units)


def test_a_district_is_the_set_of_its_communes_never_the_commune_of_its_name() -> None:
    """All of them, each by the method ``former_district``, and only those."""
    units = [u for u in load_gazetteer().unit_by_id.values() if u.level == "district"]
    for unit in units:
        result = read(unit.label())
        assert result.status == "matched", unit.label()
        assert codes(result) == list(unit.communes), unit.label()
        assert {m.method for m in result.matches} == {"former_district"}, unit.label()


@pytest.mark.parametrize("text", ["huyện An Lão", "H. An Lão", "HUYỆN AN LÃO", "huyên An Lão"])
def test_huyen_an_lao_is_not_xa_an_lao(text: str) -> None:
    """However the type word is written, the district is several communes."""
    assert len(codes(read(text))) > 1


def test_several_districts_in_a_list_are_all_sets() -> None:
    """The type word governs the list."""
    result = read("các huyện Tiên Lãng, Vĩnh Bảo và quận Hải An")
    units = load_gazetteer().unit_by_id
    wanted = {
        code
        for unit in units.values()
        if unit.level == "district" and unit.name in {"Tiên Lãng", "Vĩnh Bảo", "Hải An"}
        for code in unit.communes
    }
    assert result.status == "matched"
    assert set(codes(result)) == wanted


def test_a_district_that_the_communes_do_not_lie_in_is_doubted() -> None:
    """A list, or a mistake: the commune is sure, the district's communes are candidates."""
    result = read("phường Hải An, huyện Thủy Nguyên")
    assert result.status == "review"
    assert [m.name for m in result.matches if m.confidence >= SURE] == ["Phường Hải An"]


def test_a_city_of_the_old_province_is_context_beside_its_wards() -> None:
    """And a set when it stands alone."""
    assert names(read("Phường Nam Đồng, thành phố Hải Dương")) == {"Phường Nam Đồng"}
    assert len(codes(read("thành phố Hải Dương cũ"))) > 5
    assert read("tỉnh Hải Dương").status == "unknown"
    assert read("thành phố Hải Phòng").status == "unknown"


def test_a_name_of_several_former_communes_is_not_guessed() -> None:
    """Without a district both are offered, with their communes of today."""
    result = read("xã Nam Hưng")
    assert result.status == "review"
    assert names(result) == {"Xã Chấn Hưng", "Xã Hợp Tiến"}


def test_a_divided_commune_gives_its_parts_by_share() -> None:
    """All of them, the largest first, where their sizes are certain."""
    result = read("thị trấn Lai Cách, huyện Cẩm Giàng")
    assert result.status == "matched"
    assert [m.name for m in result.matches] == ["Phường Việt Hòa", "Phường Tứ Minh"]
    assert {m.method for m in result.matches} == {"former_part"}
    assert all(m.confidence >= SURE for m in result.matches)


def test_parts_of_unknown_size_are_asked_about() -> None:
    """What is missing from the largest part is more than a drawing's noise."""
    result = read("xã Thái Dương, huyện Bình Giang")
    assert result.status == "review"
    assert len(codes(result)) == 2
    assert all(m.confidence < SURE for m in result.matches)


def test_a_sliver_is_told_beside_the_match() -> None:
    """The commune that got nearly all is taken, and who got the rest is said."""
    result = read("xã Tân Hồng, huyện Bình Giang")
    assert (result.status, len(result.matches)) == ("matched", 1)
    assert result.matches[0].left_out
    unit = load_gazetteer().unit_by_id["hd.binh-giang.xa-tan-hong"]
    assert {result.matches[0].code, *result.matches[0].left_out} == set(unit.communes)


def test_no_divided_commune_is_answered_with_one_in_silence() -> None:
    """Each names all of today's communes, tells the slivers, or asks."""
    for unit in load_gazetteer().unit_by_id.values():
        if unit.level != "commune" or len(unit.communes) == 1:
            continue
        result = read(unit.label())
        told = {code for match in result.matches for code in (match.code, *match.left_out)}
        assert result.status == "review" or told >= set(unit.communes), unit.label()


def test_a_bare_name_of_a_divided_commune_is_asked_about() -> None:
    """``Lê Hồng Phong`` is a street's and a person's name as well."""
    assert read("Lê Hồng Phong").status == "review"


def test_the_type_word_tells_an_old_unit_from_a_new_one() -> None:
    """``thị trấn An Lão`` and ``phường Đông Hải 2`` are old, ``xã An Lão`` is of today."""
    assert read("xã An Lão").matches[0].method == "exact"
    assert read("thị trấn An Lão").matches[0].method == "former_commune"
    assert read("phường Đông Hải").matches[0].method == "exact"
    assert read("phường Đông Hải 2").matches[0].method == "former_commune"


def test_the_district_tells_an_old_unit_from_a_new_one() -> None:
    """``xã Hùng Thắng`` of huyện Bình Giang is not today's, which lies in old Tiên Lãng."""
    assert names(read("xã Hùng Thắng")) == {"Xã Hùng Thắng"}
    assert names(read("xã Hùng Thắng, huyện Bình Giang")) == {"Xã Kẻ Sặt"}
    assert names(read("xã Hùng Thắng, huyện Tiên Lãng")) == {"Xã Hùng Thắng"}


def test_the_period_tells_an_old_unit_from_a_new_one() -> None:
    """Before the merger ``phường An Hải``'s namesake of quận An Dương comes first."""
    assert read("phường Lê Thanh Nghị", BEFORE).matches[0].method.startswith("former")
    assert read("phường Lê Thanh Nghị", AFTER).matches[0].method == "exact"
    assert names(read("Hồng Châu", AFTER)) == {"Xã Hồng Châu"}
    assert len(codes(read("Thủy Nguyên", BEFORE))) > 1
    assert read("Tiên Lãng", BEFORE).status == "review"  # the town or its district
    assert names(read("xã Tân An", AFTER)) == {"Xã Tân An"}
    assert "Xã Tân An" not in names(read("xã Tân An, huyện Thanh Hà", AFTER))


def test_the_company_tells_an_old_unit_from_a_new_one() -> None:
    """Among names that only former communes bear, a name of both is the former one."""
    alone = read("xã Minh Tân").matches
    among = read("các xã Phả Lễ, Lập Lễ, Hòa Bình")
    assert alone
    assert any(m.method == "former_commune" and "Hòa Bình" in m.matched_text for m in among.matches)


def test_a_bare_district_name_behind_a_former_commune_is_not_taken_for_sure() -> None:
    """``Nam Hưng, Tiên Lãng``: the district, or today's xã Tiên Lãng as well."""
    result = read("xã Nam Hưng, Tiên Lãng")
    assert result.status == "review"
    assert "Xã Chấn Hưng" in names(result)
    assert all(m.confidence < SURE for m in result.matches)


def test_what_is_said_to_be_today_settles_what_was() -> None:
    """``nay là`` gives today's names for both former wards before it."""
    text = (
        "phường Đa Phúc, quận Dương Kinh Phường Đồng Hòa, quận Kiến An - nay là phường Hưng Đạo "
        "và phường Kiến An"
    )
    result = read(text)
    assert result.status == "matched"
    assert [m.name for m in result.matches] == ["Phường Hưng Đạo", "Phường Kiến An"]
