"""Whatever is edited and undone in whatever order: the store stays whole, undoing restores."""
# ruff: noqa: D102 - a rule says by its name what it does

from __future__ import annotations

import itertools
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from store import bootstrap
from store.audit.integrity import check_store
from store.clearance.register import edit_case, open_case, withdraw_case
from store.db.database import reading
from store.db.errors import EditError, ImportRefusedError
from store.db.staff_tables import STAFF
from store.editing.figures import edit_figure, remove_figure
from store.editing.items import add_item, edit_item, remove_item, set_communes, set_point
from store.editing.open_record import read_case as look
from store.editing.open_record import read_item
from store.editing.recent_changes import list_changes, undo_change
from store.facts.stored.tables import read_frame, read_stored_facts, read_stored_facts_from
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from tests.examples import at_most
from tests.people import ADMIN, PLANNER
from tests.store.small_reports import CAT_HAI, DO_SON, QUARTER

if TYPE_CHECKING:
    import pandas as pd

WHY = "thử"
COMMUNES = (DO_SON, CAT_HAI, "11002", "11413")
NAMES = st.text(min_size=1, max_size=30)
PICKS = st.integers(0, 10_000)
NUMBERS = itertools.count()


def everything() -> dict[str, pd.DataFrame]:
    """Return all facts and all that staff keep, in an order that positions do not change."""
    with reading() as connection:
        frames = dict(vars(read_stored_facts_from(connection)))
        frames |= {name: read_frame(connection, name, None) for name in STAFF}
    return {
        name: frame.sort_values(list(frame.columns), ignore_index=True)
        for name, frame in frames.items()
    }


def same(left: dict[str, pd.DataFrame], right: dict[str, pd.DataFrame]) -> bool:
    return all(left[name].equals(right[name]) for name in left)


