"""The comparisons on the command line."""

import json
from argparse import Namespace

import pytest

from store.cli.compare import run_contradictions_command, run_diff_command
from store.db.errors import StoreError


def test_a_diff_as_json_and_as_lines() -> None:
    code, text = run_diff_command(Namespace(before="2026-Q1", after="2026-H1", json=True))
    data = json.loads(text)
    assert code == 0
    assert [one["item"] for one in data["gone"]] == ["KP-08"]
    assert "dự án" in text  # letters are written as they are
    _, lines = run_diff_command(Namespace(before="2026-Q1", after="2026-H1", json=False))
    assert "count\tkey_projects\tmisses_goal\t9/31\t8/30\t-1" in lines.splitlines()


def test_contradictions_as_json_and_as_lines() -> None:
    data = json.loads(run_contradictions_command(Namespace(json=True))[1])
    assert data["count"] == len(data["contradictions"]) == 47
    assert data["open"] == 47
    _, lines = run_contradictions_command(Namespace(json=False))
    assert len(lines.splitlines()) == 47
    assert "C-001\topen\tKP-08" in lines


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(StoreError):
        run_diff_command(Namespace(before="2031", after="2026-H1", json=True))
