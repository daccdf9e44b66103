"""Project tables of any shape, and what they say: each fact is known, for it was written here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from tests.reports.written.model import Cell, WrittenTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reports.written.model import Block

TITLE: Final = (
    "BÁO CÁO",
    "Tiến độ thực hiện một số công trình trọng điểm Quý II năm 2026",
)
OLD: Final = "ẨN"
"""In the words of all that is written and not to be seen."""

Facts = dict[tuple[str, str], set[str]]
"""By project and field the values; communes by their codes under ``commune``."""


@dataclass(frozen=True)
class Project:
    """One invented project; ``amount`` in millions, ``done`` in per cent of ``works``."""

    name: str
    amount: int
    place: str
    commune: str
    works: Literal["construction", "clearance"]
    done: str
    forecast: tuple[str, str]
    milestone: tuple[str, str, str]


_MEETS: Final = ("Hoàn thành mục tiêu", "meets")
_MISSES: Final = ("Không hoàn thành mục tiêu", "misses")
PROJECTS: Final = (
    Project("Dự án cầu Mẫu Một", 1_198_916, "Phường Đồ Sơn", "11455", "construction", "45",
            _MEETS, ("Khánh thành Quý III/2026", "milestone_inauguration", "2026-Q3")),
    Project("Dự án đường Mẫu Hai", 2_345_390, "Xã An Lão", "11629", "clearance", "80",
            _MISSES, ("Khởi công Quý IV/2026", "milestone_start", "2026-Q4")),
    Project("Dự án trường học Mẫu Ba", 584_065, "Phường Kiến An", "11443", "construction", "12,5",
            _MEETS, ("Khánh thành Quý II/2027", "milestone_inauguration", "2027-Q2")),
    Project("Dự án kè sông Mẫu Bốn", 4_572_000, "Xã Kiến Hải", "11749", "clearance", "35",
            _MISSES, ("Khởi công Quý III/2026", "milestone_start", "2026-Q3")),
    Project("Dự án khu công nghiệp Mẫu Năm", 790_250, "Xã Vĩnh Bảo", "11824", "construction", "10",
            _MEETS, ("Khánh thành Quý IV/2027", "milestone_inauguration", "2027-Q4")),
)  # fmt: skip

ColumnKind = Literal["investment", "location", "actual", "forecast", "note", "owner"]
ORDINARY: Final[tuple[ColumnKind, ...]] = ("investment", "location", "actual", "forecast", "note")
Unit = Literal["heading", "above", "format", "cell"]
_SIGNS: Final[dict[str, str]] = {"dots": ".", "blanks": " ", "plain": ""}
_HEADS: Final[dict[ColumnKind, str]] = {
    "investment": "Tổng mức đầu tư",
    "location": "Địa điểm",
    "actual": "Kết quả thực hiện",
    "forecast": "Dự báo khả năng hoàn thành mục tiêu quý II",
    "note": "Ghi chú",
    "owner": "Mã hồ sơ lưu",
}


@dataclass(frozen=True)
class Shape:
    """How a table of projects is laid out; the first values are those of the plain table."""

    projects: int = 5
    columns: tuple[ColumnKind, ...] = ORDINARY
    unit: Unit = "heading"
    billions: bool = False
    sign: Literal["dots", "blanks", "plain"] = "dots"
    stored: bool = False
    """Whether a workbook stores amounts as numbers."""
    two_amounts: bool = False
    percent_columns: bool = False
    quarters: bool = False
    column_numbers: bool = False
    groups: bool = False
    total: bool = False
    one_place: bool = False
    """Whether the first two projects lie in one place, written once over both rows."""
    hidden_row: bool = False
    hidden_column: bool = False
    struck: bool = False
    first: int = 0
    """Which project of all comes first."""


@dataclass
class _Head:
    """A column: its heading in one to three parts, and how it writes a project."""

    parts: tuple[str, ...]
    kind: str
    hidden: bool = False
    cells: list[Cell] = field(default_factory=list)


def write_report(shape: Shape) -> tuple[list[Block], Facts]:
    """Return title and table of projects, and the facts that a reader sees."""
    blocks: list[Block] = [*TITLE]
    if shape.unit == "above":
        blocks.append(f"Đơn vị tính: {_name_unit(shape)}")
    table, facts = write_table(shape)
    return [*blocks, table], facts


def write_table(shape: Shape) -> tuple[WrittenTable, Facts]:
    """Return the table alone, and its facts."""
    projects = [PROJECTS[(shape.first + n) % len(PROJECTS)] for n in range(shape.projects)]
    heads = _list_heads(shape)
    rows = _write_heading(heads, numbers=shape.column_numbers)
    facts: Facts = {}
    hidden_rows: set[int] = set()
    for number, project in enumerate(projects, 1):
        if shape.groups and number in {1, 3}:
            title = f"Công trình nhóm {'AB'[number // 2]}"
            roman = "I" if number == 1 else "II"
            rows.append([Cell(roman), Cell(title), *[Cell()] * (len(heads) - 2)])
        if shape.hidden_row and number == min(2, len(projects)):
            hidden_rows.add(len(rows))
            old = [Cell(f"{OLD} cũ") if head.kind != "investment" else Cell("888.888.888")
                   for head in heads]  # fmt: skip
            old[0] = Cell(str(number))
            rows.append(old)
        shared = shape.one_place and number <= 2 <= len(projects) and not shape.hidden_row
        shared = shared and not shape.groups
        at = projects[0] if shared else project
        row = [_write_cell(head, shape, number, project, at) for head in heads]
        if shared:
            for column, head in enumerate(heads):
                if head.kind == "location":
                    row[column] = Cell(at.place, rows=2) if number == 1 else None
        rows.append(row)
        _add_facts(facts, shape, project, at)
    if shape.total:
        total = sum(project.amount for project in projects)
        amounts = ("investment", "approved")
        rows.append(
            [Cell(), Cell("Tổng cộng")]
            + [_write_amount(total, shape) if h.kind in amounts else Cell() for h in heads[2:]]
        )
    hidden_columns = frozenset(c for c, head in enumerate(heads) if head.hidden)
    return WrittenTable(tuple(map(tuple, rows)), frozenset(hidden_rows), hidden_columns), facts


def _list_heads(shape: Shape) -> list[_Head]:
    heads = [_Head(("STT",), "no"), _Head(("Danh mục dự án",), "name")]
    unit = f" ({_name_unit(shape)})" if shape.unit == "heading" else ""
    for kind in shape.columns:
        title = _HEADS[kind]
        if kind == "investment":
            if shape.hidden_column:
                under = ("Đã duyệt cũ",) if shape.two_amounts else ()
                heads.append(_Head((title + unit, *under), "old_amount", hidden=True))
            if shape.two_amounts:
                heads.append(_Head((title + unit, "Phê duyệt"), "approved"))
                heads.append(_Head((title + unit, "Điều chỉnh"), "investment"))
            else:
                heads.append(_Head((title + unit,), "investment"))
        elif kind == "actual" and shape.percent_columns:
            quarters = (("Quý I",), ("Quý II",)) if shape.quarters else ((),)
            for quarter in quarters:
                now = "old_" if quarter == ("Quý I",) else ""
                heads.append(_Head((title, *quarter, "GPMB (%)"), f"{now}clearance"))
                heads.append(_Head((title, *quarter, "Thi công (%)"), f"{now}construction"))
        elif kind == "actual" and shape.quarters:
            heads.append(_Head((title, "Quý I"), "old_actual"))
            heads.append(_Head((title, "Quý II"), "actual"))
        else:
            heads.append(_Head((title,), kind))
    return heads


def _write_heading(heads: Sequence[_Head], *, numbers: bool) -> list[list[Cell | None]]:
    """Return the lines of the heading: parts that are the same side by side are one cell."""
    depth = max(len(head.parts) for head in heads)
    rows: list[list[Cell | None]] = [[None] * len(heads) for _ in range(depth)]
    for level in range(depth):
        for column, head in enumerate(heads):
            if level >= len(head.parts):
                continue
            start = head.parts[: level + 1]
            if column and heads[column - 1].parts[: level + 1] == start and depth > 1:
                continue
            across = 1
            while column + across < len(heads) and (
                depth > 1 and heads[column + across].parts[: level + 1] == start
            ):
                across += 1
            down = depth - level if level == len(head.parts) - 1 else 1
            rows[level][column] = Cell(head.parts[level], across, down)
    if numbers:
        rows.append([Cell(f"({number})") for number in range(1, len(heads) + 1)])
    return rows


def _write_cell(head: _Head, shape: Shape, number: int, project: Project, at: Project) -> Cell:
    words = "Thi công đạt" if project.works == "construction" else "GPMB đạt"
    amounts = {"investment": project.amount, "approved": project.amount - 111_000}
    if head.kind in amounts:
        return _write_amount(amounts[head.kind], shape)
    if head.kind == "actual" and shape.struck and number == 1:
        return Cell(f"{words} {project.done}%", struck=f"{OLD} {words} 77%")
    texts = {
        "no": str(number),
        "name": project.name,
        "old_amount": "999.999.999",
        "location": at.place,
        "actual": f"{words} {project.done}%",
        "old_actual": f"{words} 3%",
        project.works: project.done,
        f"old_{project.works}": "3",
        "forecast": project.forecast[0],
        "note": project.milestone[0],
        "owner": f"HS-{number:02}/BQL",
    }
    return Cell(texts.get(head.kind, ""))


def _name_unit(shape: Shape) -> str:
    return "tỷ đồng" if shape.billions else "triệu đồng"


def _write_amount(amount: int, shape: Shape) -> Cell:
    """Return an amount as Vietnamese officials write it, or as a number of a workbook."""
    sign = _SIGNS[shape.sign]
    value = amount / 1000 if shape.billions else amount
    text = f"{value:,.3f}" if shape.billions else f"{value:,}"
    text = text.translate({ord(","): sign, ord("."): ","})
    form = "#,##0.000" if shape.billions else "#,##0"
    if shape.unit in {"format", "cell"}:
        text = f"{text} {_name_unit(shape)}"
        form = f'{form}" {_name_unit(shape)}"'
    stored = shape.stored or shape.unit == "format"
    return Cell(text, number=value if stored else None, form=form)


def _add_facts(facts: Facts, shape: Shape, project: Project, at: Project) -> None:
    written: dict[ColumnKind, tuple[str, str]] = {
        "investment": ("investment_mvnd", str(project.amount)),
        "location": ("commune", at.commune),
        "actual": (f"actual_{project.works}_pct", project.done.replace(",", ".")),
        "forecast": ("forecast", project.forecast[1]),
        "note": (project.milestone[1], project.milestone[2]),
    }
    for kind in shape.columns:
        if kind in written:
            name, value = written[kind]
            facts[project.name, name] = {value}
