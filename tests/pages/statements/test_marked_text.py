"""Sentences are shown as text, whatever stands in them, marked and linked to what was read."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from layers.statement_view.marking import mark_lines
from layers.statement_view.sentences import lay_out_sentences
from pages.shell.context import PageContext
from pages.statements.marked_text import render_fate_legend, render_lines
from pages.statements.statement_table import render_statements
from reports.model.document import Document, Paragraph, SourcePlace
from reports.model.extraction import Extraction
from reports.model.statement import Statement, StatementReading, UnreadSentence
from tests.small_facts import small_facts
from tests.statements_by_hand import REPORT, read_by_hand

HOSTILE = "<img src=x onerror=alert(1)>\"'`${1}{{ 1/0 }}</td><script>alert(2)</script>"


class Tags(HTMLParser):
    """Collects what a browser would make of markup."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def ctx() -> PageContext:
    return PageContext("vi", small_facts())


def render(ctx: PageContext, read: Extraction) -> str:
    layout = lay_out_sentences(read)
    runs = mark_lines(layout, layout.lines, ctx.facts.commune_names)
    table = render_statements(ctx, list(enumerate(read.reading.statements)), read.reading.unread)
    return str(render_lines(ctx, layout, layout.lines, runs) + table + render_fate_legend(ctx))


def make_read(*texts: str) -> Extraction:
    blocks = tuple(
        Paragraph(text, SourcePlace(line, line)) for line, text in enumerate(texts, start=1)
    )
    document = Document("x.txt", "0" * 64, "text", 1, blocks)
    return Extraction(document, reading=read_by_hand(document))


def test_marks_lead_to_their_rows_and_rows_to_their_lines(ctx: PageContext) -> None:
    markup = render(ctx, make_read(*REPORT.split("\n\n")))
    tags = Tags(markup).tags
    ids = {attrs["id"] for _, attrs in tags if "id" in attrs}
    links = {str(attrs["href"])[1:] for tag, attrs in tags if tag == "a"}
    assert links
    assert links <= ids
    for said in ("Tổng mức đầu tư: <b>1.226,04 tỷ đồng</b>", "khoảng 45 %", "năm suy từ văn bản"):
        assert said in markup
    assert "Còn lại: “320 tỷ đồng” – chưa rõ nói về mục nào" in markup
    assert 'title="giá trị: Cần hỏi"' in markup


def test_whatever_a_sentence_holds_is_text(ctx: PageContext) -> None:
    statement = Statement(
        HOSTILE, "unknown", HOSTILE, HOSTILE, HOSTILE, SourcePlace(1, 1),
        start=0, end=9, stated=HOSTILE[:9], unit=HOSTILE, mood="planned", when=HOSTILE,
        communes=(HOSTILE,), province=HOSTILE, cause=HOSTILE, bodies=(HOSTILE,), detail=HOSTILE,
        part_of=HOSTILE, status="ask", why=HOSTILE, candidates=(HOSTILE,), item=HOSTILE,
        qualifier=HOSTILE,
    )  # fmt: skip
    unread = UnreadSentence(HOSTILE, SourcePlace(1, 1), (HOSTILE,), HOSTILE)
    read = replace(make_read(HOSTILE), reading=StatementReading((statement,), (unread,)))
    tags = Tags(render(ctx, read)).tags
    allowed = {
        "div", "span", "p", "mark", "a", "table", "thead", "tbody", "tr", "th", "td", "b", "ul",
        "li",
    }  # fmt: skip
    assert {tag for tag, _ in tags} <= allowed
    assert not any(name.startswith("on") for _, attrs in tags for name in attrs)


def test_a_document_without_statements_says_so(ctx: PageContext) -> None:
    assert "chưa cho số liệu nào" in render(ctx, make_read("Kính gửi quý cơ quan."))
