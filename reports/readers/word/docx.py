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
from reports.readers.word.pieces import Budget, lay_out
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
        blocks, messages = lay_out(read_package(open_package(data), budget))
    except ReportError:
        raise
    except Exception as fault:  # a damaged part may be wrong in any way
        raise make_refusal("damaged", name) from fault
    return assemble_document(
        (RawPage(0, blocks),),
        name=name,
        data=data,
        media="docx",
        page_count=0,
        messages=messages,
    )
