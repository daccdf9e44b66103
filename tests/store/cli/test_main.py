"""``python -m store``: what each command prints and returns."""

import hashlib
import json
from pathlib import Path

import pytest

from reports.model.extraction import Extraction
from store.cli import main
from store.db.database import get_sqlite_file, is_sqlite
from store.facts.facts import load_facts
from store.facts.item_snapshot import build_item_snapshot
from store.imports.statement_queue import list_statements
from store.imports.unread_answers import list_unread
from tests.shared_reference import SHARED, needs_shared
from tests.store.small_reports import QUARTER


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file that is read as the small report of the first quarter."""

    def read(_document: object, *, choices: object) -> Extraction:
        assert choices == ()
        return QUARTER

    monkeypatch.setattr(main, "open_stoppable", lambda _data, _name: QUARTER.document)
    monkeypatch.setattr(main, "extract_document", read)
    path = tmp_path / "report.txt"
    path.write_text("x")
    return path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main.main([str(word) for word in words])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.mark.usefixtures("empty_url")
def test_a_store_is_made_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "init")
    assert (code, "toàn vẹn" in out) == (0, True)
    code, out, _ = run(capsys, "check", "--json")
    assert code == 0
    assert json.loads(out)["faults"] == []
    assert json.loads(out)["rows"] > 1000


@pytest.mark.usefixtures("empty_url")
def test_a_report_is_imported_only_with_a_yes_and_once(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    run(capsys, "init", "--empty")
    code, out, _ = run(capsys, "import", file)
    assert (code, "--yes" in out) == (1, True)
    code, out, _ = run(capsys, "import", file, "--yes", "--json")
    told = json.loads(out)
    assert (code, told["import"], told["counts"]["observations"]) == (0, 1, 4)
    code, out, _ = run(capsys, "import", file, "--yes")
    assert (code, "không thay đổi gì" in out) == (0, True)
    assert run(capsys, "export", tmp_path / "out")[0] == 0
    assert (tmp_path / "out" / "key_projects" / "observations.csv").exists()
    assert run(capsys, "undo", "1", "--why", "nhầm", "--actor", "An")[0] == 0
    listed = json.loads(run(capsys, "imports", "--json")[1])
    assert [(row["kind"], row["undone_by"]) for row in listed] == [("undo", 0), ("report", 2)]
    assert run(capsys, "imports")[0] == 0


@pytest.mark.usefixtures("store")
def test_periods_are_compared_and_contradictions_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(capsys, "diff", "2026-Q1", "2026-H1", "--json")
    assert (code, bool(json.loads(out))) == (0, True)
    code, out, _ = run(capsys, "contradictions", "--json")
    assert (code, bool(json.loads(out))) == (0, True)


@pytest.mark.usefixtures("empty_url")
def test_backup_and_restore(capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path) -> None:
    run(capsys, "init", "--empty")
    assert run(capsys, "backup", tmp_path / "copy")[0] == 0
    run(capsys, "import", file, "--yes")
    assert run(capsys, "approve", "2031-Q1")[0] == 0
    assert run(capsys, "restore", tmp_path / "copy")[0] == 0
    assert json.loads(run(capsys, "imports", "--json")[1]) == []


@pytest.mark.parametrize("content", [b"", b"not a store"])
def test_a_damaged_store_is_told_by_every_command_and_can_be_restored(
    capsys: pytest.CaptureFixture[str], empty_url: str, tmp_path: Path, content: bytes
) -> None:
    if not is_sqlite(empty_url):
        pytest.skip("a server looks after its files itself")
    run(capsys, "init", "--empty")
    assert run(capsys, "backup", tmp_path / "copy")[0] == 0
    live = get_sqlite_file(empty_url)
    live.write_bytes(content)
    for words in (
        ["init"], ["init", "--empty"], ["check"], ["imports"], ["backup", tmp_path / "new"],
        ["export", tmp_path / "out"], ["diff", "2026-Q1", "2026-H1"], ["contradictions"],
        ["undo", "1"], ["approve", "2026-Q1"], ["account", "list"],
    ):  # fmt: skip
        code, out, err = run(capsys, *words)
        assert (code, out) == (1, ""), words
        assert str(live) in err
        assert "python -m store restore" in err
    assert live.read_bytes() == content
    code, out, _ = run(capsys, "restore", tmp_path / "copy")
    (kept,) = tmp_path.glob("store.sqlite.before-restore-*[0-9]")
    assert (code, str(kept) in out) == (0, True)
    assert kept.read_bytes() == content
    assert run(capsys, "check")[0] == 0


@pytest.mark.usefixtures("bare_store")
def test_a_report_that_gave_nothing_needs_more_than_a_yes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "giay-moi.txt"
    path.write_text("GIẤY MỜI\n\nKính mời dự họp.\n", encoding="utf-8")
    words = ("import", path, "--period", "2031-Q1", "--yes")
    code, _, err = run(capsys, *words)
    assert (code, "không có số liệu nào" in err) == (1, True)
    code, out, _ = run(capsys, *words, "--accept-empty")
    assert (code, "Chưa đọc được số liệu nào" in out) == (0, True)


@pytest.mark.parametrize("words", [["frobnicate"], ["undo", "x"], []])
def test_a_wrong_call_says_so(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out, "--help" in err) == (2, "", True)


@pytest.mark.usefixtures("bare_store")
@pytest.mark.parametrize(
    "words",
    [["undo", "7"], ["approve", "2099"], ["restore", "/nowhere"], ["import", "/nowhere/file"]],
)
def test_what_cannot_be_done_is_refused(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out) == (1, "")
    assert err.strip()


@needs_shared
@pytest.mark.usefixtures("bare_store")
def test_the_real_report_of_the_first_quarter_comes_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert SHARED is not None
    (report,) = (SHARED / "reports").glob("000_*.txt")
    code, out, _ = run(capsys, "import", report, "--yes", "--json")
    told = json.loads(out)
    assert (code, told["period"], told["import"]) == (0, "2026-Q1", 1)
    assert sum(match["item"] == "" and match["how"] == "new" for match in told["matches"]) == 31
    assert run(capsys, "check")[0] == 0


PRESS = """HẢI PHÒNG: CÁC CÔNG TRÌNH VÀO GIAI ĐOẠN NƯỚC RÚT

