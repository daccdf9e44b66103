"""The planner's whole way from an empty store: five reports, approval, a quarter full of changes.

The third quarter is made up (``tests.reports.next_quarter``). Every change in it is seen in the
comparison or asked, every question has an answer, a figure is corrected by hand and taken back,
and through all of it every file of the approved quarter stays as it was, to the byte.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from layers.briefing import Letterhead
from layers.briefing.files import build_document_files
from store.audit.approvals import approve_period
from store.audit.edit_tokens import make_figure_target, read_edit_token
from store.bootstrap import ensure_store
from store.db.database import reading
from store.editing.figures import edit_figure
from store.editing.recent_changes import undo_change
from store.exports.export import FORMATS, make_export
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.item_snapshot import build_item_snapshot
from store.imports.questions.shared import is_urgent
from store.imports.review_queue import list_reviews
from store.templates.kinds import KINDS
from store.templates.make import make_template_file
from tests.people import APPROVER, PLANNER
from tests.reports.next_quarter import NEW, RENAMED, write_next_quarter
from tests.shared_reference import needs_shared
from tests.store.planners_way import answer_all, bring, list_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.imports.plan.plan import ImportPlan

pytestmark = [pytest.mark.slow, needs_shared]

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
Q1, Q3 = "2026-Q1", "2026-Q3"
MOST_URGENT = 12


@dataclass
class Walked:
    """What was met on the way, in its order."""

    urgent: int
    asked: list[str]
    plan: ImportPlan
    files: list[dict[str, str]]
    """The hashes of the approved quarter's files, each time after something was done."""


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """Return the way walked once for all tests of the module."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("planner")
        patch.setenv("DATABASE_URL", f"sqlite:///{folder}/store.sqlite")
        ensure_store(curated=False)
        yield walk()


def walk() -> Walked:
    urgent, asked = 0, []
    for path in list_reports():
        plan = bring(path.read_bytes(), path.name)
        urgent += sum(map(is_urgent, plan.reviews))
        asked += [question.fingerprint for question in plan.reviews]
        answer_all()
    approve_period(Q1, APPROVER, "đã đối chiếu")
    files = [make_files(Q1)]
    plan = bring(write_next_quarter(), "quy-3.docx")
    files.append(make_files(Q1))
    asked += [question.fingerprint for question in plan.reviews]
    answer_all()
    files.append(make_files(Q1))
    return Walked(urgent, asked, plan, files)


def make_files(period: str) -> dict[str, str]:
    """Return a hash of every file that a period can be taken out as, by the file's name."""
    facts, filters = load_facts(), Filters(period=period)
    made = {key: make_export(facts, filters, key, PLANNER, at=AT).content for key in FORMATS}
    for kind in KINDS:
        for ending in ("xlsx", "csv"):
            file = make_template_file(facts, kind, period, ending, PLANNER)
            made[file.name] = file.content
    for kind in ("brief", "full"):
        head = Letterhead(body="Sở Tài chính", day=AT.date())
        for ending, content in build_document_files(kind, facts, filters, head).items():
            made[f"{kind}.{ending}"] = content
    return {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}


def asked(walked: Walked, reason: str) -> list[str]:
    return [question.raw for question in walked.plan.reviews if question.reason == reason]


def changed(walked: Walked, item: str, field: str = "") -> list[tuple[str, str, str]]:
    rows = walked.plan.diff
    rows = rows[(rows["item"] == item) & (rows["field"] == field)]
    return [tuple(row) for row in rows[["change", "before", "after"]].itertuples(index=False)]


def test_few_questions_hold_the_five_reports_back_and_none_is_asked_twice(walked: Walked) -> None:
    assert walked.urgent <= MOST_URGENT
    assert len(walked.asked) == len(set(walked.asked))
    assert list_reviews() == []
    items = build_item_snapshot(load_facts(), Q1)
    key_projects = items[items["kind"] == "key_project"]
    assert len(key_projects) == 31
    assert key_projects["communes"].map(len).min() > 0


