"""Names of parks, clusters and zones in sentences: where they end, what a list names."""

import random

import pytest

from reports.narrative.zone_names import ZoneName, find_zone_names


def list_names(text: str) -> list[tuple[str, str]]:
    return [(found.kind, found.name) for found in find_zone_names(text)]


def find_one(text: str) -> ZoneName:
    (found,) = find_zone_names(text)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "name", "phase", "zone"),
    [
        ("Năm nay KCN Tràng Duệ 3 thu hồi đất", "park", "Tràng Duệ 3", "", "KCN-TRANG-DUE-3"),
        ("CCN Giang Biên có chủ đầu tư mới", "cluster", "Giang Biên", "", "CCN-GIANG-BIEN"),
        ("cụm công nghiệp Giang Biên, Vĩnh Bảo", "cluster", "Giang Biên", "", "CCN-GIANG-BIEN"),
        ("cụm công nghiệp Suối Mơ, huyện An Lão", "cluster", "Suối Mơ", "", ""),
        ("KCN Đại An mở rộng đã có đường", "park", "Đại An mở rộng", "", "KCN-DAI-AN-MR"),
        ("khu công nghiệp Kim Thành II chậm", "park", "Kim Thành II", "", "KCN-KIM-THANH-2"),
        ("CCN Đoàn Tùng III xin lập mới", "cluster", "Đoàn Tùng III", "", ""),
        ("tại KCN Tân Trào (giai đoạn 1)", "park", "Tân Trào", "giai đoạn 1", "KCN-TAN-TRAO"),
        ("tại KCN Tân Trào (giai đoạn 2)", "park", "Tân Trào", "giai đoạn 2", ""),
        (
            "KCN Trấn Dương – Hoà Bình (Khu B), giai đoạn 1 xong thủ tục",
            "park", "Trấn Dương – Hoà Bình (Khu B)", "giai đoạn 1", "KCN-TRAN-DUONG-HOA-BINH-B",
        ),
        (
            "KCN Trấn Dương Hòa Bình (khu A-Giai đoạn 1)",
            "park", "Trấn Dương Hòa Bình (khu A)", "Giai đoạn 1", "KCN-TRAN-DUONG-HOA-BINH-A",
        ),
        ("KCN Suối Mơ 120,5 ha lấp đầy", "park", "Suối Mơ", "", ""),
        ("KCN Suối Mơ 2 ha cây xanh", "park", "Suối Mơ", "", ""),
        ("KCN Suối Mơ giai đoạn 2026 - 2030 thu hút", "park", "Suối Mơ", "", ""),
        ("Khu công nghiệp (KCN) công nghệ cao Suối Mơ ở xã", "park", "Suối Mơ", "", ""),
        ("KHU CÔNG NGHIỆP TRÀNG DUỆ 3 TẠI XÃ MỚI", "park", "TRÀNG DUỆ 3", "", "KCN-TRANG-DUE-3"),
        ("Khu kinh tế chuyên biệt Hải Phòng gồm sáu xã", "zone", "chuyên biệt Hải Phòng", "",
         "KKT-CHUYEN-BIET"),
        ("KKT Đình Vũ – Cát Hải thu hút vốn", "zone", "Đình Vũ – Cát Hải", "",
         "KKT-DINH-VU-CAT-HAI"),
        ("Khu thương mại tự do thế hệ mới của thành phố Hải Phòng được lập", "zone",
         "thế hệ mới của thành phố Hải Phòng", "", "KTM-TU-DO"),
        ("Khu thương mại tự do TP. Hải Phòng", "zone", "TP. Hải Phòng", "", "KTM-TU-DO"),
        ("Khu thương mại tự do của thành phố Đà Nẵng", "zone", "của thành phố Đà Nẵng", "", ""),
        ("khởi động Khu thương mại tự do trong tháng", "zone", "", "", "KTM-TU-DO"),
        ("KCN Bắc sông Trong chờ quy hoạch", "park", "Bắc sông Trong", "", ""),
        ("CCN phía Tây Suối Mơ chờ quy hoạch", "cluster", "phía Tây Suối Mơ", "", ""),
    ],
)  # fmt: skip
def test_a_name_ends_where_it_ends(text: str, kind: str, name: str, phase: str, zone: str) -> None:
    found = find_one(text)
    assert (found.kind, found.name, found.phase, found.zone) == (kind, name, phase, zone)
    assert text[found.start : found.end].startswith(text[found.start])


