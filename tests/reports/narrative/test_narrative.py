"""Counts, parks and localities of running text and footnotes."""

import pytest

from reports.narrative.amounts import find_doubtful_amounts
from reports.narrative.prose import split_sentences
from reports.narrative.zone_names import find_zone_names
from reports.narrative.zones import find_zone_by_name, match_zone
from tests.reports.sample_report import extracted, read


def counts(text: str) -> list[tuple[str, str, float, float | None]]:
    return [(i.subject, i.measure, i.value, i.total) for i in extracted(text).indicators]


def test_counts_of_the_text() -> None:
    """A count takes its subject from its words or its heading, its measure from what follows."""
    found = counts_of_sample()
    assert ("key_projects", "listed", 30, None) in found
    assert ("key_projects", "inaugurated", 1, 30) in found
    assert ("key_projects", "exceeds_goal", 2, 30) in found
    assert ("key_projects", "meets_goal", 18, 30) in found
    assert ("key_projects", "misses_goal", 8, 30) in found


def counts_of_sample() -> list[tuple[str, str, float, float | None]]:
    return [(i.subject, i.measure, i.value, i.total) for i in extracted().indicators]


def test_a_list_of_counts_shares_the_measure_that_closes_it() -> None:
    found = counts_of_sample()
    assert ("production", "misses_goal", 53, 131) in found
    assert ("park_infrastructure", "misses_goal", 7, 24) in found
    assert ("unstated", "clearance_problem", 11, 72) in found


def test_a_footnote_counts_parts_of_what_its_sentence_counts() -> None:
    text = (
        "Có 9/31 dự án, công trình trọng điểm⁵¹ dự kiến không hoàn thành mục tiêu quý đề ra.\n\n"
        "⁵¹ Trong đó, có 05 dự án vướng mắc về GPMB; 04 dự án cần đôn đốc nhà đầu tư đẩy nhanh."
    )
    assert ("key_projects", "clearance_problem", 5, 9) in counts(text)
    assert ("key_projects", "investor_to_be_urged", 4, 9) in counts(text)


def test_the_topic_of_an_item_holds_for_its_sentences() -> None:
    text = (
        "2.5. Tiến độ tính giá đất, đầu tư xây dựng các dự án khu dân cư, khu đô thị:\n\n"
        "- Về tiến độ tính giá: Có 49/72 dự án dự kiến hoàn thành mục tiêu Quý II. "
        "Có 08/72 dự án dự kiến không hoàn thành mục tiêu Quý II.\n\n"
        "- Về tiến độ GPMB, đầu tư xây dựng: Có 51/72 dự án dự kiến hoàn thành mục tiêu Quý II. "
        "Có 12/72 dự án chưa báo cáo tiến độ."
    )
    assert counts(text) == [
        ("land_pricing", "meets_goal", 49, 72),
        ("land_pricing", "misses_goal", 8, 72),
        ("housing_areas", "meets_goal", 51, 72),
        ("housing_areas", "not_reported", 12, 72),
    ]


def test_parts_in_brackets_are_of_the_count_before_them() -> None:
    text = (
        "Đã hoàn thành tháo gỡ khó khăn, vướng mắc 38/151 dự án (trong đó: 28 dự án thuộc thẩm "
        "quyền của Ủy ban nhân dân thành phố; 10 dự án thuộc thẩm quyền của "
        "Ủy ban nhân dân cấp xã)."
    )
    assert ("backlog", "resolved", 38, 151) in counts(text)
    assert ("backlog", "resolved_city_level", 28, 38) in counts(text)
    assert ("backlog", "resolved_commune_level", 10, 38) in counts(text)


def test_localities_of_a_footnote_become_clearance_statements() -> None:
    """One statement per commune; scan spellings are known; the words stay with it."""
    found = [one for one in extracted().clearance if one.commune and one.project_no is None]
    assert [(one.commune, one.category) for one in found] == [
        ("10543", "unspecified"),
        ("10945", "unspecified"),
    ]
    assert found[1].raw.endswith("Xã Kê Sặt")


def test_a_sentence_broken_by_a_footnote_is_put_together() -> None:
    (whole,) = [s for s in split_sentences(read(text_with_break())) if "chưa đảm bảo" in s.text]
    assert whole.text == "Công tác giải phóng mặt bằng chưa đảm bảo tiến độ yêu cầu."
    assert whole.cites == (("2", len(whole.text) - 1),)
    assert (whole.place.line_from, whole.place.line_to) == (1, 5)


def text_with_break() -> str:
    return (
        "Công tác giải phóng mặt bằng chưa đảm bảo tiến\n\n¹ Chú thích một.\n\nđộ yêu cầu².\n\n"
        "² Chú thích hai."
    )


def test_parks_of_a_numbered_footnote_take_what_their_sentence_says() -> None:
    parks = {one.zone: one for one in extracted().parks}
    assert set(parks) == {"KCN-NAM-TRANG-CAT", "KCN-TIEN-LANG-1"}
    values = {(v.field, v.value) for v in parks["KCN-TIEN-LANG-1"].values}
    assert values == {("status", "started"), ("milestone_start", "2026-01-15")}


def test_two_headings_within_a_list_of_parks() -> None:
    text = (
        "Đôn đốc khởi công theo kế hoạch 09 khu công nghiệp⁵⁷.\n\n⁵⁷ Bao gồm 02 KCN dự kiến khởi "
        "công trong Quý I/2026: (1) Ngũ Phúc; (2) Kim Thành 2 và 01 KCN còn lại: (3) Hoàng Diệu"
    )
    found = {
        one.zone: {v.value for v in one.values if v.field == "milestone_start"}
        for one in extracted(text).parks
    }
    assert found == {
        "KCN-NGU-PHUC": {"2026-Q1"},
        "KCN-KIM-THANH-2": {"2026-Q1"},
        "KCN-HOANG-DIEU": set(),
    }


