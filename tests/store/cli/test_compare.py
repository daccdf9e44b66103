"""The comparisons on the command line."""

import json

import pytest

from store.cli.main import main


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == 0
    return capsys.readouterr().out


def test_a_diff_as_json_and_as_lines(capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "diff", "2026-Q1", "2026-H1", "--json")
    assert [one["item"] for one in json.loads(text)["gone"]] == ["KP-08"]
    assert "dự án" in text  # letters are written as they are
    lines = run(capsys, "diff", "2026-Q1", "2026-H1").splitlines()
    assert "count\tkey_projects\tmisses_goal\t9/31\t8/30\t-1" in lines


def test_contradictions_as_json_and_as_lines(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(run(capsys, "contradictions", "--json"))
    assert data["count"] == len(data["contradictions"]) == 40
    assert data["open"] == 40
    lines = run(capsys, "contradictions")
    assert len(lines.splitlines()) == 40
    assert "C-001\topen\tKP-08" in lines


def test_an_unknown_period_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "2031", "2026-H1", "--json"]) == 1
    told = capsys.readouterr()
    assert (told.out, "2031" in told.err) == ("", True)
