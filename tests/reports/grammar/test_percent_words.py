"""What the words around a percentage make of it: done, left, late, planned, grown, a range."""

from __future__ import annotations

import pytest

from reports.grammar.clause_shares import ProgressShare
from reports.grammar.progress import find_quantities, find_shares

STATED = {
    # ways to write a percentage
    "Thi công xây dựng đạt 45 phần trăm": "construction 45",
    "GPMB đạt 45 o/o": "clearance 45",
    "Thi công xây dựng đạt 45 ％": "construction 45",
    "THI CÔNG XÂY DỰNG ĐẠT 45%": "construction 45",
    "thi cong xay dung dat 45%": "construction 45",
    "GPMB: 100 %; TCXD: 45 %": "clearance 100, construction 45",
    "(45%) thi công xây dựng": "construction 45",
    # how sure
    "Thi công xây dựng đạt ít nhất 45%": "construction 45 over",
    "Thi công xây dựng đạt tối thiểu 45%": "construction 45 over",
    "Thi công xây dựng không dưới 45%": "construction 45 over",
    "Thi công xây dựng đạt ≥ 45%": "construction 45 over",
    "Thi công xây dựng đạt >45%": "construction 45 over",
    "GPMB đạt từ 45% trở lên": "clearance 45 over",
    "Thi công xây dựng ≤45%": "construction 45 under",
    "Thi công xây dựng không quá 45%": "construction 45 under",
    "GPMB chưa đến 45%": "clearance 45 under",
    "Thi công xây dựng mới chỉ đạt được gần 5%": "construction 5 about",
    "Thi công xây dựng đạt xấp xỉ 45%": "construction 45 about",
    "Thi công xây dựng ước đạt 45%": "construction 45 about",
    # words in between are no part of the works; real parts are
    "Thi công xây dựng lũy kế đến hết quý II/2026 đạt khoảng 45%": "construction 45 about",
    "Thi công xây dựng tính đến ngày 30/6/2026 đạt 45%": "construction 45",
    "Thi công xây dựng đến nay mới đạt 45%": "construction 45",
    "Thi công xây dựng đạt bốn lăm phần trăm (45%)": "construction 45",
    "Công tác bồi thường giải phóng mặt bằng đã đạt được 80% diện tích": "clearance 80",
    "Nhà thầu đang tập trung thi công xây dựng, khối lượng đạt 45%": "construction 45",
    "Thi công xây dựng nút giao đạt 45%": "construction 45 [nút giao]",
    "Thi công xây dựng đường dẫn đạt 30%": "construction 30 [đường dẫn]",
    "Thi công phần cầu đạt 45%, phần đường đạt 30%":
        "construction 45 [phần cầu], construction 30 [phần đường]",
    "Thi công xây dựng: phần cầu 45%; phần đường 30%":
        "construction 45 [phần cầu], construction 30 [phần đường]",
    "GPMB xã Kiến Hải: 80%; xã Hùng Thắng: 35%":
        "clearance 80 [xã Kiến Hải], clearance 35 [xã Hùng Thắng]",
    "GPMB 80% (trong đó đất ở 50%)": "clearance 80, clearance 50 [đất ở]",
    "Thi công xây dựng đạt 45% (phần cầu 60%, phần đường 30%)":
        "construction 45, construction 60 [phần cầu], construction 30 [phần đường]",
    "GPMB gói 14 - 45%": "clearance 45 [gói 14]",
    # word order
    "Đã hoàn thành 45% khối lượng xây lắp": "construction 45",
    "Hoàn thành 80% GPMB": "clearance 80",
    "80% diện tích đã GPMB": "clearance 80",
    "Đã bàn giao 80% mặt bằng": "clearance 80",
    "Đạt 80% GPMB, 45% thi công xây dựng": "clearance 80, construction 45",
    # what is left, with what that leaves done
    "GPMB còn 20% chưa bàn giao": "clearance 80",
    "GPMB còn hơn 20% diện tích chưa bàn giao": "clearance 80 under",
    "Còn 20% diện tích chưa GPMB": "clearance 80",
    "Thi công xây dựng còn 55% khối lượng chưa thực hiện": "construction 45",
    "GPMB đạt 80%, còn 20% chưa bàn giao": "clearance 80",
    "GPMB đạt 80% (còn 20%)": "clearance 80",
    "Chưa thi công (0%)": "construction 0",
    # delays, growth, plans beside the state
    "Thi công xây dựng đạt 45%, chậm 5% so với kế hoạch": "construction 45",
    "Chậm 8% so với kế hoạch (thi công xây dựng đạt 52%)": "construction 52",
    "Thi công xây dựng tăng thêm 10% so với quý I, lũy kế đạt 32%": "construction 32",
    "Thi công xây dựng lũy kế 32% (tăng 10%)": "construction 32",
    "Thi công xây dựng: trong quý 10%, lũy kế 32%": "construction 32",
    "Thi công xây dựng quý II đạt 10%; lũy kế 32%": "construction 32",
    "Thi công xây dựng thực hiện thêm 15%, nâng lũy kế lên 47%": "construction 47",
    "GPMB giảm từ 40% xuống 35% do điều chỉnh ranh giới": "clearance 35",
    "GPMB giảm từ 40% xuống còn 35%": "clearance 35",
    "GPMB từ 40% giảm còn 35%": "clearance 35",
    "GPMB giảm xuống còn 35%": "clearance 35",
    "GPMB 40% -> 35%": "clearance 35",
    "Thi công xây dựng tăng từ 32% (quý I) lên 47% (quý II)": "construction 47",
    "Thi công xây dựng đạt 40% (kế hoạch 45%)": "construction 40",
    "Kế hoạch thi công xây dựng 45%, thực hiện 40%": "construction 40",
    "Theo kế hoạch thi công xây dựng phải đạt 45%, thực tế đạt 40%": "construction 40",
    "Thi công xây dựng: KH: 60%; TH: 52%": "construction 52",
    "Thi công xây dựng đạt 52% so với kế hoạch 60%": "construction 52",
    "Thi công xây dựng đạt 52%, phấn đấu đến hết tháng 9 năm 2026 đạt 70%": "construction 52",
    "Thi công xây dựng đạt 45%, vượt 5% kế hoạch": "construction 45",
    "Thi công xây dựng 45% (quý trước 40%)": "construction 45",
    "GPMB: 35% (trước đây báo cáo 40%)": "clearance 35",
    "Thi công xây dựng đạt 45%; giải ngân đạt 60%": "construction 45",
    "Giải ngân đạt 60%, thi công xây dựng đạt 45%": "construction 45",
    "Thi công xây dựng đã qua 60% thời gian hợp đồng, khối lượng đạt 45%": "construction 45",
    "Dù chưa đủ vốn nhưng thi công xây dựng đạt 45%": "construction 45",
    "Thi công xây dựng lùi từ 40% về 35%": "construction 35",
    "Thi công xây dựng ước hết quý đạt 45%": "construction 45 about",
    "Thi công xây dựng cao hơn kế hoạch 3%, đạt 63%": "construction 63",
    # areas of areas
    "GPMB 36/45 ha": "clearance 80",
    "GPMB đạt 45/60 ha (đạt 75%)": "clearance 75",
    "GPMB: đã bàn giao 36 ha/45 ha": "clearance 80",
    "GPMB: đã bàn giao 36ha trên tổng số 45ha": "clearance 80",
    "GPMB 12.000/15.000 m²": "clearance 80",
    "GPMB 45,5/60,2 ha": "clearance 75.6",
    "GPMB còn 9/45 ha chưa bàn giao": "clearance 80",
    "GPMB: đã chi trả 120/150 hộ, đạt 80%": "clearance 80",
}  # fmt: skip


