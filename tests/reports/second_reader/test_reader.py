"""The second reader: off by default, asked about what is open only, never the end of a reading."""

from __future__ import annotations

import json
import logging
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from reports.model.document import Document, Paragraph, SourcePlace
from reports.model.extraction import Extraction
from reports.model.statement import SentenceBalance, Statement, StatementReading, UnreadSentence
from reports.second_reader import reader
from reports.second_reader.reader import (
    add_second_reading,
    ask_second_reader,
    carry_second_reading,
)
from tests.reports.second_reader.endpoint import answer, propose, serve, wrap

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

PLACE = SourcePlace(4, 4)
OPEN = "Dự án cầu Rào 9 có tổng mức đầu tư 1.250 tỷ đồng, khởi công quý II/2026."
KEPT = "Thư riêng của ông Nguyễn Văn A về việc khác."
FOUND = {
    "sentence": 1, "subject": "Dự án cầu Rào 9", "subject_kind": "project", "field": "investment",
    "value": 1250, "unit": "tỷ đồng", "stated": "1.250 tỷ đồng", "mood": "measured",
}  # fmt: skip


def make_extraction(*sentences: str) -> Extraction:
    sentences = sentences or (OPEN,)
    blocks = [Paragraph(KEPT, SourcePlace(1, 1))]
    blocks += [
        Paragraph(text, SourcePlace(line, line)) for line, text in enumerate(sentences, start=4)
    ]
    unread = tuple(
        UnreadSentence(text, SourcePlace(line, line), ("1.250 tỷ đồng",))
        for line, text in enumerate(sentences, start=4)
    )
    total = len(unread) + 1
    reading = StatementReading((), unread, SentenceBalance(total, 0, 0, total))
    document = Document("thư.txt", "", "text", 0, tuple(blocks), as_of="2026-03-31")
    return Extraction(document, reading=reading)


def test_without_the_setting_nothing_is_called_and_nothing_changes() -> None:
    def refuse(*_: Any) -> bytes:
        raise AssertionError

    extraction = make_extraction()
    assert add_second_reading(extraction, {}, refuse) is extraction
    assert add_second_reading(extraction, {"HPMAP_READER_MODEL": "m"}, refuse) is extraction


def test_a_proposal_that_stands_in_the_text_is_asked_about() -> None:
    with serve(propose(FOUND)) as endpoint:
        (one,) = ask_second_reader(make_extraction(), endpoint.settings()).statements
    assert (one.subject, one.field, one.value, one.unit) == (
        "Dự án cầu Rào 9", "investment", 1_250_000.0, "triệu đồng",
    )  # fmt: skip
    assert (one.status, one.why) == ("ask", "second_reader")
    assert one.sentence[one.start : one.end] == one.stated == "1.250 tỷ đồng"
    assert one.place == PLACE
    assert endpoint.paths == ["/v1/chat/completions"]
    assert endpoint.keys == ["Bearer s3cret-key"]


def test_only_open_sentences_with_their_paragraphs_are_sent() -> None:
    with serve(propose()) as endpoint:
        ask_second_reader(make_extraction(), endpoint.settings())
    (body,) = endpoint.bodies
    assert KEPT not in json.dumps(body, ensure_ascii=False)
    (sent,) = json.loads(body["messages"][1]["content"])["sentences"]
    assert sent["sentence"] == OPEN
    assert sent["left_over"] == ["1.250 tỷ đồng"]


def test_what_is_asked_already_is_sent_and_not_proposed_again() -> None:
    asked = Statement(
        "Dự án cầu Rào 9", "project", "investment", 1_250_000.0, OPEN, PLACE,
        unit="triệu đồng", stated="1.250 tỷ đồng", status="ask", why="subject",
    )  # fmt: skip
    extraction = make_extraction()
    extraction = replace(extraction, reading=StatementReading((asked,)))
    with serve(propose(FOUND, FOUND)) as endpoint:
        assert ask_second_reader(extraction, endpoint.settings()).statements == ()
    (sent,) = json.loads(endpoint.bodies[0]["messages"][1]["content"])["sentences"]
    assert sent["candidates"][0]["field"] == "investment"


def test_nothing_open_is_no_call() -> None:
    with serve(propose(FOUND)) as endpoint:
        extraction = replace(make_extraction(), reading=StatementReading())
        assert ask_second_reader(extraction, endpoint.settings()).asked == 0
    assert endpoint.bodies == []


def test_how_much_is_sent_is_limited() -> None:
    sentences = [f"Xã thứ {n} có {n} hộ chưa nhận tiền." for n in range(30)]
    extraction = make_extraction(*sentences, "dài " * 600)
    with serve(propose()) as endpoint:
        settings = endpoint.settings(max_sentences=12, max_sentences_per_call=5)
        reading = ask_second_reader(extraction, settings)
        assert (reading.asked, reading.left, reading.fault) == (12, 18, None)
        assert len(endpoint.bodies) == 3
        endpoint.bodies.clear()
        small = endpoint.settings(max_request_bytes=4_000, max_sentences=10)
        assert ask_second_reader(extraction, small).asked == 10
    sizes = [len(json.dumps(body, ensure_ascii=False).encode()) for body in endpoint.bodies]
    assert len(sizes) > 1
    assert max(sizes) <= 4_000


def hang(handler: BaseHTTPRequestHandler) -> None:
    del handler
    threading.Event().wait(3)


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-A: ")
    while True:
        handler.wfile.write(b"a")
        handler.wfile.flush()
        time.sleep(0.02)


