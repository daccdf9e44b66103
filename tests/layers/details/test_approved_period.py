"""Whatever comes in or is changed after an approval, the approved period is shown as it was.

Only corrections of its own rows show, and they are listed with day and reason.
"""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from geo import clock
from layers.briefing import compose_briefing
from layers.briefing.brief import compose_brief
from layers.details.commune_details import find_commune_details
from layers.details.project_details import find_item_details
from layers.details.project_summary import format_status_line
from layers.history.project_history import find_item_history
from layers.leaflet.project_symbols import pack_item_symbols
from store.audit.approvals import approve_period, list_approvals
from store.audit.edit_tokens import make_point_target
from store.editing.items import set_point
from store.exports.export import make_export
from store.facts.clearance_problems import list_clearance_problems
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.stored.period_corrections import describe_correction, find_period_approval
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from tests import templates
from tests.people import ADMIN, AN, person
from tests.store.corrections import correct
from tests.store.exports.made import AT
from tests.store.facts.stored.test_approved_facts import CHANGES, move_bridge, rename_bridge, token
from tests.store.small_reports import CAT_HAI, DO_SON, HALF, QUARTER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PERIOD = "2031-Q1"
FILTERS = Filters(period=PERIOD)


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a store of one report."""
    templates.use_copy(templates.store_of(QUARTER), tmp_path, monkeypatch)


def set_bridge_point() -> None:
    target = make_point_target("KP-01")
    values = {"lon": 106.79, "lat": 20.71, "how": "map"}
    set_point("KP-01", values, seen=token(target), actor=ADMIN, why="đo thực địa")


def import_the_next_report() -> None:
    apply_import(plan_import(HALF), AN)


def show() -> dict[str, Any]:
    """Return what screens show of the period, and the bytes of its exports."""
    facts = load_facts()
    details = [find_item_details(facts, FILTERS, item) for item in ("KP-01", "KP-02")]
    communes = [find_commune_details(facts, FILTERS, code) for code in (DO_SON, CAT_HAI)]
    at = clock.to_local_time(AT)
    return {
        "details": [one and replace(one, history=()) for one in details],
        "lines": [format_status_line(facts, item, PERIOD) for item in ("KP-01", "KP-02")],
        "communes": [
            one and (one.lines, one.problems, one.items.to_csv(index=False)) for one in communes
        ],
        "problems": list_clearance_problems(facts, FILTERS),
        "symbols": pack_item_symbols(facts, FILTERS, "vi"),
        **{
            name: make_export(facts, FILTERS, name, ADMIN, at=at).content
            for name in ("csv", "oc4ids")
        },
    }


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
def test_nothing_that_comes_later_changes_what_an_approved_period_shows(seed: int) -> None:
    approve_period(PERIOD, ADMIN)
    before = show()
    changes: list[Callable[[], None]] = [*CHANGES, set_bridge_point, import_the_next_report]
    random.Random(seed).shuffle(changes)  # noqa: S311
    for change in changes:
        change()
        for name, shown in show().items():
            assert shown == before[name], (name, change.__name__)


def test_a_correction_shows_and_is_counted_with_its_day_and_reason() -> None:
    approve_period(PERIOD, ADMIN)
    before = show()
    facts = load_facts()
    approval = find_period_approval(facts, PERIOD)
    assert approval is not None
    assert approval.corrections == ()
    obs = facts.observations.query("field == 'investment_mvnd' and item == 'KP-01'")["obs"].item()
    correct("observations", obs, {"value": "1200001"}, person("Duyên", "approver"), "đính chính")
    facts = load_facts()
    approval = find_period_approval(facts, PERIOD)
    assert approval is not None
    (told,) = approval.corrections
    assert (told.item, told.actor, told.why) == ("KP-01", "Duyên", "đính chính")
    line = describe_correction(told)
    assert "1.200 tỷ đồng → 1.200,0 tỷ đồng" in line
    assert line.endswith("(lý do: đính chính)")
    assert list_approvals()["corrections"].item() == 1
    after = show()
    assert after["details"][0] != before["details"][0]
    assert after["details"][1].lines == before["details"][1].lines
    with zipfile.ZipFile(io.BytesIO(after["csv"])) as file:
        assert line in file.read("about.csv").decode()
    made = compose_briefing(facts, FILTERS, maps=())
    (annex,) = (one for one in made.annexes if one.key == "corrections")
    assert "Đính chính sau duyệt: 1." in annex.paragraphs[0].text
    assert [one.text for one in annex.paragraphs[1:]] == [line]
    noted = compose_brief(facts, FILTERS).notes
    assert [one.text for one in noted if "Đính chính sau duyệt: 1." in one.lead] == [line]
    rename_bridge()
    assert show() == after


def test_the_history_tells_what_each_period_called_the_item_and_where_it_lay() -> None:
    import_the_next_report()
    first = find_item_history(load_facts(), "KP-01")
    assert first is not None
    assert not [row for row in first.rows if row.key.startswith("known.")], "nothing differs"
    approve_period(PERIOD, ADMIN)
    rename_bridge()
    move_bridge()
    found = find_item_history(load_facts(), "KP-01")
    assert found is not None
    rows = {row.key: row for row in found.rows}
    assert found.name == "Cầu Khác"
    name, place = rows["known.name"], rows["known.commune"]
    assert "known.kind" not in rows
    assert [[value.text for value in cell] for cell in name.cells][:1] == [[first.name]]
    assert name.note == "nay: Cầu Khác"
    assert name.cells[1][0].text == "Cầu Khác"
    assert (name.cells[1][0].change, name.cells[1][0].before) == ("changed", first.name)
    assert [cell[0].text for cell in place.cells] == ["Phường Đồ Sơn", "Đặc khu Cát Hải"]
    assert name.headline


def test_what_a_periods_document_calls_an_item_stands_beside_its_name() -> None:
    apply_import(plan_import(HALF), AN)
    facts = load_facts()
    told = {"item": "KP-01", "period": PERIOD, "attribute": "name", "value": "Cầu Cũ"}
    rows = facts.item_attributes.head(1).assign(**told, line=7, raw="Cầu Cũ", doc="q1-2031")
    found = find_item_history(replace(facts, item_attributes=rows), "KP-01")
    assert found is not None
    (row,) = (row for row in found.rows if row.key == "known.name")
    assert [value.text for value in row.cells[0]] == [found.name, "Cầu Cũ"]
    assert row.cells[0][1].sources[0].raw == "Cầu Cũ"
    assert len(row.cells[1]) == 1


def test_a_period_that_is_not_approved_has_neither_approval_nor_corrections() -> None:
    facts = load_facts()
    assert find_period_approval(facts, PERIOD) is None
    details = find_item_details(facts, FILTERS, "KP-01")
    assert details is not None
    assert details.approval is None
    assert {one.attribute for one in details.attributes} >= {"name", "kind", "commune"}