@pytest.mark.parametrize("text", STATED)
def test_work_done_is_read(text: str) -> None:
    """The share done, how sure it is, and the part of the works where it is one."""
    assert ", ".join(map(describe, find_shares(text))) == STATED[text]


ASKED = {
    "Thi công xây dựng đạt 45-50%": "45 50",
    "GPMB đạt từ 45% đến 50%": "45 50",
    "Thi công xây dựng đạt khoảng 45 – 50 %": "45 50",
    "Thi công xây dựng đạt 45 % đến 50 %": "45 50",
    "Thi công xây dựng đạt 45÷50%": "45 50",
    "Thi công xây dựng đạt 45% hoặc 50%": "45 50",
    "Thi công xây dựng đạt 45, 50%": "45 50",
    "Thi công xây dựng đạt 45% (50%)": "45 50",
    "Thi công xây dựng đạt 45%; thi công xây dựng đạt 50%": "45 50",
    "GPMB đạt 45/60 ha (đạt 70%)": "70 75",
    "GPMB và thi công xây dựng đạt 45%": "45",
    "Thi công xây dựng đạt 4 5%": "45 5",
    "Thi công xây dựng (-5%)": "5",
    "Thi công xây dựng chưa đạt 45%": "45",
    "Không đạt 45% thi công xây dựng": "45",
    "GPMB còn lại 20%": "80 20",
    "GPMB còn 20%": "80 20",
    "GPMB: 20% chưa bàn giao": "80 20",
    "Tỷ lệ GPMB chưa bàn giao: 20%": "80 20",
    "GPMB còn vướng 20% diện tích": "80 20",
    "GPMB: còn 9 ha (20%) chưa bàn giao": "80 20",
    "Chưa GPMB 20%": "80 20",
    "Còn 20% hộ dân chưa bàn giao mặt bằng": "80 20",
    "Thi công xây dựng chưa đạt kế hoạch (45%/60%)": "",
    "Chưa hoàn thành GPMB (80%)": "80 20",
    "Khối lượng thi công còn lại 30%": "70 30",
    "Thi công xây dựng chậm 12,5% so với kế hoạch": "",
    "Tiến độ thi công xây dựng chậm so với hợp đồng 12%": "",
    "Thi công xây dựng thiếu 5% so với kế hoạch": "",
    "Thi công xây dựng hụt 5%": "",
    "Thi công xây dựng trễ tiến độ 5%": "",
    "Thi công xây dựng thấp hơn kế hoạch 5%": "",
    "Thi công xây dựng tăng 10% so với quý trước": "",
    "Chưa thi công xây dựng (kế hoạch đạt 45%)": "",
    "Thi công xây dựng kế hoạch đạt 45%": "",
    "Phấn đấu đến 30/6 GPMB đạt 100%": "",
    "Dự kiến thi công xây dựng đạt 60% vào quý III": "",
    "Thi công xây dựng theo hợp đồng phải đạt 60%": "",
    "Thi công xây dựng sẽ đạt 60% trong quý III": "",
    "Thi công xây dựng vượt 12% kế hoạch": "",
    "Thi công xây dựng vượt kế hoạch 12%": "",
    "Thi công xây dựng đạt 85% kế hoạch năm": "",
    "Thi công xây dựng đạt 112% kế hoạch": "",
    "Thi công xây dựng, giải ngân đạt 60%": "",
    "GPMB đạt bốn mươi phần trăm": "",
    "San lấp mặt bằng đạt 40%": "40",
}


