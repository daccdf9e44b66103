"""What importing visits of ODK or Kobo would do, before anything is written: row by row."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from reports.odk.answers import clean_text, parse_visit_id, read_answers
from reports.odk.fields import PICTURE
from reports.odk.submission import make_fault
from store.audit.ledger import read_last_token
from store.audit.rows import to_canonical_json
from store.db.database import reading
from store.db.errors import PhotoError
from store.db.staff_tables import VISIT_NUMBERS
from store.facts.facts import load_facts, narrow_facts_to_user
from store.users.permissions import is_allowed, require_permission
from store.visits.photo_processing import process_photo
from store.visits.quality_flags import load_field_limits
from store.visits.submission import (
    SubmittedProblem,
    SubmittedVisit,
    make_problem_content,
    make_visit_row,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reports.odk.answers import Answers
    from reports.odk.read import Submissions
    from reports.odk.submission import RawPhoto, RawSubmission, SubmissionFault
    from reports.odk.uploads import PhotoFiles
    from store.facts.facts import Facts
    from store.users.users import User
    from store.visits.photo_processing import ProcessedPhoto

RowState = Literal["new", "already", "faulty"]
STATES: Final[tuple[RowState, ...]] = ("new", "already", "faulty")


@dataclass(frozen=True)
class CaptionedPhoto:
    """A photo made anew, with its caption."""

    picture: ProcessedPhoto
    caption: str


@dataclass(frozen=True, eq=False)
class PlannedVisit:
    """One row of the upload and what becomes of it.

    ``new``: it would be stored. ``already``: the very same visit is there, or stood further up.
    ``faulty``: ``wrongs`` say why not. ``sent`` is ``None`` for a faulty row.
    """

    file: str
    row: int
    visit: str
    state: RowState
    wrongs: tuple[SubmissionFault, ...] = ()
    sent: SubmittedVisit | None = None
    pictures: tuple[CaptionedPhoto, ...] = ()


@dataclass(frozen=True, eq=False)
class VisitPlan:
    """All rows of an upload in order; every row read is in it exactly once.

    ``unused`` are columns that nothing is read from, by table; ``other`` files passed over;
    ``spare`` photos that no row names. ``version`` is the store's that the plan was made for.
    """

    name: str
    sha256: str
    version: str
    rows: tuple[PlannedVisit, ...]
    unused: dict[str, tuple[str, ...]]
    other: tuple[str, ...]
    spare: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """Return how many rows were read, and how many of them are in each state."""
        states = [one.state for one in self.rows]
        return {"read": len(states)} | {state: states.count(state) for state in STATES}


def plan_visits(
    found: Submissions,
    uploads: Sequence[tuple[str, bytes]],
    *,
    actor: User,
    progress: Callable[[int, int], None] | None = None,
) -> VisitPlan:
    """Return what importing submissions would do; nothing is written.

    ``progress`` is called with rows done and rows in all. Raises ``NotAllowedError``.
    """
    require_permission(actor, "visit.import")
    every = load_facts()
    with reading() as connection:
        version = read_last_token(connection)
    # Ids are looked for among all visits: one that the actor may not see is there all the same.
    there = dict(zip(every.visits["visit"], every.visits["sent_hash"], strict=True))
    desk = _PlanContext(narrow_facts_to_user(every, actor), actor, found.media, there)
    rows: list[PlannedVisit] = []
    for at, one in enumerate(found.rows):
        rows.append(_plan_row(desk, one))
        if progress:
            progress(at + 1, len(found.rows))
    digest = hashlib.sha256()
    for _, data in sorted(uploads):
        digest.update(hashlib.sha256(data).digest())
    return VisitPlan(
        name=", ".join(name for name, _ in uploads)[:200],
        sha256=digest.hexdigest(),
        version=version,
        rows=tuple(rows),
        unused=found.unused,
        other=found.other,
        spare=tuple(path for path in found.media.names if path not in desk.used),
    )


@dataclass(eq=False)
class _PlanContext:
    """What planning a row needs, and keeps: hashes of the visits there, photos already named."""

    facts: Facts
    actor: User
    media: PhotoFiles
    there: dict[str, str]
    used: set[str] = field(default_factory=set)


def _plan_row(desk: _PlanContext, one: RawSubmission) -> PlannedVisit:
    """Return what becomes of one row."""
    answers, wrongs = read_answers(one)
    wrongs += _list_item_faults(desk, one, answers)
    pictures, photo_wrongs = _process_photos(desk, one)
    wrongs += photo_wrongs
    visit = str(answers["visit"])
    if wrongs:
        return PlannedVisit(one.file, one.row, visit, "faulty", tuple(wrongs))
    sent = _make_visit(answers, pictures, desk.facts)
    if desk.there.get(visit, sent.sent_hash) != sent.sent_hash:
        differs = make_fault(one.file, one.row, "instanceID", "other_content")
        return PlannedVisit(one.file, one.row, visit, "faulty", (differs,))
    state: RowState = "already" if visit in desk.there else "new"
    desk.there[visit] = sent.sent_hash
    kept = tuple(pictures)
    return PlannedVisit(one.file, one.row, visit, state, sent=sent, pictures=kept)


def _list_item_faults(
    desk: _PlanContext, one: RawSubmission, answers: Answers
) -> list[SubmissionFault]:
    item = str(answers["item"])
    if not item:
        return []
    if item not in set(desk.facts.items["item"]):
        return [make_fault(one.file, one.row, "item", "unknown_item", value=item)]
    if not is_allowed(desk.actor, "visit.import", _list_communes(desk.facts, item)):
        return [make_fault(one.file, one.row, "item", "outside", value=item)]
    return []


def _process_photos(
    desk: _PlanContext, one: RawSubmission
) -> tuple[list[CaptionedPhoto], list[SubmissionFault]]:
    limit = load_field_limits().max_photos_per_visit
    if len(one.photos) > limit:
        count = len(one.photos)
        return [], [make_fault(one.file, one.row, PICTURE, "photos_many", value=count, limit=limit)]
    kept: dict[str, CaptionedPhoto] = {}
    wrongs: list[SubmissionFault] = []
    for shot in one.photos:
        data, key = _read_photo_file(desk, one, shot)
        if key:
            wrongs.append(make_fault(shot.file, shot.row, PICTURE, key, value=shot.name))
            continue
        try:
            picture = process_photo(data)
        except PhotoError as fault:
            bad = make_fault(
                shot.file, shot.row, PICTURE, "photo_bad", value=shot.name, reason=fault
            )
            wrongs.append(bad)
            continue
        caption = clean_text(shot.caption)
        kept.setdefault(picture.photo, CaptionedPhoto(picture, caption))
    return list(kept.values()), wrongs


def _read_photo_file(desk: _PlanContext, one: RawSubmission, shot: RawPhoto) -> tuple[bytes, str]:
    """Return the bytes of a photo, or the key of why there are none."""
    if not shot.name:
        return b"", "photo_unnamed"
    paths = desk.media.find(shot.name, one.folder, parse_visit_id(one.instance))
    if not paths:
        return b"", "photo_missing"
    if len(paths) > 1:
        return b"", "photo_twice"
    desk.used.add(paths[0])
    return desk.media.read(paths[0]), ""


def _make_visit(
    answers: Answers, pictures: Sequence[CaptionedPhoto], facts: Facts
) -> SubmittedVisit:
    """Return a sound row's answers as a visit; its hash is of all that was sent, photos too."""
    problem = None
    if answers["problem"]:
        category = str(answers["problem_category"]) or "unspecified"
        commune = _find_problem_commune(answers, facts)
        problem = SubmittedProblem(category, str(answers["problem"]), commune)
    numbers: dict[str, Any] = {name: _to_number(answers, name) for name in VISIT_NUMBERS}
    sent = SubmittedVisit(
        visit=str(answers["visit"]),
        item=str(answers["item"]),
        inspector=str(answers["inspector"]),
        at=str(answers["at"]),
        works=str(answers["works"]),
        note=str(answers["note"]),
        problem=problem,
        source="odk",
        **numbers,
    )
    told = make_visit_row(sent) | {
        "problem": make_problem_content(sent),
        "photos": [[one.picture.original, one.caption] for one in pictures],
    }
    return replace(sent, sent_hash=hashlib.sha256(to_canonical_json(told).encode()).hexdigest())


def _to_number(answers: Answers, name: str) -> float | None:
    value = answers[name]
    return None if value is None else float(value)


def _find_problem_commune(answers: Answers, facts: Facts) -> str:
    """Return where the problem is: the commune that was chosen, if the item lies there."""
    communes = _list_communes(facts, str(answers["item"]))
    said = str(answers["commune"])
    if said in communes:
        return said
    return next(iter(communes)) if len(communes) == 1 else ""


def _list_communes(facts: Facts, item: str) -> set[str]:
    return set(facts.places.loc[facts.places["item"] == item, "commune"])
