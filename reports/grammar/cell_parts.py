"""A cell taken apart: whether it says anything, its clauses, which check boxes are ticked.

Boxes are ``☒ Hoàn thành ☐ Không hoàn thành``, ``[x] Đạt [ ] Không đạt``,
``Đạt (x)  Không đạt ( )``. A sign that also serves as a bullet (``■``, ``□``, ``●``) is a box only
where there are several.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERBS: Final = (
    "Đang|Đã|Thi công|Khởi công|Tổng|Hoàn thành|Hoàn thiện|Triển khai|Lũy kế|Tiến độ|Số|Các|GPMB"
    "|Công tác|Đào|Đắp|Đề nghị|UBND|Sở|Ban"
)
_CUT: Final = re.compile(
    r"\s*(?:;|\n|(?<=[\w)%½])\.(?=\s+[A-ZÀ-ỸĐ*+\-])|\.\s*$"
    r"|(?<=[.;:])\s+(?=[-+*•]\s?\S)|\s(?=\*\s?Phần\b)"
    rf"|\s(?=[-+]\s(?:{_VERBS})\b))\s*"
)
"""List items that a scan put on one line are known by their signs and the words they begin with."""
_LONGEST: Final = 4000
"""Characters of a clause that are read: more is no clause, and time stays bounded."""
_GAP: Final = re.compile(r"\s{20,}")
"""Blanks that only fill a line: they would take time that grows with their square."""
_BULLET: Final = re.compile(r"^[-+*•–\s]+")
_DASH: Final = re.compile(r"[\s\-–.:]*")
_NOTHING: Final = re.compile(
    r"[\s\-–—.:/x*]*|khong(?: co)?|chua(?: co| xac dinh| ro)?(?: so lieu)?|k(?:hong)?\.?co|n/a|-+"
)
_PART: Final = re.compile(r"^[-+*•–\s]*(phan [a-z0-9 ]{2,40}|hang muc [a-z0-9 ]{2,40}):\s*")


def is_dash(text: str) -> bool:
    """Return True for an empty cell or a dash."""
    return bool(_DASH.fullmatch(text))


def says_nothing(text: str) -> bool:
    """Return True for an empty cell, a dash, "chưa có", "không"."""
    return bool(_NOTHING.fullmatch(fold_text(text).strip()))


def split_clauses(text: str) -> Iterator[tuple[str, str]]:
    """Yield the clauses of a text: parted by lines, semicolons and full stops, without bullets.

    Each comes with the part of the works that it stands under ("Phần cầu"), '' without one.
    """
    part = ""
    text = _GAP.sub(lambda gap: "\n" if "\n" in gap[0] else " ", text)
    for piece in _CUT.split(text):
        match = _PART.match(fold_text(piece))
        if match:
            part = piece[match.start(1) : match.end(1)].strip()
            piece = piece[match.end() :]  # noqa: PLW2901
        plain = _BULLET.sub("", piece).strip()
        if plain:
            yield plain[:_LONGEST], part


_TICKED: Final = "☒☑✓✔🗹🗸■▣◼⬛⊠●◉⦿"
_OPEN: Final = "☐□▢◻⬜○◯"
_CROSSES: Final = "✗✘✕✖☓×"
"""Ticked where no other sign is; beside a ✓ they say no."""
_BOX: Final = re.compile(
    rf"[{_TICKED}{_OPEN}{_CROSSES}]"
    r"|(?<![^\s;,:/|])[\[(]\s?[xXvV✓✔☑×_.…]?\s*[\])](?=\s|[^\W\d]|$|[;,./|])"
)
_MARKED: Final = re.compile(rf"[{_TICKED}{_CROSSES}xXvV]")
_EDGES: Final = " \t\n\r\xa0:;,/|-–•*+"


@dataclass(frozen=True)
class TickedOptions:
    """The options of a cell with check boxes: those ticked, and all."""

    ticked: tuple[str, ...]
    options: tuple[str, ...]


def read_ticks(text: str) -> TickedOptions | None:
    """Return which options are ticked; ``None`` for a text without check boxes.

    Where it can't be told to which words a box belongs, nothing is ticked.
    """
    boxes = list(_BOX.finditer(text))
    marked = [_is_marked(box[0], text) for box in boxes]
    if not boxes or marked == [True]:
        return None  # one sign is a bullet, or says nothing beside its words
    sure = any(box[0] in "☒☑☐🗹" or len(box[0]) > 1 for box in boxes)
    if not sure and len(set(marked)) == 1 and len(boxes) > 1:
        return None  # a list with bullets
    starts = [box.start() for box in boxes[1:]] + [len(text)]
    after = [text[box.end() : end] for box, end in zip(boxes, starts, strict=True)]
    ends = [0] + [box.end() for box in boxes[:-1]]
    before = [text[begin : box.start()] for box, begin in zip(boxes, ends, strict=True)]
    lead, tail = before[0].strip(_EDGES), after[-1].strip(_EDGES)
    words = before if lead and not tail else after
    options = [" ".join(part.split()).strip(_EDGES) for part in words]
    named = tuple(option for option in options if option)
    if lead and tail and not before[0].rstrip().endswith(":"):
        return TickedOptions((), (lead, *named))
    ticked = tuple(one for one, is_on in zip(options, marked, strict=True) if is_on and one)
    return TickedOptions(ticked, named)


def choose_ticked(text: str) -> str:
    """Return the ticked options of a text, one a line; a text without any stays as it is."""
    ticks = read_ticks(text)
    return "\n".join(ticks.ticked) if ticks and ticks.ticked else text


def _is_marked(box: str, text: str) -> bool:
    if box in _CROSSES:
        return not any(sign in text for sign in "✓✔☑")
    return bool(_MARKED.search(box))
