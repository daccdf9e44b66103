"""``python -m geo geocode``: one line in, one answer out."""

import io
import json
from types import SimpleNamespace

import pytest

from geo.__main__ import main


def run(monkeypatch: pytest.MonkeyPatch, data: bytes, *arguments: str) -> str:
    out = io.BytesIO()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=out))
    assert main(["geocode", *arguments]) == 0
    return out.getvalue().decode()


def test_json_keeps_the_contract_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """One object a line, empty lines too, with exactly the agreed keys."""
    lines = "xã Nam Hưng, huyện Tiên Lãng\n\nhuyện An Lão\r\nxã Nam Hưng".encode()
    records = [json.loads(line) for line in run(monkeypatch, lines, "--json").splitlines()]
    assert [record["text"] for record in records] == [
        "xã Nam Hưng, huyện Tiên Lãng",
        "",
        "huyện An Lão",
        "xã Nam Hưng",
    ]
    assert [record["status"] for record in records] == ["matched", "unknown", "matched", "review"]
    assert list(records[0]) == ["text", "status", "matches", "unresolved", "reason"]
    assert list(records[0]["matches"][0]) == [
        "code",
        "name",
        "confidence",
        "method",
        "matched_text",
        "runner_up",
        "margin",
        "left_out",
    ]
    assert records[0]["matches"][0]["code"] == "11806"


def test_broken_utf8_and_a_byte_order_mark_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad byte spoils its line at most."""
    data = b"\xef\xbb\xbf" + "phường Hải An\n".encode() + b"\xff\xfe\n" + "xã Lai Khê".encode()
    records = [json.loads(line) for line in run(monkeypatch, data, "--json").splitlines()]
    assert [record["status"] for record in records] == ["matched", "unknown", "matched"]
    assert records[0]["text"] == "phường Hải An"


def test_a_line_that_is_too_long_is_unknown_and_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lines behind it are answered all the same."""
    data = b"a" * 10_001 + b"\n" + "xã Lai Khê\n".encode()
    records = [json.loads(line) for line in run(monkeypatch, data, "--json").splitlines()]
    assert [record["status"] for record in records] == ["unknown", "matched"]
    assert "10001" in capsys.readouterr().err


def test_the_table_names_communes_and_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    """In Vietnamese, with the code, the name, the confidence and what came second."""
    table = run(monkeypatch, "xã Nam Hưng\nphường Bến Nghé".encode())
    assert "cần xem lại" in table
    assert "11806  Xã Chấn Hưng" in table
    assert "?  phường Bến Nghé" in table


def test_the_day_of_the_text_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the merger a bare ``Thủy Nguyên`` is the district."""
    line = "Thủy Nguyên".encode()
    today = json.loads(run(monkeypatch, line, "--json"))
    before = json.loads(run(monkeypatch, line, "--json", "--as-of", "2024-05-01"))
    assert len(today["matches"]) == 1
    assert len(before["matches"]) > 1


def test_an_unknown_command_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    """And a wrong day is refused by the parser."""
    assert main(["nothing"]) == 2
    assert "geocode" in capsys.readouterr().err
    assert main(["geocode", "--as-of", "yesterday"]) == 2
