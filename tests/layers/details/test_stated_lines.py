"""What documents state beside the facts is in the panel, in words, with its place."""

from layers.details.commune_details import find_commune_details
from layers.details.project_details import find_item_details
from store.facts.filters import Filters
from tests.reports.statements.made import state
from tests.small_facts import AEON, HAI_AN, THACH_KHOI
from tests.small_statements import of_commune, stated_facts

LEFT = of_commune("Phường Hải An", HAI_AN, "households_remaining", 12.0, mood="measured")
PART = of_commune(
    "xã Tràng Cát", HAI_AN, "land_handed_over", 3.5, mood="done", when="2026-03-20",
    detail="đường Bến Mây", bodies=("UBND phường Hải An",), part_of="10 ha",
)  # fmt: skip
FLATS = state("Aeon", "project", "dwellings", 240.0, unit="căn", mood="planned")


def test_a_commune_s_panel_has_what_is_stated_of_it_alone() -> None:
    facts = stated_facts(("2026-Q1", "", LEFT), ("2026-Q1", "", PART), ("2026-Q1", AEON, FLATS))
    found = find_commune_details(facts, Filters(), HAI_AN)
    assert found is not None
    left, handed = found.stated
    assert (left.label, left.value, left.note) == ("Số hộ còn lại", "12 hộ", "")
    assert left.period_label == "Quý I/2026"
    assert left.source.line_from == 12
    assert left.of_ground
    # Of a former commune in it, so named; with all that narrows it.
    assert handed.note == (
        "xã Tràng Cát · đường Bến Mây · một phần của: 10 ha · thời điểm: 20/03/2026"
        " · UBND phường Hải An"
    )
    assert handed.mood_label == "đã thực hiện"


def test_an_item_s_panel_has_what_is_stated_of_it() -> None:
    found = find_item_details(stated_facts(("2026-Q1", AEON, FLATS)), Filters(), AEON)
    assert found is not None
    (line,) = found.stated
    assert (line.value, line.mood_label, line.of_ground) == ("240 căn", "kế hoạch", False)


def test_the_last_period_that_states_a_thing_counts_and_later_ones_are_not_known_yet() -> None:
    more = of_commune("Hải An", HAI_AN, "households_remaining", 40.0, mood="measured")
    facts = stated_facts(("2025-11", "", more), ("2026-H1", "", LEFT))

    def values(**filters: object) -> list[str]:
        found = find_commune_details(facts, Filters(**filters), HAI_AN)
        assert found is not None
        return [line.value for line in found.stated]

    assert values(period="2026-H1") == ["12 hộ"]
    assert values(period="2026-Q1") == ["40 hộ"]
    assert values(period="2026-Q1", carry=False) == []


def test_another_commune_has_nothing_of_it() -> None:
    found = find_commune_details(stated_facts(("2026-Q1", "", LEFT)), Filters(), THACH_KHOI)
    assert found is not None
    assert found.stated == ()
