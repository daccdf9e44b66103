"""A row of the audit in words: what was done, where, which fields from what to what."""

import json

import pytest

from geo.i18n import load_catalogue
from layers.labels.audit_labels import describe_audit_row, format_table_name
from layers.labels.field_labels import FieldDifference
from store.db.staff_tables import ALL_TABLES


def row(table: str, before: object = "", after: object = "", key: str = "k") -> dict[str, object]:
    texts = [one if isinstance(one, str) else json.dumps(one) for one in (before, after)]
    return {"table_name": table, "key": key, "before": texts[0], "after": texts[1]}


def test_only_the_fields_that_differ_are_told() -> None:
    told = describe_audit_row(
        row("items", {"name": "Cầu", "kind": "key_project", "no": 1}, {"name": "Cầu 2", "no": 1,
            "kind": "key_project"}, "KP-01")
    )  # fmt: skip
    assert told.what == "sửa"
    assert told.where == "dự án · KP-01"
    assert told.fields == (FieldDifference("Tên", "Cầu", "Cầu 2"),)


def test_words_of_the_program_and_places_are_written_out() -> None:
    told = describe_audit_row(row("places", "", {"commune": "11914", "certainty": "certain"}))
    assert told.what == "thêm"
    assert next(one.after for one in told.fields) == "Đặc khu Cát Hải"
    assert "certain" not in str(told.fields)
    account = {"role": "planner", "sees_all": False, "scopes": [["district", "hd.huyen-kim-thanh"]]}
    told = describe_audit_row(row("accounts", account | {"role": "viewer"}, account, "an"))
    assert told.fields == (FieldDifference("vai trò", "người xem", "cán bộ tổng hợp"),)
    told = describe_audit_row(row("accounts", account, ""))
    assert told.what == "bỏ"
    assert {one.before for one in told.fields} == {
        "cán bộ tổng hợp", "không", "huyện Kim Thành (cũ)",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("table", "after", "expected"),
    [
        ("sign_ins", "ok 10.0.0.7", "đăng nhập (10.0.0.7)"),
        ("sign_ins", "wrong", "đăng nhập sai"),
        ("sign_ins", "signed out everywhere", "đăng xuất trên mọi thiết bị"),
        ("accounts", "password changed", "đổi mật khẩu"),
        ("approvals", "approved", "đã duyệt"),
        ("reviews", "{broken json", "{broken json"),
        ("reviews", "[1]", "[1]"),
    ],
)
def test_notes_are_told_as_notes(table: str, after: str, expected: str) -> None:
    told = describe_audit_row(row(table, "", after))
    assert (told.what, told.fields) == (expected, ())


def test_what_has_no_name_in_words_keeps_its_own_and_long_values_are_cut() -> None:
    assert format_table_name("made_up") == "made_up"
    told = describe_audit_row(row("made_up", {"x": "a"}, {"x": "b" * 1000}))
    assert told.fields[0].label == "x"
    assert len(told.fields[0].after) == 401


def test_english() -> None:
    told = describe_audit_row(row("items", {"name": "A"}, {"name": "B"}), "en")
    assert told.what == "changed"


def test_every_table_and_column_of_the_store_has_its_word() -> None:
    """A code in a reader's table is a column that nobody named."""
    texts = load_catalogue("vi")
    for table, columns in ALL_TABLES.items():
        for column in columns.columns:
            keys = (f"{room}.{column.name}" for room in
                    ("audit.column", "edit.column", "layers.field"))  # fmt: skip
            assert any(key in texts for key in keys), f"{table}.{column.name}"
