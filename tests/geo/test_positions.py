"""Typed coordinates are read in either system and order, or refused with the likely cause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import PositionError
from geo.positions import (
    EAST,
    NORTH,
    find_commune_at,
    from_vn2000,
    measure_metres_outside,
    read_position,
    to_vn2000,
)

THACH_KHOI, CAT_HAI, HAI_AN = "11002", "11914", "11413"
AT = (106.6838, 20.8651)


@pytest.mark.parametrize(
    "text",
    [
        "20.8651, 106.6838",
        "106.6838 20.8651",
        "20,8651 106,6838",
        "20,8651; 106,6838",
        " vĩ độ 20.8651 kinh độ 106.6838 ",
        "20.8651,106.6838",
        "20°51'54.36\"N 106°41'01.68\"E",
        "106º41′1,68″ 20º51′54,36″",
    ],
)
def test_degrees_are_read_in_either_order_and_way_of_writing(text: str) -> None:
    found = read_position(text)
    assert (found.lon, found.lat) == pytest.approx(AT, abs=1e-6)
    assert not found.vn2000


def test_metres_of_vn2000_come_back_to_a_centimetre() -> None:
    east, north = to_vn2000(*AT)
    assert EAST[0] < east < EAST[1]
    assert NORTH[0] < north < NORTH[1]
    for text in (f"{north:.2f} {east:.2f}", f"Y={east:.2f}; X={north:.2f}".replace(".", ",")):
        found = read_position(text)
        assert found.vn2000
        assert to_vn2000(found.lon, found.lat) == pytest.approx((east, north), abs=0.02)


@given(st.floats(*EAST), st.floats(*NORTH))
def test_both_systems_agree_all_over_the_city(east: float, north: float) -> None:
    at = from_vn2000(east, north)
    assert to_vn2000(at.lon, at.lat) == pytest.approx((east, north), abs=0.02)


@pytest.mark.parametrize(
    "text",
    ["", "20.000", "20", "1 2 3", "20.8 181", "9222,1 5", "10.8231 106.6297", "x" * 500,
     "20.8651.1 106", "<script>1 2</script> 3", "106.6838, 106.6838", "1e9 20"],
)  # fmt: skip
def test_what_is_no_place_of_the_city_is_refused(text: str) -> None:
    with pytest.raises(PositionError):
        read_position(text)


@given(st.text(max_size=300))
def test_no_text_does_anything_but_be_read_or_refused(text: str) -> None:
    try:
        found = read_position(text)
    except PositionError:
        return
    assert 20 <= found.lat <= 21.4


def test_a_point_is_measured_against_the_communes_chosen() -> None:
    inside = 106.7285, 20.8432
    home = find_commune_at(*inside)
    assert home
    assert measure_metres_outside(*inside, [home]) == 0
    assert measure_metres_outside(*inside, []) is None
    away = measure_metres_outside(*inside, [THACH_KHOI])
    assert away is not None
    assert 20_000 < away < 60_000
    assert find_commune_at(107.3, 20.3) == ""
