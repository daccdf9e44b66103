"""Facts that a reader who checked the reports line by line found wrong or missing, kept right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layers.choropleth.clearance import build_clearance_layer
from layers.choropleth.investment import build_investment_layer
from layers.details.commune_details import find_commune_details
from store.facts.facts import load_facts
from store.facts.filters import Filters

if TYPE_CHECKING:
    import pandas as pd

Q1 = "2026-Q1"
CAT_HAI, LEAST_OF_FEW_THOUSANDS = "11914", 3_500
TRAN_PHU = "Xã Trần Phú"


@pytest.fixture(scope="module")
def conflicts() -> pd.DataFrame:
    """Return the contradictions that the curated facts note."""
    return load_facts().conflicts


@pytest.mark.parametrize("code", ["C-026", "C-029", "C-035", "C-101"])
def test_what_is_no_contradiction_is_not_noted_as_one(conflicts: pd.DataFrame, code: str) -> None:
    assert code not in set(conflicts["conflict"])


@pytest.mark.parametrize("subject", ["GRDP", "khách du lịch", "lao động qua đào tạo"])
def test_the_reports_contradict_themselves_on(conflicts: pd.DataFrame, subject: str) -> None:
    assert conflicts["subject"].str.contains(subject).sum() == 1


def test_no_contradiction_is_noted_twice(conflicts: pd.DataFrame) -> None:
    sides = conflicts[["subject", "item", "value_a", "value_b"]]
    assert not sides.duplicated().any()


def test_the_cluster_chien_thang_lies_in_an_hung() -> None:
    facts = load_facts()
    (code,) = facts.item_communes["CCN-CHIEN-THANG"]
    assert facts.commune_names[code] == "Xã An Hưng"


def test_the_third_project_has_the_obstacle_that_its_row_states() -> None:
    rows = load_facts().observations
    stated = rows[(rows["item"] == "KP-03") & (rows["field"] == "obstacle_text")]
    assert stated["value"].str.contains("không vượt tổng mức đầu tư").any()


def test_severity_is_what_the_clearance_layer_shows_by_itself() -> None:
    layer = build_clearance_layer(load_facts(), Filters(period=Q1))
    values = layer.frame.set_index("code")["value"]
    assert Filters().clearance == "severity"
    assert values.max() == 3
    assert (values == 3).sum() == 1, "the power plant without ground, and not the airport"


def test_amounts_that_differ_ten_times_are_not_of_one_class() -> None:
    facts = load_facts()
    layer = build_investment_layer(facts, Filters(period=Q1, investment="classes"))
    frame = layer.frame.set_index("code")
    few = frame[(frame["value"] > 0) & (frame["value"] < LEAST_OF_FEW_THOUSANDS)]
    assert len(few)
    assert frame.loc[CAT_HAI, "class_index"] > few["class_index"].max()


def test_a_commune_that_only_a_footnote_names_says_of_which_projects() -> None:
    facts = load_facts()
    (code,) = (code for code, name in facts.commune_names.items() if name == TRAN_PHU)
    found = find_commune_details(facts, Filters(period=Q1), code)
    assert found is not None
    (problem,) = found.problems
    assert "11/72 dự án" in problem.statement
