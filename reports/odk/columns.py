"""Which answer a column holds: ODK Central, ODK Collect and Kobo each write their headings so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.odk.fields import ANSWERS, CAPTION, PICTURE, PLACE, PLACE_PARTS

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTS: Final = {part: part for part in PLACE_PARTS} | {"precision": "accuracy"}
_SPLIT: Final = re.compile(r"[/:.\-]")
"""What parts the groups that a question stands in: people choose it as they export from Kobo."""

_KOBO_PLACE: Final = re.compile(rf"_?{PLACE}_(\w+)")
_LINKS: Final = {
    "KEY": "key",
    "PARENT_KEY": "parent_key",
    "instanceID": "instance",
    "_uuid": "uuid",
    "_submission__uuid": "parent_uuid",
    "_index": "index",
    "_parent_index": "parent_index",
    "ReviewState": "review",
    "_validation_status": "review",
}
_KNOWN_UNUSED: Final = frozenset(
    {
        "start", "end", "username", "reported", "reported_construction",
        "reported_clearance", "instanceName", "SubmissionDate", "SubmitterID", "SubmitterName",
        "AttachmentsPresent", "AttachmentsExpected", "Status", "DeviceID", "Edits",
        "FormVersion", "SET-OF-photos", "_id", "_submission_time", "_notes",
        "_status", "_submitted_by", "__version__", "_tags", "picture_URL", "rootUuid",
        "deprecatedID", "_parent_table_name", "_submission__id", "_submission__submission_time",
        "_submission__validation_status", "_submission__notes", "_submission__status",
        "_submission__submitted_by", "_submission___version__", "_submission__tags",
        "formhub/uuid", "_attachments", "photos_count", "photos",
    }
)  # fmt: skip
"""What those programs add and the form asks besides: known, and not kept."""


@dataclass(frozen=True)
class VisitColumns:
    """A table's columns by what they hold: position in the row by name."""

    answers: dict[str, int]
    place: dict[str, int]
    whole_place: int | None
    links: dict[str, int]
    picture: int | None
    caption: int | None
    unused: tuple[str, ...]
    headings: tuple[str, ...]
    again: tuple[tuple[str, int], ...] = ()
    """Further columns of an answer or a part of the position, as exports of joined forms have."""

    @property
    def is_visits(self) -> bool:
        """Whether a row of the table is a visit."""
        return "item" in self.answers and bool({"key", "instance", "uuid"} & set(self.links))

    @property
    def is_photos(self) -> bool:
        """Whether a row of the table is a photo of a visit."""
        links = {"parent_key", "parent_uuid", "parent_index"}
        return self.picture is not None and bool(links & set(self.links))


def find_columns(header: Sequence[str]) -> VisitColumns:
    """Return what the columns of a heading row hold."""
    answers: dict[str, int] = {}
    place: dict[str, int] = {}
    links: dict[str, int] = {}
    single: dict[str, int] = {}
    unused: list[str] = []
    again: list[tuple[str, int]] = []
    for index, text in enumerate(header):
        heading = text.strip()
        last = _SPLIT.split(heading)[-1]
        part = _find_place_part(heading)
        if heading in _LINKS or last in _LINKS:
            links.setdefault(_LINKS.get(heading) or _LINKS[last], index)
        elif part:
            if place.setdefault(part, index) != index:
                again.append((part, index))
        elif last in ANSWERS:
            if answers.setdefault(last, index) != index:
                again.append((last, index))
        elif last in {PLACE, PICTURE, CAPTION}:
            single.setdefault(last, index)
        elif heading and heading not in _KNOWN_UNUSED and last not in _KNOWN_UNUSED:
            unused.append(heading)
    return VisitColumns(
        answers=answers,
        place=place,
        whole_place=single.get(PLACE),
        links=links,
        picture=single.get(PICTURE),
        caption=single.get(CAPTION),
        unused=tuple(unused),
        headings=tuple(header),
        again=tuple(again),
    )


def _find_place_part(heading: str) -> str:
    pieces = _SPLIT.split(heading)
    if len(pieces) > 1 and pieces[-2] == PLACE:
        return _PARTS.get(pieces[-1].lower(), "")
    kobo = _KOBO_PLACE.fullmatch(pieces[-1])
    return _PARTS.get(kobo[1].lower(), "") if kobo else ""
