"""A place over the periods: the same rules as the map, every item of it, every name it had."""

from datetime import date

import pytest

from layers.choropleth.investment import build_investment_layer
from layers.details.commune_details import find_commune_details
from layers.history.place_history import PlaceHistory, find_place_history
from layers.history.place_totals import (
    build_totals_lines,
    compute_place_totals,
    find_commune_or_district,
    narrow_to_place,
)
from store.facts.commune_shares import VND_PER_MVND
from store.facts.facts import Facts, load_facts
from store.facts.filters import Filters
from store.facts.narrowing import narrow_facts_to_user
from tests.hostile import HOSTILE_TEXTS
from tests.people import person
from tests.small_facts import (
    AEON,
    CLEARANCE,
    GOLF,
    HAI_AN,
    ITEMS,
    NGO_QUYEN,
    OBSERVATIONS,
    PLACES,
    RING_ROAD,
    THACH_KHOI,
    TUNNEL,
    item,
    no_facts,
    place,
    seen,
    small_facts,
)
from tests.visits import case, with_staff

KIM_THANH = "hd.huyen-kim-thanh"
HAI_AN_DISTRICT = "hp.quan-hai-an"
PERIODS = ["2025-11", "2026-01", "2026-Q1", "2026-05", "2026-H1"]


def history(key: str, facts: Facts | None = None) -> PlaceHistory:
    found = find_place_history(facts or small_facts(), key)
    assert found is not None
    return found


def test_all_items_of_a_commune_are_there_the_largest_first() -> None:
    assert [one.item for one in history(THACH_KHOI).items] == [GOLF, AEON]


def test_a_district_is_its_communes_and_an_item_over_several_of_them_comes_once() -> None:
    found = history("hp.quan-ngo-quyen")
    assert [one.item for one in found.items] == [TUNNEL]
    assert {code for code, _ in found.communes} == {NGO_QUYEN, "11359"}
    now = found.totals[-1]
    assert (now.items, now.shared) == (1, 1)
    # Two of the tunnel's three communes.
    assert now.investment_vnd == pytest.approx(6235594 * VND_PER_MVND * 2 / 3, abs=1)


def test_totals_grow_with_what_is_known_and_what_is_unknown_is_said() -> None:
    totals = history(THACH_KHOI).totals
    assert [one.items for one in totals] == [0, 2, 2]
    assert totals[0].investment_text == "chưa rõ"
    assert totals[1].investment_text == "12.234,4 tỷ đồng"
    assert totals[1].progress_text == "77 %"
    assert (totals[1].progress_of, totals[1].problems) == (1, 1)


def test_totals_say_what_only_an_earlier_period_states() -> None:
    """The report of June repeats none of Hải An's figures and problems of March."""
    facts = load_facts()
    place = find_commune_or_district(facts, "11413")
    assert place is not None
    periods = ("2026-Q1", "2026-H1")
    totals = tuple(compute_place_totals(facts, place, period) for period in periods)
    assert totals[0].carried == {"investment": 0, "progress": 0, "problems": 0}
    assert (totals[1].problems, totals[1].carried["problems"]) == (1, 1)
    lines = dict(build_totals_lines(totals))
    assert lines["Vướng mắc mặt bằng"] == (
        ("1", ""),
        ("1", "từ kỳ trước, kỳ này không nhắc lại"),
    )
    for name in ("Vốn (phần chia đều)", "Tiến độ thi công"):
        assert "từ kỳ trước" not in lines[name][0][1]
        assert lines[name][1][1].endswith("; từ kỳ trước, kỳ này không nhắc lại")


def test_a_problem_that_names_no_item_is_a_row_of_the_place() -> None:
    found = history(NGO_QUYEN)
    assert [line.note for line in found.problems] == ["Phường Ngô Quyền"]
    assert found.problems[0].cells[1][0].text.endswith("Vướng mắc giải phóng mặt bằng")
    assert history(THACH_KHOI).problems == ()


def test_an_item_taken_off_the_list_stays_in_the_matrix_and_leaves_the_totals() -> None:
    gone = seen(AEON, "status", "removed_from_list", period="2026-H1", doc="h1-2026")
    found = history(THACH_KHOI, small_facts(observations=[*OBSERVATIONS, gone]))
    assert AEON in [one.item for one in found.items]
    assert [one.items for one in found.totals] == [0, 2, 1]


def test_names_in_documents_are_told_once_with_their_items() -> None:
    facts = small_facts(
        places=[
            *[one for one in PLACES if one["item"] != RING_ROAD],
            place(RING_ROAD, HAI_AN, raw="phường Tràng Cát, quận Hải An", how="former_unit"),
            place(TUNNEL, HAI_AN, raw="phường Tràng Cát, quận Hải An", how="former_unit"),
        ]
    )
    called = history(HAI_AN, facts).called
    assert [(one.raw, one.items) for one in called] == [
        ("phường Tràng Cát, quận Hải An", (RING_ROAD, TUNNEL))
    ]
    assert called[0].sources[0].line_from == 742


def test_former_units_are_told_of_a_commune_and_communes_of_a_district() -> None:
    assert any("Kim Thành" in unit.district for unit in history("10750").former_units)
    assert history(KIM_THANH).former_units == ()
    assert len(history(KIM_THANH).communes) == 4


