"""The report that is being looked at: its bytes, how it is to be read, and what was read.

All of it is the session's: nothing is in the store before the import is accepted.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import ProjectMapError
from pages.imports import history
from pages.shell.html import escape_markdown
from reports.extract import extract_document
from reports.model.document import OPTIONS
from reports.second_reader.reader import add_second_reading, carry_second_reading
from reports.stoppable import open_stoppable
from store.imports.column_choices import list_column_choices
from store.templates.sheet import read_sheet

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from reports.model.document import Document, ReadOptions
    from reports.model.extraction import ColumnChoice, Extraction

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class UploadedReport:
    """A file as it came, and how a person wants it to be read.

    ``document`` is what was opened of it, before its tables were read; ``None`` for a file that
    was refused. ``choices`` are what the person said of columns for this time only.
    """

    name: str
    data: bytes
    options: ReadOptions = OPTIONS
    period: str = ""
    choices: tuple[ColumnChoice, ...] = ()
    document: Document | None = None

    def with_choices(self, choices: tuple[ColumnChoice, ...]) -> UploadedReport:
        """Return the same file with other choices of its columns."""
        return replace(self, choices=choices)


def get_upload() -> UploadedReport | None:
    """Return the file that is being looked at; ``None`` for a draft, whose file is not kept."""
    upload: UploadedReport | None = st.session_state.get(history.FILE)
    return upload


def put_upload_away() -> None:
    """Forget the file."""
    for key in (history.FILE, history.TEMPLATE, history.FAULT):
        st.session_state.pop(key, None)


def show_refusal() -> None:
    """Say why the file was refused, if it was."""
    fault = st.session_state.get(history.FAULT, "")
    if fault:
        st.error(escape_markdown(fault))


def read_upload(ctx: PageContext, upload: UploadedReport) -> None:
    """Read a file stage by stage, keep what was read in the session, and run the page again.

    A refused file stays: other pages of it, or another encoding, may be read.
    """
    bar = st.progress(0.0, ctx.t("imports.stage.open"))

    def pages(done: int, all_pages: int) -> None:
        share = 0.7 * done / max(all_pages, 1)
        bar.progress(share, ctx.t("imports.stage.pages", done=done, pages=all_pages))

    st.session_state[history.FILE] = upload
    st.session_state.pop(history.FAULT, None)
    try:
        document = open_stoppable(upload.data, upload.name, progress=pages, options=upload.options)
        bar.progress(0.75, ctx.t("imports.stage.extract"))
        sheet = read_sheet(document)
        if sheet is not None:
            st.session_state[history.TEMPLATE] = sheet
            st.session_state.pop(history.READ, None)
            bar.progress(1.0, ctx.t("imports.stage.done"))
            st.rerun()
        _extract(replace(upload, document=document))
        bar.progress(0.9, ctx.t("imports.stage.second_reader"))
        _ask_second_reader()
    except ProjectMapError as fault:
        _LOG.warning("a report was refused: %s", type(fault).__name__)
        st.session_state.pop(history.READ, None)
        st.session_state[history.FAULT] = str(fault)
    bar.progress(1.0, ctx.t("imports.stage.done"))
    st.rerun()


def read_tables_anew(upload: UploadedReport) -> None:
    """Read the tables of a file that is open already, after something was said of its columns.

    What the second reader proposed stays: it is not asked again.
    """
    before: Extraction | None = st.session_state.get(history.READ)
    _extract(upload)
    if before is not None:
        read = carry_second_reading(before, st.session_state[history.READ])
        st.session_state[history.READ] = read
    st.rerun()


def _ask_second_reader() -> None:
    """Have the second reader look at what is open, if the operator has set one up."""
    read: Extraction = st.session_state[history.READ]
    st.session_state[history.READ] = add_second_reading(read)


def _extract(upload: UploadedReport) -> None:
    document = upload.document
    if document is None:
        return
    choices = (*list_column_choices(document.issuer), *upload.choices)
    read = extract_document(document, choices=choices, period=upload.period)
    st.session_state[history.FILE] = upload
    st.session_state[history.READ] = read
