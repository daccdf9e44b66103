"""Whatever a file holds: no crash, and every table line accounted for."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.extract import extract_document
from reports.model.extraction_json import extraction_to_json
from reports.readers.text import read_text
from reports.tables.grid.stitched_table import iterate_table_lines
from tests.reports.sample_report import REPORT
from tests.shared_reference import SHARED, needs_shared


def checked(data: bytes) -> None:
    document = read_text(data, "x.txt")
    extraction = extract_document(document)
    assert extraction.balance.exact
    assert extraction.balance.table_lines >= sum(1 for _ in iterate_table_lines(document))
    unattached = [entry for entry in extraction.queue if entry.reason == "unattached_line"]
    assert len(unattached) <= extraction.balance.in_queue
    extraction_to_json(extraction)


def mutated(text: str, seed: int, faults: int) -> str:
    """Return a text with lines cut, doubled, swapped, and letters and tabs changed."""
    chance = random.Random(seed)  # noqa: S311
    lines = text.split("\n")
    for _ in range(faults):
        at = chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[chance.randrange(len(lines))])
            case 2:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
            case 4:
                lines[at] = lines[at].replace("\t", chance.choice(["", " ", "\t\t", "|"]), 1)
            case 5:
                spot = chance.randrange(len(lines[at]) + 1)
                letter = chance.choice("0123456789.,%/()<>*¹²\t|aÀđ\u0301\x00")
                lines[at] = lines[at][:spot] + letter + lines[at][spot:]
            case _:
                lines[at] = lines[at].replace("<ul", "</ul").replace("</p>", "<p>")
        lines = lines or [""]
    return "\n".join(lines)


@given(st.integers(0, 10**6), st.integers(1, 40))
def test_a_mutated_report(seed: int, faults: int) -> None:
    checked(mutated(REPORT, seed, faults).encode())


@given(st.binary(max_size=3000))
def test_random_bytes(data: bytes) -> None:
    checked(data)


@given(st.text(alphabet="\t\n |-1IV.(),%abđàSTTênmcộ<ulp>*¹5", max_size=600))
def test_random_tables(text: str) -> None:
    checked(text.encode())


@given(st.integers(0, len(REPORT.encode())))
def test_a_report_cut_off(end: int) -> None:
    checked(REPORT.encode()[:end])


@pytest.mark.slow
@needs_shared
def test_the_real_reports_mutated_cut_and_shuffled() -> None:
    """Every real report, in six damaged forms each."""
    assert SHARED is not None
    for path in sorted((SHARED / "reports").glob("*.txt")):
        text = path.read_text("utf-8")
        for seed in range(2):
            checked(mutated(text, seed, 120).encode())
            chance = random.Random(seed)  # noqa: S311
            lines = text.split("\n")
            chance.shuffle(lines)
            checked("\n".join(lines).encode())
            checked(text.encode()[chance.randrange(len(text)) :])


@pytest.mark.parametrize("times", [1_000, pytest.param(8_000, marks=pytest.mark.slow)])
def test_a_very_long_line_costs_little(times: int) -> None:
    """A sentence, clause or list is read as far as a real one may go."""
    for piece in ("1/2 dự án ", "(1) a; ", "giải ngân 1 tỷ đồng 5% ", "GPMB chậm tiến độ: "):
        checked((piece * times).encode())


@pytest.mark.parametrize("times", [1_000, pytest.param(4_000, marks=pytest.mark.slow)])
def test_long_lines_of_one_sign_do_not_hang(times: int) -> None:
    for sign in ("1,", "(", "<ul ", "¹", " -", "khởi công ", "dự án 1/2 ", "\t", "|", "phường a "):
        checked((sign * times).encode())
        checked(
            (f"STT\tDanh mục dự án\tTổng mức đầu tư\tĐịa điểm\n1\t{sign * times}\t1\tx").encode()
        )
