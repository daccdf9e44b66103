"""What people do on each of the three apps, in an order that differs from one to the next."""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING, Final, Protocol

from benchmarks.load.page_state import find_next_option
from geo.boundaries.layer import load_communes
from tests.browser.page_list import page_addresses

if TYPE_CHECKING:
    from benchmarks.load.reader import Reader, Run

READING: Final = (
    "dieu-hanh", "danh-muc", "dia-ban", "du-an", "so-sanh", "hai-ban-do", "gpmb", "nguon",
)  # fmt: skip
"""The pages that a crowd goes through, by their addresses."""

NOTHING_CLICKED: Final = {"last_clicked": None, "zoom": 10, "center": {"lat": 20.86, "lng": 106.55}}


class Journey(Protocol):
    """What a person does with an app."""

    changes: tuple[str, ...]
    """Kinds of a change, in the order of doing them."""

    async def settle(self, reader: Reader) -> None:
        """Do what a browser does by itself once a page is shown."""

    async def change(self, reader: Reader, kind: str, turn: int) -> Run:
        """Do one change; return its run."""


class MapJourney:
    """The app's own map: its layers, clicks on communes, periods, filters."""

    changes = (
        *("layer", "layer", "click", "period", "layer"),
        *("opening filters", "filter", "filter of two kinds"),
    )

    def __init__(self) -> None:
        self._codes = list(load_communes().index)

    async def settle(self, reader: Reader) -> None:
        """Do nothing: its map sends nothing by itself."""

    async def change(self, reader: Reader, kind: str, turn: int) -> Run:
        """Change the layer, the period or the kinds of items, or click on a commune."""
        state = reader.state
        if kind == "click":
            properties = {"n": turn + 1, "t": "commune", "id": self._codes[turn % len(self._codes)]}
            feature = {"type": "Feature", "geometry": None, "properties": properties}
            value = json.dumps({"last_active_drawing": feature})
            return await reader.choose("component_instance", value)
        is_filter = kind.startswith("filter")
        if kind == "opening filters" or (is_filter and not state.has_widget("bar.kinds")):
            return await reader.choose("bar.popover", True)
        if is_filter:
            kinds = state.find_widget("bar.kinds").options
            two = kind == "filter of two kinds"  # no single kind: that is made ahead
            pairs = [list(pair) for pair in combinations(kinds, 2)] if two else [[k] for k in kinds]
            return await reader.choose("bar.kinds", pairs[turn % len(pairs)])
        widget = state.find_widget(f"bar.{kind}")
        return await reader.choose(f"bar.{kind}", find_next_option(widget, state.chosen))


class PlainJourney:
    """The plain app: its layers. Its map answers every drawing with a run of its own."""

    changes = ("layer",)

    async def settle(self, reader: Reader) -> None:
        """Send what the map sends once it is drawn."""
        await reader.choose("component_instance", json.dumps(NOTHING_CLICKED))

    async def change(self, reader: Reader, kind: str, turn: int) -> Run:  # noqa: ARG002
        """Change the layer."""
        radio = reader.state.find_widget("radio")
        run = await reader.choose("radio", find_next_option(radio, reader.state.chosen))
        await self.settle(reader)
        return run


class EmptyJourney:
    """The empty page: one of its widgets."""

    changes = ("layer",)

    async def settle(self, reader: Reader) -> None:
        """Do nothing."""

    async def change(self, reader: Reader, kind: str, turn: int) -> Run:  # noqa: ARG002
        """Change the first widget."""
        widget = reader.state.find_widget("choice")
        return await reader.choose("choice", find_next_option(widget, reader.state.chosen))


def list_pages() -> dict[str, tuple[str, str]]:
    """Return every page's address and query by its name, the map left out."""
    pages = {}
    for name, address in page_addresses().items():
        path, _, query = address.partition("?")
        if path:
            pages[name] = (path, query)
    return pages
