"""Sentences of running text: where they end, on which line each word stands, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.model.document import Document, Paragraph, SourcePlace
from reports.narrative.prose import LONGEST_SENTENCE, split_sentences


def split(text: str) -> list[str]:
    return [s.text for s in split_sentences(read(text))]


def read(text: str) -> Document:
    blocks = (Paragraph(text, SourcePlace(1, 1 + text.count("\n"))),)
    return Document("a.txt", "0" * 64, "text", 1, blocks)


@pytest.mark.parametrize(
    "text",
    [
        "Họp tại P. Bến Gót, TP. Hải Phòng, X. Cồn Dừa, H. Lá Mây.",
        "Tuyến đi dọc s. Mây Trắng và TT. Bãi Ngang.",
        "Do ThS. Nguyễn Văn Mười lập.",
        "QL. Mười và CCN. Bãi Dừa nối nhau.",
        "1. Dự án cầu Bến Mây dài 2.5 km.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Xong phần hạ tầng KCN. Đến nay có 12 hộ. Theo đó, việc còn lại.", 3),
        ("Vốn là 500 tr. Dự án khác chưa rõ.", 2),
        ("Rộng 12 ha. Tổng vốn 5 tỷ đồng.", 2),
        ("Có chợ, trường v.v. Các hộ đã dời.", 2),
    ],
)
def test_what_begins_a_sentence_does_so_behind_an_abbreviation(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_every_word_stands_on_its_line() -> None:
    lines = [
        "Dự án kè sông Mây¹ dài\t12,5 km, qua",
        "xã Bến Gót và   xã Cồn Dừa, do Ban Bến Gót làm",
        "chủ đầu tư², khởi công quý III/2031 và phải",
        "hoàn thành trước năm 2033. Tuyến có 45 hộ phải",
        "di dời.",
    ]
    blocks = tuple(
        Paragraph(line, SourcePlace(number, number)) for number, line in enumerate(lines, 1)
    )
    document = Document("a.txt", "0" * 64, "text", 1, blocks)
    words = {"12,5": 1, "Cồn": 2, "III/2031": 3, "2033": 4, "45": 4, "dời": 5}
    for sentence in split_sentences(document):
        for word in list(words):
            if word in sentence.text:
                assert sentence.find_line(sentence.text.index(word)) == words.pop(word)
    assert not words


@pytest.mark.parametrize("separator", [" ", ", ", "; "])
def test_a_sentence_without_an_end_comes_in_pieces(separator: str) -> None:
    words = [f"chữ{number}" for number in range(10_000)]
    sentences = split_sentences(read(separator.join(words)))
    assert all(len(s.text) <= LONGEST_SENTENCE for s in sentences)
    assert (
        " ".join(s.text for s in sentences).replace(separator.strip() or " ", " ").split() == words
    )


def test_pieces_keep_the_lines_of_their_words() -> None:
    words = [f"chữ{number}" for number in range(3_000)]
    sentences = split_sentences(read("\n".join(words)))
    text = {word: number for number, word in enumerate(words, 1)}
    for sentence in sentences:
        assert sentence.find_line(0) == text[sentence.text.split()[0]]


def test_a_long_text_without_blanks_is_not_lost() -> None:
    text = "chữ" * 5_000
    assert "".join(split(text)) == text


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(["P.", "KCN.", "1.", "Dự án", "ha.", "\n", "  ", "5,5", "¹", "TP."]))
)
def test_no_letter_is_lost(pieces: list[str]) -> None:
    text = " ".join(pieces)
    whole = "".join("".join(s.text for s in split_sentences(read(text))).split())
    assert whole == "".join(text.replace("¹", "").split())


@pytest.mark.parametrize("unit", ["1.200 m²", "7,5km²", "2 triệu đồng/m²", "35 cm²", "40m³"])
def test_a_unit_is_no_footnote(unit: str) -> None:
    (sentence,) = split_sentences(read(f"Khu đất rộng {unit} ở đảo Dừa¹."))
    assert sentence.text == f"Khu đất rộng {unit} ở đảo Dừa."
    assert [mark for mark, _ in sentence.cites] == ["1"]


def test_a_full_stop_within_a_number_ends_no_sentence() -> None:
    assert len(split("Vốn khoảng hơn 1. 741 tỷ đồng. Khu đất rộng 2 ha.")) == 2
    assert len(split("Đã giao xong đợt 1. 120 hộ còn lại chờ đợt sau.")) == 2


def test_an_empty_line_ends_a_heading_on_a_page_of_short_lines() -> None:
    heading = "Kết quả giải phóng mặt bằng quý III năm 2026"
    text = f"BÁO CÁO\n{heading}\n\nTrên địa bàn xã Vĩnh Bảo còn 12 hộ chưa bàn giao mặt bằng.\n"
    assert heading in split(text)


def read_lines(lines: list[str], step: int) -> Document:
    blocks = tuple(
        Paragraph(line, SourcePlace(1 + step * at, 1 + step * at)) for at, line in enumerate(lines)
    )
    return Document("a.txt", "0" * 64, "text", 1, blocks)


WRAPPED = [
    "Nhân dân khu vực phía nam đồng tình cao; ban hành quyết định thu hồi đất để làm",
    "đường gom; trình duyệt chủ trương đầu tư Dự án xây dựng cầu Bến Mây trên Sông",
    "Trắng Xanh và dự án hạ tầng cụm công nghiệp làng nghề tập trung thuộc Cồn",
    "Dừa Lá; chấp thuận phương án tuyến qua hai xã ven biển của huyện trong năm nay.",
    "Công tác tuyên truyền",
    "Các xã đã họp dân ba lần; những hộ còn lại đồng ý nhận tiền trong tháng tới để",
    "sớm bàn giao đất.",
]


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_name_broken_at_a_lines_end_is_whole_however_far_lines_stand_apart(step: int) -> None:
    texts = [s.text for s in split_sentences(read_lines(WRAPPED, step))]
    assert "Sông Trắng Xanh" in texts[0]
    assert "Cồn Dừa Lá" in texts[0]


def test_a_short_line_among_lines_far_apart_is_a_heading() -> None:
    texts = [s.text for s in split_sentences(read_lines(WRAPPED, 2))]
    assert texts[1:] == ["Công tác tuyên truyền", " ".join(WRAPPED[5:])]


def test_paragraphs_on_lines_of_their_own_stay_apart_beside_wrapped_lines() -> None:
    lines = ["Kè Mây Trắng", "Cầu Bến Gót", "Đường Lá Xanh"]
    texts = [s.text for s in split_sentences(read_lines(lines, 2))]
    assert texts == lines
