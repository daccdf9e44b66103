"""How a store and a reading of the same document differ, and what counts as the same."""

import pytest

from store.audit.rows import Row
from store.imports.plan.differences import find_differences, make_differences_frame


def seen(value: str, field: str = "actual_construction_pct", **parts: object) -> Row:
    return {
        "item": "KP-01",
        "period": "2031-Q1",
        "doc": "q1",
        "line_from": 12,
        "line_to": 12,
        "cell": "Kết quả",
        "field": field,
        "component": "",
        "value": value,
        "total": None,
        "unit": "",
        "basis": "",
        "qualifier": "",
        "raw": value,
        "note": "",
        "chapter": "key_projects",
        **parts,
    }


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        (seen("40"), seen("40", line_from=13)),
        (seen("40", basis="unstated"), seen("40")),
        (seen("43", component="phần hầm"), seen("43", component="GPMB phần hầm")),
        (
            seen("Đẩy nhanh tiến độ thi công", "planned_work"),
            seen("Đấy nhanh tiến độ thì công", "planned_work"),
        ),
    ],
)
def test_what_says_the_same_is_no_difference(stored: Row, read: Row) -> None:
    assert find_differences([stored], [read], "observations") == ()


@pytest.mark.parametrize(
    ("stored", "read", "why"),
    [
        ([seen("40")], [seen("41")], ["value_differs"]),
        ([seen("40", component="cầu")], [seen("40", component="đường")], ["other_part"]),
        ([seen("40", basis="phase")], [seen("40", basis="contract_value")], ["other_basis"]),
        ([seen("40")], [], ["only_stored"]),
        ([], [seen("40")], ["only_read"]),
        (
            [seen("capital", "obstacle")],
            [seen("design", "obstacle")],
            ["only_read", "only_stored"],
        ),
    ],
)
def test_every_difference_has_its_reason(
    stored: list[Row], read: list[Row], why: list[str]
) -> None:
    found = find_differences(stored, read, "observations")
    assert sorted(one.why for one in found) == why
    frame = make_differences_frame(found, "en")
    assert list(frame["item"]) == ["KP-01"] * len(why)
    assert (frame["reason"] != "").all()


def test_a_place_known_from_elsewhere_is_no_gap_of_the_reader() -> None:
    place = {"item": "KP-01", "commune": "11455", "how": "public_source", "doc": None, "line": 3}
    (found,) = find_differences([place], [], "places")
    assert found.why == "other_source"
    assert find_differences([place], [place], "places") == ()
