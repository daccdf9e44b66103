"""What pages are given: names cut with a word on how many are left; facts, for as long as a run."""

import ast
import gc
from weakref import ref

import pytest
from streamlit.testing.v1 import AppTest

from geo.paths import ROOT
from pages.shell.context import PageContext, RunContext
from store.facts.facts import load_facts
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from tests.accounts_here import quick_store  # noqa: F401
from tests.people import ADMIN, AN
from tests.small_facts import small_facts
from tests.store.corrections import correct
from tests.store.small_reports import QUARTER

WAIT = 120
PAGES = sorted((ROOT / "pages").rglob("*.py"))


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ([], ""),
        (["a", "b"], "a, b"),
        (["a", "b", "c", "d"], "a, b và 2 mục khác"),
    ],
)
def test_names_left_out_are_counted(names: list[str], shown: str) -> None:
    assert PageContext("vi", small_facts(), ADMIN).list_names(names, 2) == shown


@pytest.mark.usefixtures("quick_store")
def test_a_page_that_stays_open_keeps_no_old_facts_alive() -> None:
    """Its callbacks and the parts that run alone outlive the run, with all that they hold."""
    apply_import(plan_import(QUARTER), AN)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=WAIT).run()
    assert not app.exception
    seen = ref(load_facts())
    obs = str(load_facts().observations["obs"].iloc[0])
    correct("observations", obs, {"raw": "sửa"}, ADMIN, "thử")
    assert load_facts() is not seen()
    gc.collect()
    assert seen() is None
    assert not app.run().exception


def test_what_a_page_leaves_with_its_session_is_given_no_facts() -> None:
    """A download that is made when it is asked for lives as long as its page is open."""
    for path in PAGES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                given = {arg.attr for arg in node.args if isinstance(arg, ast.Attribute)}
                kept = node.func.id == "partial" and "facts" in given
                assert not kept, f"{path.name}: {ast.unparse(node)}"


@pytest.mark.usefixtures("quick_store")
def test_a_context_left_over_finds_the_facts_of_now() -> None:
    ctx = RunContext("vi", load_facts(), ADMIN)
    assert ctx.facts is load_facts()
    apply_import(plan_import(QUARTER), AN)
    now = load_facts()
    gc.collect()
    assert ctx.facts is now


def test_every_part_that_runs_alone_is_counted_among_the_runs_of_readers() -> None:
    uses = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "app.py", *(ROOT / "pages").rglob("*.py"))
        if "st.fragment(" in (code := path.read_text("utf-8")) or "@st.fragment" in code
    ]
    assert uses == ["pages/shell/context.py"]
