"""What importing visits of ODK or Kobo would do, before anything is written: row by row."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from reports.odk.answers import MOST_CODE, clean_text, parse_visit_id, read_answers
from reports.odk.fields import PICTURE
from reports.odk.submission import make_fault
from store.audit.ledger import read_last_token
from store.audit.rows import to_canonical_json
from store.column_values import list_cells
from store.db.database import reading
from store.db.errors import PhotoError
from store.facts.facts import load_facts
from store.facts.narrowing import narrow_facts_to_user
from store.users.permissions import is_allowed, require_permission
from store.visits.photo_processing import process_photo
from store.visits.quality_flags import load_field_limits
from store.visits.submission import make_problem_content, make_visit_row

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from geo.data_faults import DataFault
    from reports.model.visit import Visit
    from reports.odk.read import Submissions
    from reports.odk.submission import RawPhoto, RawSubmission
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
    ``faulty``: ``wrongs`` say why not. ``visit`` is ``None`` for a faulty row.
    """

    file: str
    row: int
    state: RowState
    wrongs: tuple[DataFault, ...] = ()
    visit: Visit | None = None
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
        states = [row.state for row in self.rows]
        return {"read": len(states)} | {state: states.count(state) for state in STATES}


def plan_visits(
    submissions: Submissions,
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
    known_hashes = dict(list_cells(every.visits, "visit", "sent_hash"))
    desk = _PlanContext(narrow_facts_to_user(every, actor), actor, submissions.media, known_hashes)
    rows: list[PlannedVisit] = []
    for index, submission in enumerate(submissions.rows):
        rows.append(_plan_row(desk, submission))
        if progress:
            progress(index + 1, len(submissions.rows))
    digest = hashlib.sha256()
    for _, data in sorted(uploads):
        digest.update(hashlib.sha256(data).digest())
    return VisitPlan(
        name=", ".join(name for name, _ in uploads)[:200],
        sha256=digest.hexdigest(),
        version=version,
        rows=tuple(rows),
        unused=submissions.unused,
        other=submissions.other,
        spare=tuple(path for path in submissions.media.names if path not in desk.used),
    )


@dataclass(eq=False)
class _PlanContext:
    """What planning a row needs, and keeps: hashes of the visits there, photos already named."""

    facts: Facts
    actor: User
    media: PhotoFiles
    there: dict[str, str]
    used: set[str] = field(default_factory=set)


def _plan_row(desk: _PlanContext, submission: RawSubmission) -> PlannedVisit:
    """Return what becomes of one row."""
    visit, faults = read_answers(submission)
    item = submission.values.get("item", "")[:MOST_CODE]
    communes = set(desk.facts.item_communes.get(item, ()))
    faults += _list_item_faults(desk, submission, item, communes)
    pictures, photo_faults = _process_photos(desk, submission)
    faults += photo_faults
    if faults or visit is None:
        return PlannedVisit(submission.file, submission.row, "faulty", tuple(faults))
    visit = _complete_visit(visit, pictures, communes)
    if desk.there.get(visit.visit, visit.sent_hash) != visit.sent_hash:
        differs = submission.make_fault("instanceID", "other_content")
        return PlannedVisit(submission.file, submission.row, "faulty", (differs,))
    state: RowState = "already" if visit.visit in desk.there else "new"
    desk.there[visit.visit] = visit.sent_hash
    return PlannedVisit(
        submission.file, submission.row, state, visit=visit, pictures=tuple(pictures)
    )


def _list_item_faults(
    desk: _PlanContext, submission: RawSubmission, item: str, communes: set[str]
) -> list[DataFault]:
    if not item:
        return []
    if item not in desk.facts.item_names:
        return [submission.make_fault("item", "unknown_item", value=item)]
    if not is_allowed(desk.actor, "visit.import", communes):
        return [submission.make_fault("item", "outside", value=item)]
    return []


def _process_photos(
    desk: _PlanContext, submission: RawSubmission
) -> tuple[list[CaptionedPhoto], list[DataFault]]:
    limit = load_field_limits().max_photos_per_visit
    if len(submission.photos) > limit:
        count = len(submission.photos)
        return [], [submission.make_fault(PICTURE, "photos_many", value=count, limit=limit)]
    photos: dict[str, CaptionedPhoto] = {}
    faults: list[DataFault] = []
    for photo in submission.photos:
        data, key = _read_photo_file(desk, submission, photo)
        if key:
            faults.append(make_fault(photo.file, photo.row, PICTURE, key, value=photo.name))
            continue
        try:
            picture = process_photo(data)
        except PhotoError as error:
            bad = make_fault(
                photo.file, photo.row, PICTURE, "photo_bad", value=photo.name, reason=error
            )
            faults.append(bad)
            continue
        caption = clean_text(photo.caption)
        photos.setdefault(picture.photo, CaptionedPhoto(picture, caption))
    return list(photos.values()), faults


def _read_photo_file(
    desk: _PlanContext, submission: RawSubmission, photo: RawPhoto
) -> tuple[bytes, str]:
    """Return the bytes of a photo, or the key of why there are none."""
    if not photo.name:
        return b"", "photo_unnamed"
    paths = desk.media.find(photo.name, submission.folder, parse_visit_id(submission.instance))
    if not paths:
        return b"", "photo_missing"
    if len(paths) > 1:
        return b"", "photo_twice"
    desk.used.add(paths[0])
    return desk.media.read(paths[0]), ""


def _complete_visit(
    visit: Visit, pictures: Sequence[CaptionedPhoto], communes: Collection[str]
) -> Visit:
    """Return a visit with its problem's commune and its hash: of all that was sent, photos too.

    A problem is where it was said to be, if the item lies there; in its commune if it has but one.
    """
    if visit.problem_commune not in communes:
        only = next(iter(communes)) if len(communes) == 1 else ""
        visit = visit.model_copy(update={"problem_commune": only})
    content = make_visit_row(visit) | {
        "problem": make_problem_content(visit),
        "photos": [[photo.picture.original, photo.caption] for photo in pictures],
    }
    digest = hashlib.sha256(to_canonical_json(content).encode()).hexdigest()
    return visit.model_copy(update={"sent_hash": digest})