def go_on_for_ever(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    while True:
        handler.wfile.write(b'{"a": [' * 1000)


def send_slowly_for_ever(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    while True:
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)


def close_at_once(handler: BaseHTTPRequestHandler) -> None:
    del handler


def write_headers_for_ever(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    while True:
        handler.wfile.write(b"X-A: a\r\n")


@pytest.mark.parametrize(
    ("behave", "reason"),
    [
        (hang, "timeout"),
        (drip, "timeout"),
        (send_slowly_for_ever, "timeout"),
        (go_on_for_ever, "too_large"),
        (write_headers_for_ever, "unreachable"),
        (close_at_once, "unreachable"),
        (answer(500, b"no"), "status"),
        (answer(401, b"no"), "status"),
        (answer(302, b"", Location="http://127.0.0.1:9/"), "redirect"),
        (answer(307, b"", Location="http://127.0.0.1:9/"), "redirect"),
        (answer(200, b"x" * 300_000), "too_large"),
        (answer(200, b"\x00\xff rubbish"), "rubbish"),
        (answer(200, b"[" * 100_000), "rubbish"),
        (answer(200, b'{"choices": []}'), "rubbish"),
        (answer(200, b'{"choices": [{"message": {"content": 7}}]}'), "rubbish"),
        (answer(200, wrap("I cannot help with that.")), "rubbish"),
        (answer(200, wrap('{"statements": 5}')), "rubbish"),
        (answer(200, wrap('{"statements": [{"value": NaN}]}')), "rubbish"),
        (answer(200, wrap(f'{{"statements": [{"1" * 9000}]}}')), "rubbish"),
        (answer(200, wrap("{}"), Content_Encoding="gzip"), "rubbish"),
    ],
)
def test_whatever_the_endpoint_does_the_reading_stays(
    behave: Callable[[BaseHTTPRequestHandler], None], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    extraction = make_extraction()
    with serve(behave) as endpoint:
        settings = endpoint.settings(total_seconds=0.6)
        reading = ask_second_reader(extraction, settings)
        assert reading.statements == ()
        assert reading.fault is not None
        assert reading.fault.reason == reason
        monkeypatch.setattr(reader, "load_reader_settings", lambda _: settings)
        again = add_second_reading(extraction)
    assert again.reading == extraction.reading
    assert again.document.messages[-1].startswith("Không dùng được bộ đọc thứ hai: ")


def test_nobody_there_is_a_message_only() -> None:
    with serve(hang) as endpoint:
        settings = endpoint.settings(total_seconds=2.0)
    fault = ask_second_reader(make_extraction(), settings).fault
    assert fault is not None
    assert fault.reason == "unreachable"


def test_what_was_proposed_before_a_fault_stays() -> None:
    turns = [propose(FOUND), answer(503, b"")]

    def behave(handler: BaseHTTPRequestHandler) -> None:
        turns.pop(0)(handler)

    with serve(behave) as endpoint:
        settings = endpoint.settings(max_sentences_per_call=1)
        reading = ask_second_reader(make_extraction(OPEN, "Còn 12 hộ dân."), settings)
    assert len(reading.statements) == 1
    assert (reading.asked, reading.left) == (1, 1)
    assert reading.fault is not None


def test_time_is_counted_over_all_calls() -> None:
    times = iter([0.0, 1.0, 61.0])
    with serve(propose()) as endpoint:
        settings = endpoint.settings(max_sentences_per_call=1)
        extraction = make_extraction(OPEN, "Còn 12 hộ dân.")
        reading = ask_second_reader(extraction, settings, clock=lambda: next(times))
    assert reading.asked == 1
    assert reading.fault is not None
    assert reading.fault.reason == "timeout"


def test_one_line_of_the_log_a_call_without_contents_or_key(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO, logger="hpmap.events"), serve(propose(FOUND)) as endpoint:
        ask_second_reader(make_extraction(), endpoint.settings())
        endpoint.behave = answer(500, b"secret words")
        ask_second_reader(make_extraction(), endpoint.settings())
    assert len(caplog.messages) == 2
    assert caplog.messages[0].startswith("event=second_reader host=127.0.0.1 outcome=ok")
    assert "outcome=status" in caplog.messages[1]
    assert not any(word in caplog.text for word in ("s3cret", "Rào", "1.250", "secret words"))


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serve(propose(FOUND)) as endpoint:
        assert len(ask_second_reader(make_extraction(), endpoint.settings()).statements) == 1


def test_the_environment_switches_it_on(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("k-1\n", encoding="ascii")
    with serve(propose(FOUND)) as endpoint:
        environment = {
            "HPMAP_READER_URL": f"http://127.0.0.1:{endpoint.port}/v1/",
            "HPMAP_READER_MODEL": "m",
            "HPMAP_READER_KEY_FILE": str(key),
        }
        again = add_second_reading(make_extraction(), environment)
    assert endpoint.keys == ["Bearer k-1"]
    assert [one.why for one in again.reading.statements] == ["second_reader"]
    assert again.reading.balance.exact
    assert again.document.messages[-1].startswith("Bộ đọc thứ hai (127.0.0.1) đã xem 1 câu")


def test_a_wrong_setting_is_told_and_ends_nothing() -> None:
    extraction = make_extraction()
    again = add_second_reading(extraction, {"HPMAP_READER_URL": "https://reader.example"})
    assert again.reading == extraction.reading
    assert "HPMAP_READER_MODEL" in again.document.messages[-1]


def test_proposals_are_carried_to_a_later_reading_of_the_same_file() -> None:
    with serve(propose(FOUND)) as endpoint:
        environment = {
            "HPMAP_READER_URL": f"http://127.0.0.1:{endpoint.port}", "HPMAP_READER_MODEL": "m",
        }  # fmt: skip
        before = add_second_reading(make_extraction(), environment)
    after = carry_second_reading(before, make_extraction())
    assert after.reading.statements == before.reading.statements
    assert after.document.messages == before.document.messages
    assert carry_second_reading(after, after).reading.statements == after.reading.statements