@pytest.mark.parametrize("key", ["", "99999", "KP-02", "hd", "nowhere", *HOSTILE_TEXTS])
def test_what_is_no_commune_or_district_is_no_place(key: str) -> None:
    found = find_commune_or_district(small_facts(), key)
    assert found is None or found.kind == "district"
    if key != "hd":
        assert find_place_history(small_facts(), key) is None


def test_a_place_s_filters_drop_other_places_and_keep_the_rest() -> None:
    commune = find_commune_or_district(small_facts(), THACH_KHOI)
    district = find_commune_or_district(small_facts(), KIM_THANH)
    assert commune is not None
    assert district is not None
    before = Filters(kinds=("key_project",), district=KIM_THANH, communes=(HAI_AN,))
    assert narrow_to_place(commune, before) == Filters(
        kinds=("key_project",), communes=(THACH_KHOI,)
    )
    assert narrow_to_place(district, before) == Filters(kinds=("key_project",), district=KIM_THANH)


def test_nothing_reported_is_an_empty_matrix_not_an_error() -> None:
    found = history(THACH_KHOI, no_facts())
    assert found.items == found.problems == found.called == found.contradictions == ()
    assert dict(build_totals_lines(found.totals))["Dự án, khu, cụm"][0] == ("0", "")


def test_cases_of_the_register_are_counted_on_each_period_s_day_and_listed_as_of_today() -> None:
    rows = [
        case("C1", item=GOLF, commune=THACH_KHOI, opened="2026-03-31", deadline="2026-05-01"),
        case("C2", item=GOLF, commune="", opened="2025-11-30", closed="2026-01-15",
             state="handed_over"),
        case("C3", item="", commune=HAI_AN, opened="2026-01-01"),
        case("C4", item="", commune=THACH_KHOI, opened=""),
    ]  # fmt: skip
    found = find_place_history(with_staff(cases=rows), THACH_KHOI, day=date(2026, 7, 1))
    assert found is not None
    assert [one.cases for one in found.totals] == [1, 1, 1]
    assert set(found.cases["case"]) == {"C1", "C2", "C4"}
    assert found.cases.iloc[0]["case"] == "C1"
    assert dict(build_totals_lines(found.totals))["Hồ sơ mặt bằng đang mở"][0] == ("1", "")
    elsewhere = find_place_history(with_staff(cases=rows), NGO_QUYEN)
    assert elsewhere is not None
    assert [one.cases for one in elsewhere.totals] == [None, None, None]


def test_hostile_names_pass_as_they_are() -> None:
    name = HOSTILE_TEXTS[5]
    facts = small_facts(items=[*ITEMS, item("KP-X", name=name)], places=[place("KP-X", HAI_AN)])
    assert [one.name for one in history(HAI_AN, facts).items] == [name]


@pytest.mark.parametrize("periods", [PERIODS[-1:], pytest.param(PERIODS, marks=pytest.mark.slow)])
def test_the_totals_of_every_commune_are_those_of_the_map_and_the_panel(
    periods: list[str],
) -> None:
    facts = load_facts()
    for period in periods:
        layer = build_investment_layer(facts, Filters(period=period)).frame.set_index("code")
        at = list(facts.periods["period"]).index(period)
        for code in ("11560", "11002", "11413", "11948", "10750"):
            now = history(code, facts).totals[at]
            assert now.items == layer.loc[code, "items"]
            panel = find_commune_details(facts, Filters(period=period), code)
            assert panel is not None
            assert now.problems == len(panel.problems)
            assert next(one for one in panel.lines if one.key == "investment").value == (
                now.investment_text
            )


def test_a_contradiction_is_shown_where_its_item_lies() -> None:
    found = history("11728", load_facts())
    assert any(one.item == "KP-25" for one in found.contradictions)
    assert all(
        {one.item, *one.items} & {member.item for member in found.items}
        for one in found.contradictions
    )


def test_every_problem_of_small_facts_is_of_the_place_it_names() -> None:
    assert {row["commune"] for row in CLEARANCE} == {THACH_KHOI, NGO_QUYEN, ""}
    assert history(HAI_AN_DISTRICT).problems == ()


def test_who_reads_one_area_only_sees_no_item_of_another_place() -> None:
    facts = load_facts()
    reader = person("xa", "viewer", scope=frozenset({THACH_KHOI}), sees_all=False)
    narrowed = narrow_facts_to_user(facts, reader)
    mine = {one.item for one in history(THACH_KHOI, narrowed).items}
    assert mine == {one.item for one in history(THACH_KHOI, facts).items}
    for key in ("11560", KIM_THANH, HAI_AN_DISTRICT):
        found = history(key, narrowed)
        assert {one.item for one in found.items} <= mine
        assert found.problems == ()


def test_silence_on_clearance_is_no_zero() -> None:
    facts = load_facts()
    place = find_commune_or_district(facts, "11413")
    assert place is not None
    totals = [compute_place_totals(facts, place, period) for period in ("2025-11", "2026-Q1")]
    cells = build_totals_lines(totals, "vi")[3][1]
    assert [text for text, _ in cells] == ["không nêu", "1"]
