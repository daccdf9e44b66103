"""An export holds exactly what is filtered, adds up, and says what it is."""

import pandas as pd
import pytest

from geo.i18n import LANGUAGES
from layers.choropleth.clearance import build_clearance_layer
from layers.choropleth.investment import build_investment_layer
from layers.choropleth.progress import build_progress_layer
from store.facts.clearance_problems import list_clearance_problems
from store.facts.commune_shares import VND_PER_MVND
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
from tests.small_facts import AEON, GOLF, no_facts, small_facts
from tests.store.exports.made import KIM_THANH, KIM_THANH_CODES, content

CHOICES = [
    Filters(),
    Filters(period="2026-H1"),
    Filters(period="2025-11", carry=False),
    Filters(district=KIM_THANH),
    Filters(kinds=("key_project",), leave_out_outlier=True),
    Filters(forecasts=("misses",), text="đường"),
    Filters(communes=("11560",), weight="count"),
]


@pytest.mark.parametrize("filters", CHOICES)
def test_the_items_are_those_chosen_and_their_shares_add_up(filters: Filters) -> None:
    facts = load_facts()
    chosen = select_items(facts, filters)
    made = content(facts, filters)
    items, places = made.get_table("items").frame(), made.get_table("places").frame()
    assert set(items["item"]) == set(chosen.items["item"]) == set(places["item"])
    total = int(chosen.items["investment_mvnd"].sum())
    assert int(items["investment_mvnd"].sum()) == total
    assert int(places["share_vnd"].sum()) == total * VND_PER_MVND
    seen = made.get_table("observations").frame()
    assert set(seen["item"]) <= set(items["item"])
    assert set(made.get_table("clearance").frame()["problem"]) == {
        problem.problem for problem in list_clearance_problems(facts, filters)
    }


@pytest.mark.parametrize("filters", CHOICES)
def test_communes_have_the_values_that_the_map_shows(filters: Filters) -> None:
    facts = load_facts()
    made = content(facts, filters).get_table("communes").frame().set_index("commune")
    progress = build_progress_layer(facts, filters).frame.set_index("code")
    money = build_investment_layer(facts, filters).frame.set_index("code")
    clearance = build_clearance_layer(facts, filters).frame.set_index("code")
    for code, row in made.iterrows():
        assert row["items"] == progress["items"][code]
        assert row["progress_pct"] == pytest.approx(progress["mean"][code], nan_ok=True)
        assert row["misses_items"] == progress["misses"][code]
        assert row["problems"] == clearance["problems"][code]
        for mine, shown in (
            (row["share_vnd"], money["investment_vnd"][code]),
            (row["held_up_vnd"], clearance["held_up_vnd"][code]),
        ):
            assert pd.isna(mine) == pd.isna(shown)
            assert pd.isna(mine) or mine == shown
        assert row["unknown_items"] == money["unknown_items"][code]
        assert (0 if pd.isna(row["severity"]) else row["severity"]) == clearance["severity"][code]


def test_kim_thanh_is_its_four_communes() -> None:
    facts = load_facts()
    made = content(facts, Filters(district=KIM_THANH))
    for codes in made.get_table("items").frame()["commune_codes"]:
        assert KIM_THANH_CODES & set(codes.split())
    places = made.get_table("places").frame()
    assert set(places.loc[places["in_area"], "commune"]) <= KIM_THANH_CODES
    assert set(made.get_table("communes").frame()["commune"]) >= KIM_THANH_CODES
    told = {one.key: one.value for one in made.about}
    assert "huyện Kim Thành (cũ)" in told["filters"]
    expected = facts.places.loc[facts.places["commune"].isin(KIM_THANH_CODES), "item"]
    listed = select_items(facts, Filters()).items["item"]
    assert set(made.get_table("items").frame()["item"]) == set(expected) & set(listed)


def test_every_value_says_its_period_and_its_lines() -> None:
    made = content(small_facts())
    rows = made.get_table("items").frame().set_index("item")
    row = rows.loc[GOLF]
    assert row["investment_mvnd"] == 11_035_467
    assert row["investment_mvnd_period"] == "2026-Q1"
    assert row["investment_mvnd_source"] == "q1-2026, dòng 742"
    assert (row["obstacles"], row["obstacles_source"]) == ("land_origin", "q1-2026, dòng 742")
    assert rows.loc[AEON, "construction"] == 77
    assert pd.isna(rows.loc[GOLF, "construction"])
    assert rows.loc[GOLF, "construction_source"] == ""


def test_values_of_later_periods_are_not_in_it() -> None:
    seen = content(load_facts(), Filters(period="2026-Q1")).get_table("observations").frame()
    assert set(seen["period"]) == {"2025-11", "2026-01", "2026-Q1"}
    own = (
        content(load_facts(), Filters(period="2026-Q1", carry=False))
        .get_table("observations")
        .frame()
    )
    assert set(own["period"]) == {"2026-Q1"}


def test_contradictions_are_those_of_the_chosen_items() -> None:
    facts = load_facts()
    made = content(facts, Filters(district=KIM_THANH))
    items = set(made.get_table("items").frame()["item"])
    everything = content(facts).get_table("contradictions").frame()
    assert 0 < len(made.get_table("contradictions").rows) < len(everything)
    assert {item for item in made.get_table("contradictions").frame()["item"] if item} <= items


def test_documents_are_those_cited_with_date_and_hash() -> None:
    made = content(load_facts())
    documents = made.get_table("documents").frame().set_index("doc")
    cited = set(made.get_table("observations").frame()["doc"]) | set(
        made.get_table("clearance").frame()["doc"]
    )
    assert cited <= set(documents.index)
    assert documents["sha256"].str.fullmatch("[0-9a-f]{64}").all()
    assert documents.loc["q1-2026", "as_of"] == "2026-03-31"
    assert "notice-2026-05" not in documents.index


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_says_what_it_is(language: str) -> None:
    filters = Filters(kinds=("key_project",), communes=("11560",), text="cầu", carry=False)
    told = {one.key: one.value for one in content(load_facts(), filters, language=language).about}
    assert told["period_id"] == "2026-Q1"
    assert told["made_by"] == "tonghop"
    assert "01/07/2026" in told["made_at"] or "2026-07-01" in told["made_at"]
    assert "11560" in told["filters"]
    assert "“cầu”" in told["filters"]
    assert told["program"].startswith("haiphong-project-map ")
    assert told["boundaries"]


def test_nothing_chosen_is_an_export_without_rows() -> None:
    for facts in (no_facts(), small_facts()):
        made = content(facts, Filters(text="không có gì như thế"))
        assert made.rows == 0
        assert made.get_table("places").rows == made.get_table("observations").rows == ()
        assert len(made.get_table("communes").rows) == 114
