"""Whose figures a document's are."""

from __future__ import annotations

import pytest

from reports.model.document import Document
from reports.model.head.document_scope import read_document_scope


def _document(area: str = "", province: str = "", dated: str = "") -> Document:
    return Document("a.txt", "0" * 64, "text", 1, (), area=area, province=province, dated=dated)


@pytest.mark.parametrize(
    ("area", "province", "dated", "kind"),
    [
        ("thành phố Hải Phòng", "", "2026-03", "city"),
        ("thành phố Hải Phòng", "", "2025-07-01", "city"),
        ("thành phố Hải Phòng", "", "2025-06", "former_city"),
        ("thành phố Hải Phòng", "", "2025", "unknown"),
        ("thành phố Hải Phòng", "", "", "unknown"),
        ("thành phố Hải Phòng (trước sáp nhập)", "", "2025-08", "former_city"),
        ("tỉnh Hải Dương", "", "2026", "former_hai_duong"),
        ("huyện An Dương", "", "2024", "district"),
        ("xã Kiến Thụy", "", "2026", "commune"),
        ("", "Nam Định", "2025", "other_province"),
        ("", "Bộ Xây dựng", "2026", "ministry"),
        ("", "", "2026", "unknown"),
    ],
)
def test_a_scope_says_whose_figures_they_are(
    area: str, province: str, dated: str, kind: str
) -> None:
    scope = read_document_scope(_document(area, province, dated))
    assert (scope.kind, scope.as_of) == (kind, dated)
    assert scope.is_elsewhere == bool(province)
