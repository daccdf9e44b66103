"""Large reports are opened by a child that is stopped when its time or memory is over."""

import pytest

from reports.model.document import ReadLimits
from reports.model.errors import ReportLimitError, UnreadableReportError
from reports.open import open_document
from reports.stoppable import open_stoppable

HEADS = "STT;Tên dự án;Tổng mức đầu tư (triệu đồng);Địa điểm;Kết quả thực hiện;Ghi chú"
ROW = "Dự án đường thử nghiệm dài, qua nhiều nơi;1.500;Phường Đồ Sơn;GPMB đạt 1%;"


def make_large_csv() -> bytes:
    return "\n".join([HEADS, *(f"{number};{ROW}" for number in range(1, 4001))]).encode()


def test_the_child_gives_the_same_document() -> None:
    data = make_large_csv()
    assert len(data) > 400_000
    assert open_stoppable(data, "a.csv") == open_document(data, "a.csv")


def test_a_child_past_its_time_is_stopped() -> None:
    with pytest.raises(ReportLimitError, match="giây"):
        open_stoppable(make_large_csv(), "a.csv", limits=ReadLimits(max_seconds=-4.9))


def test_the_refusals_of_the_child_are_its_own_words() -> None:
    with pytest.raises(ReportLimitError, match="50 ô"):
        open_stoppable(make_large_csv(), "a.csv", limits=ReadLimits(max_cells=50))
    with pytest.raises(UnreadableReportError, match="la bin"):
        open_stoppable(bytes(range(256)) * 2000, "la bin")
