"""What holds for the geocoder whatever the text."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import load_gazetteer
from geo.geocoder import SURE, GeocodeResult, get_default_geocoder

GAZETTEER = load_gazetteer()
FULL = list(GAZETTEER.communes["name"])
SHORT = list(GAZETTEER.communes["short_name"])
FORMER = [unit.label() for unit in GAZETTEER.unit_by_id.values() if unit.level != "province"]
ZONES = list(GAZETTEER.zones["name"])
CODES = set(GAZETTEER.communes["code"])
NEW_TONES = {"òa": "oà", "óa": "oá", "ủy": "uỷ", "ụy": "uỵ", "úy": "uý", "òe": "oè", "ùy": "uỳ"}

places = st.sampled_from(FULL + SHORT + FORMER + ZONES)
joints = st.sampled_from([", ", "; ", " và ", " - ", " ", "\n", " (", ") ", ": ", " nay là "])
words = st.sampled_from(
    [
        *(
            "xã",
            "phường",
            "huyện",
            "quận",
            "tỉnh",
            "thành phố",
            "thị trấn",
            "KCN",
            "KKT",
            "P.",
            "X.",
        ),
        *("TP.", "H.", "tại", "thuộc", "cũ", "nay là", "các", "đường", "cầu", "UBND", "19", "<p>"),
        *("</p>", "&nbsp;", "“", "”", "Hải Phòng", "Hải Dương", "Hưng Yên"),
    ]
)
texts = st.lists(st.one_of(places, joints, words), max_size=12).map("".join)


def read(text: str) -> GeocodeResult:
    return get_default_geocoder().geocode(text)


def codes(text: str) -> set[str]:
    return {match.code for match in read(text).matches}


def check(result: GeocodeResult) -> None:
    """Check what every result promises."""
    found = [match.code for match in result.matches]
    assert set(found) <= CODES
    assert len(set(found)) == len(found)
    assert all(0 < match.confidence <= 1 for match in result.matches)
    match result.status:
        case "matched":
            assert found
            assert all(m.confidence >= SURE for m in result.matches)
            assert result.unresolved == ()
        case "review":
            assert found
        case "unknown":
            assert not found


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    """Arbitrary Unicode raises nothing and keeps every promise of a result."""
    result = read(text)
    assert result.text == text
    check(result)


@given(texts)
def test_any_mixture_of_places_and_words_is_answered(text: str) -> None:
    """So does whatever can be put together from names, types and connectives."""
    check(read(text))
    assert read(text) == read(text)


@given(texts)
def test_composed_and_decomposed_texts_are_one(text: str) -> None:
    """NFC and NFD give the same matches."""
    first = read(unicodedata.normalize("NFC", text))
    second = read(unicodedata.normalize("NFD", text))
    assert (first.status, first.matches) == (second.status, second.matches)


@given(st.lists(st.sampled_from(FULL + SHORT), min_size=1, max_size=6), st.booleans())
def test_case_says_nothing_in_a_list(items: list[str], upper: bool) -> None:
    """A list of communes in capitals or small letters gives the same communes."""
    text = ", ".join(items)
    assert codes(text.upper() if upper else text.lower()) == codes(text)


@given(st.lists(st.sampled_from(FULL + SHORT), min_size=1, max_size=6))
def test_both_tone_placements_are_one(items: list[str]) -> None:
    """``Hoà``, ``Thuỷ`` are read as ``Hòa``, ``Thủy``."""
    text = ", ".join(items)
    newer = text
    for classic, new in NEW_TONES.items():
        newer = newer.replace(classic, new)
    assert codes(newer) == codes(text)


@given(st.lists(st.sampled_from(FULL), min_size=2, max_size=7, unique=True), st.randoms())
def test_the_order_of_a_list_does_not_matter(items: list[str], chance: random.Random) -> None:
    """Any permutation names the same set, and a list names exactly its items."""
    shuffled = list(items)
    chance.shuffle(shuffled)
    wanted = {row.code for row in GAZETTEER.communes.itertuples() if row.name in items}
    assert codes(", ".join(items)) == wanted
    assert codes("; ".join(shuffled)) == wanted
    assert codes(", ".join(shuffled[:-1]) + " và " + shuffled[-1]) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "xã " * 3_000,
        "xã Tân An, " * 800,
        "phường Nguyễn Đại Nãi, " * 400,
        "xã Qwx Zyk, " * 800,
        "a" * 10_000,
        "(" * 5_000 + ")" * 5_000,
        "<" * 10_000,
        "ộ" * 10_000,
        "u\u0323" * 5_000,
        "Xã" + " A" * 4_900,
        "huyện Tiên Lãng, xã Nam Hưng, " * 300,
        "1" * 10_000,
        "&" * 10_000,
        "nay là " * 1_400,
    ],
)
def test_hostile_lengths_are_answered(text: str) -> None:
    check(read(text[:10_000]))
