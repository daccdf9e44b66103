"""What a phone sends is checked field by field; what is wrong is named, whatever it holds."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from store.db.errors import VisitError
from tests.hostile import HOSTILE_TEXTS, PUBLIC_LIST
from web.phone.visit_payload import is_hash, is_version_id, read_json, read_version_ids, read_visit

if TYPE_CHECKING:
    from reports.model.visit import Visit

SOUND: dict[str, Any] = {
    "visit": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
    "by": "hientruong",
    "item": "KP-02",
    "at": "2026-11-20T02:30:15.123Z",
    "position": {"lon": 106.33, "lat": 20.92, "accuracy_m": 8, "at": "2026-11-20T02:30:10.000Z"},
    "claimed": {"construction_pct": 77, "clearance_pct": None},
    "observed": {"construction_pct": 61.5, "clearance_pct": None, "handed_ha": 1.25},
    "works": "Đang đổ sàn\ntầng 3",
    "note": "",
    "problem": {"category": "compensation", "commune": "11002", "statement": "Ba hộ chưa nhận"},
    "photos": ["a" * 64],
}


def read(**changed: Any) -> Visit:
    return read_visit(SOUND | changed, "hientruong", "0" * 64)


def test_a_sound_visit_is_read_whole() -> None:
    sent = read()
    assert (sent.visit, sent.item, sent.at) == (
        SOUND["visit"],
        "KP-02",
        "2026-11-20T02:30:15+00:00",
    )
    assert (sent.lon, sent.lat, sent.accuracy_m) == (106.33, 20.92, 8.0)
    assert (sent.claimed_construction_pct, sent.observed_construction_pct) == (77.0, 61.5)
    assert sent.observed_handed_ha == 1.25
    assert sent.works == "Đang đổ sàn\ntầng 3"
    assert sent.problem == "Ba hộ chưa nhận"
    assert (sent.problem_category, sent.problem_commune) == ("compensation", "11002")


def test_what_is_not_said_is_unknown_and_never_zero() -> None:
    sent = read(position=None, claimed=None, observed=None, problem=None, photos=[])
    assert {
        sent.lon,
        sent.accuracy_m,
        sent.observed_construction_pct,
        sent.claimed_construction_pct,
    } == {None}
    assert sent.problem == sent.problem_category == ""


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"visit": "x"}, "visit"),
        ({"visit": SOUND["visit"].upper()}, "visit"),
        ({"visit": None}, "visit"),
        ({"item": ""}, "item"),
        ({"item": "KP 02"}, "item"),
        ({"item": "<b>"}, "item"),
        ({"item": ["KP-02"]}, "item"),
        ({"at": "2026-11-20"}, "at"),
        ({"at": "2026-13-45T99:99:99Z"}, "at"),
        ({"at": "2026-11-20T02:30:15+07:00"}, "at"),
        ({"position": {"lon": 200, "lat": 1, "accuracy_m": 1}}, "lon"),
        ({"position": {"lon": 106, "lat": 20}}, "accuracy_m"),
        ({"position": {"lon": "106", "lat": 20, "accuracy_m": 1}}, "lon"),
        ({"position": [106, 20]}, "position"),
        ({"observed": {"construction_pct": 101}}, "construction_pct"),
        ({"observed": {"construction_pct": True}}, "construction_pct"),
        ({"observed": {"construction_pct": float("inf")}}, "construction_pct"),
        ({"observed": {"handed_ha": -1}}, "handed_ha"),
        ({"observed": {"depth": 1}}, "depth"),
        ({"works": 5}, "works"),
        ({"works": "x" * 2001}, "works"),
        ({"note": "a\u202eb"}, "note"),
        ({"note": "a\u0000b"}, "note"),
        ({"note": "\ud800"}, "note"),
        ({"problem": {"category": "other", "statement": "x"}}, "category"),
        ({"problem": {"category": "compensation", "statement": " "}}, "statement"),
        ({"photos": ["x"]}, "photos"),
        ({"photos": ["a" * 64] * 101}, "photos"),
        ({"photos": None}, "photos"),
        ({"role": "administrator"}, "role"),
    ],
)
def test_a_wrong_field_is_named(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(VisitError, match=f"“{field}”"):
        read(**changed)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_are_texts(text: str) -> None:
    if text.isprintable():
        assert read(note=text).note == text
    else:
        with pytest.raises(VisitError):
            read(note=text)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", b"[" * 100_000, b'{"a": NaN}', b'{"a": Infinity}', b"1" * 5000],
)
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(VisitError):
        read_visit(read_json(body), "x", "0" * 64)


@given(
    some.recursive(
        some.none() | some.booleans() | some.floats() | some.text() | some.integers(),
        lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner),
        max_leaves=8,
    ),
    some.sampled_from([*SOUND, "visits"]),
)
def test_any_data_is_read_or_refused_and_nothing_else(value: Any, field: str) -> None:
    for data in (value, SOUND | {field: value}):
        try:
            sent = read_visit(data, "hientruong", "0" * 64)
        except VisitError:
            continue
        sent.model_dump_json().encode("utf-8")


def test_ids_are_uuids_with_the_part_of_a_version() -> None:
    held = f"{SOUND['visit']}.0123456789ab"
    assert read_version_ids({"visits": [held]}) == [held]
    for wrong in ("", "x", SOUND["visit"], held + "0", held[:-1] + "x", "../../etc", held.upper()):
        assert not is_version_id(wrong)
        with pytest.raises(VisitError):
            read_version_ids({"visits": [wrong]})
    assert is_hash("a" * 64)
    assert not is_hash("A" * 64)


def test_the_public_list_of_naughty_strings_is_read_or_refused() -> None:
    kept = 0
    for text in PUBLIC_LIST:
        try:
            sent = read(note=text, works=text)
        except VisitError:
            continue
        kept += 1
        assert sent.note == unicodedata.normalize("NFC", text).strip()
    assert kept > len(PUBLIC_LIST) / 2


@pytest.mark.parametrize("zero", [b"-0", b"-0.0", b"-0e0", b"-1e-12"])
def test_a_number_has_one_form(zero: bytes) -> None:
    body = b'{"observed": {"construction_pct": %s}}' % zero
    if zero == b"-1e-12":
        with pytest.raises(VisitError):
            read(**read_json(body))
        return
    seen = read(**read_json(body)).observed_construction_pct
    assert math.copysign(1, seen) == 1


@pytest.mark.parametrize("value", [10**400, -(10**400), 1e300, 100_001])
def test_a_number_outside_its_range_is_refused_with_the_range(value: float) -> None:
    with pytest.raises(VisitError, match=r"từ 0 đến 100\.000"):
        read(observed={"handed_ha": value})


def test_a_clock_that_is_far_off_is_no_reason_to_refuse() -> None:
    for at in ("1972-01-01T00:00:00Z", "2099-12-31T23:59:59Z"):
        assert read(at=at).at.startswith(at[:10])
