"""The list of a page's address as markup to print: for who may read it, safe whatever it holds."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app import app
from store.facts.facts import Facts, load_facts
from tests.accounts_here import make, quick_store  # noqa: F401
from tests.hostile import HOSTILE_TEXTS
from tests.many_facts import many_facts
from tests.web.guarded import served, signed_in
from web.on_paper import items as on_paper
from web.on_paper.items import ITEMS_ON_PAPER


def here() -> TestClient:
    """Return a browser of the personal install, with the curated facts."""
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50000))


def test_it_lists_every_item_that_the_address_chooses() -> None:
    answer = here().get(ITEMS_ON_PAPER, params={"period": "2026-Q1", "kinds": "key_project"})
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.count("<tr><td>") == 31
    assert "Loại: Công trình trọng điểm" in answer.text
    assert "chưa lưu" not in answer.text
    assert "chưa lưu" in here().get(ITEMS_ON_PAPER, params={"unsaved": "1"}).text


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    answer = here().get(ITEMS_ON_PAPER, params={"cols": "short_name,investment_bvnd"})
    assert '<th scope="col">Tên' in answer.text
    assert answer.text.count('<th scope="col" class="hp-printed-right">') == 1
    assert answer.text.count('<td class="hp-printed-right">') > 31


def test_the_list_is_whole_whatever_its_size_in_tables_that_a_browser_prints(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(on_paper, "load_facts", many_facts)
    page = here().get(ITEMS_ON_PAPER, params={"cols": "item,short_name"}).text
    numbers = [int(number) for number in re.findall(r"<tr><td>(\d+)</td>", page)]
    assert len(numbers) > 3000
    assert numbers == list(range(1, len(numbers) + 1))
    tables = page.split("<table>")[1:]
    assert max(table.count("<tr><td>") for table in tables) <= 500
    assert {table.count("<th scope") for table in tables} == {3}


@given(st.dictionaries(st.sampled_from(["cols", "sort", "group", "part", "text", "lang", "period"]),
                       st.text(max_size=30)))  # fmt: skip
def test_no_address_breaks_it(query: dict[str, str]) -> None:
    assert here().get(ITEMS_ON_PAPER, params=query).status_code == 200


@pytest.mark.usefixtures("quick_store")
def test_who_may_not_read_gets_nothing() -> None:
    make("an")
    assert served().get(ITEMS_ON_PAPER).status_code in {303, 401}
    answer = signed_in("an").get(ITEMS_ON_PAPER)  # a store without facts
    assert (answer.status_code, answer.content) == (200, b"")


def test_names_from_outside_are_text(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = load_facts()
    names = [f"{HOSTILE_TEXTS[number % len(HOSTILE_TEXTS)]} {number}"
             for number in range(len(facts.items))]  # fmt: skip
    hostile: Facts = replace(facts, version="hostile", items=facts.items.assign(name=names))
    monkeypatch.setattr(on_paper, "load_facts", lambda: hostile)
    page = here().get(ITEMS_ON_PAPER).text
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("<style>") == 1
