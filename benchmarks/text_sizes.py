"""What reading a text costs by its size: a table of four times the rows should take four times.

``python -m benchmarks.text_sizes`` prints seconds of one processor for opening and reading tables
of 8,000 and 32,000 rows, their ratio, and how long files beyond the limits take to be refused; it
returns 1 when a ratio is above five or a refusal takes longer than five seconds.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from reports.extract import extract_document
from reports.model.errors import ReportLimitError
from reports.open import open_document

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL: Final = 8_000
LARGE: Final = 32_000
MOST: Final = 5.0
HEADING: Final = (
    "STT;Danh mục dự án;Tổng mức đầu tư (triệu đồng);Địa điểm;Tiến độ thực hiện năm 2026 Dự kiến"
    " đến hết Quý II;Tóm tắt kết quả thực hiện, khó khăn vướng mắc;Dự báo khả năng hoàn thành"
    " mục tiêu quý;Kiến nghị, đề xuất;Ghi chú"
)
SENTENCE: Final = (
    "Dự án KCN Tiên Lãng 1 tại xã Nam Hưng đạt 45% kế hoạch, giải ngân 1.200 tỷ đồng. "
)
SHAPES: Final[dict[str, Callable[[str], str]]] = {
    "CSV, semicolons": lambda text: text,
    "CSV, commas and quotes": lambda text: "\n".join(
        '"' + line.replace(";", '","') + '"' for line in text.split("\n")
    ),
    "text, tabs": lambda text: text.replace(";", "\t"),
    "text, bars": lambda text: "\n".join(
        f"| {line.replace(';', ' | ')} |" for line in text.split("\n")
    ),
}


def main() -> int:
    """Print the table; return 1 when something costs more than it may."""
    passed = True
    print(f"{'':<26}{SMALL:>9,} rows{LARGE:>9,} rows    ratio")
    for name, write in SHAPES.items():
        small, large = (_measure(write(make_table(rows)).encode()) for rows in (SMALL, LARGE))
        passed &= large <= MOST * small
        print(f"{name:<26}{small:>12.1f} s{large:>12.1f} s{large / small:>9.1f}")
    beyond = {
        "14 MB of CSV": make_table(72_000).encode(),
        "14 MB with tabs": make_table(72_000).replace(";", "\t").encode(),
        "a line of 16 MB": (SENTENCE * (16_000_000 // len(SENTENCE.encode()))).encode(),
    }
    for name, data in beyond.items():
        took = _measure(data)
        passed &= took <= MOST
        print(f"{name:<26}{took:>12.1f} s until it is refused")
    return 0 if passed else 1


def make_table(rows: int) -> str:
    """Return a table of projects, its cells parted by semicolons."""
    return "\n".join(
        [
            HEADING,
            *(
                f"{n};Dự án thử nghiệm số {n} cầu Bến Sứ;{100 + n % 800}.539;Phường Đồ Sơn;Thi công"
                " xây dựng đạt 60%;Thi công xây dựng đạt 45%;Hoàn thành;-;Khánh thành Quý III/2026"
                for n in range(1, rows + 1)
            ),
        ]
    )


def _measure(data: bytes) -> float:
    start = time.process_time()
    with suppress(ReportLimitError):
        extract_document(open_document(data, "table"))
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
