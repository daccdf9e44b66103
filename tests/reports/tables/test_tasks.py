"""Tables of tasks: who leads, and the starts and completions that they set."""

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
        ("asked_to_act", "Sở Xây dựng"),
    ]
    milestones = [(v.field, v.value, v.component) for v in second.values][:3]
    assert milestones == [
        ("milestone_start", "2026-Q2", "bến 7-8"),
        ("milestone_start", "2026-Q4", "bến 9-12"),
        ("milestone_finish", "2030", ""),
    ]
    assert [v.field for v in third.values] == ["asked_to_act"]  # no year of completion is told


def test_a_task_over_two_pages_is_one() -> None:
    broken = "\t\t\tHoàn thành quý II/2028\t\t"
    text = "\n".join(
        [HEADER, ROWS[0].replace("Quý III/2026", "Khởi công quý III/2026;"), "", HEADER]
    )
    (task,) = extracted(f"{text}\n{broken}").tasks
    found = [(v.field, v.value) for v in task.values if v.field.startswith("milestone")]
    assert found == [("milestone_start", "2026-Q3"), ("milestone_finish", "2028-Q2")]
    assert read(text).blocks