Hải Phòng, ngày 05 tháng 4 năm 2026

Dự án đầu tư xây dựng cầu Bến Thử có tổng mức đầu tư 1.250 tỷ đồng.

Dự án xây dựng Bảo tàng Sông Thử có diện tích 3,2 ha; đến nay đã thi công đạt 45% khối lượng.

Nếu được bố trí vốn thì dự án xây dựng Nhà hát Biển Thử sẽ khởi công trong năm 2027.
"""
LIST = """STT,Tên cụm công nghiệp,Diện tích (ha),Tổng vốn đầu tư (tỷ đồng),Tỷ lệ GPMB (%)
1,Cụm công nghiệp Thử Nhất,45,350,60
2,Cụm công nghiệp Thử Nhì,52,410,75
3,Cụm công nghiệp Thử Ba,38,290,90
"""


@pytest.mark.usefixtures("empty_url")
def test_a_press_text_and_a_list_of_clusters_fill_an_empty_store(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(capsys, "init", "--empty")
    sha256 = hashlib.sha256(PRESS.encode()).hexdigest()
    for name, words in (("tin.txt", PRESS), ("danh-muc.csv", LIST)):
        file = tmp_path / name
        file.write_text(words, "utf-8")
        code, _, told = run(capsys, "import", file, "--period", "2026-Q1", "--yes")
        assert code == 0, told
    items = build_item_snapshot(load_facts(), "2026-Q1").set_index("name")
    assert items.loc["Dự án đầu tư xây dựng cầu Bến Thử", "investment_mvnd"] == 1_250_000
    museum = items.loc["Dự án xây dựng Bảo tàng Sông Thử"]
    assert (museum["area_ha"], museum["construction"]) == (3.2, 45.0)
    cluster = items.loc["Cụm công nghiệp Thử Nhì"]
    assert (cluster["area_ha"], cluster["investment_mvnd"]) == (52.0, 410_000)
    assert cluster["clearance"] == 75.0
    assert not any("Nhà hát" in name for name in items.index)
    kept = [one.statement.sentence for one in list_statements(("sure", "ask"))]
    kept += [one.sentence.sentence for one in list_unread()]
    assert any("Nhà hát" in sentence for sentence in kept)
    code, out, _ = run(capsys, "check", "--json")
    assert (code, json.loads(out)["faults"]) == (0, [])
    assert run(capsys, "undo", "2", "--why", "nhầm")[0] == 0
    assert {one.doc for one in list_statements(("sure",))} == {"2026-q1-" + sha256[:8]}
    assert run(capsys, "check")[0] == 0
