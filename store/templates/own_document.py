"""The document that a mended template, or an edit of the table, is of what it states itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.clock import today
from geo.i18n import t
from store.facts.labels import format_iso_day
from store.templates.kinds import KINDS

if TYPE_CHECKING:
    from store.audit.rows import Row
    from store.templates.rows import FilledTemplate
    from store.templates.sheet import FilledSheet


def make_own_document(template: FilledTemplate, sheet: FilledSheet, doc: str) -> Row:
    """Return the row of the document of the template's period that a file is, under the id ``doc``.

    Its title says what was filled in and when: exports carry it, and the audit alone says by whom.
    """
    title = "document" if template.kind.key in KINDS else "document_many"
    return {
        "doc": doc,
        "title": t(
            f"templates.file.{title}",
            kind=t(f"templates.kind.{template.kind.key}"),
            period=template.period_label,
            day=format_iso_day(today().isoformat()),
        ),
        "issuer": "",
        "issued": today().isoformat(),
        "as_of": "",
        "period": sheet.period,
        "status": "unknown",
        "file": sheet.name,
        "sha256": sheet.sha256,
        "note": "",
        "origin": "person",
        "position": None,
    }
