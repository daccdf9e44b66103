"""The text of a paragraph as a person sees it: signs, fields, form fields, equations, changes."""

from __future__ import annotations

import pytest

from tests.reports.readers.word.documents import cell, paragraph, read, row, run, table, texts


def shown(*runs: str) -> object:
    (text,) = texts(read(paragraph(*runs)))
    return text


def field(instruction: str, result: str = "", form: str = "") -> str:
    parts = run(f'<w:fldChar w:fldCharType="begin">{form}</w:fldChar>')
    parts += run(f"<w:instrText>{instruction}</w:instrText>")
    if result:
        parts += run('<w:fldChar w:fldCharType="separate"/>') + result
    return parts + run('<w:fldChar w:fldCharType="end"/>')


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('<w:t>đạt </w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t>45%</w:t>', "đạt ≥45%"),
        ('<w:t>36</w:t><w:sym w:font="Symbol" w:char="F0A4"/><w:t>45</w:t>', "36/45"),
        ('<w:t>12</w:t><w:sym w:font="Times New Roman" w:char="002C"/><w:t>5</w:t>', "12,5"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/><w:t> có</w:t>', "☑ có"),
        ('<w:sym w:font="Wingdings" w:char="F0A8"/><w:t> không</w:t>', "☐ không"),
        ('<w:sym w:font="Wingdings 2" w:char="0052"/>', "☑"),
        ('<w:t>kè</w:t><w:ptab w:relativeTo="margin"/><w:t>sông</w:t>', "kè sông"),
        ("<w:t>ng</w:t><w:softHyphen/><w:t>hiệm</w:t>", "nghiệm"),
        ("<w:t>2025</w:t><w:noBreakHyphen/><w:t>2026</w:t>", "2025-2026"),
        ("<w:t>a</w:t><w:br/><w:t>b</w:t>", "a\nb"),
    ],
)
def test_signs_that_are_elements(inner: str, expected: str) -> None:
    assert shown(run(inner)) == expected


def test_letters_in_a_symbol_font_are_signs() -> None:
    """Wingdings shows “þ” as a ticked box; a letter that it lacks is of another font."""
    font = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    assert shown(run("þ", font), run(" Đã xong")) == "☑ Đã xong"
    assert shown(run("\uf0fcố", font)) == "✓ố"


def test_unknown_signs_are_marked_and_told() -> None:
    document = read(paragraph("đạt ", run('<w:sym w:font="Lạ" w:char="F041"/>')))
    assert texts(document) == ["đạt \ufffd"]
    (message,) = document.messages
    assert "dòng 1" in message
    assert "đạt" in message


def test_raised_digits_stay_raised() -> None:
    """An area or the mark of a note never becomes one number with what is before it."""
    raised = '<w:vertAlign w:val="superscript"/>'
    assert shown("120 m", run("2", raised), " đất") == "120 m² đất"
    assert shown("45%", run("1", raised)) == "45%¹"


def test_a_fraction_written_with_raised_digits_is_one() -> None:
    upper, lower = ('<w:vertAlign w:val="super' + part for part in ('script"/>', 'script"/>'))
    lower = lower.replace("super", "sub")
    assert shown("đạt ", run("36", upper), "/", run("45", lower), " ha") == "đạt 36/45 ha"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (field(" PAGE ", run("7")), "a 7 z"),
        (field(' IF 1 = 1 "có" ', run("có")), "a có z"),
        (field(" A " + "</w:instrText></w:r>" + field("B", run("ẩn")) + "<w:r><w:instrText>",
               run("hiện")), "a hiện z"),
        ('<w:fldSimple w:instr="DATE">' + run("30/6") + "</w:fldSimple>", "a 30/6 z"),
        (field(r"EQ \f(36;45)"), "a 36/45 z"),
        (field(r'SYMBOL 179 \f "Symbol"'), "a ≥ z"),
        (field("FORMCHECKBOX", form="<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/>"
               "</w:checkBox></w:ffData>"), "a ☒ z"),
        (field("FORMCHECKBOX", form="<w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox>"
               "</w:ffData>"), "a ☐ z"),
        (field("FORMDROPDOWN", form='<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry '
               'w:val="Hoàn thành"/><w:listEntry w:val="Không hoàn thành"/></w:ddList>'
               "</w:ffData>"), "a Không hoàn thành z"),
        (field("FORMTEXT", run("45%"), "<w:ffData><w:textInput/></w:ffData>"), "a 45% z"),
        ('<w:hyperlink r:id="x">' + run("liên kết") + "</w:hyperlink>", "a liên kết z"),
        ('<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
         "<w:sdtContent>" + run("☒") + "</w:sdtContent></w:sdt>", "a ☒ z"),
        (run("<w:ruby><w:rt>" + run("trên") + "</w:rt><w:rubyBase>" + run("dưới")
             + "</w:rubyBase></w:ruby>"), "a dưới (trên) z"),
    ],
)  # fmt: skip
def test_fields_show_their_result(parts: str, expected: str) -> None:
    assert shown("a ", parts, " z") == expected


