"""Old font encodings are told from Unicode, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from reports.readers.legacy_fonts import describe_legacy_fonts, measure_legacy_share
from tests.reports.appendix import text_of_report

TCVN3 = "B¸o c¸o kÕt qu¶ thùc hiÖn c¸c nhiÖm vô quý I n¨m 2026 cña thµnh phè H¶i Phßng, ®Çu t­ c«ng"
VNI = (
    "Baùo caùo keát quaû thöïc hieän caùc nhieäm vuï quyù I naêm 2026 cuûa thaønh phoá Haûi Phoøng"
)
UNICODE = "Báo cáo kết quả thực hiện các nhiệm vụ quý I năm 2026 của thành phố Hải Phòng¹, đạt ½"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TCVN3, "TCVN3"),
        (VNI, "VNI"),
        (UNICODE, None),
        ("Annual report of the Peñafiel façade, 12 µm × 3 ÷ 2 ©", None),
        ("", None),
        ("1.198.916 | 234,539", None),
    ],
)
def test_encoding(text: str, encoding: str | None) -> None:
    assert measure_legacy_share(text)[0] == encoding


def test_part_of_a_text_is_said_as_such() -> None:
    """A paragraph pasted from an old file into a new one is found."""
    assert "Một phần" in describe_legacy_fonts(UNICODE * 20 + TCVN3)
    assert "TCVN3" in describe_legacy_fonts(TCVN3)


def test_a_real_report_is_in_unicode() -> None:
    assert describe_legacy_fonts(text_of_report() or UNICODE) == ""
