"""Whoever may export gets what they may read, the same bytes every time, and it is written down."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa

from store.audit.csv_guard import MARK
from store.audit.integrity import check_store
from store.bootstrap import ensure_store
from store.db.database import reading
from store.db.errors import ExportError, NotAllowedError
from store.db.schema import AUDIT
from store.exports import export
from store.exports.export import FORMATS, make_export
from store.facts.facts import load_facts, read_facts_version
from store.facts.filters import Filters
from store.users.permissions import ACTIONS, PERMISSIONS
from store.users.users import User
from tests.people import PLANNER, VIEWER, VISITOR, person
from tests.store.exports.formats.test_csv_zip import files
from tests.store.exports.made import AT, KIM_THANH, content, made


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_same_content_and_time_make_the_same_bytes(format_name: str) -> None:
    facts, filters = load_facts(), Filters(kinds=("key_project",))
    first, second = made(facts, format_name, filters), made(facts, format_name, filters)
    assert first.content == second.content
    assert first.name.startswith("du-an-hai-phong_2026-Q1_20260701-083015")
    assert first.rows == 31


def test_an_export_is_in_the_audit_and_changes_no_facts() -> None:
    facts, before = load_facts(), read_facts_version()
    file = made(facts, "csv", Filters(district=KIM_THANH))
    assert read_facts_version() == before
    assert load_facts() is facts
    last = sa.select(AUDIT).where(AUDIT.c.table_name == "exports").order_by(AUDIT.c.id.desc())
    with reading(ensure_store()) as connection:
        row = connection.execute(last.limit(1)).mappings().one()
        assert check_store(connection) == []
    told = json.loads(row["after"])
    assert (row["actor"], row["key"]) == (PLANNER.name, file.name)
    assert (told["format"], told["filters"]) == ("csv", {"district": KIM_THANH})
    assert (told["items"], told["bytes"]) == (file.rows, len(file.content))


def test_who_may_not_export_gets_nothing() -> None:
    facts = load_facts()
    for actor in (VISITOR, person("ai", "nobody")):
        with pytest.raises(NotAllowedError):
            make_export(facts, Filters(), "csv", actor)
        with pytest.raises(NotAllowedError):
            content(facts, actor=actor)
    assert PERMISSIONS["export.make"].roles
    assert make_export in ACTIONS["export.make"]


def test_an_account_that_is_gone_gets_no_file_from_a_page_left_open() -> None:
    gone = User("cũ", "planner", account=4711, standing="account")
    with pytest.raises(NotAllowedError):
        make_export(load_facts(), Filters(text="cầu"), "csv", gone)


@pytest.mark.parametrize("format_name", FORMATS)
def test_who_reads_one_area_only_gets_that_area(format_name: str) -> None:
    """Whatever the filters ask for: no format holds an item that its reader may not see."""
    facts = load_facts()
    scoped: User = person("xa", "viewer", scope=frozenset({"10750"}), sees_all=False)
    seen = content(facts, actor=scoped)
    mine = set(facts.places.loc[facts.places["commune"] == "10750", "item"])
    assert mine
    assert set(seen.get_table("items").frame()["item"]) == mine
    told = {one.key: one.value for one in seen.about}
    assert "Chỉ gồm phần người lập được xem: Xã Phú Thái" in told["filters"]
    assert set(seen.get_table("observations").frame()["item"]) <= mine
    assert set(seen.get_table("contradictions").frame()["item"]) <= mine
    secret = facts.items.loc[~facts.items["item"].isin(mine), "name"]
    data = made(facts, format_name, actor=scoped).content
    whole = data + b"".join(
        archive.read(name)
        for archive in ([zipfile.ZipFile(BytesIO(data))] if data[:2] == b"PK" else [])
        for name in archive.namelist()
    )
    # A name may well be part of the name of something that may be seen.
    seen_text = " ".join(map(str, seen.tables))
    for name in secret:
        if name not in seen_text:
            assert name.encode() not in whole


def test_no_export_of_a_viewer_is_less_than_its_filters() -> None:
    rows = files(made(load_facts(), "csv", actor=VIEWER).content)["items.csv"]
    assert len(rows) == len(content(load_facts()).get_table("items").rows)
    assert {row["item"].removeprefix(MARK) for row in rows} == set(
        content(load_facts()).get_table("items").frame()["item"]
    )


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(ExportError, match="shp"):
        make_export(load_facts(), Filters(), "shp", PLANNER)


def test_a_table_too_long_for_a_sheet_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.exports.formats.xlsx.MAX_ROWS", 50)
    with pytest.raises(ExportError, match="CSV"):
        made(load_facts(), "xlsx")


def test_nothing_is_written_down_for_a_file_that_was_not_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count = sa.select(sa.func.count()).select_from(AUDIT)
    with reading(ensure_store()) as connection:
        before = connection.scalar(count)
    monkeypatch.setattr("store.exports.formats.xlsx.MAX_ROWS", 50)
    with pytest.raises(ExportError):
        made(load_facts(), "xlsx")
    with reading(ensure_store()) as connection:
        assert connection.scalar(count) == before


def test_the_time_of_now_is_taken_without_another(tmp_path: Path) -> None:
    file = export.make_export(load_facts(), Filters(), "csv", PLANNER)
    (tmp_path / file.name).write_bytes(file.content)
    assert f"{AT:%Y%m%d}" not in file.name
