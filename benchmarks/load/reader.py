"""One person at the server: a socket of Streamlit's protocol, with the session of an account."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import httpx2
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.load.page_state import PageState

if TYPE_CHECKING:
    import ssl

    from streamlit.proto.BackMsg_pb2 import BackMsg

LONGEST_SECONDS = 300
SIGN_IN = "/dang-nhap"


@dataclass(frozen=True)
class Run:
    """A run of the script as its reader has it: seconds until its end, bytes received."""

    seconds: float
    bytes: int


@dataclass(frozen=True)
class Door:
    """Where the server answers, and the cookies that a person comes with.

    ``connect_to`` is the address that the name of a server behind a proxy stands for.
    """

    address: str
    cookies: str = ""
    trusted: ssl.SSLContext | None = None
    connect_to: str = ""


@dataclass
class Reader:
    """A person with the page open."""

    door: Door
    state: PageState = field(default_factory=PageState)
    _socket: ClientConnection | None = None

    async def open(self, path: str = "", query: str = "") -> Run:
        """Open a page as a browser does once it has Streamlit's own files."""
        started = time.perf_counter()
        parts = urlsplit(self.door.address)
        scheme = "wss" if parts.scheme == "https" else "ws"
        more: dict[str, Any] = {"ssl": self.door.trusted} if self.door.trusted else {}
        if self.door.connect_to:
            more["host"] = self.door.connect_to
        self._socket = await connect(
            f"{scheme}://{parts.netloc}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=self.door.address,  # type: ignore[arg-type]
            additional_headers={"Cookie": self.door.cookies} if self.door.cookies else {},
            max_size=None,
            open_timeout=LONGEST_SECONDS,
            ping_interval=None,
            **more,
        )
        run = await self._run(self.state.build_request(page=path, query=query))
        return Run(time.perf_counter() - started, run.bytes)

    async def go(self, path: str, query: str = "") -> Run:
        """Go to another page by the menu or a link."""
        return await self._run(self.state.build_request(page=path, query=query))

    async def choose(self, name: str, value: Any) -> Run:
        """Set a widget: its fragment runs if it stands in one, else the page."""
        widget = self.state.set_widget(name, value)
        return await self._run(self.state.build_request(fragment=widget.fragment))

    async def rerun(self) -> Run:
        """Run the page again with nothing changed."""
        return await self._run(self.state.build_request())

    async def close(self) -> None:
        """Leave."""
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    async def _run(self, message: BackMsg) -> Run:
        if self._socket is None:
            raise RuntimeError("the page is not open")
        started, received = time.perf_counter(), 0
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(LONGEST_SECONDS):
            while True:
                frame = await self._socket.recv(decode=False)
                received += len(frame)
                arrived = ForwardMsg()
                arrived.ParseFromString(frame)
                if self.state.take_message(arrived):
                    return Run(time.perf_counter() - started, received)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def sign_in(door: Door, name: str, password: str) -> Door:
    """Sign in by the app's own form; return the door with the session's cookies.

    Raises ``RuntimeError`` when the form lets nobody in.
    """
    parts = urlsplit(door.address)
    url, headers = door.address, {"Origin": door.address, "Accept": "text/html"}
    if door.connect_to:
        url, headers["Host"] = f"{parts.scheme}://{door.connect_to}:{parts.port}", parts.netloc
    with httpx2.Client(verify=door.trusted or True, timeout=60) as client:
        form = {"name": name, "password": password, "next": "/"}
        answer = client.post(f"{url}{SIGN_IN}", data=form, headers=headers)
        cookies = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)
    if answer.status_code != 303 or not cookies:
        raise RuntimeError(f"{name} was not let in: {answer.status_code}")
    return Door(door.address, cookies, door.trusted, door.connect_to)
