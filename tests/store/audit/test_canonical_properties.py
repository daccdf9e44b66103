"""Whatever number passes a door: the store stays whole, exports and the map can be made."""

from __future__ import annotations

import contextlib
import math
import uuid
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from geo.errors import ProjectMapError
from layers.choropleth.investment import build_investment_layer
from layers.leaflet.map_message import pack_layer
from layers.leaflet.project_symbols import pack_item_symbols
from reports.model.schema import FIELDS
from store.audit.integrity import check_store
from store.clearance.register import open_case
from store.db.database import reading
from store.editing.figures import add_figure
from store.editing.items import set_point
from store.editing.open_record import read_item
from store.exports.export import FORMATS, make_export
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.visits.record import record_visit
from tests.examples import at_most
from tests.people import ADMIN, INSPECTOR
from web.phone.visit_payload import read_visit

if TYPE_CHECKING:
    from collections.abc import Callable

ITEM = "KP-20"
NUMBERS = sorted(name for name, field in FIELDS.items() if field.kind == "number")
ANY = (
    some.floats()
    | some.floats(0, 100)
    | some.integers()
    | some.sampled_from([-0.0, 0.0, 10**400, -(10**5000), 999_999_999, 1e9, 9.3e12, 5e-324])
)
TEXTS = some.from_regex(r"-?[0-9]{1,12}(\.[0-9]{1,12})?", fullmatch=True) | some.sampled_from(
    ["-0", "-0.0", "00050", "9" * 400, "9" * 5000, "1e5", "١٢٣", "1_0", "１"]
)


def let_in(door: Callable[[], object]) -> None:
    """Try a door: it lets in or refuses with words, and does nothing else."""
    with contextlib.suppress(ProjectMapError):
        door()


@pytest.mark.slow
def test_what_passes_a_door_breaks_nothing(store: str) -> None:
    try_doors(store)
    facts = load_facts()  # with all that the doors let in
    for format_name in FORMATS:
        assert make_export(facts, Filters(period="2026-Q1"), format_name, ADMIN).content


@settings(
    max_examples=at_most(30),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    values=some.lists(ANY, min_size=6, max_size=6),
    text=TEXTS,
    field=some.sampled_from(NUMBERS),
    export=some.sampled_from(sorted(FORMATS)),
)
def try_doors(store: str, values: list[float], text: str, field: str, export: str) -> None:
    area, handed, lon, lat, share, total = values
    visit = uuid.uuid4()
    let_in(lambda: open_case({"item": ITEM, "area_ha": area, "handed_ha": handed,
                              "households": total}, actor=ADMIN, why="x"))  # fmt: skip
    let_in(lambda: set_point(ITEM, {"lon": lon, "lat": lat, "accuracy_m": area, "how": "map"},
                             seen=read_item(ITEM).point_token, actor=ADMIN, why="x"))  # fmt: skip
    figure = {"item": ITEM, "period": "2026-Q1", "doc": "q1-2026", "line_from": 1, "field": field,
              "value": text, "cell": str(visit), "component": str(visit)}  # fmt: skip
    more = {"total": total} if field == "physical_done" else {}
    let_in(lambda: add_figure(figure | more, actor=ADMIN, why="x"))
    sent = {"visit": str(visit), "by": INSPECTOR.name, "item": ITEM, "at": "2026-11-20T02:30:15Z",
            "position": {"lon": lon, "lat": lat, "accuracy_m": handed},
            "observed": {"construction_pct": share, "handed_ha": area}, "photos": []}  # fmt: skip
    let_in(lambda: record_visit(read_visit(sent, INSPECTOR.name, visit.hex * 2), actor=INSPECTOR))
    with reading(store) as connection:
        assert check_store(connection) == []
    facts = load_facts()
    for frame, column in ((facts.cases, "area_ha"), (facts.visits, "lon"), (facts.points, "lat")):
        kept = frame[column].dropna()
        assert all(math.isfinite(one) and str(one) != "-0.0" for one in kept)
    filters = Filters(period="2026-Q1")
    assert pack_layer(build_investment_layer(facts, filters)).packed
    assert pack_item_symbols(facts, filters, "vi").packed
    assert make_export(facts, filters, export, ADMIN).content