@pytest.mark.parametrize("text", ASKED)
def test_what_is_not_said_to_be_done_is_asked_about(text: str) -> None:
    """One question with what it may mean, the likelier first; no value."""
    (one,) = find_shares(text)
    assert not isinstance(one, ProgressShare)
    assert " ".join(map(str, one.readings)) == ASKED[text]


@pytest.mark.parametrize("text", ["Giải ngân đạt 35%", "Giải ngân 120 tỷ đồng (45%)"])
def test_money_spent_is_no_progress(text: str) -> None:
    assert list(find_shares(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPMB đạt 100%", "clearance 100"),
        ("Phấn đấu GPMB đạt 100%", "clearance 100"),
        ("Thi công xây dựng dự kiến đạt 60%", "construction 60"),
    ],
)
def test_a_column_of_plans_holds_plans(text: str, expected: str) -> None:
    (one,) = find_shares(text, planned=True)
    assert describe(one) == expected


@pytest.mark.parametrize(
    "text", ["còn 12/150 hộ chưa nhận tiền", "còn 12 hộ chưa bàn giao", "chậm 5 cọc"]
)
def test_a_quantity_that_is_left_is_not_done(text: str) -> None:
    assert list(find_quantities(text)) == []


def describe(share: object) -> str:
    if not isinstance(share, ProgressShare):
        return f"? {share}"
    qualifier = "" if share.qualifier == "exact" else f" {share.qualifier}"
    component = f" [{share.component}]" if share.component else ""
    return f"{share.topic} {share.value}{qualifier}{component}"
