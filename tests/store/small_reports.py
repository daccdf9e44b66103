"""Small readings of reports that never were, to be imported in tests."""

import hashlib
from dataclasses import replace

from reports.model.document import Document, Paragraph, SourcePlace
from reports.model.extraction import (
    ClearanceStatement,
    ExtractedValue,
    Extraction,
    Indicator,
    LineBalance,
    PlacedCommune,
    ProjectRow,
    QueueEntry,
)

DO_SON, CAT_HAI = "11455", "11914"


def value(field: str, text: str, line: int, **parts: object) -> ExtractedValue:
    return replace(ExtractedValue(field, text, text, SourcePlace(line, line), "Kết quả"), **parts)


def project(
    no: int, name: str, *values: ExtractedValue, communes: tuple[str, ...] = ()
) -> ProjectRow:
    place = SourcePlace(no * 10, no * 10 + 9, table=1, row=no)
    return ProjectRow(
        no=no,
        group="I.1",
        group_title="Dự án sử dụng ngân sách thành phố",
        funding="city_budget",
        phase="ongoing",
        name=name,
        name_raw=name,
        location_raw="",
        communes=tuple(
            PlacedCommune(code, "stated", "certain", 1.0, code, place) for code in communes
        ),
        values=values,
        place=place,
    )


def report(name: str, period: str, *projects: ProjectRow, **parts: object) -> Extraction:
    """Return a reading; another name or period makes another file."""
    words = (Paragraph(f"{name} {period}", SourcePlace(1, 1)),)
    sha256 = hashlib.sha256(f"{name} {period}".encode()).hexdigest()
    document = Document(f"{name}.txt", sha256, "text", 1, words, title=name, period=period)
    lines = len(projects)
    read = Extraction(document, projects, balance=LineBalance(lines, lines, 0, 0))
    return replace(read, **parts)


BRIDGE = "Cầu vượt sông Hóa nối hai bờ"
SCHOOL = "Trường trung học phổ thông chuyên Trần Phú"
QUARTER = report(
    "Báo cáo quý I",
    "2031-Q1",
    project(
        1,
        BRIDGE,
        value("investment_mvnd", "1200000", 11),
        value("actual_construction_pct", "40", 12, basis="contract_value"),
        value("forecast", "meets", 13),
        communes=(DO_SON,),
    ),
    project(2, SCHOOL, value("investment_mvnd", "95000", 21), communes=(CAT_HAI,)),
    clearance=(
        ClearanceStatement(
            DO_SON, 1, "land_price", "Chưa có giá đất", "", "x", SourcePlace(15, 15)
        ),
    ),
    indicators=(
        Indicator("key_projects", "meets_goal", 1, 2, "project", "1/2 dự án", SourcePlace(5, 5)),
    ),
)
HALF = report(
    "Báo cáo 6 tháng",
    "2031-H1",
    project(
        1,
        BRIDGE.replace("sông Hóa", "sông Hoá"),
        value("investment_mvnd", "1250000", 11),
        value("actual_construction_pct", "55", 12, basis="contract_value"),
    ),
    project(2, "Trung tâm hội chợ triển lãm quốc tế", value("investment_mvnd", "700000", 21)),
)
QUEUED = report(
    "Báo cáo có chỗ chưa rõ",
    "2031-09",
    project(1, BRIDGE, value("actual_construction_pct", "6O", 12), communes=(DO_SON,)),
    project(
        2,
        "Trường trung học phổ thông chuyên Nguyễn Trãi",
        value("investment_mvnd", "88000", 21, confidence=0.4),
        value("forecast", "misses", 22),
    ),
    queue=(
        QueueEntry(
            "unplaced", "phường Thạch Khê", SourcePlace(14, 14), candidates=(("11002", 0.6),)
        ),
        QueueEntry("ambiguous_number", "1.234", SourcePlace(16, 16), candidates=(("1234", 0.5),)),
        QueueEntry("gap_in_numbers", "3 → 5", SourcePlace(30, 30)),
    ),
)
