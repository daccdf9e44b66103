"""Reading what ODK Central, ODK Collect or Kobo export of the visit form, all files together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.i18n import t
from reports.model.errors import ReportLimitError, UnreadableReportError
from reports.odk.instances import read_instance
from reports.odk.submission import ODK_LIMITS
from reports.odk.tables import read_tables
from reports.odk.uploads import unpack_uploads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.odk.submission import OdkLimits, RawSubmission
    from reports.odk.uploads import PhotoFiles


@dataclass(frozen=True)
class Submissions:
    """All submissions of an upload in order, and the photos to look for.

    ``unused`` are columns that nothing is read from, by table; ``other`` files passed over.
    """

    rows: tuple[RawSubmission, ...]
    media: PhotoFiles
    unused: dict[str, tuple[str, ...]]
    other: tuple[str, ...]


def read_submissions(
    uploads: Sequence[tuple[str, bytes]], limits: OdkLimits = ODK_LIMITS
) -> Submissions:
    """Return the submissions of an upload: files as (name, bytes), of any of the kinds together.

    A zip with CSV and ``media/`` (ODK Central), a zip of instances (Collect, Briefcase), a single
    XML instance, CSV or a workbook (Kobo, values and headers as XML), and photos alone or zipped.
    Raises ``ReportError`` that names the file and says what to do.
    """
    bundle = unpack_uploads(uploads, limits)
    tables = read_tables(bundle.tables, bundle.books, limits)
    rows = [
        *tables.submissions,
        *(read_instance(instance, limits) for instance in bundle.instances),
    ]
    if not rows:
        raise UnreadableReportError(t("odk.refuse.nothing"))
    if len(rows) > limits.max_rows:
        raise ReportLimitError(t("odk.refuse.too_many_rows", limit=limits.max_rows))
    if sum(len(row.photos) for row in rows) > limits.max_photos:
        raise ReportLimitError(t("odk.refuse.too_many_photos", limit=limits.max_photos))
    return Submissions(tuple(rows), bundle.media, tables.unused, tuple(bundle.other))
