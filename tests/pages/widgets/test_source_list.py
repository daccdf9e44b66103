"""Sources as pages show them: the words that stand there, and how they were corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pages.widgets.source_list import render_source_list
from store.facts.sources import ScanCorrection, Source

if TYPE_CHECKING:
    from pages.shell.context import PageContext


class _Context:
    language = "vi"

    def may(self, _permission: str) -> bool:
        return True


def show(source: Source) -> str:
    return str(render_source_list(cast("PageContext", _Context()), [source]))


def make(raw: str, *corrections: ScanCorrection) -> Source:
    return Source(
        "q1-2026", "Báo cáo", "", "", "final", "2026-Q1", 162, 162, "", raw, "", corrections
    )


def test_a_place_without_words_of_its_own_shows_no_empty_quotation() -> None:
    shown = show(make(""))
    assert "<q" not in shown
    assert "dòng 162" in shown


def test_corrected_words_stand_beside_what_is_printed_and_why() -> None:
    shown = show(make("68.398,723 tỷ đồng", ScanCorrection("68.398,723", "8.398,723", "<thừa 6>")))
    assert '<q lang="vi">68.398,723 tỷ đồng</q>' in shown
    assert "văn bản in “68.398,723”, đọc là “8.398,723”" in shown
    assert "&lt;thừa 6&gt;" in shown
