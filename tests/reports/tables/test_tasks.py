"""Tables of tasks: who leads, and the starts and completions that they set."""

import pytest

from tests.reports.sample_report import extracted, read

HEADER = "TT\tNhiệm vụ\tKết quả/Sản phẩm\tThời hạn\tCơ quan chủ trì\tCơ quan phối hợp"
BERTHS = "Phân đầu khởi công bến 7-8 trong Quý II/2026; bến 9-12 trong Quý IV/2026, hoàn thành"
ROWS = (
    "(1)\tDự án cầu thử nghiệm\tKhởi công dự án\tQuý III/2026\tSở Xây dụng\tCác sở",
    f"(2)\tCảng thử nghiệm\tKhởi công\t{BERTHS} năm 2030\tBan Quản lý Khu kinh tế\t",
    "(3)\tTrung tâm\tHoàn thành việc xây dựng\tTriển khai trong năm 2026 và năm sau\tCông an\t",
)


def test_tasks_give_milestones_and_leads() -> None:
    """A start told in one column and its time in another belong together."""
    first, second, third = extracted("\n".join([HEADER, *ROWS])).tasks
    assert [(v.field, v.value) for v in first.values] == [
        ("milestone_start", "2026-Q3"),
        ("lead", "Sở Xây dựng"),
    ]
    milestones = [(v.field, v.value, v.component) for v in second.values][:3]
    assert milestones == [
        ("milestone_start", "2026-Q2", "bến 7-8"),
        ("milestone_start", "2026-Q4", "bến 9-12"),
        ("milestone_finish", "2030", ""),
    ]
    assert [v.field for v in third.values] == ["lead"]  # no year of completion is told


def test_a_task_over_two_pages_is_one() -> None:
    broken = "\t\t\tHoàn thành quý II/2028\t\t"
    text = "\n".join(
        [HEADER, ROWS[0].replace("Quý III/2026", "Khởi công quý III/2026;"), "", HEADER]
    )
    (task,) = extracted(f"{text}\n{broken}").tasks
    found = [(v.field, v.value) for v in task.values if v.field.startswith("milestone")]
    assert found == [("milestone_start", "2026-Q3"), ("milestone_finish", "2028-Q2")]
    assert read(text).blocks


@pytest.mark.parametrize(
    ("cell", "leads", "left"),
    [
        ("12", [], "12"),
        ("Quý III/2026", [], "Quý III/2026"),
        ("Sở Xây dựng; 45", ["Sở Xây dựng"], "Sở Xây dựng; 45"),
        ("Sở Xây dựng; hoàn thành hồ sơ", ["Sở Xây dựng"], "Sở Xây dựng; hoàn thành hồ sơ"),
        ("Đảng ủy UBND thành phố; Công an", ["Đảng ủy UBND thành phố", "Công an"], ""),
        ("Cán bộ chuyên trách; Các nhà thầu", ["Cán bộ chuyên trách", "Nhà thầu"], ""),
    ],
)
def test_what_is_no_body_leads_nothing_and_is_left_over(
    cell: str, leads: list[str], left: str
) -> None:
    rows = (f"(1)\tDự án cầu thử nghiệm\tKhởi công\tQuý III/2026\t{cell}\t", *ROWS[1:])
    found = extracted("\n".join([HEADER, *rows]))
    assert [v.value for v in found.tasks[0].values if v.field == "lead"] == leads
    said = [s.value for s in found.reading.statements if s.field == "lead"]
    assert cell not in said or not left
    unread = {piece for row in found.reading.unread for piece in row.left_over}
    assert unread & {cell, left} == {left} - {""}
    assert found.balance.exact
