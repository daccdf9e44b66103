"""What nothing reads of a table waits in the queue, by column, row or cell: nothing is silent."""

from __future__ import annotations

from tests.reports.statements.tables.readings import list_unread_rows, read_table


def test_an_unknown_column_of_a_known_table_is_asked_about_once_and_its_cells_are_listed() -> None:
    read = read_table(
        [
            ("TT", "Địa bàn", "Số hộ", "Mức độ nhạy cảm"),
            ("1", "Phường Lê Chân", "140", "cao 7"),
            ("2", "Xã Kiến Hải", "61", "thấp 2"),
        ],
    )
    assert [entry.reason for entry in read.queue] == ["unknown_column"]
    assert [entry.left_over for entry in list_unread_rows(read)] == [("cao 7",), ("thấp 2",)]
    assert {entry.why for entry in list_unread_rows(read)} == {"unknown_column"}


def test_a_table_whose_rows_nothing_reads_is_in_the_queue_row_by_row() -> None:
    read = read_table(
        [
            ("STT", "Địa điểm", "Loại cây", "Ghi chú"),
            ("1", "Phường Lê Chân", "Phượng vĩ", "120"),
            ("2", "Xã Kiến Hải", "Bằng lăng", "80"),
        ],
    )
    assert [entry.reason for entry in read.queue] == ["unread_row", "unread_row"]
    assert (read.balance.in_rows, read.balance.in_queue) == (0, 2)
    assert [entry.left_over for entry in list_unread_rows(read)] == [
        ("Phường Lê Chân", "Phượng vĩ", "120"),
        ("Xã Kiến Hải", "Bằng lăng", "80"),
    ]


def test_columns_of_one_meaning_and_unclear_cells_are_asked_with_what_they_may_be() -> None:
    read = read_table(
        [
            ("TT", "Địa bàn", "Diện tích (ha)", "Diện tích (ha)", "Số hộ"),
            ("1", "Phường Lê Chân", "12", "14", "30 hộ (12 hộ tái định cư)"),
            ("2", "Xã Kiến Hải", "8", "9", "25"),
        ],
    )
    asked = [entry for entry in read.reading.statements if entry.status == "ask"]
    assert [(entry.field, entry.why, entry.candidates) for entry in asked] == [
        ("area", "field", ("12",)),
        ("area", "field", ("14",)),
        ("households", "value", ("30", "12")),
        ("area", "field", ("8",)),
        ("area", "field", ("9",)),
    ]


def test_a_list_of_persons_gives_nothing_and_its_rows_wait() -> None:
    read = read_table(
        [
            ("TT", "Họ và tên chủ hộ", "Địa chỉ", "Diện tích (m2)"),
            ("1", "Một người", "Thôn 3, xã Kiến Hải", "120,5"),
            ("2", "Người khác", "Thôn 4, xã Kiến Hải", "85"),
        ],
    )
    assert not [entry for entry in read.reading.statements if entry.place.table]
    assert [entry.reason for entry in read.queue] == ["unread_row", "unread_row"]