def test_a_name_that_goes_on_is_not_cut_to_a_shorter_zone() -> None:
    for text in ("CCN Giang Biên 2", "CCN Giang Biên mở rộng", "KCN Kim Thành 3 và 12 dự án",
                 "CCN Đại Thắng - Tiên Cường", "KCN Hoàng Diệu Nam"):  # fmt: skip
        assert find_one(text).zone == "", text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("các KCN Sông Trong; VSIP Hải Phòng; DEEP C3 còn chậm",
         ["Sông Trong", "VSIP Hải Phòng", "DEEP C3"]),
        ("kiểm tra cụm công nghiệp Suối Mơ, Rừng Xanh - Đồi Cao, Bến Vàng và Cồn Cát, nhất là",
         ["Suối Mơ", "Rừng Xanh - Đồi Cao", "Bến Vàng", "Cồn Cát"]),
        ("hồ sơ 2 khu công nghiệp Suối Mơ; Bến Vàng, Tiên Lãng đã trình", ["Suối Mơ", "Bến Vàng"]),
        ("có 3 cụm công nghiệp: Suối Mơ và Bến Vàng 2 của huyện Kim Thành; Cồn Cát của Gia Lộc.",
         ["Suối Mơ", "Bến Vàng 2", "Cồn Cát"]),
        ("Về cụm công nghiệp, 2 cụm: Suối Mơ; Bến Vàng.", ["Suối Mơ", "Bến Vàng"]),
        ("02 cụm công nghiệp ở xã Hồng Hà: Hồng Hà (75 ha), Hồng Hà II (60 ha).",
         ["Hồng Hà", "Hồng Hà II"]),
        (
            "b) Huyện Gia Lộc, 02 cụm đều tại xã Hồng Hà: Hồng Hà (75 ha), Hồng Hà II (60 ha).",
            ["Hồng Hà", "Hồng Hà II"],
        ),
        (
            "xét quy hoạch KCN Suối Mơ diện tích 60 ha (xã Hồng Hà), Bến Vàng diện tích 75 ha",
            ["Suối Mơ", "Bến Vàng"],
        ),
        (
            "3 KCN: Suối Mơ, diện tích 60 ha; Bến Vàng, diện tích 75 ha và Cồn Cát, rộng 9 ha",
            ["Suối Mơ", "Bến Vàng", "Cồn Cát"],
        ),
        ("các KCN lớn như: Suối Mơ, Bến Vàng và một số nhà máy", ["Suối Mơ", "Bến Vàng"]),
        ("các KCN Suối Mơ 2, 3 và 4 chờ lập", ["Suối Mơ 2", "Suối Mơ 3", "Suối Mơ 4"]),
        ("KCN Suối Mơ 2 và 3 nhà đầu tư", ["Suối Mơ 2"]),
        ("KCN Suối Mơ 1, 2 dự án mới", ["Suối Mơ 1"]),
        ("CCN thị trấn Hồng Hà, CCN Suối Mơ", ["thị trấn Hồng Hà", "Suối Mơ"]),
        ("CCN Suối Mơ (50 ha), huyện Vĩnh Bảo", ["Suối Mơ"]),
        ("Khu CN và phi thuế quan Suối Mơ; FTZ Hải Phòng", ["Suối Mơ", "Hải Phòng"]),
        ("(4) KCN Bình Giang; (5) Kim Thành và KCN Đại An. 2 dự án", ["Bình Giang", "Đại An"]),
        ("vốn của KKT Cồn Cát P. Hồng Hà", ["Cồn Cát"]),
        (("04 KCN khởi công trong Quý I: (1) Suối Mơ; (2) Bến Vàng (Giai đoạn 1); (3) Khu công "
         "nghiệp và khu phi thuế quan Xuân Cầu; (4) Cồn Cát"),
         ["Suối Mơ", "Bến Vàng", "Xuân Cầu", "Cồn Cát"]),
        ("Suối Mơ; Bến Vàng là 2 khu công nghiệp đang chờ", ["Suối Mơ", "Bến Vàng"]),
        ("Cả Suối Mơ và Bến Vàng, 2 cụm công nghiệp nói trên, còn vướng", ["Suối Mơ", "Bến Vàng"]),
        ("KCN Suối Mơ và Công ty Bến Vàng", ["Suối Mơ"]),
        ("KCN Suối Mơ, Bến Vàng, Hải Phòng", ["Suối Mơ"]),
        ("KCN Suối Mơ và Bến Vàng đều chậm", ["Suối Mơ", "Bến Vàng"]),
        ("KCN Suối Mơ (khu 1, khu 2) chậm", ["Suối Mơ (khu 1)", "Suối Mơ (khu 2)"]),
        ("các khu công nghiệp: KCN Suối Mơ, Bến Vàng; KCN Cồn Cát", ["Suối Mơ", "Cồn Cát"]),
        ("KCN Suối Mơ, Sân bay Tiên Lãng - khu B và Bến Vàng",
         ["Suối Mơ", "Sân bay Tiên Lãng - khu B", "Bến Vàng"]),
    ],
)  # fmt: skip
def test_a_list_after_or_before_one_type_word_is_read_through(text: str, names: list[str]) -> None:
    assert [name for _, name in list_names(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "4. Các KCN khu vực Bình Giang:",
        "hạ tầng khu kinh tế, khu công nghiệp, cụm công nghiệp trên địa bàn",
        "các KCN, CCN: Sở Xây dựng chủ trì rà soát",
        "80 cụm công nghiệp có tổng quy mô 4.000 ha",
        "Công ty cổ phần đầu tư Khu công nghiệp Suối Mơ nộp hồ sơ",
        "Ban Quản lý Khu kinh tế Hải Phòng trình thành phố",
        "vốn vào khu kinh tế thành phố Hải Phòng tăng",
        "các KCN Hải Phòng thu hút vốn",
        "các khu tái định cư Suối Mơ; khu Bến Vàng",
        "các khu thương mại tự do trên thế giới",
        "phát động 3 cụm thi đua: Hồng Hà; Suối Mơ",
        "chia thành 02 cụm dân cư: Hồng Hà và Suối Mơ",
        "vốn trong khu kinh tế Đảng ủy giao",
        "",
    ],
)
def test_no_name_is_made_of_a_body_or_of_words_in_general(text: str) -> None:
    assert find_zone_names(text) == ()


