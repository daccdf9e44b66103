"""Invented facts are what the program takes for facts, and the same every time."""

from __future__ import annotations

from benchmarks.invented_facts import list_quarters, write_invented_data
from reports.facts_files.curated import read_curated
from store.imports.curated import hash_facts_folder


def test_they_are_read_without_a_fault_and_have_as_many_items_and_periods_as_asked(
    tmp_path,
) -> None:
    facts = read_curated(write_invented_data(tmp_path, 40, 6) / "facts")
    assert len(facts.items) == 40
    assert list(facts.periods["period"]) == [quarter.code for quarter in list_quarters(6)]
    assert set(facts.observations["period"]) == set(facts.periods["period"])
    assert set(facts.observations["item"]) == set(facts.items["item"])
    assert len(facts.places) >= 40
    assert not facts.clearance.empty


def test_they_are_the_same_every_time(tmp_path) -> None:
    hashes = {
        hash_facts_folder(write_invented_data(tmp_path / name, 12, 3) / "facts")
        for name in ("one", "other")
    }
    assert len(hashes) == 1


def test_quarters_follow_one_another_over_the_years() -> None:
    last = list_quarters(20)[-1]
    assert (last.code, last.start, last.end) == ("2028-Q4", "2028-10-01", "2028-12-31")
