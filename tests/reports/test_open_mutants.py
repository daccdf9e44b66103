"""Damaged files of every format are read with an exact balance, or refused in words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.extract import extract_document
from reports.model.document import ReadLimits
from reports.model.errors import ReportError
from reports.open import open_document
from tests.examples import at_most
from tests.hostile import mostly_slow
from tests.reports.written.formats import (
    write_csv,
    write_docx,
    write_html,
    write_ods,
    write_text,
    write_xls,
    write_xlsx,
)
from tests.reports.written.project_tables import Shape, write_report

if TYPE_CHECKING:
    from collections.abc import Callable

_WRITERS: dict[str, Callable[..., bytes]] = {
    "xlsx": write_xlsx,
    "docx": write_docx,
    "html": write_html,
    "ods": write_ods,
    "csv": write_csv,
    "text": write_text,
    "xls": write_xls,
}
_HARSH = (b"9" * 40, b"<" * 9, b"\0" * 9, b"-1", b"1e999", b"]]>", "Ạ".encode(), b"&#0;", b"%")


@cache
def write_original(name: str) -> bytes:
    """Return a report whose table has most of what a table may have."""
    shape = Shape(quarters=True, two_amounts=True, groups=True, total=True, one_place=True)
    return _WRITERS[name](write_report(shape)[0])


def mutate(data: st.DataObject, original: bytes) -> bytes:
    """Return a file with one to five stretches cut out, doubled or written over."""
    content = original
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, max(0, len(content) - 1)))
        length = data.draw(st.integers(1, 200))
        patch = data.draw(st.one_of(st.binary(max_size=30), st.sampled_from(_HARSH)))
        kind = data.draw(st.sampled_from(["cut", "patch", "double", "end"]))
        if kind == "end":
            content = content[:at]
        elif kind == "double":
            content = content[:at] + content[at : at + length] * 2 + content[at + length :]
        else:
            content = content[:at] + (patch if kind == "patch" else b"") + content[at + length :]
    return content


def check_reading(content: bytes) -> None:
    """Read a file: every line and cell is accounted for, or it is refused with what to do."""
    try:
        document = open_document(content, "tệp", limits=ReadLimits(max_seconds=20))
    except ReportError as refused:
        assert "Hãy" in str(refused)  # noqa: PT017
        return
    read = extract_document(document)
    assert read.balance.exact


@pytest.mark.parametrize("name", mostly_slow(["docx", "xlsx", "csv", "html", "ods", "text"], 3))
@given(st.data())
@settings(max_examples=at_most(6))
def test_mutants_are_read_or_refused(name: str, data: st.DataObject) -> None:
    check_reading(mutate(data, write_original(name)))


@pytest.mark.slow
@pytest.mark.parametrize("name", list(_WRITERS))
@given(st.data())
@settings(max_examples=60)
def test_many_mutants_are_read_or_refused(name: str, data: st.DataObject) -> None:
    check_reading(mutate(data, write_original(name)))