class Editing(RuleBasedStateMachine):
    """A store edited at random; ``before`` is what it held before each change that stands."""

    def __init__(self) -> None:
        super().__init__()
        self.before: dict[int, dict[str, pd.DataFrame]] = {}
        self.stack: list[int] = []

    @initialize()
    def begin(self) -> None:
        self.kept = os.environ["DATABASE_URL"]
        self.folder = tempfile.TemporaryDirectory(prefix="edits-")
        file = Path(self.folder.name) / f"store-{next(NUMBERS)}.sqlite"
        os.environ["DATABASE_URL"] = f"sqlite:///{file}"
        bootstrap.ensure_store(curated=False)
        apply_import(plan_import(QUARTER), ADMIN)

    def teardown(self) -> None:
        if hasattr(self, "kept"):
            os.environ["DATABASE_URL"] = self.kept
            self.folder.cleanup()

    def did(self, before: dict[str, pd.DataFrame], *, changed: object) -> None:
        if changed:
            number = list_changes(most=1)[0].number
            self.before[number] = before
            self.stack.append(number)

    def items(self) -> list[str]:
        return sorted(read_stored_facts(os.environ["DATABASE_URL"]).items["item"])

    def item(self, pick: int) -> str:
        items = self.items()
        return items[pick % len(items)]

    @rule(pick=PICKS, name=NAMES)
    def rename(self, pick: int, name: str) -> None:
        before, item = everything(), self.item(pick)
        seen = read_item(item).item_token
        try:
            changed = edit_item(item, {"name": name}, seen=seen, actor=PLANNER, why=WHY)
        except EditError:
            changed = 0
            assert same(before, everything())
        self.did(before, changed=changed)

    @rule(pick=PICKS, codes=st.lists(st.sampled_from(COMMUNES), max_size=3))
    def place(self, pick: int, codes: list[str]) -> None:
        before, item = everything(), self.item(pick)
        seen = read_item(item).communes_token
        changed = set_communes(item, codes, seen=seen, actor=PLANNER, why=WHY)
        self.did(before, changed=changed)

    @rule(pick=PICKS, lon=st.none() | st.floats(106, 107))
    def point(self, pick: int, lon: float | None) -> None:
        before, item = everything(), self.item(pick)
        values = None if lon is None else {"lon": lon, "lat": 20.8, "how": "map"}
        seen = read_item(item).point_token
        changed = set_point(item, values, seen=seen, actor=PLANNER, why=WHY)
        self.did(before, changed=changed)

    @rule(pick=PICKS, value=st.sampled_from(["10", "20", "30"]))
    def figure(self, pick: int, value: str) -> None:
        before, item = everything(), self.item(pick)
        now = read_item(item)
        numbers = [obs for obs, row in now.figures.items() if row["unit"] == "percent"]
        if not numbers:
            return
        obs = numbers[pick % len(numbers)]
        seen = now.figure_tokens[obs]
        changed = edit_figure(obs, {"value": value}, seen=seen, actor=PLANNER, why=WHY)
        self.did(before, changed=changed)

    @rule(pick=PICKS)
    def drop_figure(self, pick: int) -> None:
        before, item = everything(), self.item(pick)
        now = read_item(item)
        if not now.figures:
            return
        obs = sorted(now.figures)[pick % len(now.figures)]
        changed = remove_figure(obs, seen=now.figure_tokens[obs], actor=PLANNER, why=WHY)
        self.did(before, changed=changed)

    @rule(name=NAMES)
    def add(self, name: str) -> None:
        before = everything()
        values = {"name": f"Dự án {name}", "kind": "transport"}
        self.did(before, changed=add_item(values, [DO_SON], actor=PLANNER, why=WHY))

    @rule(pick=PICKS)
    def remove(self, pick: int) -> None:
        if len(self.items()) == 1:
            return
        before, item = everything(), self.item(pick)
        seen = read_item(item).item_token
        try:
            changed = remove_item(item, seen=seen, actor=PLANNER, why=WHY)
        except EditError:
            changed = 0
            assert same(before, everything())
        self.did(before, changed=changed)

    @rule(pick=PICKS, area=st.none() | st.floats(0, 100))
    def case(self, pick: int, area: float | None) -> None:
        before = everything()
        values = {"item": self.item(pick), "area_ha": area}
        self.did(before, changed=open_case(values, actor=PLANNER, why=WHY))

    @precondition(lambda self: hasattr(self, "kept"))
    @rule(pick=PICKS, state=st.sampled_from(["done", "under_way", "unknown"]), close=st.booleans())
    def step(self, pick: int, state: str, close: bool) -> None:
        before = everything()
        opened = before["cases"][before["cases"]["state"] == "open"]["case"]
        if opened.empty:
            return
        case = str(opened.iloc[pick % len(opened)])
        seen = look(case).token
        if close:
            day = "2026-01-01"
            changed = withdraw_case(case, day, seen=seen, actor=PLANNER, why=WHY)
        else:
            steps = {"inventory": {"state": state}}
            changed = edit_case(case, {}, seen=seen, actor=PLANNER, why=WHY, steps=steps)
        self.did(before, changed=changed)

    @precondition(lambda self: self.stack)
    @rule()
    def undo_last(self) -> None:
        """Undo the latest change that stands: everything is as it was before it."""
        number = self.stack.pop()
        undo_change(number, actor=PLANNER, why=WHY)
        assert same(everything(), self.before[number])

    @precondition(lambda self: self.stack)
    @rule(pick=PICKS)
    def undo_any(self, pick: int) -> None:
        """Undo any change: it is done whole, or refused and nothing is changed."""
        number = self.stack[pick % len(self.stack)]
        before = everything()
        try:
            undo_change(number, actor=PLANNER, why=WHY)
        except ImportRefusedError:
            assert same(everything(), before)
        else:
            # What the later ones held before them no longer has this change.
            self.stack = []

    @invariant()
    def whole(self) -> None:
        if hasattr(self, "kept"):
            with reading() as connection:
                assert check_store(connection) == []


TestEditing = pytest.mark.slow(Editing.TestCase)
TestEditing.settings = settings(
    max_examples=at_most(12),
    stateful_step_count=14,
    suppress_health_check=list(HealthCheck),
)
