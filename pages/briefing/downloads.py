"""The briefing as a document: the fields of its head, one button, and both files to take."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.errors import ProjectMapError
from layers.briefing import Letterhead
from layers.briefing.files import build_files_of_store
from layers.briefing.letterhead import MOST_CHARS, MOST_RECIPIENTS
from pages.shell.context import run_alone
from pages.shell.html import Html, escape_markdown, show_markup
from store.exports.audit_notes import record_briefing
from store.exports.child_process import MOST_SECONDS, run_in_child
from store.facts.selection import resolve_period
from store.imports.contradiction_decisions import list_contradiction_decisions

if TYPE_CHECKING:
    from datetime import date

    from layers.briefing.files import DocumentKind
    from pages.shell.context import PageContext
    from store.facts.filters import Filters

_LOG = logging.getLogger(__name__)
_KEPT: Final = "briefing_files.kept"
_MADE: Final = "briefing_files.made"
_FIELDS: Final = (
    ("superior", "body"),
    ("number", "symbol"),
    ("place", "day"),
    ("signs_for", "signer"),
)
KINDS: Final[tuple[DocumentKind, ...]] = ("brief", "full")
_NAMES: Final[dict[DocumentKind, str]] = {"brief": "tom-tat-dieu-hanh", "full": "bao-cao-dieu-hanh"}
_MIME: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
WIDTH: Final = 460


def show_downloads(
    ctx: PageContext, filters: Filters, *, base: str = "", day: date | None = None
) -> None:
    """Offer the briefing of what the filters choose as Word and PDF, to who may make one.

    ``base`` and ``day`` as ``layers.briefing.compose_briefing`` takes them. Nothing is made before
    its button is pressed; what was typed into the head is remembered as long as the session.
    """
    if not ctx.may("briefing.make"):
        return
    _show_panel(ctx, filters, base, day)


@run_alone
def _show_panel(ctx: PageContext, filters: Filters, base: str, day: date | None) -> None:
    """Show the panel; what is typed or pressed in it runs this part again and nothing else."""
    opened = st.popover(
        ctx.t("briefing.page.open"), key="briefing_files.popover", on_change="rerun"
    )
    if not opened.open:
        return
    with opened, st.container(width=WIDTH):
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("briefing.page.what")))
        top = st.container()
        head = _ask_letterhead(ctx)
        stamp = (ctx.facts.version, filters, base, day, ctx.language, head)
        with top:
            for kind, column in zip(KINDS, st.columns(2, gap="small"), strict=True):
                if column.button(
                    ctx.t(f"briefing.page.make_{kind}"),
                    key=f"briefing_files.make_{kind}",
                    type="primary" if kind == "brief" else "secondary",
                    width="stretch",
                ):
                    files = _make_files(ctx, kind, filters, head, base=base, day=day)
                    st.session_state[_MADE] = (stamp, files) if files else None
            made = st.session_state.get(_MADE)
            if made and made[0] == stamp:
                _show_files(ctx, made[1])


def _ask_letterhead(ctx: PageContext) -> Letterhead:
    """Ask for the fields of the head; what is left empty is dots in the document."""
    last_head: Letterhead = st.session_state.get(_KEPT, Letterhead())
    values: dict[str, Any] = {}
    for names in _FIELDS:
        for name, column in zip(names, st.columns(2, gap="small"), strict=True):
            label, key = ctx.t(f"briefing.page.{name}"), f"briefing_files.{name}"
            if name == "day":
                values[name] = column.date_input(label, last_head.day, format="DD/MM/YYYY", key=key)
                continue
            values[name] = column.text_input(
                label,
                value=getattr(last_head, name),
                placeholder=ctx.t(f"briefing.page.{name}_hint"),
                max_chars=MOST_CHARS,
                key=key,
            )
    recipients = st.text_area(
        ctx.t("briefing.page.recipients", count=MOST_RECIPIENTS),
        value="\n".join(last_head.recipients),
        height=70,
        max_chars=MOST_CHARS * MOST_RECIPIENTS,
        key="briefing_files.recipients",
    )
    listed = tuple(line.strip() for line in recipients.splitlines() if line.strip())
    head = Letterhead(**values, recipients=listed[:MOST_RECIPIENTS])
    st.session_state[_KEPT] = head
    return head


def _make_files(
    ctx: PageContext,
    kind: DocumentKind,
    filters: Filters,
    head: Letterhead,
    *,
    base: str,
    day: date | None,
) -> dict[str, bytes]:
    """Return both files by their names, none where they could not be made; note who made them."""
    ctx.require("briefing.make")
    with st.status(ctx.t("briefing.page.reading"), expanded=False) as status:
        try:
            made = run_in_child(
                build_files_of_store,
                lambda step: status.update(label=ctx.t(f"briefing.page.{step}")),
                MOST_SECONDS,
                kind,
                ctx.user,
                filters,
                head,
                {
                    "language": ctx.language,
                    "before": base,
                    "settled": list_contradiction_decisions(),
                    "day": day,
                    "partial": not ctx.user.sees_all,
                },
            )
            name = _format_file_name(kind, resolve_period(ctx.facts, filters))
            files = {f"{name}.{ending}": content for ending, content in made.items()}
            record_briefing(files, filters, actor=ctx.user)
        except ProjectMapError as fault:
            _LOG.warning("a briefing was not made: %s", type(fault).__name__)
            status.update(label=ctx.t("briefing.page.failed"), state="error")
            st.error(escape_markdown(fault))
            return {}
        status.update(label=ctx.t("briefing.page.done"), state="complete")
    return files


def _show_files(ctx: PageContext, files: dict[str, bytes]) -> None:
    show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("briefing.page.draft")))
    for (name, content), column in zip(files.items(), st.columns(2, gap="small"), strict=True):
        kind = name.rpartition(".")[2]
        column.download_button(
            ctx.t(f"briefing.page.take_{kind}", size=round(len(content) / 1000)),
            data=content,
            file_name=name,
            mime=_MIME[kind],
            key=f"briefing_files.{kind}",
            on_click="ignore",
            width="stretch",
        )


def _format_file_name(kind: DocumentKind, period: str) -> str:
    """Return the files' name without its ending."""
    return f"{_NAMES[kind]}_{re.sub(r'[^0-9A-Za-z.-]', '-', period)[:40] or 'trong'}"
