"""What a person says of a column is remembered for its issuer, audited, and can be forgotten."""

import pytest
import sqlalchemy as sa

from reports.model.extraction import ColumnChoice
from store.audit.integrity import check_store
from store.db.database import reading
from store.db.errors import ImportRefusedError, NotAllowedError
from store.db.schema import AUDIT
from store.imports.column_choices import (
    forget_column_choice,
    list_column_choices,
    remember_column_choices,
)
from tests.people import AN, VIEWER

BOARD = "Ban Quản lý dự án"
CHOICE = ColumnChoice("Giá trị  PHÊ DUYỆT", "investment", "tỷ đồng", BOARD)
KEPT = ColumnChoice("gia tri phe duyet", "investment", "tỷ đồng", BOARD)


def audited(url: str) -> list[tuple[str, bool, bool]]:
    columns = AUDIT.c
    query = sa.select(columns.key, columns.before, columns.after)
    query = query.where(columns.table_name == "column_choices")
    with reading(url) as connection:
        rows = connection.execute(query.order_by(columns.id)).all()
    return [(str(key), bool(before), bool(after)) for key, before, after in rows]


def test_a_choice_is_remembered_for_its_issuer_under_the_folded_heading(bare_store: str) -> None:
    remember_column_choices([CHOICE], AN)
    assert list_column_choices(BOARD) == (KEPT,)
    assert len(list_column_choices("BAN QUẢN LÝ dự án")) == 1
    assert list_column_choices("Sở Tài chính") == list_column_choices() == ()
    assert audited(bare_store) == [("ban quan ly du an/gia tri phe duyet", False, True)]


def test_a_later_choice_takes_its_place_and_one_for_all_comes_first(bare_store: str) -> None:
    remember_column_choices([CHOICE], AN)
    anew = ColumnChoice("Giá trị phê duyệt", "ignore", "", BOARD)
    everywhere = ColumnChoice("Giá trị phê duyệt", "note")
    remember_column_choices([anew, everywhere], AN)
    assert [choice.key for choice in list_column_choices(BOARD)] == ["note", "ignore"]
    assert audited(bare_store)[1][1:] == (True, True)


def test_it_can_be_forgotten(bare_store: str) -> None:
    remember_column_choices([CHOICE], AN)
    forget_column_choice(KEPT, AN)
    forget_column_choice(KEPT, AN)
    assert list_column_choices(BOARD) == ()
    assert [row[1:] for row in audited(bare_store)] == [(False, True), (True, False)]
    with reading(bare_store) as connection:
        assert check_store(connection) == []


@pytest.mark.usefixtures("bare_store")
@pytest.mark.parametrize(
    "choice",
    [
        ColumnChoice(" ", "note"),
        ColumnChoice("x" * 600, "note"),
        ColumnChoice("Ghi chú", "salary"),
        ColumnChoice("Ghi chú", "note", "USD"),
    ],
)
def test_what_is_no_choice_is_refused(choice: ColumnChoice) -> None:
    with pytest.raises(ImportRefusedError):
        remember_column_choices([choice], AN)


@pytest.mark.usefixtures("bare_store")
def test_only_who_may_import_may_say_so() -> None:
    with pytest.raises(NotAllowedError):
        remember_column_choices([CHOICE], VIEWER)
    with pytest.raises(NotAllowedError):
        forget_column_choice(KEPT, VIEWER)
