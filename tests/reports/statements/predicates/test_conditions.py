"""States in words: status of things and of lists, troubles with their cause, land that is late."""

from __future__ import annotations

import pytest

from tests.reports.statements.predicates.said import find


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("đang thi công", "under_construction"),
        ("vẫn chưa khởi công", "not_started"),
        ("đã khởi công", "started"),
        ("đang làm nốt thủ tục, chuẩn bị khởi công", "preparing"),
        ("đang triển khai các thủ tục đầu tư", "preparing"),
        ("nằm im: nhà thầu rút máy", "paused"),
    ],
)
def test_a_status_is_one_of_the_program_s_words(words: str, status: str) -> None:
    (statement,) = find(f"Dự án cầu Bến Lau {words}.", "status")
    assert (statement.value, statement.status) == (status, "sure")


@pytest.mark.parametrize(
    "text",
    [
        "Dự án cầu Bến Lau dự kiến sẽ được khởi công.",
        "Nếu dự án cầu Bến Lau tạm dừng thì vốn được chuyển.",
        "Toàn thành phố có 12 dự án đang thi công.",
        "Dự án cầu Bến Lau đang thực hiện công tác kiểm đếm.",
        "Danh mục dự án nhà ở xã hội đã khởi công.",
    ],
)
def test_what_is_to_come_or_of_many_is_no_status(text: str) -> None:
    assert find(text, "status") == []


def test_the_status_of_a_list_is_that_of_each() -> None:
    text = "KCN Thụy Lôi; KCN Bắc Hà; KCN Tân Lũng đều đang thi công."
    assert [s.value for s in find(text, "status")] == ["under_construction"] * 3


def test_land_that_is_late_is_told_of_each_commune() -> None:
    text = "Giải phóng mặt bằng còn chậm ở các xã Vĩnh Bảo, Vĩnh Hải và phường Hải An."
    late = find(text, "clearance_delayed")
    assert [s.subject for s in late] == ["xã Vĩnh Bảo", "xã Vĩnh Hải", "phường Hải An"]
    assert all(len(s.communes) == 1 and s.cause == "unspecified" for s in late)


def test_a_land_trouble_of_a_project_has_its_commune_and_its_cause() -> None:
    text = "Dự án cầu Bến Lau còn vướng 64 hộ chưa nhận tiền bồi thường tại xã Vĩnh Hải."
    (late,) = find(text, "clearance_delayed")
    assert "cầu Bến Lau" in late.subject
    assert len(late.communes) == 1
    assert late.cause == "compensation"


def test_a_trouble_that_is_no_land_has_its_own_category() -> None:
    text = "Dự án cầu Bến Lau chưa khởi công vì quy hoạch phân khu phải chỉnh lần hai."
    (obstacle,) = find(text, "obstacle")
    assert obstacle.cause == "planning"
    assert "quy hoạch phân khu" in str(obstacle.value)


def test_a_collision_is_no_land_matter() -> None:
    text = (
        "Dự án cầu Bến Lau chậm tiến độ, nguyên nhân là tàu hàng va vào trụ, việc giải quyết bồi "
        "thường kéo dài."
    )
    assert find(text, "clearance_delayed") == []
    assert {s.cause for s in find(text, "obstacle")} == {"other"}


@pytest.mark.parametrize(
    "text",
    [
        "Dự án cầu Bến Lau không còn vướng mắc.",
        "Sở Xây dựng tháo gỡ khó khăn, vướng mắc cho dự án cầu Bến Lau.",
        "Vướng mắc của dự án cầu Bến Lau đã được giải quyết.",
        "Dự án cầu Bến Lau: gỡ vướng giải phóng mặt bằng để tăng tốc.",
        "Tiếp tục rà soát các dự án chậm tiến độ, trong đó có dự án cầu Bến Lau.",
        "Dự án cầu Bến Lau nằm trong khu thương mại tự do và các khu kinh tế, không chậm.",
        "Trường hợp dự án cầu Bến Lau còn vướng mặt bằng thì phải cưỡng chế.",
    ],
)
def test_a_trouble_that_is_over_or_only_thought_of_is_none(text: str) -> None:
    assert find(text, "obstacle") == []
    assert find(text, "clearance_delayed") == []


