"""How a statement holds: done, planned, required, forecast, proposed, conditional, denied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reports.statements.lexing.phrases import load_phrases

if TYPE_CHECKING:
    from reports.model.statement import Mood

_ORDER: Final = (
    "conditional", "denied", "proposed", "required", "planned", "forecast", "done",
)  # fmt: skip
_CUT: Final = re.compile(r"[;:]|,\s(?:nhưng|song|đến nay|hiện)|\.\s")


def find_mood(before: str, default: Mood) -> Mood:
    """Return the mood that the words before a value give it: the nearest one, else ``default``.

    Only what follows the last semicolon, colon or "nhưng" counts.
    """
    cuts = list(_CUT.finditer(before))
    words = before[cuts[-1].end() :] if cuts else before
    found: Mood = default
    reach = -1
    for match in load_phrases("moods", "moods").find(words):
        if match.end >= reach:
            found, reach = match.key, match.end  # type: ignore[assignment]
    if found == "done" and default == "measured":
        return default
    return found