@pytest.mark.parametrize(
    ("item", "field", "before", "after"),
    [
        ("KP-02", "actual_construction_pct", "77", "92"),
        ("KP-15", "planned_clearance_pct", "16", "40"),
        ("KP-22", "planned_construction_pct", "90", "97"),
        ("KP-23", "planned_construction_pct", "22", "35"),
        ("KP-30", "planned_construction_pct", "36", "50"),
        ("KP-02", "milestone_inauguration", "2026-Q3", "2026-Q4"),
    ],
)
def test_a_figure_that_moves_on_is_seen_beside_the_one_before(
    walked: Walked, item: str, field: str, before: str, after: str
) -> None:
    assert ("changed", before, after) in changed(walked, item, field)


def test_a_commune_spelt_otherwise_is_read_and_seen(walked: Walked) -> None:
    assert changed(walked, "KP-29") == [("respelt", "Xã Khúc Thừa Dụ", "Xã Khúc Thửa Dụ")]
    assert changed(walked, "KP-15") == [("respelt", "Phường Thạch Khôi", "Phường Thạch Khoi")]


def test_a_project_that_is_gone_is_asked_and_a_new_one_is_seen(walked: Walked) -> None:
    assert [raw.partition(" ")[0] for raw in asked(walked, "not_named")] == ["KP-09"]
    assert changed(walked, "KP-32") == [("new_item", "", "")]
    names = load_facts().item_names
    assert names["KP-32"] == NEW
    assert "KP-33" not in names


def test_a_renamed_project_is_asked_and_the_right_one_is_offered_first(walked: Walked) -> None:
    (question,) = (one for one in walked.plan.reviews if one.reason == "uncertain_item")
    assert (question.raw, question.candidates[0][0]) == (RENAMED, "KP-16")


def test_a_move_and_a_tenfold_amount_are_asked(walked: Walked) -> None:
    assert asked(walked, "place_moved") == ["Phường Hải Dương"]
    assert "12,282,400" in asked(walked, "unusual")
    facts = load_facts()
    items = build_item_snapshot(facts, Q3).set_index("item")
    assert items.loc["KP-24", "investment_mvnd"] == 1_228_240
    assert items.loc["KP-14", "communes"] == ("10525",)
    then = build_item_snapshot(facts, Q1).set_index("item")
    assert then.loc["KP-14", "communes"] == ("10532",)


def test_a_comma_in_the_place_of_a_point_is_said_and_read_as_the_amount_known(
    walked: Walked,
) -> None:
    (settled,) = (one for one in walked.plan.settled if one.review.raw == "1.296,200")
    assert settled.choice == "1296200"
    items = build_item_snapshot(load_facts(), Q3).set_index("item")
    assert items.loc["KP-21", "investment_mvnd"] == 1_296_200


def test_a_figure_corrected_by_hand_and_taken_back_leaves_every_file_as_it_was(
    walked: Walked,
) -> None:
    before = make_files(Q3)
    seen = load_facts().observations
    seen = seen[(seen["item"] == "KP-24") & (seen["period"] == Q3)]
    obs = seen.loc[seen["field"] == "investment_mvnd", "obs"].item()
    with reading() as connection:
        token = read_edit_token(connection, make_figure_target(obs))
    number = edit_figure(
        obs, {"value": "1300000"}, seen=token, actor=PLANNER, why="theo quyết định điều chỉnh"
    )
    corrected = make_files(Q3)
    differing = {name for name in before if before[name] != corrected[name]}
    assert differing >= {*FORMATS, "full.docx", "full.pdf", f"bieu-mau-key-projects_{Q3}.xlsx"}
    assert make_files(Q1) == walked.files[0]
    undo_change(number, actor=PLANNER, why="nhập nhầm")
    assert make_files(Q3) == before


def test_the_approved_quarter_stays_in_every_file_to_the_byte(walked: Walked) -> None:
    first = walked.files[0]
    assert len(first) >= len(FORMATS) + 2 * len(KINDS) + 4
    for later in walked.files[1:]:
        assert {name for name in first if first[name] != later[name]} == set()
