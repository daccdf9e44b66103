"""What an export of visits holds, before anything of it is believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from geo.data_faults import make_fault as make_data_fault

if TYPE_CHECKING:
    from geo.data_faults import DataFault


@dataclass(frozen=True)
class OdkLimits:
    """What an export may cost at most: megabytes (millions of bytes), files, rows, cells."""

    max_upload_mb: float = 100
    max_uncompressed_mb: float = 300
    max_xml_mb: float = 1
    max_files: int = 3000
    max_rows: int = 2000
    max_cells: int = 200_000
    max_photos: int = 300


ODK_LIMITS = OdkLimits()


make_fault = partial(make_data_fault, "odk.fault")


@dataclass(frozen=True)
class RawPhoto:
    """A photo that a submission names: its file, its caption, where that stands."""

    name: str
    caption: str
    file: str
    row: int


@dataclass
class RawSubmission:
    """One submission as it stands in its file: answers as text, by the form's names.

    ``place`` are the parts of the position; ``folder`` is where its file lies in its package, for
    photos lie beside it. ``review`` is what the team's server says of its review, in small letters.
    """

    file: str
    row: int
    instance: str
    values: dict[str, str] = field(default_factory=dict)
    place: dict[str, str] = field(default_factory=dict)
    photos: list[RawPhoto] = field(default_factory=list)
    wrongs: list[DataFault] = field(default_factory=list)
    folder: str = ""
    review: str = ""

    def make_fault(self, column: str, key: str, **values: object) -> DataFault:
        """Return a fault of an answer; its text is ``odk.fault.<key>``."""
        return make_fault(self.file, self.row, column, key, **values)
