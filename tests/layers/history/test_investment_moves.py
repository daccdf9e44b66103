"""Why the investment of two periods differs: which items left, came, or have another amount."""

from layers.history.investment_moves import describe_investment_moves, list_investment_moves
from store.facts.commune_shares import VND_PER_MVND
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
from tests.small_facts import GOLF, LNG, OBSERVATIONS, seen, small_facts

H1 = Filters(period="2026-H1")


def test_a_project_off_the_list_explains_the_difference() -> None:
    facts = load_facts()
    (left,) = list_investment_moves(facts, H1, "2026-Q1")
    assert (left.kind, left.items, len(left.communes)) == ("left", ("KP-08",), 4)
    assert left.amount_vnd == -4_572_000 * VND_PER_MVND
    (sentence,) = describe_investment_moves(facts, H1, "2026-Q1")
    assert sentence.startswith("1 dự án rời danh mục, −4.572 tỷ đồng ở 4 xã, phường: Dự án")


def test_the_moves_make_the_whole_difference() -> None:
    facts = load_facts()
    for base in ("2025-11", "2026-01", "2026-Q1", "2026-05"):
        sums = [
            int(select_items(facts, H1.with_changes(period=period)).items["investment_mvnd"].sum())
            for period in (base, "2026-H1")
        ]
        moves = list_investment_moves(facts, H1, base)
        assert sum(move.amount_vnd for move in moves) == (sums[1] - sums[0]) * VND_PER_MVND


def test_another_amount_and_one_newly_known_are_told_apart() -> None:
    rows = [row for row in OBSERVATIONS if (row["item"], row["field"]) != (GOLF, "investment_mvnd")]
    later = {"period": "2026-H1", "doc": "h1-2026"}
    facts = small_facts(observations=[
        *rows,
        seen(GOLF, "investment_mvnd", 11035467, **later),
        seen(LNG, "investment_mvnd", 178012500, **later),
    ])  # fmt: skip
    moves = {move.kind: move for move in list_investment_moves(facts, H1, "2026-Q1")}
    assert moves["known"].items == (GOLF,)
    assert (moves["changed"].items, moves["changed"].amount_vnd) == ((LNG,), 500 * VND_PER_MVND)
