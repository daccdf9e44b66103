"""What a browser knows of the page it shows: its widgets, its pages, the messages it has kept.

Pure: takes the server's messages (``ForwardMsg``) and makes the next one to it (``BackMsg``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.proto.Delta_pb2 import Delta

FINISHED = {
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
}
"""Ends of a run after which nothing follows; a run cut short for another one is not among them."""


@dataclass(frozen=True)
class Widget:
    """A widget on the page: its id, the fragment it stands in ('' for none), and what it offers."""

    id: str
    kind: str
    fragment: str
    options: tuple[str, ...] = ()
    default: WidgetState | None = None


@dataclass
class PageState:
    """The page as a browser has it after the messages taken so far."""

    page: str = ""
    """Hash of the page shown ('' before the first run)."""
    query: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    """Hash of each page by its address."""
    widgets: dict[str, Widget] = field(default_factory=dict)
    chosen: dict[str, WidgetState] = field(default_factory=dict)
    """What was set by hand or by the script, by the widget's id."""
    faults: list[str] = field(default_factory=list)
    """Exceptions and errors that the page showed."""
    _kept: dict[str, ForwardMsg] = field(default_factory=dict)
    _seen: dict[str, Widget] = field(default_factory=dict)

    def take_message(self, message: ForwardMsg) -> bool:
        """Take one message; return True when it ends the run."""
        if message.HasField("ref_hash"):
            reference = message
            message = ForwardMsg()
            message.CopyFrom(self._kept[reference.ref_hash])
            message.metadata.CopyFrom(reference.metadata)
        elif message.metadata.cacheable and message.hash:
            self._kept[message.hash] = message
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._take_delta(message.delta)
        elif kind == "new_session":
            self.page = message.new_session.page_script_hash or self.page
            self._seen = {}
        elif kind == "navigation":
            self.page = message.navigation.page_script_hash or self.page
            self.pages = {
                page.url_pathname: page.page_script_hash for page in message.navigation.app_pages
            }
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished":
            return self._finish(message.script_finished)
        return False

    def find_widget(self, name: str) -> Widget:
        """Return the widget of a key (``bar.layer``), or the first of a kind (``radio``).

        A key's own ending may be left out: ``edit.note`` for ``edit.note-KP-25-0``. Raises
        ``LookupError`` when the page has none.
        """
        for widget in self.widgets.values():
            if f"-{name}-" in f"{widget.id}-":
                return widget
        for widget in self.widgets.values():
            if widget.kind == name:
                return widget
        shown = f"{sorted(self.widgets)}, faults {self.faults}"
        raise LookupError(f"no widget {name} on the page, only {shown}")

    def has_widget(self, name: str) -> bool:
        """Return True if ``find_widget`` would find it."""
        try:
            self.find_widget(name)
        except LookupError:
            return False
        return True

    def set_widget(self, name: str, value: Any) -> Widget:
        """Set a widget by hand; return it."""
        widget = self.find_widget(name)
        self.chosen[widget.id] = build_state(widget, value)
        return widget

    def build_request(
        self, *, fragment: str = "", page: str | None = None, query: str = ""
    ) -> BackMsg:
        """Return the message that asks for a run: of the page, a fragment, or another page."""
        message = BackMsg()
        state = message.rerun_script
        if page is not None:
            self.query = query
        if page is None:
            state.page_script_hash, state.query_string = self.page, self.query
        elif page in self.pages:
            state.page_script_hash, state.query_string = self.pages[page], query
        else:  # the first run of all: the server finds the page by its address
            state.page_name, state.query_string = page, query
        state.fragment_id = fragment
        state.widget_states.SetInParent()
        for widget in self.widgets.values():
            chosen = self.chosen.get(widget.id, widget.default)
            if chosen is not None:
                state.widget_states.widgets.append(chosen)
        for widget in self.widgets.values():
            if widget.kind == "button":  # pressed once
                self.chosen.pop(widget.id, None)
        state.cached_message_hashes.extend(self._kept)
        state.context_info.timezone = "Asia/Ho_Chi_Minh"
        state.context_info.timezone_offset = -420
        state.context_info.locale = "vi-VN"
        state.context_info.url = "http://127.0.0.1/"
        return message

    def _take_delta(self, delta: Delta) -> None:
        if delta.WhichOneof("type") == "add_block":
            block = delta.add_block
            if block.WhichOneof("type") == "popover" and block.popover.id:
                self._note(Widget(block.popover.id, "popover", delta.fragment_id))
            return
        kind = delta.new_element.WhichOneof("type")
        if kind is None:
            return
        element = getattr(delta.new_element, kind)
        if kind == "exception" or (kind == "alert" and element.format == Alert.ERROR):
            self.faults.append(element.message if kind == "exception" else element.body)
        if getattr(element, "id", ""):
            default, options = read_default_state(kind, element)
            self._note(Widget(element.id, kind, delta.fragment_id, options, default))
            if default is not None and element.set_value:  # as if it had been set by hand
                self.chosen[element.id] = default

    def _note(self, widget: Widget) -> None:
        self._seen[widget.id] = self.widgets[widget.id] = widget

    def _finish(self, outcome: int) -> bool:
        if outcome == ForwardMsg.FINISHED_SUCCESSFULLY:  # what was not drawn again is gone
            self.widgets = dict(self._seen)
        return outcome in FINISHED


def read_default_state(kind: str, element: Any) -> tuple[WidgetState | None, tuple[str, ...]]:
    """Return the state that a browser gives a new widget, ``None`` if none, and its options.

    What the script itself has set (``set_value``) goes before the default.
    """
    state = WidgetState(id=element.id)
    options: tuple[str, ...] = ()
    if kind in {"button_group", "multiselect"}:
        is_group = kind == "button_group"
        options = tuple(one.content if is_group else one for one in element.options)
        given = element.raw_values if element.set_value else [options[i] for i in element.default]
        state.string_array_value.data.extend(given)
    elif kind in {"selectbox", "radio"}:
        options = tuple(element.options)
        if element.set_value:
            state.string_value = element.raw_value
        elif options and element.HasField("default"):
            state.string_value = options[element.default]
        else:
            return None, options
    elif kind == "checkbox":
        state.bool_value = element.value if element.set_value else element.default
    elif kind in {"text_input", "text_area"}:
        state.string_value = element.value if element.set_value else element.default
    else:
        return None, ()
    return state, options


def build_state(widget: Widget, value: Any) -> WidgetState:
    """Return the state of a widget that a person has set to a value."""
    state = WidgetState(id=widget.id)
    if widget.kind in {"button_group", "multiselect"}:
        state.string_array_value.data.extend([value] if isinstance(value, str) else value)
    elif widget.kind in {"checkbox", "popover"}:
        state.bool_value = value
    elif widget.kind == "button":
        state.trigger_value = value
    elif widget.kind == "component_instance":
        state.json_value = value
    else:
        state.string_value = value
    return state


def find_next_option(widget: Widget, chosen: Mapping[str, WidgetState], step: int = 1) -> str:
    """Return an option other than the one that stands."""
    state = chosen.get(widget.id, widget.default)
    current = ""
    if state is not None:
        is_list = state.WhichOneof("value") == "string_array_value"
        values = list(state.string_array_value.data) if is_list else [state.string_value]
        current = values[0] if values else ""
    index = widget.options.index(current) if current in widget.options else -1
    return widget.options[(index + step) % len(widget.options)]
