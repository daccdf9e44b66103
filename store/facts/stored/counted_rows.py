"""The rows of a report's table that a count of key projects is of, those that wait too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from store.db.database import reading
from store.db.schema import APPROVALS, DECISIONS, REVIEWS
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from store.facts.facts import Facts
    from store.facts.statements import Row

_KEY_PROJECT: Final = "key_project"
_IGNORED: Final = "ignore"


def list_counted_items(facts: Facts, row: Row) -> list[str] | None:
    """Return the items that a count is of, ``None`` where no table of its document lists them."""
    if row["subject"] != "key_projects":
        return None
    listed = _list_key_projects(facts).get(row["doc"])
    if listed is None:
        return None
    if row["measure"] == "listed":
        return list(listed["item"])
    for column, wanted in (("phase", row["measure"]), ("group", row["measure"].partition("_")[2])):
        if (facts.items[column] == wanted).any():
            return list(listed.loc[listed[column] == wanted, "item"])
    if row["measure"] == "misses_goal":
        seen = list_said_of_goals(facts)[row["doc"]]
        missing = seen[(seen["field"] == "forecast") & (seen["value"] == "misses")]
        return list(listed.loc[listed["item"].isin(missing["item"]), "item"])
    return None


def count_waiting_rows(facts: Facts, row: Row) -> int:
    """Return how many rows of its document's table that a count is of wait for their project."""
    measure, waiting = row["measure"], _map_waiting_projects(facts).get(row["doc"], ())
    if measure == "listed":
        return len(waiting)
    if measure == "misses_goal":
        return sum(one.forecast == "misses" for one in waiting)
    group = measure.partition("_")[2]
    return sum(one.phase == measure or one.group == (group or None) for one in waiting)


@dataclass(frozen=True)
class _WaitingProject:
    """A row that waits for the answer which project it is of: where it stands, its forecast."""

    group: str
    phase: str
    forecast: str


@cache_on_reports(most=4)
def _map_waiting_projects(facts: Facts) -> Mapping[str, Sequence[_WaitingProject]]:
    """Return the rows that wait, by their document; nothing for facts of no store.

    Of an approved period also those that were left out since: it stays as it was approved.
    """
    if not facts.url:
        return {}
    standing = sa.and_(DECISIONS.c.review_id == REVIEWS.c.id, DECISIONS.c.undone_by.is_(None))
    columns = REVIEWS.c.doc, REVIEWS.c.period, REVIEWS.c.payload, REVIEWS.c.state
    asked = (
        sa.select(*columns, DECISIONS.c.choice, DECISIONS.c.import_id)
        .outerjoin(DECISIONS, standing)
        .where(REVIEWS.c.reason.in_(("uncertain_item", "unmatched_item")))
        .order_by(REVIEWS.c.id)
    )
    with reading(facts.url) as connection:
        rows = connection.execute(asked).all()
        approvals = {
            str(period): int(number)
            for period, number in connection.execute(
                sa.select(APPROVALS.c.period, APPROVALS.c.import_id)
            )
        }
    waiting: dict[str, list[_WaitingProject]] = {}
    for doc, period, payload, state, choice, decision in rows:
        approved = approvals.get(period, 0)
        left_out = approved and choice == _IGNORED and decision > approved
        if state != "open" and not left_out:
            continue
        new = payload.get("new_item") or {}
        if new.get("kind") != _KEY_PROJECT:
            continue
        said = [entry["content"] for entry in payload.get("add", ())]
        forecast = next((row["value"] for row in said if row.get("field") == "forecast"), "")
        project = _WaitingProject(str(new["group"]), str(new["phase"]), str(forecast))
        waiting.setdefault(str(doc), []).append(project)
    return waiting


@cache_on_reports()
def _list_key_projects(facts: Facts) -> dict[str, pd.DataFrame]:
    """Return the key projects that the table of each document has a row of, where it has a table.

    A table gives amounts; a row whose own amount waits for an answer is a row of it all the same.
    """
    projects = facts.items[facts.items["kind"] == _KEY_PROJECT]
    return {
        doc: listed
        for doc, seen in list_said_of_goals(facts).items()
        if len(listed := _select_key_projects(projects, seen))
    }


def _select_key_projects(projects: pd.DataFrame, seen: pd.DataFrame) -> pd.DataFrame:
    amounts = seen.loc[seen["field"] == "investment_mvnd", "item"]
    has_table = projects["item"].isin(amounts).any()
    return projects[projects["item"].isin(seen["item"])] if has_table else projects[:0]


_OF_ROWS: Final = ("investment_mvnd", "forecast", "obstacle", "planned_work", "result_text")


@cache_on_reports()
def list_said_of_goals(facts: Facts) -> dict[str, pd.DataFrame]:
    """Return the observations of amounts, goals and results by document."""
    seen = facts.observations
    seen = seen[seen["field"].isin(_OF_ROWS)]
    return {str(doc): rows for doc, rows in seen.groupby("doc")}
