"""A visit by nobody while the server starts, so that readers find everything loaded.

What a page imports, and what Streamlit makes at its first run, takes seconds once per process. It
cannot be imported beforehand by hand: components register only where a session runs the script.
The map is opened first; the other pages are loaded by a second run, when the map is ready. Where
accounts are needed nobody's visit opens nothing, so each run loads its pages by itself.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Literal

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.session_manager import SessionClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PageRange = Literal["none", "first", "all"]

MOST_SECONDS: Final = 60
_LOADING: Final[dict[str, PageRange]] = {}
"""The server's own sessions, and which pages they load."""


class _NoBrowser(SessionClient):
    """A client that shows nothing and has no cookie: it sees what anybody may."""

    def __init__(self) -> None:
        self.finished = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Take note of the end of the run."""
        if msg.WhichOneof("type") == "script_finished":
            self.finished.set()

    @property
    def client_context(self) -> None:
        """Nothing is known of a browser that is none."""
        return


async def open_first_page() -> None:
    """Run the script once as for somebody who comes without a cookie, and forget the session."""
    await _load_in_session("first")


async def load_all_pages() -> None:
    """Run the script once more, in which it loads the pages that nobody has opened yet."""
    await _load_in_session("all")


def get_pages_to_load() -> PageRange:
    """Return which pages the script is to load: none, unless the run is the server's own."""
    context = get_script_run_ctx()
    return _LOADING.get(context.session_id, "none") if context else "none"


async def _load_in_session(pages: PageRange) -> None:
    if not Runtime.exists():
        return
    with _open_session() as (session, client):
        _LOADING[session] = pages
        try:
            await _run_script(session, client)
        finally:
            del _LOADING[session]


@contextmanager
def _open_session() -> Iterator[tuple[str, _NoBrowser]]:
    client = _NoBrowser()
    nobody: dict[str, Any] = {}
    session = get_instance().connect_session(client, nobody)
    try:
        yield session, client
    finally:
        get_instance().close_session(session)


async def _run_script(session: str, client: _NoBrowser) -> None:
    message = BackMsg()
    message.rerun_script.query_string = ""
    get_instance().handle_backmsg(session, message)
    await asyncio.wait_for(client.finished.wait(), MOST_SECONDS)
