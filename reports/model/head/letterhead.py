"""The letterhead: who issues a document, under which number, in one column or two.

Official documents name the issuer (above it the body that it belongs to) on the left and the
Republic's name on the right. Files keep that as a table, with tabs or wide gaps between the two,
or one under the other; scans misread the marks of the capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geo.provinces.province_list import OWN_PROVINCES
from geo.text import fold_text, normalise_spelling
from reports.model.document import Paragraph, TableBlock
from reports.model.head.unit_names import find_unit, find_unit_in, find_unit_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.document import Block

_BLOCKS: Final = 14
_LONGEST_LINE: Final = 120
_LONGEST_BODY: Final = 90
_LONGEST_PARAGRAPH: Final = 2000
"""Characters from which a paragraph is no letterhead's, in one line or several."""
_GAP: Final = re.compile(r"\t+|\s{3,}")
_STATE: Final = re.compile(r"cong h\w+ xa h\w+ ch\w+ ngh|d[o0]c lap|tu do|dang cong san")
_RIGHT: Final = re.compile(
    r"\bcong hoa xa hoi chu nghia(?: viet nam)?\b|\bdoc lap\W+tu do(?:\W+hanh phuc)?\b"
)
_NUMBER: Final = re.compile(
    r"so\s*[:.]?\s*(\d{1,5}\s*[a-z]?(?:\s*/\s*\d{4})?\s*[/-]\s*[a-zđ0-9][a-zđ0-9/.&-]{0,30})"
)
_KINDS: Final = re.compile(
    r"(?:bao c[a-z]o|thong bao|ke hoach|nghi quyet|ket luan|to trinh|quyet dinh|chuong trinh|"
    r"cong van|cong dien|bieu|phu luc|danh muc|i\.|1\.)"
)
_COUNCILS: Final = {
    "uy ban nhan dan": "Ủy ban nhân dân",
    "ubnd": "Ủy ban nhân dân",
    "hoi dong nhan dan": "Hội đồng nhân dân",
    "hdnd": "Hội đồng nhân dân",
}
_PARTY: Final = {
    "ban thuong vu tinh uy": ("Ban Thường vụ Tỉnh ủy", "tỉnh"),
    "ban thuong vu thanh uy": ("Ban Thường vụ Thành ủy", "thành phố"),
    "ban thuong vu huyen uy": ("Ban Thường vụ Huyện ủy", "huyện"),
    "tinh uy": ("Tỉnh ủy", "tỉnh"),
    "thanh uy": ("Thành ủy", "thành phố"),
    "huyen uy": ("Huyện ủy", "huyện"),
    "quan uy": ("Quận ủy", "quận"),
    "thi uy": ("Thị ủy", "thị xã"),
}
_OWN_BODIES: Final = re.compile(
    r"(?:so|van phong|chi cuc|cuc|ban quan ly|ban qlda|phong|thanh tra|vien|trung tam|tong cuc|"
    r"ban chi dao|cong ty|bo)\b"
)
_BOARDS: Final = ("ban quan ly", "ban qlda", "cong ty", "trung tam")
_CAPITAL_BEHIND: Final = frozenset({"so", "ban", "cuc", "phong", "thanh", "trung", "vien"})
_NATIONAL: Final = {
    "thu tuong chinh phu": "Thủ tướng Chính phủ",
    "van phong chinh phu": "Văn phòng Chính phủ",
    "chinh phu": "Chính phủ",
    "quoc hoi": "Quốc hội",
    "tong cuc thong ke": "Tổng cục Thống kê",
}
MINISTRIES: Final = {
    fold_text(name): f"Bộ {name}"
    for name in (
        "Xây dựng", "Tài chính", "Công Thương", "Giao thông vận tải", "Kế hoạch và Đầu tư",
        "Nông nghiệp và Môi trường", "Nông nghiệp và Phát triển nông thôn", "Nội vụ",
        "Tài nguyên và Môi trường", "Quốc phòng", "Công an", "Ngoại giao", "Tư pháp", "Y tế",
        "Giáo dục và Đào tạo", "Khoa học và Công nghệ", "Thông tin và Truyền thông",
        "Văn hóa, Thể thao và Du lịch", "Lao động - Thương binh và Xã hội", "Dân tộc và Tôn giáo",
    )
}  # fmt: skip
"""The ministries of today and of before March 2025, by their folded names."""


@dataclass(frozen=True)
class Letterhead:
    """What the letterhead says.

    ``issuer`` is written as officials write it, ``area`` the unit that it is a body of (``huyện An
    Dương``), or the ministry's name; ``board``: a board, company or office that speaks for itself.
    """

    issuer: str = ""
    number: str = ""
    area: str = ""
    board: bool = False


def read_letterhead(blocks: Sequence[Block]) -> Letterhead:
    """Return what the letterhead of a document says; empty where it has none."""
    left: list[str] = []
    number = ""
    for line in _iterate_left_lines(blocks):
        folded = fold_text(line)
        match = _NUMBER.match(folded)
        if match:
            number = number or _spell_number(line, match)
        elif not re.match(r"so\s*[:.]", folded):
            left.append(line)
    issuer, area, board = _read_issuer(left)
    return Letterhead(issuer, number, area, board)


