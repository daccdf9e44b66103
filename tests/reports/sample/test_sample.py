"""The sample report is read back as what it was made of, in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.paths import DATA
from reports import cli
from reports.extract import extract_document
from reports.facts_files.curated import read_curated
from reports.open import open_document
from reports.sample.content import PERIOD, make_sample
from reports.sample.formats import WRITERS
from tests.hostile import mostly_slow

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("ending", mostly_slow(sorted(WRITERS), 2))
def test_every_format_gives_the_key_projects_of_the_facts(ending: str) -> None:
    facts = read_curated(DATA / "facts")
    items = facts.items[facts.items["kind"] == "key_project"]
    said = facts.observations[facts.observations["period"] == PERIOD]
    amounts = said[said["field"] == "investment_mvnd"].set_index("item")["value"]
    read = extract_document(open_document(WRITERS[ending](make_sample(facts)), f"sample.{ending}"))
    assert read.document.period == PERIOD
    assert len(read.projects) == len(items)
    assert read.balance.exact
    investments = [
        value.value
        for project in read.projects
        for value in project.values
        if value.field == "investment_mvnd"
    ]
    wanted = [float(amounts[item]) for item in items["item"] if item in amounts]
    assert [float(value) for value in investments] == wanted


def test_the_sample_says_that_it_is_one() -> None:
    for ending in ("txt", "csv"):
        text = WRITERS[ending](make_sample()).decode()
        assert "Văn bản mẫu" in text


def test_the_command_writes_every_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["sample", str(tmp_path / "new")]) == 0
    assert {file.suffix[1:] for file in (tmp_path / "new").iterdir()} == set(WRITERS)
    assert "bao-cao-mau.docx" in capsys.readouterr().out
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    assert cli.main(["sample", str(blocked)]) == 1
