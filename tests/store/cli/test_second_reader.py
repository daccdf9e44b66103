"""``python -m store import --second-reader``: asked only when told to, and never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.cli import main
from tests.reports.second_reader.endpoint import answer, propose, serve
from tests.reports.second_reader.test_reader import FOUND, make_extraction

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reports.second_reader.endpoint import Endpoint


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file of which one sentence is left open."""
    monkeypatch.setattr(main, "open_stoppable", lambda _data, _name: make_extraction().document)
    monkeypatch.setattr(main, "extract_document", lambda _document, **_: make_extraction())
    path = tmp_path / "report.txt"
    path.write_text("x")
    return path


def use(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HPMAP_READER_URL", endpoint.url)
    monkeypatch.setenv("HPMAP_READER_MODEL", "m")


@pytest.mark.usefixtures("empty_url")
def test_it_is_asked_when_told_to_only(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main.main(["init", "--empty"])
    with serve(propose(FOUND)) as endpoint:
        use(endpoint, monkeypatch)
        main.main(["import", str(file), "--period", "2026-Q1"])
        assert endpoint.bodies == []
        main.main(["import", str(file), "--period", "2026-Q1", "--second-reader"])
        assert len(endpoint.bodies) == 1
    assert "Bộ đọc thứ hai (127.0.0.1) đã xem 1 câu" in capsys.readouterr().err


@pytest.mark.usefixtures("empty_url")
def test_its_faults_and_its_absence_are_told(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main.main(["init", "--empty"])
    words = ["import", str(file), "--period", "2026-Q1", "--second-reader"]
    monkeypatch.delenv("HPMAP_READER_URL", raising=False)
    without = main.main(words[:-1])
    assert main.main(words) == without
    assert "HPMAP_READER_URL" in capsys.readouterr().err
    with serve(answer(500, b"")) as endpoint:
        use(endpoint, monkeypatch)
        assert main.main(words) == without
    assert "lỗi 500" in capsys.readouterr().err