def test_a_field_that_never_ends_hides_nothing() -> None:
    broken = run('<w:fldChar w:fldCharType="begin"/>') + run("<w:instrText>PAGE</w:instrText>")
    assert texts(read(paragraph(broken, "đạt 45%"), paragraph("sau"))) == ["đạt 45%", "sau"]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<m:f><m:num>{36}</m:num><m:den>{45}</m:den></m:f>", "36/45 ha"),
        ("<m:f><m:num>{a+b}</m:num><m:den>{2}</m:den></m:f>", "(a+b)/2 ha"),
        ("<m:sSup><m:e>{m}</m:e><m:sup>{2}</m:sup></m:sSup>", "m² ha"),
        ("<m:rad><m:deg/><m:e>{9}</m:e></m:rad>", "√9 ha"),
        ("<m:d><m:e>{1}</m:e></m:d>", "(1) ha"),
        ("<m:sSub><m:e>{x}</m:e><m:sub>{1}</m:sub></m:sSub>", "x_1 ha"),
    ],
)
def test_equations_are_a_line_of_text(inner: str, expected: str) -> None:
    equation = inner.replace("{", "<m:r><m:t>").replace("}", "</m:t></m:r>")
    assert shown(f"<m:oMath>{equation}</m:oMath>", " ha") == expected


def test_tracked_changes_are_as_if_accepted_and_told_once() -> None:
    """Inserted is read, deleted is not; a paragraph whose end is deleted runs into the next."""
    inserted = f'<w:ins w:id="1">{run("mới ")}</w:ins>'
    deleted = '<w:del w:id="2"><w:r><w:delText>40%</w:delText></w:r></w:del>'
    mark = '<w:rPr><w:del w:id="3"/></w:rPr>'
    gone = row("bỏ", "đi", properties='<w:del w:id="4"/>')
    document = read(
        paragraph("đạt ", deleted, inserted, properties=mark),
        paragraph("45%"),
        table(row("a", "b"), gone),
    )
    assert texts(document) == ["đạt mới 45%", [["a", "b"]]]
    (message,) = document.messages
    assert "3 chỗ" in message
    assert "40%" in message


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ("<w:vanish/>", "hidden_text"),
        ("<w:strike/>", "struck_out"),
        ("<w:dstrike/>", "struck_out"),
        ('<w:color w:val="FFFFFF"/>', "same_colour"),
        ('<w:color w:val="FEFEFE" w:themeColor="background1"/>', "same_colour"),
        ('<w:color w:val="FF0000"/><w:highlight w:val="red"/>', "same_colour"),
        ('<w:sz w:val="1"/>', "invisible"),
        ('<w:rStyle w:val="An"/>', "hidden_text"),
    ],
)
def test_what_is_not_seen_is_kept_apart(properties: str, reason: str) -> None:
    style = (
        '<w:style w:type="character" w:styleId="Goc"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="An"><w:basedOn w:val="Goc"/></w:style>'
    )
    (block,) = read(paragraph("đạt ", run("40%", properties), " 45%"), styles=style).blocks
    assert (block.text, block.unseen, block.unseen_reason) == ("đạt 45%", "40%", reason)


@pytest.mark.parametrize(
    "properties",
    [
        '<w:strike w:val="0"/>',
        '<w:vanish w:val="false"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>',
        '<w:color w:val="auto"/>',
        "<w:webHidden/>",
    ],
)  # fmt: skip
def test_what_is_seen_is_text(properties: str) -> None:
    (block,) = read(paragraph(run("45%", properties))).blocks
    assert (block.text, block.unseen) == ("45%", "")


def test_a_style_of_paragraphs_hides_them_and_white_on_dark_is_seen() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="table" w:styleId="Dam"><w:tblStylePr w:type="firstRow"><w:tcPr>'
        '<w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>'
    )
    white = '<w:color w:val="FFFFFF"/>'
    document = read(
        paragraph("ẩn", properties='<w:pStyle w:val="An"/>'),
        table(
            row(
                cell(paragraph(run("nền đậm", white)), properties='<w:shd w:fill="000080"/>'),
                cell(paragraph(run("nền trắng", white))),
            )
        ),
        table(row(cell(paragraph(run("STT", white))), "b"), properties='<w:tblStyle w:val="Dam"/>'),
        styles=style,
    )
    assert texts(document) == ["", [["nền đậm", ""]], [["STT", "b"]]]
    assert document.blocks[0].unseen == "ẩn"
    assert document.blocks[1].rows[0].cells[1].unseen_reason == "same_colour"
