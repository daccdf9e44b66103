"""The briefing on paper: the decree's layout in Word, the same words in PDF, hostile or not."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pdfplumber
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from layers.briefing import Letterhead, build_briefing_docx, build_briefing_pdf, compose_briefing
from layers.briefing.document import (
    Annex,
    AnnexColumn,
    AnnexRow,
    AnnexTable,
    Briefing,
    BriefingBlock,
    BriefingParagraph,
    BriefingSection,
)
from layers.briefing.letterhead import format_letterhead
from layers.print import typst
from layers.print.typst import find_times_folder, strip_unprintable
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.hostile import HOSTILE_TEXTS, PUBLIC_LIST
from tests.small_facts import no_facts, small_facts
from tests.tools import soffice

FACTS = load_facts()
HEAD = Letterhead(
    superior="Ủy ban nhân dân thành phố Hải Phòng",
    body="Sở Tài chính",
    number="7",
    symbol="BC-STC",
    day=date(2026, 2, 5),
    signer="Giám đốc",
    recipients=("Thường trực Thành ủy", "UBND thành phố"),
)
LONG = "x" * 3000 + " " + "dài " * 1000
LATIN = re.compile(r"[\u0020-\u01b0\u1e00-\u1eff\u2010-\u2026§]*")
"""What the PDF's fonts have for certain; anything else may be an empty box there."""

HOSTILE = [" § ".join(HOSTILE_TEXTS[at : at + 5]) for at in range(0, len(HOSTILE_TEXTS), 5)]


@pytest.fixture(scope="module")
def made():
    return compose_briefing(FACTS, Filters(period="2026-Q1"))


@pytest.fixture(scope="module")
def packed(made) -> tuple[bytes, bytes]:
    return build_briefing_docx(made, HEAD), build_briefing_pdf(made, HEAD)


@pytest.fixture(scope="module")
def word(packed):
    return Document(io.BytesIO(packed[0]))


class Paper:
    """A PDF's pages as read back: text, what stands in the top margin, size, fonts, links."""

    def __init__(self, packed: bytes) -> None:
        with pdfplumber.open(io.BytesIO(packed)) as opened:
            self.texts = [" ".join((page.extract_text() or "").split()) for page in opened.pages]
            self.tops = [
                (page.crop((0, 0, page.width, 45)).extract_text() or "").strip()
                for page in opened.pages
            ]
            self.landscape = [page.width > page.height for page in opened.pages]
            self.fonts = {letter["fontname"] for page in opened.pages for letter in page.chars}
            self.links = [link for page in opened.pages for link in page.hyperlinks]
        self.text = " ".join(self.texts)


@pytest.fixture(scope="module")
def paper(packed):
    return Paper(packed[1])


def test_the_page_is_a4_with_the_margins_of_the_decree(word) -> None:
    first = word.sections[0]
    assert [round(one.mm) for one in (first.page_width, first.page_height)] == [210, 297]
    margins = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [round(one.mm) for one in margins] == [20, 20, 30, 20]


def test_everything_is_set_in_times_new_roman(word) -> None:
    assert word.styles["Normal"].font.name == "Times New Roman"
    assert word.styles["Normal"].font.size == Pt(13)
    assert word.styles["Normal"].paragraph_format.first_line_indent.cm == pytest.approx(
        1.27, abs=0.01
    )
    for name in ("Heading 1", "Heading 2", "Table text"):
        fonts = word.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia", "cs")} == {
            "Times New Roman"
        }
        assert fonts.get(qn("w:asciiTheme")) is None


def test_the_head_has_the_body_on_the_left_and_the_country_on_the_right(word) -> None:
    left, right = word.tables[0].rows[0].cells
    lines = [one.text for one in left.paragraphs]
    assert lines == [
        "ỦY BAN NHÂN DÂN",
        "THÀNH PHỐ HẢI PHÒNG",
        "SỞ TÀI CHÍNH",
        "",
        "Số: 07/BC-STC",
    ]
    assert [one.text for one in right.paragraphs] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "",
        "Hải Phòng, ngày 05 tháng 02 năm 2026",
    ]
    for cell in (left, right):
        assert cell._tc.findall(f".//{qn('w:pBdr')}/{qn('w:bottom')}"), "a line under it"
    assert left.paragraphs[2].runs[0].bold
    assert not left.paragraphs[0].runs[0].bold
    assert [one.text for one in word.paragraphs[:3]] == [
        "BÁO CÁO",
        "Tình hình thực hiện các dự án đầu tư và giải phóng mặt bằng",
        "Quý I/2026",
    ]


