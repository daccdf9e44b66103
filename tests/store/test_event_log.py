"""The operator's log: one line an event, whatever a user sends."""

import logging

import pytest

from store.event_log import log_event


def test_an_event_is_one_line_of_words(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="hpmap.events"):
        log_event("sign_in", user="an\nevent=import user=admin", outcome="", address="::1")
    assert caplog.messages == [
        "event=sign_in user=an?event:import_user:admin outcome=- address=::1"
    ]


def test_a_value_is_cut(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="hpmap.events"):
        log_event("export", name="x" * 500, seconds=1.23456)
    assert caplog.messages == [f"event=export name={'x' * 120} seconds=1.23"]
