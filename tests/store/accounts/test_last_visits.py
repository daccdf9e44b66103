"""Who looked when: the visit before is kept, a reload is no new one, nobody reads another's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from layers.summary.news import describe_news
from store.accounts.last_visits import BREAK, AuditedChange, read_news, record_visit
from store.db.database import reading
from store.db.schema import AUDIT
from store.editing.figures import edit_figure
from store.editing.open_record import read_item
from store.facts.facts import load_facts
from store.facts.narrowing import narrow_facts_to_user
from tests.people import ADMIN, VISITOR, person

NOON = datetime(2026, 11, 29, 5, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("store")


def newest() -> int:
    with reading() as connection:
        return int(connection.scalar(sa.select(sa.func.max(AUDIT.c.id))) or 0)


def test_the_first_visit_has_none_before_it_and_a_visitor_has_none_at_all() -> None:
    assert record_visit(person("moi"), now=NOON) is None
    assert record_visit(VISITOR, now=NOON) is None


def test_the_visit_before_stays_until_a_new_one_begins() -> None:
    who = person("quay_lai")
    first = newest()
    record_visit(who, now=NOON)
    later = NOON + BREAK + timedelta(minutes=1)
    mark = record_visit(who, now=later)
    assert mark is not None
    assert (mark.at, mark.seen) == (NOON.isoformat(timespec="seconds"), first)
    assert record_visit(who, now=later + timedelta(minutes=5)) == mark
    again = record_visit(who, now=later + 3 * BREAK)
    assert again is not None
    assert again.at == (later + timedelta(minutes=5)).isoformat(timespec="seconds")


def test_two_people_have_a_mark_each() -> None:
    one, other = person("mot"), person("hai")
    record_visit(one, now=NOON)
    record_visit(other, now=NOON + timedelta(hours=2))
    mark = record_visit(one, now=NOON + timedelta(hours=5))
    assert mark is not None
    assert mark.at == NOON.isoformat(timespec="seconds")


def test_a_corrected_figure_is_news_for_who_may_see_its_item_only() -> None:
    facts = load_facts()
    row = facts.observations[
        (facts.observations["item"] == "KP-15") & (facts.observations["field"] == "investment_mvnd")
    ].iloc[0]
    before = newest()
    opened = read_item("KP-15")
    assert opened is not None
    obs = str(row["obs"])
    token = opened.figure_tokens[obs]
    edit_figure(obs, {"value": "11000000"}, seen=token, actor=ADMIN, why="đọc lại")
    news = read_news(before)
    seen = describe_news(load_facts(), news, language="vi")
    assert [line.item for line in seen] == ["KP-15"]
    assert "11.000" in seen[0].text
    here = person("day", scope=frozenset({"11002"}), sees_all=False)
    there = person("kia", scope=frozenset({"11948"}), sees_all=False)
    assert describe_news(narrow_facts_to_user(load_facts(), here), news, language="vi") == seen
    assert describe_news(narrow_facts_to_user(load_facts(), there), news, language="vi") == ()


def test_a_new_period_is_news_with_what_moved_and_an_area_has_no_count_of_the_city() -> None:
    facts = load_facts()
    news = (AuditedChange("periods", "2026-H1", {}, {"period": "2026-H1"}),)
    whole = describe_news(facts, news, language="vi")
    assert whole[0].period == "2026-H1"
    assert {"period", "milestone", "figure"} <= {line.kind for line in whole}
    here = narrow_facts_to_user(facts, person("o", scope=frozenset({"11002"}), sees_all=False))
    part = describe_news(here, news, language="vi")
    assert [line.kind for line in part].count("period") == 1
    assert {line.item for line in part if line.item} <= set(here.items["item"])
