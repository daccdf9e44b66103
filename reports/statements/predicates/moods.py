"""How a statement holds: done, planned, required, forecast, proposed, conditional, denied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reports.statements.lexing.phrases import load_phrases

if TYPE_CHECKING:
    from reports.model.statement import Mood

_CUT: Final = re.compile(r"[;:]|,\s(?:nhưng|song|đến nay|hiện)|\.\s|…\s")
_COMMA: Final = re.compile(r",(?!\d)")
_COMPARED: Final = re.compile(
    r"(?:so với|thấp hơn|cao hơn|vượt|đúng|như|kịp)\s(?:\w+\s)?$"
    r"|%\s?(?:của\s|so với\s)?(?:tổng\s)?$"
    r"|(?<!\w)về\s(?:việc\s)?(?:giao\s|ban hành\s)?$"
)
"""What before "kế hoạch" makes it what something is compared with: words, a share of it.

Or a paper's title: "Nghị quyết … về kế hoạch năm 2026" plans nothing of what follows.
"""
_FROM: Final = re.compile(r"(?<!\w)từ\s(?:cuối\s|đầu\s)?$", re.IGNORECASE)
_TO_NEW: Final = re.compile(r"\s(?:lùi\s|đến\s)?sang\s", re.IGNORECASE)
_GOAL: Final = re.compile(
    r"(?:so với|vượt|cao hơn|thấp hơn)\s[^,;()%]{0,60}(?:kịch bản|mục tiêu|chỉ tiêu)"
    r"[^,;()%]*(?:\(|\slà\s)$",
    re.IGNORECASE,
)
"""What the goal itself follows: "vượt mục tiêu thành phố đề ra (53,6%)"."""


def find_mood(before: str, default: Mood) -> Mood:
    """Return the mood that the words before a value give it: the nearest one, else ``default``.

    Only what follows the last semicolon, colon or "nhưng" counts; a denial holds up to its comma.
    """
    if _GOAL.search(before):
        return "planned"
    cuts = list(_CUT.finditer(before))
    words = before[cuts[-1].end() :] if cuts else before
    commas = list(_COMMA.finditer(words))
    piece = commas[-1].end() if commas else 0
    found: Mood | None = None
    weak = False
    for match in load_phrases("moods", "moods").find(words):
        if match.key == "conditional":
            return "conditional"
        if match.key == "denied" and match.start < piece:
            continue
        if match.key == "planned" and _COMPARED.search(words[: match.start].lower()):
            continue
        if match.key == "weak":
            weak = True
        elif match.key != "done" or found is None or match.start >= piece:
            found = match.key  # type: ignore[assignment]
    if found is None and weak:
        found = "done"
    if found is None or (found == "done" and default == "measured"):
        return default
    return found


def is_left_behind(text: str, first: int, last: int) -> bool:
    """Return True for the first time of "từ quý III/2026 sang quý I/2027": it holds no more."""
    return _FROM.search(text[:first]) is not None and _TO_NEW.match(text[last:]) is not None
