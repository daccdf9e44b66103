"""A filled template that nobody mended differs in nothing; a mended one in what was mended."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from geo.clock import today
from geo.i18n import format_date
from reports.extract import extract_document
from reports.open import open_document
from store.audit.integrity import check_store
from store.cli import main
from store.db.database import reading
from store.facts.facts import load_facts
from store.facts.item_snapshot import build_item_snapshot
from store.imports.apply import apply_import, undo_import
from store.imports.plan.planning import plan_import
from store.templates.apply import apply_template
from store.templates.files import to_template_csv, to_template_xlsx
from store.templates.kinds import ADDABLE, KINDS
from store.templates.rows import fill_template
from tests.hostile import mostly_slow
from tests.people import APPROVER, PLANNER
from tests.store.exports.made import hostile_facts
from tests.store.templates.mended import PERIOD, mend, planned, workbook

if TYPE_CHECKING:
    from pathlib import Path


STYLES = [(",", "."), (";", ",")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("period", ["2025-11", PERIOD, "2026-H1"])
def test_untouched_it_differs_in_nothing(kind: str, period: str) -> None:
    facts = load_facts()
    template = fill_template(facts, KINDS[kind], period, PLANNER)
    files = [("mau.xlsx", to_template_xlsx(template))]
    files += [("mau.csv", to_template_csv(template, separator=s, mark=m)) for s, m in STYLES]
    for name, data in files:
        plan = planned(data, name)
        assert (plan.differences, plan.faults, plan.changes) == ([], [], []), name
        assert len(plan.sheet.rows) == len(template.rows)
        assert plan.missing == 0


def test_hostile_texts_come_back_as_they_are() -> None:
    facts = hostile_facts()
    for kind in ("key_projects", "parks", "clearance", "indicators"):
        template = fill_template(facts, KINDS[kind], PERIOD, PLANNER)
        for name, data in (
            ("mau.xlsx", to_template_xlsx(template)),
            ("mau.csv", to_template_csv(template)),
        ):
            plan = planned(data, name, facts)
            assert plan.differences == [], name
            book = name.endswith("xlsx") and openpyxl.load_workbook(io.BytesIO(data))
            assert not book or all(
                cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row
            )


def test_the_same_facts_make_the_same_file() -> None:
    for kind in KINDS:
        assert workbook(kind) == workbook(kind)


def test_the_workbook_locks_codes_and_offers_words() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook("key_projects"))).worksheets[0]
    headings = {cell.value: cell.column_letter for cell in sheet[4]}
    assert sheet.protection.sheet
    assert sheet["A5"].protection.locked
    assert not sheet[f"{headings['Tổng mức đầu tư (triệu đồng)']}5"].protection.locked
    lists = {str(one.sqref).split(":")[0] for one in sheet.data_validations.dataValidation
             if one.type == "list"}  # fmt: skip
    assert f"{headings['Tình trạng']}5" in lists
    assert sheet["A2"].value.startswith("Kỳ: Quý I/2026")


@pytest.mark.usefixtures("store")
def test_fifty_figures_are_exactly_fifty_differences_and_go_back_as_one() -> None:
    before = build_item_snapshot(load_facts(), PERIOD).set_index("item")
    data = workbook("key_projects")
    known = before[before["kind"] == "key_project"]
    money = known["investment_mvnd"].dropna()
    cells: list[tuple[str, str, object]] = [
        (item, "Tổng mức đầu tư (triệu đồng)", int(amount) + 1) for item, amount in money.items()
    ]
    cells += [(item, "Ghi chú", f"đã rà soát {item}") for item in list(known.index)[:20]]
    plan = planned(mend(data, *cells), "da-sua.xlsx")
    assert len(cells) >= 50
    assert plan.faults == []
    assert {(one.key, one.heading) for one in plan.differences} == {cell[:2] for cell in cells}
    number = apply_template(plan, PLANNER, "rà soát quý I")
    after = build_item_snapshot(load_facts(), PERIOD).set_index("item")
    assert (after.loc[money.index, "investment_mvnd"] == money + 1).all()
    again = planned(mend(data, *cells), "da-sua.xlsx")
    assert (again.differences, again.changes) == ([], [])
    undo_import(number, APPROVER, "nhầm tệp")
    back = build_item_snapshot(load_facts(), PERIOD).set_index("item")
    assert (back["investment_mvnd"].dropna() == before["investment_mvnd"].dropna()).all()
    assert list(back["note"]) == list(before["note"])
    with reading() as connection:
        assert check_store(connection) == []


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("kind", "heading", "value", "shown"),
    mostly_slow([
        ("key_projects", "Đã thi công (%)", "61,5", "61,5"),
        ("key_projects", "Tổng mức đầu tư (triệu đồng)", "1.296.200", "1.296.200"),
        ("key_projects", "Tình trạng", "Đang thi công", "Đang thi công"),
        ("key_projects", "Xã, phường, đặc khu (cách nhau dấu chấm phẩy)",
         "Phường Hải An; Đặc khu Cát Hải", ""),
        ("key_projects", "Nơi được đề nghị xử lý (cách nhau dấu chấm phẩy)", "Sở Xây dựng", ""),
        ("parks", "Diện tích (ha)", 187.8, "187,8"),
        ("parks", "Khởi công (ngày, tháng, quý hoặc năm)", "quý IV/2026", "quý IV/2026"),
        ("other_projects", "Nguồn vốn", "Vốn ngoài ngân sách", ""),
        ("clearance", "Số hộ", 12, "12"),
        ("indicators", "Giá trị", "37", "37"),
    ], 3),
)  # fmt: skip
def test_one_cell_of_every_kind_is_one_difference_and_holds_afterwards(
    kind: str, heading: str, value: object, shown: str
) -> None:
    data = workbook(kind)
    codes = [row.key for row in fill_template(load_facts(), KINDS[kind], PERIOD, PLANNER).rows]
    plan = next(
        plan
        for code in codes
        if len((plan := planned(mend(data, (code, heading, value)), "a.xlsx")).differences) == 1
    )
    (difference,) = plan.differences
    assert difference.heading == heading
    assert difference.after == shown or not shown
    assert plan.faults == []
    apply_template(plan, PLANNER, "đối chiếu hồ sơ")
    again = fill_template(load_facts(), KINDS[kind], PERIOD, PLANNER)
    cells = dict(zip((c.heading for c in again.kind.columns),
                     again.show_cells(next(r for r in again.rows if r.key == difference.key)),
                     strict=True))  # fmt: skip
    assert cells[heading] == difference.after.replace(".", "")
    with reading() as connection:
        assert check_store(connection) == []


@pytest.mark.usefixtures("store")
def test_a_figure_of_an_earlier_period_is_marked_and_stays_when_this_ones_is_added() -> None:
    period = "2026-H1"
    template = fill_template(load_facts(), KINDS["key_projects"], period, PLANNER)
    row = next(row for row in template.rows if "investment_mvnd" in row.earlier)
    assert "Tổng mức đầu tư (triệu đồng): Quý I/2026" in str(row.cells["carried"])
    heading = "Tổng mức đầu tư (triệu đồng)"
    emptied = planned(mend(to_template_xlsx(template), (row.key, heading, None)), "a.xlsx")
    assert "kỳ trước" in emptied.faults[0].text
    assert emptied.changes == []
    plan = planned(mend(to_template_xlsx(template), (row.key, heading, 5)), "a.xlsx")
    assert [one.earlier for one in plan.differences] == [True]
    apply_template(plan, PLANNER, "số mới")
    facts = load_facts()
    then, now = (build_item_snapshot(facts, p).set_index("item") for p in (PERIOD, period))
    assert now.loc[row.key, "investment_mvnd"] == 5
    assert then.loc[row.key, "investment_mvnd"] == row.cells["investment_mvnd"]
    source = facts.observations.set_index("obs").loc[now.loc[row.key, "investment_mvnd_obs"]]
    title = facts.document_rows[source["doc"]]["title"]
    day = format_date(today(), "vi")
    assert title == f"Biểu mẫu Dự án trọng điểm, 6 tháng đầu năm 2026, nạp ngày {day}"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("kind", sorted(ADDABLE - {"tasks"}))
def test_a_row_without_a_code_is_something_new(kind: str) -> None:
    if kind == "clearance":
        new = [("", "Xã, phường, đặc khu", "Xã Kim Thành"), ("", "Nội dung", "Chưa thống nhất giá"),
               ("", "Diện tích vướng (ha)", 2.5)]  # fmt: skip
    else:
        new = [("", "Tên dự án, khu, cụm", "Cầu thử nghiệm"), ("", "Đã GPMB (%)", 40)]
        label = {"parks": "Cụm công nghiệp", "other_projects": "Giao thông"}.get(kind)
        new += [("", "Loại", label)] if label else []
    plan = planned(mend(workbook(kind), *new), "moi.xlsx")
    assert plan.faults == []
    assert {one.key for one in plan.differences} == {""}
    apply_template(plan, PLANNER, "bổ sung")
    again = planned(workbook(kind), "a.xlsx")
    assert again.differences == []
    rows = fill_template(load_facts(), KINDS[kind], PERIOD, PLANNER).rows
    texts = {text for row in rows for text in map(str, row.cells.values())}
    assert texts & {"Cầu thử nghiệm", "Chưa thống nhất giá"}


@pytest.mark.usefixtures("bare_store")
def test_tasks_of_a_programme_are_mended() -> None:
    text = (
        "Báo cáo phân công nhiệm vụ quý I năm 2026 của Ủy ban nhân dân thành phố Hải Phòng\n"
        "TT;Nội dung nhiệm vụ;Sản phẩm;Thời hạn;Cơ quan chủ trì\n"
        "1;Xây dựng Đề án khôi phục ngành đóng tàu;Đề án;Tháng 12/2026;Sở Công Thương\n"
        "2;Lập kế hoạch đầu tư công trung hạn;Nghị quyết;Quý III/2026;Sở Tài chính\n"
    )
    read = extract_document(open_document(text.encode("utf-8"), "nhiem-vu.csv"))
    apply_import(plan_import(read), APPROVER, confirmed=["nothing_read"])
    template = fill_template(load_facts(), KINDS["tasks"], PERIOD, PLANNER)
    said = [(row.cells["task_name"], row.cells["lead"], row.cells["task_deadline"])
            for row in template.rows]  # fmt: skip
    assert said == [
        ("Xây dựng Đề án khôi phục ngành đóng tàu", "Sở Công Thương", "2026-12"),
        ("Lập kế hoạch đầu tư công trung hạn", "Sở Tài chính", "2026-Q3"),
    ]
    data = to_template_xlsx(template)
    assert planned(data, "a.xlsx").differences == []
    heading = "Thời hạn (ngày, tháng, quý hoặc năm)"
    plan = planned(
        mend(data, (template.rows[0].key, heading, "quý IV/2026"),
             (template.rows[1].key, "Cơ quan chủ trì", "Sở Xây dựng")),
        "a.xlsx",
    )  # fmt: skip
    assert [(one.heading, one.after) for one in plan.differences] == [
        (heading, "quý IV/2026"), ("Cơ quan chủ trì", "Sở Xây dựng"),
    ]  # fmt: skip
    number = apply_template(plan, APPROVER, "theo công văn")
    rows = fill_template(load_facts(), KINDS["tasks"], PERIOD, PLANNER).rows
    assert [row.cells["task_deadline"] for row in rows] == ["2026-Q4", "2026-Q3"]
    assert rows[1].cells["lead"] == "Sở Xây dựng"
    undo_import(number, APPROVER, "nhầm")
    assert fill_template(load_facts(), KINDS["tasks"], PERIOD, PLANNER).rows == template.rows


@pytest.mark.usefixtures("store")
def test_the_command_writes_and_takes_templates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mau"
    assert main.main(["template", str(folder), "--kind", "parks", "--period", PERIOD]) == 0
    assert main.main(["template", str(folder), "--kind", "gì"]) != 0
    names = sorted(file.name for file in folder.iterdir())
    assert names == ["bieu-mau-parks_2026-Q1.csv", "bieu-mau-parks_2026-Q1.xlsx"]
    file = folder / names[1]
    assert main.main(["import", str(file), "--yes"]) == 0
    assert "Không có gì để đổi" in capsys.readouterr().out
    row = fill_template(load_facts(), KINDS["parks"], PERIOD, PLANNER).rows[0]
    file.write_bytes(mend(file.read_bytes(), (row.key, "Ghi chú", "mới")))
    assert main.main(["import", str(file)]) == 1
    assert main.main(["import", str(file), "--yes", "--why", "sửa"]) == 0
    said = capsys.readouterr().out
    assert "Đã nhận 1 ô" in said
    assert "Khác thường" not in said


@pytest.mark.usefixtures("store")
def test_the_command_says_what_is_unusual(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mau.xlsx"
    money = "Tổng mức đầu tư (triệu đồng)"
    file.write_bytes(mend(workbook("key_projects"), ("KP-24", money, 12282400)))
    assert main.main(["import", str(file)]) == 1
    assert "gấp 10,0 lần số đang có" in capsys.readouterr().out
