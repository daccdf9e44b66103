"""A page as a browser knows it, from the server's messages; one session at the real script."""

from __future__ import annotations

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.load.page_state import PageState, find_next_option


def message(**parts) -> ForwardMsg:
    made = ForwardMsg()
    for name, value in parts.items():
        setattr(made, name, value)
    return made


def started(page: str = "abc") -> ForwardMsg:
    made = ForwardMsg()
    made.new_session.page_script_hash = page
    return made


def drawn(key: str, *, fragment: str = "") -> ForwardMsg:
    made = ForwardMsg()
    made.delta.fragment_id = fragment
    group = made.delta.new_element.button_group
    group.id = f"$$ID-0-{key}"
    for content in ("a", "b", "c"):
        group.options.add().content = content
    group.default.append(0)
    return made


def ended(status: int = ForwardMsg.FINISHED_SUCCESSFULLY) -> ForwardMsg:
    return message(script_finished=status)


def run(state: PageState, *messages: ForwardMsg) -> bool:
    return [state.take_message(one) for one in messages][-1]


def test_a_widget_is_sent_as_it_stands_with_the_next_request() -> None:
    state = PageState()
    assert run(state, started(), drawn("bar.layer"), ended())
    assert [
        list(widget.string_array_value.data)
        for widget in state.build_request().rerun_script.widget_states.widgets
    ] == [["a"]]
    state.set_widget("bar.layer", find_next_option(state.find_widget("bar.layer"), state.chosen))
    asked = state.build_request().rerun_script
    assert asked.page_script_hash == "abc"
    assert list(asked.widget_states.widgets[0].string_array_value.data) == ["b"]


def test_what_a_run_of_the_page_does_not_draw_is_gone_a_fragment_takes_nothing_away() -> None:
    state = PageState()
    run(state, started(), drawn("one"), drawn("two", fragment="f"), ended())
    part = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
    assert run(state, started(), drawn("two", fragment="f"), ended(part))
    assert state.has_widget("one")
    assert state.find_widget("two").fragment == "f"
    run(state, started(), drawn("two"), ended())
    assert not state.has_widget("one")
    with pytest.raises(LookupError, match="no widget one"):
        state.find_widget("one")


def test_a_run_cut_short_for_another_has_not_ended() -> None:
    assert not run(PageState(), started(), ended(ForwardMsg.FINISHED_EARLY_FOR_RERUN))


def test_a_kept_message_is_named_to_the_server_and_taken_again_by_its_name() -> None:
    state = PageState()
    kept = drawn("one")
    kept.hash, kept.metadata.cacheable = "h", True
    run(state, started(), kept, ended())
    assert list(state.build_request().rerun_script.cached_message_hashes) == ["h"]
    run(state, started(), message(ref_hash="h"), ended())
    assert state.has_widget("one")


def test_errors_that_a_page_shows_are_faults() -> None:
    state = PageState()
    fault = ForwardMsg()
    fault.delta.new_element.exception.message = "broken"
    run(state, started(), fault, ended())
    assert state.faults == ["broken"]


def test_a_page_is_asked_for_by_its_address_first_and_by_its_hash_once_it_is_known() -> None:
    state = PageState()
    assert state.build_request(page="nguon").rerun_script.page_name == "nguon"
    menu = ForwardMsg()
    entry = menu.navigation.app_pages.add()
    entry.url_pathname, entry.page_script_hash = "nguon", "n1"
    run(state, started(), menu, ended())
    asked = state.build_request(page="nguon", query="lang=en").rerun_script
    assert (asked.page_script_hash, asked.query_string) == ("n1", "lang=en")
