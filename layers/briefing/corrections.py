"""What was corrected: in an approved period after its approval, and of what documents print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.briefing.annexes import build_annex, build_column
from layers.briefing.document import Annex, AnnexRow, BriefingParagraph
from layers.details.document_list import list_corrections
from store.facts.sources import make_source
from store.facts.stored.period_corrections import (
    describe_approval,
    describe_correction,
    find_period_approval,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.briefing.context import BriefingContext
    from layers.briefing.document import CitedDocument


def build_corrections_annex(
    view: BriefingContext, documents: Iterable[CitedDocument]
) -> Annex | None:
    """Return the corrections since the approval, and those of what ``documents`` print.

    ``None`` where the period is not approved and nothing of its documents is read otherwise.
    """
    cited = {document.doc for document in documents}
    prints = [entry for entry in list_corrections(view.facts) if entry.source.doc in cited]
    since = list_corrections_since(view)
    if not prints and not since:
        return None
    rows = tuple(
        AnnexRow(
            (entry.raw, entry.corrected, entry.why),
            (make_source(view.facts, entry.source.doc, entry.source.line_from),),
        )
        for entry in prints
    )
    columns = (
        build_column(view, "printed", 7.0),
        build_column(view, "read_as", 7.0),
        build_column(view, "why", 6.0),
    )
    note = BriefingParagraph(view.t("annex.corrections_printed", count=len(prints)))
    return build_annex(view, "corrections", columns, rows, *since, *([note] if prints else []))


def list_corrections_since(view: BriefingContext) -> tuple[BriefingParagraph, ...]:
    """Return when the period was approved and how often corrected since, then each correction.

    Nothing for a period that is not approved.
    """
    approval = find_period_approval(view.facts, view.period)
    if approval is None:
        return ()
    title = describe_approval(view.facts, view.period, approval, view.language)
    lines = (describe_correction(one, view.language) for one in approval.corrections)
    return (BriefingParagraph(title), *(BriefingParagraph(line, listed=True) for line in lines))
