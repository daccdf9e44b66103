"""The sentence a leader reads first: it says the key figures and leaves out what is unknown."""

from __future__ import annotations

import pytest

from geo.i18n import LANGUAGES
from layers.summary.key_figures import list_key_figures
from layers.summary.lead_sentence import write_lead_sentence
from layers.watchlist.watchlist import build_watchlist
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.small_facts import no_facts

FACTS = load_facts()


def lead(filters: Filters, language: str = "vi") -> str:
    return write_lead_sentence(
        FACTS, filters, build_watchlist(FACTS, filters, language=language), language=language
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_the_figures_as_the_cards_do(language: str) -> None:
    filters = Filters(period="2026-Q1")
    said = lead(filters, language)
    shown = {one.key: one.text for one in list_key_figures(FACTS, filters, language=language)}
    for key in ("misses", "clearance_communes", "held_up"):
        assert shown[key] in said


@pytest.mark.parametrize("period", ["2025-11", "2026-01", "2026-Q1", "2026-H1"])
def test_unknown_is_no_part_of_it(period: str) -> None:
    assert "chưa rõ" not in lead(Filters(period=period))
    assert "nan" not in lead(Filters(period=period)).lower()


def test_where_there_is_nothing_it_says_so() -> None:
    assert lead(Filters(period="2025-11", communes=("11948",))).startswith("Phạm vi đang xem không")
    said = write_lead_sentence(no_facts(), Filters(), (), language="vi")
    assert said.startswith("Phạm vi đang xem không")