def split_columns(text: str) -> list[str]:
    """Return the pieces of a line that tabs, wide gaps or the Republic's name and motto part.

    Files that keep the whole letterhead in one line have the left column's lines between those.
    """
    cuts = [cut for match in _RIGHT.finditer(fold_text(text)) for cut in match.span()]
    parts = [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]
    pieces = (piece.strip() for part in parts for piece in _GAP.split(part))
    return [piece for piece in pieces if piece]


def _iterate_left_lines(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the lines on the left, up to the document's title; never the Republic's name."""
    for block in blocks[:_BLOCKS]:
        if isinstance(block, TableBlock):
            if not is_letterhead_table(block):
                return
            yield from _list_left_cells(block)
            continue
        for line in block.text.split("\n"):
            if len(line) > _LONGEST_PARAGRAPH:
                return
            left = _GAP.split(line.replace("*", " ").strip())[0]
            for piece in split_columns(left):
                folded = fold_text(piece)
                if _KINDS.match(folded) or len(folded) > _LONGEST_LINE:
                    return
                if not _STATE.search(folded):
                    yield piece


def is_letterhead_table(table: TableBlock) -> bool:
    """Return True for the two columns of issuer and state that stand above a title."""
    cells = (fold_text(cell.text) for row in table.rows[:6] for cell in row.cells)
    return any(_STATE.search(cell) for cell in cells)


def _list_left_cells(table: TableBlock) -> Iterator[str]:
    for row in table.rows:
        texts = [cell.text for cell in row.cells if cell.text.strip()]
        if texts and not _STATE.search(fold_text(texts[0])):
            yield from filter(None, (line.strip(" *_-") for line in texts[0].split("\n")))


def _spell_number(line: str, match: re.Match[str]) -> str:
    start, end = match.span(1)
    return re.sub(r"\s+", "", line[start:end]).rstrip(".-/")


def _read_issuer(lines: Sequence[str]) -> tuple[str, str, bool]:
    """Return the issuer, the unit it belongs to, and whether it is a board of its own."""
    shouted = [line for line in lines if line[:6].isupper() and len(line) <= _LONGEST_LINE]
    text = fold_text(" ".join(" ".join(shouted).split()))
    above = below = ""
    area = ""
    for sign, (name, kind) in _PARTY.items():
        if text.startswith(sign):
            unit = find_unit(f"{fold_text(kind)} {text[len(sign) :].strip()}")
            place = unit or ("thành phố Hải Phòng" if kind == "thành phố" else "")
            return f"{name} {place.removeprefix(kind).strip()}".strip(), place, False
    for sign, name in _COUNCILS.items():
        if text.startswith(sign):
            area = find_unit(text[len(sign) :].strip())
            above = f"{name} {area}".strip()
            below = _find_own_body(shouted[1:])
            break
    else:
        above = _find_national(text)
        own = find_unit_in(text)
        if own or not above:
            return _read_own_body(shouted[1:] if above else shouted, own)
        area = above
    if not below:
        return (above, area, False) if area else ("", "", False)
    board = fold_text(below).startswith(_BOARDS)
    whose = above if fold_text(below).startswith("van phong") else area
    return f"{below} {whose}".strip(), area, board


def _read_own_body(lines: Sequence[str], area: str) -> tuple[str, str, bool]:
    """Return a body that stands without the council it belongs to: an office, a board."""
    body = _find_own_body(lines)
    if not body:
        return "", "", False
    board = fold_text(body).startswith(_BOARDS)
    return f"{body} {area}".strip(), area, board


def _find_national(text: str) -> str:
    for sign, name in _NATIONAL.items():
        if text.startswith(sign):
            return name
    found = re.match(r"bo ([a-z, -]+)", text)
    if found is None:
        return ""
    names = (name for key, name in MINISTRIES.items() if found[1].startswith(key))
    return max(names, key=len, default="")


def _find_own_body(lines: Sequence[str]) -> str:
    """Return the body that a lower line of the letterhead names, as it is written in a sentence."""
    for index, line in enumerate(lines):
        if not _OWN_BODIES.match(fold_text(line)):
            continue
        words = [line, *(rest for rest in lines[index + 1 :] if rest.isupper())]
        text = normalise_spelling(" ".join(words))[:_LONGEST_BODY].lower().split()
        short = text[: find_unit_start(text)]
        if fold_text(short[0]) in _CAPITAL_BEHIND and len(short) > 1:
            short[1] = short[1].capitalize()
        name = " ".join([short[0].capitalize(), *short[1:]])
        for place in OWN_PROVINCES:
            name = name.replace(place.lower(), place)
        return name
    return ""


def iterate_head_lines(blocks: Sequence[Block], most: int) -> Iterator[str]:
    """Yield the lines of a document's first blocks, the columns of a letterhead apart."""
    for block in blocks[:most]:
        if isinstance(block, Paragraph):
            for line in block.text[:_LONGEST_PARAGRAPH].split("\n"):
                yield from split_columns(line)
        elif is_letterhead_table(block):
            for row in block.rows:
                for cell in row.cells:
                    yield from filter(None, map(str.strip, cell.text.split("\n")))
