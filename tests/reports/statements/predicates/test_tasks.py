"""Tasks: what is to be done with a thing, and who the heading above tells to do it."""

from __future__ import annotations

import pytest

from tests.reports.statements.test_sentences import read

NOTICE = (
    "Giao Đảng ủy Ủy ban nhân dân thành phố chỉ đạo:\n\n"
    "- Bám sát tiến độ các dự án: Tuyến đường kết nối Bến Lau - Vạn Hạ.\n\n"
    "- Tăng cường chỉ đạo: Tuyến đường Bến Lau - Cồn Dừa; Các bến cảng số 7-8, 9-12 thuộc Cảng "
    "cửa ngõ Quốc tế Lạch Huyện.\n"
)


def test_who_the_heading_tells_is_asked_to_do_what_stands_below_it() -> None:
    asked = [s for s in read(NOTICE).statements if s.field == "asked_to_act"]
    assert {s.value for s in asked} == {"Đảng ủy Ủy ban nhân dân thành phố"}
    assert {s.place.line_from for s in asked} == {1}
    assert all(s.sentence[s.start : s.end] == s.value for s in asked)
    assert {"bến cảng số 7-8", "bến cảng 9-12", "Tuyến đường Bến Lau - Cồn Dừa"} <= {
        s.subject for s in asked
    }


def test_a_list_of_papers_below_a_body_tells_nobody() -> None:
    text = NOTICE.replace("chỉ đạo:", "chỉ đạo xây dựng, ban hành văn bản, nghị quyết:")
    text = text.replace("Giao ", "")
    assert not [s for s in read(text).statements if s.field == "asked_to_act"]


def test_a_part_behind_a_task_is_one_too_and_a_result_is_none() -> None:
    text = (
        "Tập trung đôn đốc dự án cầu Bến Lau; hoàn thiện hồ sơ dự án cầu Vạn Hạ.\n\n"
        "Hoàn thiện hồ sơ dự án cầu Cồn Dừa.\n"
    )
    works = {s.subject for s in read(text).statements if s.field == "planned_work"}
    assert works == {"dự án cầu Bến Lau", "dự án cầu Vạn Hạ"}


def test_any_verb_sets_a_task_below_a_title_of_tasks() -> None:
    body = "\n\nHoàn thiện hồ sơ dự án cầu Cồn Dừa.\n"
    titles = {"II. Nhiệm vụ, giải pháp": True, "II. Kết quả thực hiện nhiệm vụ": False}
    for title, found in titles.items():
        said = read(title + body).statements
        assert any(s.field == "planned_work" for s in said) is found, title


def test_what_is_to_be_sped_up_may_stand_behind_another_thing() -> None:
    text = "Đôn đốc tiến độ cầu Bến Lau; tiến độ triển khai các dự án cảng từ số 3 đến 6 tại Mây."
    works = [s.subject for s in read(text).statements if s.field == "planned_work"]
    assert works == ["cầu Bến Lau", "cảng từ số 3 đến 6"]


LAU, HA = "Dự án cầu Bến Lau", "Dự án đường Vạn Hạ"
DAY = "Ngày 12/3/2026\n\n"
SPEED_UP = "Đẩy nhanh tiến độ dự án này."


def list_tasks(text: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    found = [s for s in read(DAY + text + "\n").statements if s.field == "planned_work"]
    return [(s.status, s.subject.lower(), str(s.value), s.candidates) for s in found]


@pytest.mark.parametrize("task", [
    SPEED_UP,
    "Tập trung tháo gỡ vướng mắc của dự án này.",
    "Khẩn trương hoàn thiện hồ sơ cầu này.",
    "TIẾP TỤC ĐÔN ĐỐC DỰ ÁN NÊU TRÊN.",
])  # fmt: skip
@pytest.mark.parametrize("before", [f"{LAU} đang thi công. ", f"1. {LAU}\n\n- "])
def test_a_task_for_what_is_pointed_back_to_is_that_things(before: str, task: str) -> None:
    assert list_tasks(before + task) == [("sure", LAU.lower(), task.rstrip("."), ())]


def test_of_several_that_may_be_meant_it_is_asked_and_all_that_are_meant_have_it() -> None:
    both = f"{LAU} và dự án đường Vạn Hạ đang thi công. "
    names = (LAU, "dự án đường Vạn Hạ")
    assert list_tasks(both + SPEED_UP) == [("ask", "", SPEED_UP.rstrip("."), names)]
    for many in ("các dự án trên", "hai dự án này"):
        told = list_tasks(f"{both}Đẩy nhanh tiến độ {many}.")
        assert [one[:2] for one in told] == [("sure", LAU.lower()), ("sure", HA.lower())]
    told = list_tasks(f"{both}Đẩy nhanh tiến độ ba dự án này.")
    assert [one[0] for one in told] == ["ask"]


def test_where_nothing_was_named_before_which_thing_is_asked() -> None:
    assert [one[0] for one in list_tasks(SPEED_UP)] == ["ask"]
    assert list_tasks("UBND phường Hải An đã đẩy nhanh tiến độ dự án này.") == []
    said = read(DAY + "UBND phường Hải An đẩy nhanh tiến độ dự án này.\n").statements
    (asked,) = [s for s in said if s.field == "asked_to_act"]
    assert (asked.status, asked.why, asked.value) == ("ask", "subject", "UBND phường Hải An")


def test_who_the_heading_tells_is_asked_about_the_thing_that_is_pointed_back_to() -> None:
    head = "Giao Sở Xây dựng chỉ đạo:\n\n- "
    cases = {f"Rà soát {LAU}. ": "sure", f"Rà soát {LAU} và {HA}. ": "ask", "": "ask"}
    for before, status in cases.items():
        said = read(f"{DAY}{head}{before}{SPEED_UP}\n").statements
        asked = [s for s in said if s.field == "asked_to_act" and s.detail in SPEED_UP]
        assert {(s.status, s.value) for s in asked} == {(status, "Sở Xây dựng")}
