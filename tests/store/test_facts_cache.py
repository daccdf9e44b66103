"""What is worked out of facts is made once and goes when the facts go."""

import ast
import gc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event, get_ident
from weakref import ref

import pytest

from geo.paths import ROOT
from layers.choropleth.clearance import build_clearance_layer
from layers.choropleth.investment import build_investment_layer
from layers.choropleth.progress import build_progress_layer
from layers.details.place_search import search_places
from layers.history.project_history import find_item_history
from layers.history.s_curve import build_s_curve
from layers.summary.key_figures import list_key_figures
from layers.tables.item_groups import build_group_table
from layers.tables.item_table import build_item_table
from layers.tables.visit_list import list_visits
from layers.watchlist.watchlist import build_watchlist
from store.analysis.contradictions import list_contradictions
from store.analysis.milestones.milestone_forecast import forecast_milestones
from store.exports.tables.content import make_content
from store.facts.facts import Facts, load_facts
from store.facts.filters import Filters
from store.facts.narrowing import narrow_facts_to_user
from store.facts.selection import find_default_period
from store.facts.sources import find_sources
from store.facts_cache import cache_on_facts
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from store.users.users import User
from tests.accounts_here import quick_store  # noqa: F401
from tests.people import ADMIN, AN, person
from tests.small_facts import small_facts
from tests.store.corrections import correct
from tests.store.small_reports import DO_SON, QUARTER

FUNCTOOLS = {"cache", "lru_cache", "functools.cache", "functools.lru_cache"}
EDITS = 3
KEPT = 2
READERS = 8
WAIT = 120.0
"""Seconds after which something hangs."""

IN_DO_SON = person("ds", "planner", scope=frozenset({DO_SON}))


def test_a_result_is_made_once_of_each_facts_and_arguments() -> None:
    asked: list[tuple[str, int]] = []

    @cache_on_facts(most=2)
    def count(facts: Facts, more: int) -> int:
        """Return how many items there are, and some."""
        asked.append((facts.version, more))
        return len(facts.items) + more

    one = small_facts()
    other = replace(one, version="other", items=one.items[:1])
    assert [count(one, 1), count(one, 1), count(one, 2), count(other, 1)] == [7, 7, 8, 2]
    assert asked == [(one.version, 1), (one.version, 2), ("other", 1)]
    assert count.__doc__ == "Return how many items there are, and some."


def test_of_many_that_ask_at_once_one_makes_it() -> None:
    made: list[int] = []
    begun, go_on = Event(), Event()

    @cache_on_facts()
    def count(facts: Facts) -> int:
        made.append(get_ident())
        begun.set()
        go_on.wait(WAIT)
        return len(facts.items)

    facts = small_facts()
    with ThreadPoolExecutor(READERS) as pool:
        answers = [pool.submit(count, facts) for _ in range(READERS)]
        begun.wait(WAIT)
        assert not any(answer.done() for answer in answers)
        go_on.set()
        assert {answer.result(WAIT) for answer in answers} == {len(facts.items)}
    assert len(made) == 1


def test_a_failure_is_its_own_and_frees_those_that_wait() -> None:
    tries: list[int] = []
    begun, go_on = Event(), Event()

    @cache_on_facts()
    def count(facts: Facts) -> int:
        tries.append(get_ident())
        if len(tries) == 1:
            begun.set()
            go_on.wait(WAIT)
            raise ValueError(facts.version)
        return len(facts.items)

    facts = small_facts()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(count, facts)
        begun.wait(WAIT)
        second = pool.submit(count, facts)
        go_on.set()
        with pytest.raises(ValueError, match=facts.version):
            first.result(WAIT)
        assert second.result(WAIT) == count(facts) == len(facts.items)
    assert len(tries) == 2


def test_cached_functions_that_need_one_another_from_many_threads_come_to_an_end() -> None:
    @cache_on_facts()
    def inner(facts: Facts, number: int) -> int:
        return len(facts.items) + number

    @cache_on_facts()
    def outer(facts: Facts, number: int) -> int:
        return inner(facts, number) + inner(facts, 1 - number)

    facts = small_facts()
    numbers = [0, 1] * READERS
    with ThreadPoolExecutor(READERS) as pool:
        answers = list(pool.map(lambda number: outer(facts, number), numbers, timeout=WAIT))
    assert set(answers) == {2 * len(facts.items) + 1}


def test_a_function_that_needs_its_own_result_is_told_so() -> None:
    @cache_on_facts()
    def ask_again(facts: Facts) -> int:
        return ask_again(facts)

    with pytest.raises(RuntimeError, match="own result"):
        ask_again(small_facts())


def test_of_too_many_results_the_one_longest_unasked_goes() -> None:
    asked: list[int] = []

    @cache_on_facts(most=2)
    def count(_facts: Facts, more: int) -> int:
        asked.append(more)
        return more

    facts = small_facts()
    for number in (1, 2, 1, 3, 1, 2):
        count(facts, number)
    assert asked == [1, 2, 3, 2]


@pytest.mark.usefixtures("quick_store")
def test_after_many_edits_the_older_facts_are_gone() -> None:
    apply_import(plan_import(QUARTER), AN)
    seen: list[ref[Facts]] = []
    narrowed: list[ref[Facts]] = []
    for number in range(EDITS):
        obs = str(load_facts().observations["obs"].iloc[0])
        correct("observations", obs, {"value": str(1_300_000 + number)}, ADMIN, "thử")
        facts = load_facts()
        seen.append(ref(facts))
        for user in (ADMIN, IN_DO_SON):
            look_at_everything(facts, user)
        narrowed.append(ref(narrow_facts_to_user(facts, IN_DO_SON)))
        del facts
    gc.collect()
    assert len({id(one) for one in seen}) == EDITS
    assert sum(one() is not None for one in seen) <= KEPT
    assert sum(one() is not None for one in narrowed) <= KEPT


def look_at_everything(facts: Facts, user: User) -> None:
    """Ask for what the pages show."""
    mine, filters = narrow_facts_to_user(facts, user), Filters()
    for layer in (build_progress_layer, build_investment_layer, build_clearance_layer):
        layer(mine, filters)
    search_places(mine, "hai phong")
    find_item_history(mine, str(facts.items["item"].iloc[0]))
    build_s_curve(mine, filters)
    list_key_figures(mine, filters)
    build_item_table(mine, filters)
    build_group_table(mine, filters, "funding", language="vi")
    list_visits(mine)
    build_watchlist(mine, filters)
    list_contradictions(mine)
    forecast_milestones(mine, find_default_period(mine))
    find_sources(mine, list(mine.observations["obs"]))
    make_content(facts, filters, actor=user, at=datetime.now(UTC))


def test_no_cache_holds_facts_by_itself() -> None:
    """A cache of ``functools`` with facts among its keys would keep old ones alive."""
    kept = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for room in ("store", "layers", "web", "pages")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(one).split("(")[0] in FUNCTOOLS for one in node.decorator_list)
        and any(one.arg == "facts" for one in (*node.args.args, *node.args.kwonlyargs))
    ]
    assert kept == []
