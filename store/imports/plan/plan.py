"""What importing a report would do, worked out without writing anything."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from reports.facts_files.curated import CuratedFacts
from reports.outcome.summary import describe_outcome, describe_rest, gave_nothing, has_unread_pages
from store.audit.changes import RowChange
from store.audit.rows import frame_from_rows, list_frame_columns
from store.facts.facts import Facts, make_facts
from store.imports.plan.differences import ImportDifference, make_differences_frame
from store.imports.plan.fact_rows import make_item_code
from store.imports.plan.matching import KEY_PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.extraction import Extraction
    from store.imports.plan.matching import ItemMatch, NameAlias
    from store.imports.plan.review_rows import ReviewRow


Confirmation: TypeAlias = Literal["nothing_read", "unread_pages"]
"""What a person must say that they know before a report is imported."""


def format_plan(plan: ImportPlan) -> str:
    """Return the preview as lines for a reader."""
    read = plan.extraction
    lines = [
        t("store.preview.document", doc=plan.doc, period=plan.period),
        describe_outcome(read),
        describe_rest(read),
    ]
    told = "nothing_read"  # in the lines above already
    lines += [f"- {problem.text()}" for problem in plan.problems if problem.key != told]
    lines += [
        t("store.preview.count", table=t(f"store.table.{table}"), count=count)
        for table, count in plan.counts().items()
    ]
    states = plan.statement_states()
    if states or read.reading.unread:
        lines.append(
            t(
                "store.preview.statements",
                count=sum(states.values()),
                sure=states["sure"],
                ask=states["ask"],
                unread=len(read.reading.unread),
            )
        )
    if plan.differing:
        lines.append(t("store.preview.differences", count=len(plan.differing)))
        reasons = plan.differences()["reason"].value_counts()
        lines += [f"  {count} × {reason}" for reason, count in reasons.items()]
    if plan.diff is not None and len(plan.diff):
        lines.append(t("store.preview.diff"))
        kinds = plan.diff["change"].value_counts()
        lines += [f"  {count} × {t(f'store.change.{kind}')}" for kind, count in kinds.items()]
    return "\n".join(lines)


def plan_to_json(plan: ImportPlan) -> dict[str, Any]:
    """Return the preview as JSON takes it."""
    return {
        "doc": plan.doc,
        "period": plan.period,
        "sha256": plan.sha256,
        "already": plan.already,
        "balance": vars(plan.extraction.balance),
        "counts": plan.counts(),
        "statements": dict(plan.statement_states()),
        "problems": [
            {"key": entry.key, "blocking": entry.blocking, "text": entry.text()}
            for entry in plan.problems
        ],
        "matches": [
            {"name": name, "item": match.item, "how": match.how, "score": round(match.score, 3)}
            for name, match in plan.matches
        ],
        "diff": _frame_to_records(plan.diff),
        "differences": _frame_to_records(plan.differences()),
        "reviews": [
            {"reason": entry.reason, "raw": entry.raw, "detail": entry.detail, "place": entry.place}
            for entry in plan.reviews
        ],
    }


def _frame_to_records(frame: pd.DataFrame | None) -> list[dict[str, Any]]:
    if frame is None:
        return []
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(k): v for k, v in row.items()} for row in plain.to_dict("records")]


def add_plan_to_facts(plan: ImportPlan, facts: Facts) -> Facts:
    """Return ``facts`` with the rows that the plan would add.

    Rows of its table that wait for an answer, which item they are about, are there as of a new one:
    the table has so many rows whatever the answer will be.
    """
    plan = replace(plan, changes=(*plan.changes, *_list_waiting_rows(plan, facts)))
    frames = {field.name: getattr(facts, field.name) for field in fields(CuratedFacts)}
    for table in frames.keys() & {change.table for change in plan.changes if change.after}:
        frames[table] = pd.concat([frames[table], plan.rows(table)], ignore_index=True)
    return make_facts(
        CuratedFacts(**frames),
        communes=facts.communes,
        former_units=facts.former_units,
        zones=facts.zones,
    )


def _list_waiting_rows(plan: ImportPlan, facts: Facts) -> Iterator[RowChange]:
    taken = {*facts.items["item"], *plan.rows("items")["item"]}
    for review in plan.reviews:
        new = review.payload.get("new_item")
        if not new or new["kind"] != KEY_PROJECT:
            continue
        code = make_item_code(new["kind"], new["name"], int(new["no"] or 0), taken)
        taken.add(code)
        yield RowChange("items", None, new | {"item": code})
        for entry in review.payload["add"]:
            yield RowChange(entry["table"], None, entry["content"] | {"item": code})


@dataclass(frozen=True)
class ImportProblem:
    """Something to know before accepting; ``blocking``: the import is refused because of it."""

    key: str
    blocking: bool
    values: tuple[tuple[str, str], ...] = ()

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return it in words."""
        return t(f"store.problem.{self.key}", language, **dict(self.values))


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question that was answered before it was asked: by a draft, or by an earlier decision."""

    review: ReviewRow
    choice: str
    remembered: bool


@dataclass(frozen=True, eq=False)
class ImportPlan:
    """What importing a report would do to the store as it was at ``version``.

    ``already`` is the number of the import that brought the same document in, 0 for none: then
    nothing is to be done. ``matches`` says of every named thing which item it was taken for.
    ``diff`` is what changes against the period before, see
    ``store.imports.preview.period_comparison.compare_with_stored``.
    """

    extraction: Extraction
    version: str
    sha256: str
    doc: str
    period: str
    already: int = 0
    changes: tuple[RowChange, ...] = ()
    reviews: tuple[ReviewRow, ...] = ()
    settled: tuple[AnsweredQuestion, ...] = ()
    aliases: tuple[NameAlias, ...] = ()
    matches: tuple[tuple[str, ItemMatch], ...] = ()
    differing: tuple[ImportDifference, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    diff: pd.DataFrame | None = field(default=None)

    @property
    def blocked(self) -> bool:
        """Whether the import would be refused."""
        return any(problem.blocking for problem in self.problems)

    @property
    def confirmations(self) -> tuple[Confirmation, ...]:
        """What must be confirmed for the import to be accepted: that it lacks something."""
        wanted: list[Confirmation] = []
        if gave_nothing(self.extraction):
            wanted.append("nothing_read")
        if has_unread_pages(self.extraction):
            wanted.append("unread_pages")
        return tuple(wanted)

    def rows(self, table: str) -> pd.DataFrame:
        """Return the rows that would be added to a facts table, with its columns."""
        added = [change.after for change in self.changes if change.table == table and change.after]
        return frame_from_rows(
            [[row[name] for name in list_frame_columns(table)] for row in added], table
        )

    def statement_states(self) -> Counter[str]:
        """Return how many of the document's statements are sure, asked about, refused before."""
        return Counter(
            str(change.after["state"])
            for change in self.changes
            if change.table == "statements" and change.after
        )

    def counts(self) -> dict[str, int]:
        """Return how many rows would be added by table, and the questions left open."""
        tables = [change.table for change in self.changes if change.after]
        added = {table: tables.count(table) for table in dict.fromkeys(tables)}
        return added | {"reviews": len(self.reviews), "settled": len(self.settled)}

    def differences(self, language: str = DEFAULT_LANGUAGE) -> pd.DataFrame:
        """Return how the store and the reading differ on this document, explained."""
        return make_differences_frame(self.differing, language)
