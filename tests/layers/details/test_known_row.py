"""The row of a report's table as the store knows it, with the figure asked for marked."""

from layers.details.known_row import list_known_row
from store.facts.facts import load_facts
from store.facts.sources import find_sources

FACTS = load_facts()


def test_the_whole_row_of_a_figure_is_known_without_the_report_s_file() -> None:
    """Number 18 of the annex: what is asked for of it stands nowhere, and its row says why."""
    cells = list_known_row(
        FACTS, "q1-2026", 808, 808, "Triển khai thực hiện rà soát quỹ đất đối ứng"
    )
    told = {cell.heading: cell.text for cell in cells}
    assert told["Dự án"].startswith("Dự án")
    assert told["Tổng mức đầu tư"] == "19,128,000"
    assert "Không hoàn thành mục tiêu quý" in told["Dự báo khả năng hoàn thành mục tiêu quý"]
    assert [cell.text for cell in cells if cell.marked] == [
        "Triển khai thực hiện rà soát quỹ đất đối ứng"
    ]


def test_a_row_over_several_lines_is_whole_and_that_of_the_next_project_is_not_in_it() -> None:
    cells = list_known_row(FACTS, "q1-2026", 785, 785, "")
    told = " ".join(cell.text for cell in cells)
    assert "UBND phường Thạch Khôi khẩn trương" in told  # on the lines to 789
    assert "Seraphin" not in told
    assert not any(cell.marked for cell in cells)


def test_a_sentence_s_count_is_known_too_and_an_unknown_line_says_nothing() -> None:
    (cell,) = [
        cell
        for cell in list_known_row(FACTS, "q1-2026", 162, 162, "68.398,723 tỷ đồng")
        if cell.marked
    ]
    assert cell.text == "68.398,723 tỷ đồng"
    assert list_known_row(FACTS, "q1-2026", 3, 3, "") == ()
    assert list_known_row(FACTS, "no-such", 1, 9, "x") == ()


def test_every_figure_of_a_table_is_found_and_marked_in_its_row() -> None:
    seen = FACTS.observations
    for obs in seen.loc[(seen["cell"] != "") & (seen["raw"] != ""), "obs"][::25]:
        (source,) = find_sources(FACTS, [obs])
        row = list_known_row(FACTS, source.doc, source.line_from, source.line_to, source.raw)
        assert any(cell.marked and cell.text == source.raw for cell in row), source