def test_a_company_that_invests_in_a_park_leaves_the_park_its_name() -> None:
    text = "Công ty Cổ phần Minh Hà đầu tư Cụm công nghiệp Suối Mơ ở xã Hồng Hà"
    assert list_names(text) == [("cluster", "Suối Mơ")]


def test_park_and_cluster_of_one_name_are_told_apart_by_the_type_word() -> None:
    assert list_names("KCN Giang Biên và CCN Giang Biên") == [
        ("park", "Giang Biên"),
        ("cluster", "Giang Biên"),
    ]


def test_where_a_name_stands_is_told_in_the_text_as_it_is() -> None:
    text = "Hết tháng, các KCN Suối Mơ; Bến Vàng (giai đoạn 2) chưa có đất, cả CCN Cồn Cát.."
    assert [text[found.start : found.end] for found in find_zone_names(text)] == [
        "KCN Suối Mơ",
        "Bến Vàng (giai đoạn 2)",
        "CCN Cồn Cát",
    ]


def test_a_long_list_without_an_end_stays_bounded() -> None:
    assert len(find_zone_names("các KCN " + "Suối Mơ; " * 3000)) == 40
    assert find_zone_names("KCN " * 5000) == ()
    assert len(find_zone_names("KCN Suối Mơ " * 2000)) == 2000


def test_the_longest_known_name_is_meant_across_dashes_and_tones() -> None:
    for text in ("KCN Cẩm Điền – Lương Điền", "KCN Cam Dien-Luong Dien", "KCN VSIP Hải Dương"):
        assert find_one(text).zone == "KCN-CAM-DIEN-LUONG-DIEN", text
    for text in ("KCN DEEP C3", "KCN DEEP C III", "khu công nghiệp Deep C 3"):
        assert find_one(text).zone == "KCN-CANG-CUA-NGO", text
    text = "nay có 2 cụm công nghiệp: Suối Mơ và Bến Vàng"
    assert text[find_zone_names(text)[0].start :].startswith("Suối Mơ và")
    both = [found.zone for found in find_zone_names("KCN Nam Đình Vũ (khu 1, khu 2)")]
    assert both == ["KCN-NAM-DINH-VU-1", "KCN-NAM-DINH-VU-2"]
    assert find_one("KCN Hồng Lạc").zone == ""
    assert find_one("CCN Hồng Lạc III").zone == "CCN-HONG-LAC-3"


def test_whatever_stands_in_a_text_names_stay_in_order_and_apart() -> None:
    words = [
        *("KCN", "CCN", "KKT", "cụm", "khu", "các", "2", "3", "công nghiệp", "Suối", "Mơ", "Giang"),
        *("Biên", "Tràng", "Duệ", ",", ";", ":", "(", ")", "-", "–", "và", "của", "tại", "là"),
        *("giai đoạn 1", "mở rộng", "khu A", "II", "ha", "75", "diện tích", "“", "”", ".", "xã"),
        *("P.", "DEEP", "C3", "thị trấn", "cả"),
    ]
    chosen = random.Random(7)  # noqa: S311
    for _ in range(3000):
        text = " ".join(chosen.choices(words, k=chosen.randint(1, 40)))
        behind, span = 0, (0, 0)
        for found in find_zone_names(text):
            assert 0 <= found.start < found.end <= len(text), text
            assert found.start >= behind or (found.start, found.end) == span, text
            assert found.name == found.name.strip(), text
            behind, span = found.end, (found.start, found.end)
