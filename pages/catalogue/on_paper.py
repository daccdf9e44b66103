"""The whole list in print: asked for by the browser when somebody prints (``web.on_paper``)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from web.on_paper.items import ITEMS_ON_PAPER

if TYPE_CHECKING:
    from pages.shell.context import PageContext

_SCRIPT: Final = Path(__file__).resolve().parents[1] / "shell" / "assets" / "paper.js"
_PAPER: Final = st.components.v2.component("hpmap_paper", js=_SCRIPT.read_text("utf-8"))


def offer_whole_list(ctx: PageContext) -> None:
    """Let the page be printed with every row of what its address chooses."""
    _PAPER(key="items.paper", data={"address": f".{ITEMS_ON_PAPER}", "language": ctx.language})
