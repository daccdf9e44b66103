"""An excerpt shows the right lines and marks the words a value was read from."""

from hypothesis import given
from hypothesis import strategies as st

from layers.details.source_excerpt import extract_excerpt
from reports.model.document import Document, Paragraph, SourcePlace, TableBlock, TableCell, TableRow

ROW = SourcePlace(5, 6)
DOCUMENT = Document(
    name="x.txt",
    sha256="0" * 64,
    media="text",
    pages=1,
    blocks=(
        Paragraph("Mở đầu", SourcePlace(1, 1)),
        Paragraph("Có 53/131 dự án, thuộc các địa phương", SourcePlace(3, 3), footnote="52"),
        TableBlock(
            (
                TableRow(
                    (
                        TableCell("1", ROW),
                        TableCell("Thi công xây dựng (77%)", ROW),
                        TableCell("-", ROW),
                    ),
                    ROW,
                ),
            ),
            ROW,
        ),
        Paragraph("Cuối", SourcePlace(40, 40)),
    ),
)


def test_the_words_are_marked_in_their_cell_and_only_there() -> None:
    lines = extract_excerpt(DOCUMENT, 5, 5, "(77%)")
    row = next(line for line in lines if line.inside)
    marked = [piece.text for cell in row.cells for piece in cell if piece.marked]
    assert marked == ["(77%)"]
    assert [line.number for line in lines] == [1, 3, 5]


def test_words_left_out_are_passed_over() -> None:
    (line,) = (
        one for one in extract_excerpt(DOCUMENT, 3, 3, "53/131 dự án […] địa phương") if one.inside
    )
    assert [piece.text for piece in line.cells[0] if piece.marked] == ["53/131 dự án", "địa phương"]


def test_more_lines_may_stand_behind_than_before() -> None:
    assert [one.number for one in extract_excerpt(DOCUMENT, 3, 3, "", around=1)] == [3]
    assert [one.number for one in extract_excerpt(DOCUMENT, 3, 3, "", around=1, after=50)] == [
        3, 5, 40,
    ]  # fmt: skip


def test_a_place_outside_the_document_gives_nothing() -> None:
    assert extract_excerpt(DOCUMENT, 900, 900, "x") == ()


@given(st.text(), st.integers(0, 60), st.integers(0, 60))
def test_no_word_is_lost_or_doubled(raw: str, first: int, last: int) -> None:
    for line in extract_excerpt(DOCUMENT, first, last, raw):
        for cell in line.cells:
            assert all(piece.text for piece in cell)
    texts = {
        "".join(piece.text for piece in cell)
        for line in extract_excerpt(DOCUMENT, 1, 40, raw)
        for cell in line.cells
    }
    assert "Thi công xây dựng (77%)" in texts
