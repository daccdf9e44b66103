"""One page as a browser gets it: the address sent over the socket, what the page shows read back.

A browser does no more than this with an address of ours: it asks for the page's file, opens the
socket, names the page and the query, and draws what comes. A few tenths of a second each.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlsplit

import pyarrow as pa
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

if TYPE_CHECKING:
    from streamlit.proto.Element_pb2 import Element

SECONDS: Final = 60
_TAG: Final = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL)
_FILE: Final = re.compile(r"hpmap/[0-9a-f]{8,}/[\w.]+")
_LINK: Final = re.compile(r'(?:href|src)="([^"]*)"')


@dataclass
class Shown:
    """What a page showed.

    ``text`` is all that can be read on it, a widget as ``label = choice``, a table as
    ``[columns] × rows``; ``links`` are the addresses that it leads to, ``files`` those that its
    maps fetch; ``query`` is what it wrote to its own address, ``None`` for nothing.
    """

    text: str = ""
    links: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    query: dict[str, str] | None = None
    files: set[str] = field(default_factory=set)
    found: bool = True


def open_page(server: str, address: str, cookie: str) -> Shown:
    """Return what the page of an address (path and query) shows to whose ``cookie`` it is."""
    parts = urlsplit(address)
    asked = BackMsg()
    asked.rerun_script.query_string = parts.query
    asked.rerun_script.page_name = parts.path.strip("/")
    asked.rerun_script.context_info.timezone = "Asia/Ho_Chi_Minh"
    asked.rerun_script.context_info.url = f"{server}/{address}"
    where = server.replace("http", "ws", 1) + "/_stcore/stream"
    shown = Shown()
    texts: list[str] = []
    with connect(
        where,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Cookie": cookie, "Origin": server},
        max_size=None,
    ) as socket:
        socket.send(asked.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(_whole(socket.recv(timeout=SECONDS)))
            kind = message.WhichOneof("type")
            if kind == "delta":
                _take(message.delta.new_element, texts, shown)
                block = message.delta.add_block
                texts += [block.expandable.label, block.popover.label, block.tab.label]
            elif kind == "page_not_found":
                shown.found = False
            elif kind == "page_info_changed":
                shown.query = dict(parse_qsl(message.page_info_changed.query_string))
            elif kind == "script_finished":
                break
    shown.text = " ".join(" ".join(texts).split())
    return shown


def _whole(frame: str | bytes) -> bytes:
    assert isinstance(frame, bytes), "Streamlit speaks in bytes"
    return frame


def _take(element: Element, texts: list[str], shown: Shown) -> None:
    """Read one element of a page."""
    kind = element.WhichOneof("type")
    if kind is None:
        return
    part: Any = getattr(element, kind)
    if kind in {"html", "markdown", "alert", "heading"}:
        shown.links += [html.unescape(link) for link in _LINK.findall(part.body)]
        texts.append(html.unescape(_TAG.sub(" ", part.body)))
    elif kind == "exception":
        shown.faults.append(f"{part.type}: {part.message}")
    elif kind == "component_instance":
        shown.files |= set(_FILE.findall(part.json_args))
    elif kind == "dataframe":
        table = pa.ipc.open_stream(part.arrow_data.data).read_all()
        texts.append(f"[{', '.join(table.column_names)}] × {table.num_rows}")
    else:
        choice = _choice_of(kind, part)
        texts.append(str(getattr(part, "label", "")) + (f" = {choice}" if choice else ""))


def _choice_of(kind: str, part: Any) -> str:
    """Return what a widget stands at, '' for one that holds no choice."""
    if kind == "selectbox":
        chosen = part.options[part.default] if part.HasField("default") else ""
        return str(part.raw_value if part.set_value else chosen)
    if kind == "button_group":
        names = [option.content for option in part.options]
        return ", ".join(part.raw_values or [names[at] for at in part.default])
    if kind == "multiselect":
        return ", ".join(part.raw_values or [part.options[at] for at in part.default])
    if kind in {"checkbox", "number_input", "text_input", "text_area"}:
        return str(part.value if part.set_value else part.default)
    return ""