def test_pages_are_numbered_in_the_middle_of_the_header_but_the_first(word) -> None:
    for section in word.sections:
        assert section.different_first_page_header_footer
        assert not section.first_page_header.paragraphs[0].text.strip()
    header = word.sections[0].header.paragraphs[0]
    assert header.alignment == 1
    assert [one.text for one in header._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert all(section.header.is_linked_to_previous for section in word.sections[1:])


def test_annexes_lie_on_landscape_pages_and_count_their_own(word, made) -> None:
    annexes = word.sections[1:]
    assert len(annexes) == len(made.annexes) == 8
    for section in annexes:
        assert section.page_width > section.page_height
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_tables_repeat_their_head_and_keep_rows_whole(word, made) -> None:
    tables = [one for one in word.tables if one.style.name == "Table Grid"]
    assert [len(one.rows) for one in tables] == [
        1 + len(annex.table.rows) for annex in made.annexes if annex.table
    ]
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table.rows[0].cells[0].text == "STT"


def test_no_name_of_a_person_is_made_up(word) -> None:
    left, right = word.tables[1].rows[0].cells
    assert [one.text for one in left.paragraphs][-1] == "- Lưu: VT."
    assert [one.text for one in right.paragraphs] == ["GIÁM ĐỐC", "", "", "", "", ""]


def test_what_is_not_given_is_left_as_dots() -> None:
    blank = format_letterhead(Letterhead(), "vi")
    assert blank.number == "Số: ……/BC-……"
    assert blank.place_and_date == "Hải Phòng, ngày …… tháng …… năm ……"
    assert set(blank.body) == set(blank.signer) == {"…"}
    assert blank.superior == blank.signs_for == ""


def test_maps_are_pictures_with_a_text_for_who_does_not_see_them(word) -> None:
    told = [one.get("descr") for one in word.element.body.iter(qn("wp:docPr"))]
    assert len(told) == 3
    assert all("2026" in one and "xã, phường" in one for one in told)


def test_both_files_say_the_same_in_the_same_order(word, paper, made) -> None:
    said = paper.text.replace(" ", "")
    at = 0
    for one in word.paragraphs:
        if one.style.name.startswith("Heading"):
            found = said.find("".join(one.text.split()), at)
            assert found >= at, one.text
            at = found
    for row in made.annexes[0].table.rows:
        assert "".join(row.cells[1].split()) in said


def test_the_pdf_has_its_own_fonts_and_every_vietnamese_letter(paper) -> None:
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 07/BC-STC",
        "Hải Phòng, ngày 05 tháng 02 năm 2026",
        "VIỆC CẦN XEM XÉT, QUYẾT ĐỊNH",
        "Nhà máy nhiệt điện LNG Hải Phòng",
        "Nơi nhận:",
        "Phụ lục VII",
    ):
        assert said in paper.text
    face = "Liberation" if find_times_folder() else "Libertinus"
    assert paper.fonts
    assert all(f"+{face}" in name for name in paper.fonts), "embedded, in parts"


@pytest.mark.parametrize("installed", [True, False])
def test_the_pdf_is_like_times_where_that_is_installed_and_whole_without_it(
    installed: bool, monkeypatch
) -> None:
    folder = find_times_folder()
    if installed and folder is None:
        pytest.fail("the machine that tests needs the package fonts-liberation2")
    monkeypatch.setattr(typst, "find_times_folder", lambda: folder if installed else None)
    made = compose_briefing(no_facts(), Filters(), maps=())
    said = Paper(build_briefing_pdf(made, HEAD))
    assert "Độc lập - Tự do - Hạnh phúc" in said.text
    assert "Hải Phòng, ngày 05 tháng 02 năm 2026" in said.text
    face = "LiberationSerif" if installed else "LibertinusSerif"
    assert all(f"+{face}" in name for name in said.fonts)


def test_the_pdf_numbers_its_pages_and_those_of_every_annex(paper, made) -> None:
    starts = [at for at, top in enumerate(paper.tops) if not top]
    assert len(starts) == 1 + len(made.annexes)
    for start, end in zip(starts, [*starts[1:], len(paper.tops)], strict=True):
        counted = [str(number) for number in range(2, end - start + 1)]
        assert paper.tops[start + 1 : end] == counted
    assert paper.landscape == [False] * starts[1] + [True] * (len(paper.tops) - starts[1])


def test_a_table_broken_over_pages_has_its_head_on_each(paper) -> None:
    pages = [text for text, wide in zip(paper.texts, paper.landscape, strict=True) if wide]
    assert sum("Dự án, khu, cụm" in text for text in pages) >= 6


