"""Word documents (.docx, .docm, .dotx): the body in order, as a person sees it.

What is shown and cannot be read (pictures, charts, files of other programs) is named in messages
with its place; what the file holds and does not show is kept apart from the text.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from reports.model.document import OPTIONS
from reports.model.errors import ReportError
from reports.readers.raw_pages import RawPage, assemble_document
from reports.readers.refusal import make_refusal
from reports.readers.word.body import read_package
from reports.readers.word.ooxml.package import open_package
from reports.readers.word.pieces import Budget, Notice, lay_out, list_texts
from reports.readers.zip_safety import check_package

if TYPE_CHECKING:
    from reports.model.document import Document, ReadLimits, ReadOptions


def read_docx(
    data: bytes,
    name: str,
    limits: ReadLimits,
    options: ReadOptions = OPTIONS,  # noqa: ARG001
) -> Document:
    """Return the document of a .docx file. Places have no pages: Word fixes them when it prints.

    Raises ``ReportError`` for a damaged or locked file, or one beyond the limits.
    """
    check_package(data, name, limits)
    budget = Budget(name, limits, time.monotonic() + limits.max_seconds)
    try:
        pieces = read_package(open_package(data), budget)
        blocks, messages = lay_out(pieces)
    except ReportError:
        raise
    except Exception as fault:  # a damaged part may be wrong in any way
        raise make_refusal("damaged", name) from fault
    words = any(text.strip() for piece in pieces for text in list_texts(piece, unseen=True))
    if not words and any(isinstance(p, Notice) and p.kind == "picture" for p in pieces):
        raise make_refusal("only_pictures", name)
    return assemble_document(
        (RawPage(0, blocks),),
        name=name,
        data=data,
        media="docx",
        page_count=0,
        messages=messages,
    )
