"""A figure that was corrected by hand says so beside it in the briefing: the day, not by whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from layers.briefing import compose_briefing
from store.audit.edit_tokens import make_figure_target, make_row_target, read_edit_token
from store.db.database import reading
from store.editing.city import edit_indicator
from store.editing.figures import edit_figure
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests import templates
from tests.layers.briefing.paragraphs import list_paragraphs
from tests.people import person

if TYPE_CHECKING:
    from pathlib import Path

    from layers.briefing.document import Briefing
    from store.audit.edit_tokens import EditTarget

PERIOD = "2026-Q1"
AUTHOR = person("Nguyễn Văn Người Sửa", "administrator")
BY_HAND = re.compile(r"\(đính chính ngày \d\d/\d\d/\d{4}; trước ghi ([^)]+)\)")


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    templates.use_copy(templates.curated_store(), tmp_path, monkeypatch)


def token(target: EditTarget) -> str:
    with reading() as connection:
        return read_edit_token(connection, target)


def list_texts(made: Briefing) -> list[str]:
    said = [f"{one.lead} {one.text} {made.cite(one.sources, one.text)}"
            for one in list_paragraphs(made)]  # fmt: skip
    tables = [annex.table for annex in made.annexes if annex.table]
    rows = [row for table in tables for row in table.rows]
    return said + [" ".join((*row.cells, made.cite(row.sources))) for row in rows]


def test_corrected_figures_of_an_item_and_of_the_city_are_marked_with_their_day() -> None:
    facts = load_facts()
    assert not any(BY_HAND.search(text) for text in list_texts(make()))
    rows = facts.observations.query("item == 'KP-24' and field == 'investment_mvnd'")
    obs = str(rows.loc[rows["period"] == PERIOD, "obs"].item())
    edit_figure(obs, {"value": "1300000"}, seen=token(make_figure_target(obs)), actor=AUTHOR,
                why="theo quyết định")  # fmt: skip
    counts = facts.indicators.query("period == @PERIOD and subject == 'key_projects'")
    shown = counts[counts["measure"] == "misses_goal"].iloc[0]
    key = str(shown["indicator"])
    edit_indicator(key, {"value": shown["value"] + 1}, why="theo báo cáo gốc", actor=AUTHOR,
                   seen=token(make_row_target("indicators", key)))  # fmt: skip
    made = make()
    marks = {mark for text in list_texts(made) for mark in BY_HAND.findall(text)}
    assert {"1.228,2 tỷ đồng"} < marks
    assert any(mark.startswith(f"{shown['value']:.0f}") for mark in marks)
    assert not any("Người Sửa" in text for text in list_texts(made))


def make() -> Briefing:
    return compose_briefing(load_facts(), Filters(period=PERIOD))
