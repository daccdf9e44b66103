"""What the store exports is what ``data/facts`` consists of."""

from pathlib import Path

import pytest

from geo.paths import DATA
from reports.facts_files.curated import read_curated
from store.cli.export import export_csv_folder
from store.db.errors import StoreError
from store.facts.stored.tables import read_stored_facts
from tests.store.test_bootstrap import assert_same


def test_the_curated_facts_come_out_as_they_went_in(store: str, tmp_path: Path) -> None:
    rows = export_csv_folder(tmp_path)
    assert rows == sum(len(frame) for frame in vars(read_stored_facts(store)).values())
    for file in sorted((DATA / "facts").rglob("*.csv")):
        name = file.relative_to(DATA / "facts")
        assert (tmp_path / name).read_bytes() == file.read_bytes(), name
    assert_same(read_curated(tmp_path), read_stored_facts(store))


def test_a_folder_that_cannot_be_written_is_told(store: str, tmp_path: Path) -> None:
    assert store
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError):
        export_csv_folder(tmp_path / "file")