def test_a_trouble_is_of_what_its_own_words_name() -> None:
    text = (
        "Dự án cầu Bến Lau đã khởi công. Nguyên nhân khiến dự án cảng Bến Mây chậm là thủ tục giao "
        "khu vực biển kéo dài."
    )
    (obstacle,) = find(text, "obstacle")
    assert "cảng Bến Mây" in obstacle.subject
    assert obstacle.value == "thủ tục giao khu vực biển kéo dài"


def test_households_in_the_way_are_a_land_matter_of_their_commune() -> None:
    text = "Phường Hải An đã bàn giao mặt bằng, riêng xã Vĩnh Hải còn vướng 12 hộ."
    assert [s.subject for s in find(text, "clearance_delayed")] == ["xã Vĩnh Hải"]


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("Ủy ban nhân dân thành phố đã cho phép lập hồ sơ đề xuất dự án cầu Bến Lau.", "preparing"),
        ("Hoàn thiện thủ tục để khởi công hai bến khởi động Cảng Bến Lau.", "preparing"),
        ("Đã chấp thuận chủ trương đầu tư dự án cầu Bến Lau.", ""),
        ("Điều chỉnh chủ trương đầu tư dự án cầu Bến Lau.", ""),
        ("Đôn đốc tiến độ thi công, nghiệm thu các công trình tài trợ (cầu Bến Lau).",
         "under_construction"),
        ("Có 01 dự án đã khánh thành (Dự án tu bổ, tôn tạo di tích Bến Lau).", "inaugurated"),
    ],
)  # fmt: skip
def test_what_is_worked_on_tells_how_far_a_thing_is(sentence: str, state: str) -> None:
    """Papers that are granted or changed tell nothing of the kind."""
    said = [str(s.value) for s in find(sentence, "status")]
    assert said == ([state] if state else [])


def test_a_state_that_somebody_proposes_is_asked_about() -> None:
    text = "Sở Xây dựng đã đề xuất đưa 01 dự án ra khỏi Danh mục là: Dự án cầu Bến Lau.\n"
    (said,) = find(text, "status")
    assert (said.status, said.candidates, said.mood) == ("ask", ("removed_from_list",), "proposed")


def test_a_plan_of_a_thing_that_is_approved_is_not_the_thing_s_approval() -> None:
    (status,) = find("Thành phố đã duyệt quy hoạch KCN Thụy Lôi rộng 120 ha.", "status")
    assert (status.value, status.detail) == ("approved", "quy hoạch")


def test_what_a_trouble_comes_from_is_part_of_its_words() -> None:
    text = (
        "- Thủ tục pháp lý cho dự án cầu Bến Lau chưa đầy đủ, làm ảnh hưởng đến tiến độ mời thầu."
    )
    (obstacle,) = find(text, "obstacle")
    assert str(obstacle.value).startswith("Thủ tục pháp lý")
    assert obstacle.cause == "procedure"


def test_a_start_that_is_done_with_is_a_start() -> None:
    (status,) = find("Đã hoàn thành khởi công Dự án cầu Bến Lau.", "status")
    assert status.value == "started"


def test_a_pace_that_nobody_knows_is_a_state() -> None:
    (status,) = find("Dự án cầu Bến Lau chưa xác định được tiến độ.", "status")
    assert status.value == "undetermined"


def test_papers_and_something_else_of_a_thing_are_the_thing_s() -> None:
    text = "Cho ý kiến về phương án hướng tuyến, vị trí ga của Dự án đường sắt Bến Lau - Vạn Hạ."
    (status,) = find(text, "status")
    assert status.value == "preparing"
