"""``python -m reports extract``: the keys that other programs count on, refusals in words."""

import json
from pathlib import Path

import pytest

from reports.cli import main
from tests.reports.sample_report import REPORT


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main(argv)
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "bao-cao.txt"
    path.write_text(REPORT, "utf-8")
    return str(path)


def test_json_has_the_keys_of_the_contract(capsys: pytest.CaptureFixture[str], report: str) -> None:
    code, out, _ = run(capsys, "extract", report, "--json")
    told = json.loads(out)
    assert code == 0
    assert set(told) >= {
        "document", "projects", "indicators", "clearance", "parks", "queue", "balance",
    }  # fmt: skip
    assert set(told["document"]) >= {"sha256", "title", "issuer", "issued", "as_of", "period"}
    project = told["projects"][0]
    assert project["no"] == 1
    assert project["group"] == "I.1"
    assert project["investment_mvnd"] == 1_234_567
    assert project["communes"] == ["11311", "11383", "11689"]
    assert project["planned"] == {"clearance_pct": None, "construction_pct": 40}
    assert project["actual"] == {"clearance_pct": None, "construction_pct": None}
    assert project["forecast"] == "misses"
    assert project["asked_to_act"] == ["UBND phường Hồng Bàng"]
    assert project["milestones"] == [{"kind": "start", "when": "2026-Q2"}]
    assert set(project["source"]) >= {"from_line", "to_line"}
    assert told["projects"][1]["obstacles"] == ["land_origin"]
    assert told["projects"][1]["milestones"] == [{"kind": "finish", "when": "2026-Q3"}]
    assert told["projects"][3]["forecast"] is None
    balance = told["balance"]
    parts = balance["in_rows"] + balance["in_headers"] + balance["in_queue"]
    assert balance["table_lines"] == parts
    for entry in told["queue"]:
        assert set(entry) >= {"reason", "raw", "place"}


def test_the_summary_tells_the_balance(capsys: pytest.CaptureFixture[str], report: str) -> None:
    code, out, _ = run(capsys, "extract", report)
    assert code == 0
    assert "Đọc được 4 dự án" in out
    assert ("Không dòng nào bị mất." in out) != ("chưa hiểu hết." in out)


def test_a_file_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "extract", "khong-co.txt")
    assert (code, out) == (1, "")
    assert "khong-co.txt" in err


@pytest.mark.parametrize("words", [[], ["read"], ["extract"], ["extract", "x", "--xml"]])
def test_a_wrong_call_is_told(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out, "Lệnh không đúng" in err) == (2, "", True)


def test_help_and_the_keyboard_end_a_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, report: str
) -> None:
    code, out, _ = run(capsys, "extract", "--help")
    assert (code, "--json" in out) == (0, True)

    def stop(*_: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reports.cli.open_stoppable", stop)
    assert run(capsys, "extract", report)[0] == 130


def test_a_file_that_is_no_report_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    empty = tmp_path / "rong.txt"
    empty.write_bytes(b"")
    code, out, err = run(capsys, "extract", str(empty), "--json")
    assert (code, out) == (1, "")
    assert err.strip()


def test_a_persons_choices_reach_the_reader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Encoding, pages and hidden parts; a wrong choice is a wrong call, said in Vietnamese."""
    file = tmp_path / "a.txt"
    file.write_bytes("B¸o c¸o kÕt qu¶ thùc hiÖn c¸c nhiÖm vô".encode("cp1252"))
    assert main(["extract", str(file), "--json", "--encoding", "none", "--pages", "1-2,4"]) == 0
    assert json.loads(capsys.readouterr().out)["document"]["messages"] == []
    assert main(["extract", str(file), "--json", "--unseen"]) == 0
    assert "TCVN3" in json.loads(capsys.readouterr().out)["document"]["messages"][0]
    for wrong in (["--pages", "5-2"], ["--pages", "x"], ["--encoding", "ebcdic"]):
        assert main(["extract", str(file), *wrong]) == 2
        assert capsys.readouterr().err