def test_a_park_that_may_be_two_is_asked_about() -> None:
    """Tiên Lãng may be the first or the second: nobody guesses."""
    zone, candidates = match_zone("Tiên Lãng")
    assert zone is None
    assert {name for name, _ in candidates} == {"KCN-TIEN-LANG-1", "KCN-TIEN-LANG-2"}


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Trảng Duệ 3", "KCN-TRANG-DUE-3"),
        ("Trần Dương - Hòa Bình (Khu A) – Giai đoạn 1", "KCN-TRAN-DUONG-HOA-BINH-A"),
        ("Trần Dương – Hòa Bình (Khu B) – Giai đoạn 1", "KCN-TRAN-DUONG-HOA-BINH-B"),
        ("Sân bay Tiên Lãng - khu B", "KCN-SAN-BAY-TIEN-LANG-B"),
        ("Khu công nghiệp Tiên Lãng 2", "KCN-TIEN-LANG-2"),
    ],
)
def test_parks_are_known_by_scan_spellings(name: str, zone: str) -> None:
    found, _ = match_zone(name)
    assert found is not None
    assert found.zone == zone


@pytest.mark.parametrize(
    ("name", "kind", "zone"),
    [
        ("Giang Biên", "", ""),
        ("CCN Giang Biên", "", "CCN-GIANG-BIEN"),
        ("Giang Biên", "industrial_park", "KCN-GIANG-BIEN"),
        ("Hồng Lạc 2", "", "CCN-HONG-LAC-2"),
        ("Hồng Lạc 5", "", ""),
        ("Đại An", "", "KCN-DAI-AN"),
        ("Đại An mở rộng", "", "KCN-DAI-AN-MR"),
        ("Phúc Điền mở rộng 2", "", ""),
        ("Vinh Quang (giai đoạn 2)", "", ""),
        ("Kim Thành 2 (giai đoạn 1)", "", "KCN-KIM-THANH-2"),
        ("Luơng Diền - Ngọc Liêm", "", "KCN-LUONG-DIEN-NGOC-LIEN"),
    ],
)
def test_numbers_and_kinds_keep_parks_of_one_name_apart(name: str, kind: str, zone: str) -> None:
    found, _ = match_zone(name, kind=kind)
    assert (found.zone if found else "") == zone


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("KCN Kim Thành II (giai đoạn 1)", "KCN-KIM-THANH-2"),
        ("Tiền Tiến – Telin Park", ""),
        ("Tân Trào, giai đoạn 2", ""),
        ("Nomura Hải Phòng giai đoạn 2", "KCN-NOMURA-2"),
        ("Trần Dương - Hoà Bình (khu A) giai đoạn 1", "KCN-TRAN-DUONG-HOA-BINH-A"),
    ],
)
def test_a_name_is_looked_up_by_all_of_its_words(name: str, zone: str) -> None:
    found = find_zone_by_name(name, "park")
    assert (found.zone if found else "") == zone
    cluster = find_zone_by_name("Tiền Tiến – Telin Park", "cluster")
    assert cluster is not None


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Khu thương mại tự do thành phố Hải Phòng", "KTM-TU-DO"),
        ("Khu kinh tế Hải Phòng", ""),
        ("Hải Phòng", ""),
        ("Khu kinh tế ven biển phía Nam TP Hải Phòng", "KKT-NAM-HAI-PHONG"),
        ("Đình Vũ Cát Hải", "KKT-DINH-VU-CAT-HAI"),
    ],
)
def test_the_free_trade_zone_is_no_economic_zone(name: str, zone: str) -> None:
    found = find_zone_by_name(name, "zone")
    assert (found.zone if found else "") == zone


def test_parks_are_found_within_a_sentence() -> None:
    text = "Đôn đốc dự án CCN Làng nghề cơ khí và đúc Thủy Nguyên và CCN Đoàn Tùng 2 hoàn thành"
    assert [found.zone for found in find_zone_names(text)] == [
        "CCN-CO-KHI-DUC-THUY-NGUYEN",
        "CCN-DOAN-TUNG-2",
    ]


def test_an_amount_that_its_share_contradicts_is_asked_about() -> None:
    """22.87 % of 36,728 are 8,400 billion and not 68,398."""
    text = (
        "Đến hết ngày 31/3/2026, giải ngân vốn đầu tư công là 68.398,723 tỷ đồng, đạt 22,87% kế "
        "hoạch vốn không bao gồm tiết kiệm 5% và vốn ODA vay lại (36.728 tỷ đồng)."
    )
    (sentence,) = split_sentences(read(text))
    (entry,) = find_doubtful_amounts(sentence)
    assert entry.raw == "68.398,723 tỷ đồng"
    assert not [one for one in extracted(text).indicators if one.measure == "disbursed"]


def test_tasks_are_no_clearance_problems() -> None:
    text = "Tăng cường phối hợp để giải quyết vướng mắc về giải phóng mặt bằng, chậm tiến độ."
    assert extracted(text).clearance == ()


def test_a_zone_that_is_to_be_founded_is_being_prepared() -> None:
    """What a sentence begins with is read too: its first words tell that it is asked for."""
    text = (
        "Hoàn thiện hồ sơ đề nghị Bộ Tài chính thẩm định, trình Thủ tướng Chính phủ phê duyệt "
        "thành lập Khu kinh tế chuyên biệt."
    )
    (zone,) = extracted(text).parks
    assert [(value.field, value.value) for value in zone.values] == [("status", "preparing")]
