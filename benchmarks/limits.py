"""How long things may take that somebody waits for, or that a hostile text could draw out.

``python -m benchmarks.limits`` prints each with the seconds of one processor it took and may take,
and returns 1 when one took longer. Facts and store are the program's own, made in a folder that is
thrown away; the five real reports are measured where ``HPMAP_REFERENCE_DIR`` has them. Nothing here
is a test, for a machine may be busy.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.gazetteer import load_gazetteer
from geo.geocoder import Geocoder
from geo.paths import ROOT
from geo.search.suggest import find_suggestions
from layers.briefing import Letterhead, build_briefing_docx, build_briefing_pdf, compose_briefing
from layers.print.map_image import build_map_image
from reports.extract import extract_document
from reports.readers.text import read_text
from store.analysis.contradictions import list_contradictions
from store.analysis.milestones.milestone_forecast import forecast_milestones
from store.analysis.period_diff import compare_periods
from store.audit.audit_log import PAGE_ROWS, AuditFilter, read_audit_page
from store.bootstrap import ensure_store
from store.db.database import writing
from store.db.schema import AUDIT
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.stored.tables import read_stored_facts
from store.users.users import make_operator

if TYPE_CHECKING:
    from collections.abc import Callable

Limit = tuple[str, float, "Callable[[], object]"]
"""What is done, the seconds it may take, the doing."""

LONG_TEXTS: Final = (
    "huyện Tiên Lãng, xã Nam Hưng, " * 300, "1" * 10_000, "&" * 10_000, "nay là " * 1_400,
    "Xã" + " A" * 4_900,
)  # fmt: skip
LONG_QUERIES: Final = ("a " * 5000, "n" * 100_000, "xã " * 3000, "(" * 9999)
LONG_LINES: Final = (
    *(piece * 20_000 for piece in ("1/2 dự án ", "(1) a; ", "giải ngân 1 tỷ đồng 5% ")),
    *(sign * 4000 for sign in ("1,", "(", "<ul ", "¹", " -", "khởi công ", "\t", "|", "phường a ")),
)
HEAD: Final = Letterhead(superior="UBND thành phố", body="Sở Tài chính", day=date(2026, 2, 5))


def main() -> int:
    """Print the table; return 1 when a limit is passed."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/store.sqlite"
        ensure_store()
        passed = [_told(*limit) for limit in _limits()]
    return 0 if all(passed) else 1


def _told(name: str, most: float, do: Callable[[], object]) -> bool:
    start = time.process_time()
    do()
    took = time.process_time() - start
    print(f"{name:<62}{took:>8.2f} s of {most:>5.2f} s{'' if took < most else '  TOO LONG'}")
    return took < most


def _limits() -> list[Limit]:
    """Return what is measured, in an order in which each finds what it needs."""
    names = [*load_gazetteer().former_units["name"]][:1000]
    geocoder = Geocoder(load_gazetteer())
    quarter = Filters(period="2026-Q1")
    half = Filters(period="2026-H1")
    found: list[Limit] = [
        ("the store is made at its first use", 3, load_facts),
        ("all facts are read from the store", 1, read_stored_facts),
        ("1,000 exact names are placed", 0.5, lambda: [geocoder.geocode(one) for one in names]),
    ]
    found += [
        (f"a long text is placed: {text[:20]}…", 3, lambda text=text: geocoder.geocode(text))
        for text in LONG_TEXTS
    ]
    found += [
        (f"a long search is answered: {text[:20]}…", 0.5, lambda text=text: find_suggestions(text))
        for text in LONG_QUERIES
    ]
    found += [
        (f"a long line is read: {text[:20]!r}…", 3, lambda text=text: _read(text.encode()))
        for text in LONG_LINES
    ]
    found += [
        (
            "two periods are compared",
            0.3,
            lambda: compare_periods(load_facts(), "2026-Q1", "2026-H1"),
        ),
        ("contradictions are found", 0.3, lambda: list_contradictions(load_facts())),
        ("milestones are estimated", 0.3, lambda: forecast_milestones(load_facts(), "2026-H1")),
        ("the first picture of the map", 4, lambda: _draw_map(quarter)),
        ("the next picture of the map", 1, lambda: _draw_map(half)),
        ("the briefing in Word and PDF", 10, lambda: _briefing(half)),
        ("100,000 rows are put into the audit", 30, _fill_audit),
        ("the first and last page of that audit", 2, _page_audit),
    ]
    return [*found, *_reports()]


def _read(data: bytes) -> object:
    return extract_document(read_text(data, "x.txt"))


def _draw_map(filters: Filters) -> bytes:
    return build_map_image(load_facts(), filters, "clearance").figure()


def _briefing(filters: Filters) -> tuple[bytes, bytes]:
    made = compose_briefing(load_facts(), filters)
    return build_briefing_docx(made, HEAD), build_briefing_pdf(made, HEAD)


def _fill_audit() -> None:
    row = {"at": "2026-01-01T00:00:00.000+00:00", "actor": "x", "table_name": "items", "before": "",
           "after": "{}", "why": "", "import_id": 1, "period": "", "after_approval": False,
           "chain": "x"}  # fmt: skip
    with writing() as connection:
        connection.execute(AUDIT.insert(), [row | {"key": f"i{n}"} for n in range(100_000)])


def _page_audit() -> None:
    asker = make_operator("quantri")
    _, total = read_audit_page(AuditFilter(actor="x"), 0, asker)
    read_audit_page(AuditFilter(actor="x"), total // PAGE_ROWS - 1, asker)


def _reports() -> list[Limit]:
    folder = Path(os.environ.get("HPMAP_REFERENCE_DIR") or ROOT.parent / "shared") / "reports"
    files = sorted(folder.glob("*.txt"))
    return [("the real reports are read", 15, lambda: [_read(one.read_bytes()) for one in files])]


if __name__ == "__main__":
    sys.exit(main())
