"""Tasks: what is to be done with a thing, and who the heading above tells to do it."""

from __future__ import annotations

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
