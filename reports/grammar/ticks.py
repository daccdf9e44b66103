"""Check boxes in a cell: which of its options is ticked.

``☒ Hoàn thành ☐ Không hoàn thành``, ``[x] Đạt [ ] Không đạt``, ``Đạt (x)  Không đạt ( )``. A sign
that also serves as a bullet (``■``, ``□``, ``●``) is a box only where there are several.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

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
