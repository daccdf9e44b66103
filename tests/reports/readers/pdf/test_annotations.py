"""What lies over a page: form fields, text boxes, lines through text, notes."""

from __future__ import annotations

import pytest

from reports.readers.refusal import FileRefusedError
from tests.reports.readers.pdf.drawn import (
    draw_pages,
    list_cells,
    list_paragraphs,
    list_unseen,
    read_drawn,
    write_objects,
)

FIELDS = "0.3 w 20 20 m 180 20 l S 20 60 m 180 60 l S 20 20 m 20 60 l S 80 20 m 80 60 l S 180 20 m 180 60 l S"  # noqa: E501


def test_values_of_fields_are_read_in_their_cells() -> None:
    value = "Đã bàn giao 45% mặt bằng".encode("utf-16-be").hex().upper()
    cells = list_cells(_annotate(_widget(f"/FT /Tx /V <FEFF{value}> /Rect [82 25 178 55]")))
    assert [cell.text for cell in cells] == ["Kq:", "Đã bàn giao 45% mặt bằng"]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("/FT /Btn /AS /Yes /V /Yes", "☒"),
        ("/FT /Btn /AS /Off", "☐"),
        ("/FT /Btn /Ff 65536 /MK << /CA (In) >>", ""),
        ("/FT /Ch /V (a) /Opt [[(a) (Hoan thanh)] [(b) (Cham)]]", "Hoan thanh"),
        ("/FT /Ch /V [(a) (b)] /Opt [(a) (b)]", "a, b"),
        ("/FT /Tx /Ff 8192 /V (secret)", ""),
        ("/Parent << /FT /Tx /V (1.234) >>", "1.234"),
    ],
)
def test_a_field_shows_its_state(field: str, text: str) -> None:
    cells = list_cells(_annotate(_widget(f"{field} /Rect [85 25 175 55]")))
    assert cells[1].text == text


def test_a_formatted_number_is_read_as_it_is_shown() -> None:
    stream = "BT /F 8 Tf 2 4 Td (45%) Tj ET"
    data = _annotate(
        _widget("/FT /Tx /V (0.45) /Rect [85 30 175 45] /AP << /N 6 0 R >>"),
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 90 15] /Length {len(stream)} "
        f"/Resources << /Font << /F 5 0 R >> >> >> stream\n{stream}\nendstream",
    )
    assert list_cells(data)[1].text == "45%"


def test_hidden_fields_and_notes_are_not_read_and_told() -> None:
    data = _annotate(
        _widget("/FT /Tx /F 2 /V (999) /Rect [85 25 175 55]"),
        "<< /Type /Annot /Subtype /Text /Rect [10 80 20 90] /Contents (Xem lai) >>",
        second=True,
    )
    assert [cell.text for cell in list_cells(data)] == ["Kq:", ""]
    assert sorted(list_unseen(data)) == [("hidden_text", "Xem lai"), ("invisible", "999")]


def test_a_text_box_is_read_and_a_line_through_text_strikes_it_out() -> None:
    data = _annotate(
        "<< /Type /Annot /Subtype /FreeText /Rect [85 25 175 55] /Contents (Dang thi cong) >>",
        "<< /Type /Annot /Subtype /StrikeOut /Rect [20 30 80 50] "
        "/QuadPoints [20 50 80 50 20 30 80 30] >>",
        second=True,
    )
    first, second = list_cells(data)
    assert (first.text, first.unseen, first.unseen_reason) == ("", "Kq:", "struck_out")
    assert second.text == "Dang thi cong"


def test_a_form_that_only_adobe_draws_is_refused_by_its_name() -> None:
    data = draw_pages(lambda canvas: canvas.drawString(50, 500, "Please wait..."))
    form = b"/Type /Catalog /NeedsRendering true /AcroForm << /XFA [] /Fields [] >>"
    with pytest.raises(FileRefusedError, match="xfa_form"):
        read_drawn(data.replace(b"/Type /Catalog", form))


def test_links_and_highlights_change_nothing() -> None:
    data = _annotate(
        "<< /Type /Annot /Subtype /Highlight /Rect [20 30 80 50] "
        "/QuadPoints [20 50 80 50 20 30 80 30] >>",
        "<< /Type /Annot /Subtype /Link /Rect [20 30 80 50] >>",
        second=True,
    )
    assert [cell.text for cell in list_cells(data)] == ["Kq:", ""]
    assert list_unseen(data) == []
    assert list_paragraphs(data) == []


def _widget(entries: str) -> str:
    return f"<< /Type /Annot /Subtype /Widget /T (kq) {entries} >>"


def _annotate(annotation: str, other: str = "<< >>", *, second: bool = False) -> bytes:
    """Return a page of a table of two cells, "Kq:" in the first, with annotations on it."""
    content = f"{FIELDS} BT /F 8 Tf 25 36 Td (Kq:) Tj ET"
    listed = "[7 0 R 6 0 R]" if second else "[7 0 R]"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R] >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R "
            f"/Annots {listed} /Resources << /Font << /F 5 0 R >> >> >>"
        ),
        f"<< /Length {len(content)} >> stream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        other,
        annotation,
    )
    return write_objects(tuple(body.encode() for body in objects))
