"""The words of counts: what is counted (subjects) and what is said of it (measures)."""

from __future__ import annotations

import re
from typing import Final

MEASURES: Final = (
    ("misses_goal", r"khong hoan thanh (?:muc tieu|tien do)|khong dat muc tieu|khong dat kich ban"),
    ("not_reported", r"chua bao cao"),
    ("undetermined", r"chua xac dinh"),
    ("clearance_problem", r"(?:kho khan|vuong mac)[^;]{0,40}(?:gpmb|giai phong mat bang)"),
    ("investor_to_be_urged", r"don doc nha dau tu"),
    ("exceeds_goal", r"vuot (?:muc tieu|tien do)"),
    (
        "meets_goal",
        (
            r"(?<!khong )hoan thanh (?:muc tieu|gpmb dung)|dam bao tien do|bam sat tien do"
            r"|dat va vuot kich ban"
        ),
    ),
    ("removed_from_list", r"dua \d+ du an ra khoi danh muc|ra khoi danh muc"),
    ("plan_change_proposed", r"dieu chinh (?:lai )?(?:ke hoach|tien do)(?! khoi cong)"),
    ("start_postponed", r"dieu chinh ke hoach khoi cong"),
    ("inaugurated", r"da khanh thanh"),
    ("done_in_scenario", r"kich ban [^;,]{0,20}co \d+ du an$"),
    ("done", r"da co ban hoan thanh|da hoan thanh cong tac dau tu"),
    ("started", r"(?:thuc hien |^)khoi cong \d|da thuc hien khoi cong"),
    ("established", r"duoc thanh lap"),
    ("under_construction", r"dang thi cong|da khoi cong"),
    ("start_planned_in_quarter", r"du kien khoi cong trong quy"),
    ("followed", r"(?:cum cong nghiep|ccn|khu cong nghiep|kcn) doi voi \d+"),
    ("start_planned", r"khoi cong theo ke hoach|du kien khoi cong"),
    ("idle_or_late", r"khong dua dat vao su dung"),
    ("land_to_recover", r"phai thu hoi dat"),
    ("plan_proposed", r"de xuat xin y kien phuong an"),
    ("plan_made", r"xay dung phuong an giai quyet"),
    ("resolved", r"hoan thanh thao go"),
    ("listed", r"danh muc .{0,60}bao gom|can tap trung thao go"),
)
READ_BEFORE: Final = frozenset(
    {
        "started",
        "start_planned",
        "resolved",
        "plan_made",
        "plan_proposed",
        "listed",
        "done_in_scenario",
        "followed",
    }
)
BY_THING: Final = {
    "kcn": "park_infrastructure", "khu cong nghiep": "park_infrastructure",
    "ccn": "cluster_infrastructure", "cum cong nghiep": "cluster_infrastructure",
}  # fmt: skip
POSTPONED: Final = re.compile(
    r"sang (?:quy (iv|i{1,3})/(20\d\d)|nam (20\d\d)) doi voi \d+ \w+ ?\w*$"
)
PART: Final = re.compile(
    r"^\d+ du an thuoc tham quyen cua (?:uy ban nhan dan|ubnd) (thanh pho|cap xa)"
)
QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
SUBJECTS: Final = (
    ("social_housing", r"nha o xa hoi|noxh"),
    ("key_projects", r"trong diem"),
    ("production", r"san xuat, kinh doanh|san xuat kinh doanh"),
    ("park_and_cluster_infrastructure", r"kcn,? (?:va )?ccn"),
    ("cluster_infrastructure", r"\bccn\b|cum cong nghiep"),
    ("park_infrastructure", r"\bkcn\b|khu cong nghiep"),
    ("public_investment_clearance", r"dau tu cong.{0,20}(?:gpmb|giai phong)"),
    ("main_targets", r"chi tieu chu yeu|chi tieu"),
    ("land_pricing", r"tinh gia"),
    ("land_payment", r"thu tien su dung dat"),
    ("backlog", r"ton dong|thao go kho khan, vuong mac|thao go, giai quyet"),
    ("land_use", r"thu hoi dat|khong dua dat vao su dung"),
    ("housing_areas", r"khu dan cu|khu do thi|gpmb, dau tu xay dung"),
)
UNITS: Final = {
    "kcn": "park",
    "khu cong nghiep": "park",
    "ccn": "cluster",
    "cum cong nghiep": "cluster",
    "chi tieu": "target",
    "nhiem vu": "task",
}
