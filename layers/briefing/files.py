"""The brief of two pages and the full briefing, each as a Word file and a PDF."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final, Literal

import pypdfium2

from layers.briefing.brief import SIZES, compose_brief
from layers.briefing.compose import compose_briefing
from layers.briefing.formats.docx_file import build_briefing_docx
from layers.briefing.formats.pdf_file import build_briefing_pdf
from store.facts.facts import load_facts
from store.facts.narrowing import narrow_facts_to_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.briefing.brief import BriefSize
    from layers.briefing.document import Briefing
    from layers.briefing.letterhead import Letterhead
    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.users.users import User

PAGES: Final = 2
"""Pages that the brief has at most."""

DocumentKind = Literal["brief", "full"]
Step = Literal["reading", "writing_docx", "writing_pdf"]


def build_document_files(
    kind: DocumentKind,
    facts: Facts,
    filters: Filters,
    head: Letterhead,
    *,
    progress: Callable[[Step], None] = lambda _step: None,
    **options: Any,
) -> dict[str, bytes]:
    """Return the brief or the full briefing under a head as ``docx`` and ``pdf``.

    ``options`` as ``compose_briefing`` takes them. ``progress`` is called before each step. Raises
    what ``compose_briefing`` raises.
    """
    progress("reading")
    if kind == "brief":
        content, pdf = fit_brief(facts, filters, head, **options)
        progress("writing_docx")
        return {"docx": build_briefing_docx(content, head), "pdf": pdf}
    content = compose_briefing(facts, filters, **options)
    progress("writing_docx")
    docx = build_briefing_docx(content, head)
    progress("writing_pdf")
    return {"docx": docx, "pdf": build_briefing_pdf(content, head)}


def build_files_of_store(  # noqa: PLR0917 - what goes to another process
    progress: Callable[[str], None],
    kind: DocumentKind,
    user: User,
    filters: Filters,
    head: Letterhead,
    options: dict[str, Any],
) -> dict[str, bytes]:
    """Return ``build_document_files`` of what a user may read of the store.

    For ``store.exports.child_process``: the facts are read here and not sent.
    """
    facts = narrow_facts_to_user(load_facts(), user)
    return build_document_files(kind, facts, filters, head, progress=progress, **options)


def fit_brief(
    facts: Facts, filters: Filters, head: Letterhead, **options: Any
) -> tuple[Briefing, bytes]:
    """Return the fullest brief of two pages, and its PDF; the shortest where none has two.

    The Word file of it has two pages too: its lines stand a little closer than those of the PDF.
    """
    made: dict[BriefSize, tuple[Briefing, bytes]] = {}

    def fits(size: BriefSize) -> bool:
        brief = compose_brief(facts, filters, size=size, **options)
        made[size] = brief, build_briefing_pdf(brief, head)
        return count_pages(made[size][1]) <= PAGES

    chosen = SIZES[bisect_left(SIZES[:-1], True, key=fits)]
    if chosen not in made:
        fits(chosen)
    return made[chosen]


def count_pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with pypdfium2.PdfDocument(pdf) as paper:
        return len(paper)
