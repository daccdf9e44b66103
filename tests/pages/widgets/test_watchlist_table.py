"""The watch list as a table: escaped, with its places, and parted where no money is held up."""

from __future__ import annotations

from layers.watchlist.watchlist import build_watchlist
from pages.shell.context import PageContext
from pages.widgets.watchlist_table import render_watchlist
from store.facts.filters import Filters
from tests.hostile import HOSTILE_TEXTS
from tests.people import ADMIN
from tests.small_facts import AEON, CONFLICTS, GOLF, ITEMS, TUNNEL, small_facts
from tests.visits import case, visit, with_staff

H1 = Filters(period="2026-H1")


def shown(facts: object, filters: Filters = H1, most: int = 20) -> str:
    ctx = PageContext("vi", facts, ADMIN)
    return str(render_watchlist(ctx, filters, build_watchlist(facts, filters), most))


def test_what_staff_wrote_down_leads_to_the_project_s_page() -> None:
    facts = with_staff(
        cases=[case("GP-1", GOLF, deadline="2026-05-01")],
        visits=[visit("v-1", AEON, observed_construction_pct=50.0)],
    )
    table = shown(facts)
    assert f"du-an?item={GOLF}" in table
    assert f"du-an?item={AEON}" in table
    assert "kiểm tra thấy thi công 50 %, báo 77 %" in table


def test_what_reports_state_leads_to_their_words() -> None:
    assert "nguyen-van?doc=q1-2026&amp;line=742-742" in shown(small_facts())


def test_a_line_parts_what_only_needs_clearing_up() -> None:
    facts = small_facts(conflicts=[{**CONFLICTS[0], "item": TUNNEL}])
    table = shown(facts)
    assert table.index("hp-watch-part") > table.index("LNG")
    assert table.index("hp-watch-part") < table.index(f"item~{TUNNEL}")
    assert shown(facts, most=1).count("<tr") == 2


def test_a_hostile_name_is_text() -> None:
    text = " § ".join(one for one in HOSTILE_TEXTS if one.isprintable())
    items = [{**one, "name": text} if one["item"] == GOLF else one for one in ITEMS]
    table = shown(small_facts(items=items))
    for made in ("<img", "<script", "<svg", 'onmouseover="', "javascript:alert(1)>"):
        assert made not in table
