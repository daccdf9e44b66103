"""A click is read from what a browser sends, whatever it sends."""

from hypothesis import given
from hypothesis import strategies as st

from layers.leaflet.clicks import MapClick, parse_click


def message(**properties: object) -> dict[str, object]:
    return {"last_active_drawing": {"type": "Feature", "properties": properties}}


def test_a_commune_clicked_is_read_with_its_code() -> None:
    made = parse_click(message(t="commune", id="11914", n=7))
    assert made == MapClick("commune", "11914", 7)


def test_a_search_hit_asks_the_map_to_go_there() -> None:
    made = parse_click(message(t="place", kind="district", id="hp-an-lao", n=1))
    assert made == MapClick("place", "hp-an-lao", 1, place_kind="district", go=True)


def test_a_hit_of_an_unknown_kind_is_no_click() -> None:
    assert parse_click(message(t="place", kind="street", id="x", n=1)) is None


def test_markup_in_a_key_is_no_click() -> None:
    assert parse_click(message(t="item", id="<img src=x>", n=1)) is None


def test_a_map_that_was_not_touched_gives_no_click() -> None:
    assert parse_click(None) is None
    assert parse_click({"last_active_drawing": None}) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(json_values)
def test_no_message_raises(value: object) -> None:
    parse_click(value)
    parse_click({"last_active_drawing": {"properties": value}})


@given(t=json_values, id=json_values, n=json_values, kind=json_values)
def test_no_properties_raise(**properties: object) -> None:
    made = parse_click(message(**properties))
    assert made is None or isinstance(made.key, str)


def test_a_point_is_two_numbers_of_degrees_and_nothing_else() -> None:
    made = parse_click(message(t="point", lon=106.7, lat=20, n=3))
    assert made == MapClick("point", "", 3, at=(106.7, 20.0))
    for lon, lat in ((181, 20), (106, 91), ("106", 20), (True, 20), (float("nan"), 20), (None, 1)):
        assert parse_click(message(t="point", lon=lon, lat=lat, n=3)) is None