def test_the_same_briefing_is_the_same_file(made, packed) -> None:
    assert packed == (build_briefing_docx(made, HEAD), build_briefing_pdf(made, HEAD))


@pytest.mark.parametrize(
    "text",
    [
        " § ".join(HOSTILE_TEXTS),
        *(pytest.param(text, marks=pytest.mark.slow) for text in [*HOSTILE, LONG]),
    ],
    ids=lambda text: repr(text[:20]),
)
def test_hostile_texts_are_words_like_any_other(text) -> None:
    facts = small_facts()
    words = facts.observations["field"].isin(["obstacle_text", "asked_to_act"])
    facts = replace(
        facts,
        items=facts.items.assign(name=text),
        documents=facts.documents.assign(title=text, issuer=text),
        periods=facts.periods.assign(label_vi=text, label_en=text),
        clearance=facts.clearance.assign(statement=text, asked_to_act=text),
        observations=facts.observations.assign(
            value=facts.observations["value"].mask(words, text), component=text
        ),
    )
    head = Letterhead(*[text] * 5, date(2026, 4, 10), text, text, (text,) * 20)
    made = compose_briefing(facts, Filters(period="2026-Q1"), maps=())
    packed = build_briefing_docx(made, head)
    word = Document(io.BytesIO(packed))
    everything = "\n".join(
        [one.text for one in word.paragraphs]
        + [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    )
    assert "\u202e" not in everything
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        linked = [name for name in parts.namelist() if name.endswith(".rels")]
        assert not any(b'TargetMode="External"' in parts.read(name) for name in linked)
    printed = build_briefing_pdf(made, head)
    with pdfplumber.open(io.BytesIO(printed)) as opened:
        assert not [link for page in opened.pages for link in page.hyperlinks]
    with pypdfium2.PdfDocument(printed) as opened:
        said = "".join(page.get_textpage().get_text_bounded() for page in opened)
    assert "\u200b" not in said, "nobody should copy what cannot be seen"
    said = "".join(said.split())
    for one in text.split(" § ") if text is not LONG else [text[:20]]:
        shown = strip_unprintable(one).replace("\u200b", "")
        assert shown in everything.replace("\u200b", "")
        if LATIN.fullmatch(shown):
            assert "".join(shown.split())[:16] in said


@pytest.mark.slow
def test_every_text_of_the_public_list_can_stand_anywhere() -> None:
    """A list of paragraphs and a table of all of them: both files are whole and lead nowhere."""
    texts = (*HOSTILE_TEXTS, *PUBLIC_LIST)
    rows = tuple(AnnexRow((text, text[::-1])) for text in texts)
    table = AnnexTable((AnnexColumn("a", 1), AnnexColumn("b", 1)), rows, "", cited=False)
    content = Briefing(
        language="vi",
        period="x",
        subject=texts[0],
        when=texts[1],
        opening=tuple(BriefingParagraph(text, lead=text, listed=True) for text in texts),
        sections=(BriefingSection(texts[2], (BriefingBlock(texts[3], ()),)),),
        closing=texts[4],
        annexes=(Annex("all", texts[5], table=table),),
        documents=(),
    )
    word = Document(io.BytesIO(build_briefing_docx(content, Letterhead())))
    (found,) = [one for one in word.tables if one.style.name == "Table Grid"]
    assert len(found.rows) == 1 + len(texts)
    packed = build_briefing_pdf(content, Letterhead())
    assert b"/URI" not in packed
    with pypdfium2.PdfDocument(packed) as paper:
        assert len(paper) > 10


def test_a_store_without_facts_makes_both_files() -> None:
    made = compose_briefing(no_facts(), Filters(), maps=())
    assert Document(io.BytesIO(build_briefing_docx(made, Letterhead()))).paragraphs
    assert "chưa có tài liệu" in Paper(build_briefing_pdf(made, Letterhead())).text


@pytest.mark.slow
def test_an_english_briefing_has_the_same_layout() -> None:
    made = compose_briefing(FACTS, Filters(period="2026-Q1"), language="en", maps=())
    text = Paper(build_briefing_pdf(made, HEAD)).text
    assert "SOCIALIST REPUBLIC OF VIET NAM" in text
    assert "II. MATTERS FOR DECISION" in text


@pytest.mark.slow
def test_libreoffice_opens_the_word_file(packed, tmp_path) -> None:
    given = tmp_path / "briefing.docx"
    given.write_bytes(packed[0])
    paper = Paper(soffice(tmp_path, given, "pdf").read_bytes())
    assert "VIỆC CẦN XEM XÉT, QUYẾT ĐỊNH" in paper.text
    assert paper.landscape[-1]
    assert paper.tops[:2] == ["", "2"]
