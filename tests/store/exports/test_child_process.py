"""Work in another process: the same bytes, the reader's own rights, and an end by the clock."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from layers.briefing import Letterhead
from layers.briefing.files import build_document_files, build_files_of_store
from store.db.errors import ExportError, NotAllowedError
from store.exports import child_process
from store.exports.child_process import MOST_SECONDS, run_in_child
from store.exports.export import make_export, make_export_apart
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.narrowing import narrow_facts_to_user
from tests.hostile import mostly_slow
from tests.people import PLANNER, VISITOR, person

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = person("o_day", "planner", scope=frozenset({"11002"}), sees_all=False)
AREAS = [pytest.param(PLANNER, marks=pytest.mark.slow), HERE]
HEAD = Letterhead(body="Sở Tài chính")


def nothing(_step: str) -> None:
    return


def tell_steps(progress: Callable[[str], None], count: int) -> int:
    print("what is printed is no answer")  # noqa: T201
    for step in range(count):
        progress(str(step))
    return count


def refuse(_progress: Callable[[str], None], text: str) -> None:
    raise ExportError(text)


def crash(_progress: Callable[[str], None]) -> None:
    raise RuntimeError


def sleep(_progress: Callable[[str], None], seconds: float) -> None:
    time.sleep(seconds)


def test_steps_and_result_come_back_and_a_refusal_is_raised_as_it_was() -> None:
    steps: list[str] = []
    assert run_in_child(tell_steps, steps.append, MOST_SECONDS, 3) == 3
    assert steps == ["0", "1", "2"]
    with pytest.raises(ExportError, match="không được"):
        run_in_child(refuse, nothing, MOST_SECONDS, "không được")


def test_one_that_crashes_or_takes_too_long_is_ended_and_says_so() -> None:
    with pytest.raises(ExportError, match="chương trình con"):
        run_in_child(crash, nothing)
    with pytest.raises(ExportError, match="đã dừng"):
        run_in_child(sleep, nothing, 1.0, 600.0)


def test_only_so_many_are_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    class _Full:
        def acquire(self, timeout: float) -> bool:
            assert timeout > 0
            return False

    monkeypatch.setattr(child_process, "_ROOM", _Full())
    with pytest.raises(ExportError, match="cùng lúc"):
        run_in_child(tell_steps, nothing, MOST_SECONDS, 1)


@pytest.mark.parametrize("actor", AREAS, ids=["all", "area"])
@pytest.mark.parametrize("name", ["csv", pytest.param("xlsx", marks=pytest.mark.slow)])
def test_an_export_made_apart_holds_what_one_made_here_holds(actor, name: str) -> None:
    filters = Filters(period="2026-Q1")
    apart = make_export_apart(filters, name, actor, language="vi", called="tep")
    facts = narrow_facts_to_user(load_facts(), actor)
    # The moment stands in the file: made here at the same one, every byte is the same.
    here = make_export(facts, filters, name, actor, at=apart.made_at, called="tep")
    assert here == apart


def test_who_may_not_export_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process.subprocess, "Popen", partial(pytest.fail, "started"))
    with pytest.raises(NotAllowedError):
        make_export_apart(Filters(), "csv", VISITOR, language="vi", called="tep")


@pytest.mark.parametrize("actor", mostly_slow(AREAS, 1), ids=["all", "area"])
def test_a_brief_made_apart_is_the_one_made_here(actor) -> None:
    filters, options = Filters(period="2026-Q1"), {"language": "vi"}
    steps: list[str] = []
    apart = run_in_child(
        build_files_of_store, steps.append, MOST_SECONDS, "brief", actor, filters, HEAD, options
    )
    facts = narrow_facts_to_user(load_facts(), actor)
    assert apart == build_document_files("brief", facts, filters, HEAD, **options)
    assert steps == ["reading", "writing_docx"]
