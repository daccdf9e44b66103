"""How a statement holds: done, planned, required, forecast, proposed, conditional, denied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reports.statements.lexing.phrases import load_phrases

if TYPE_CHECKING:
    from reports.model.statement import Mood

_CUT: Final = re.compile(r"[;:]|,\s(?:nhưng|song|đến nay|hiện)|\.\s|…\s")
_COMMA: Final = re.compile(r",(?!\d)")
_COMPARED: Final = re.compile(r"(?:so với|thấp hơn|cao hơn|vượt|đúng|như|kịp)\s(?:\w+\s)?$")
"""Words before "kế hoạch" that make it what something is compared with."""


def find_mood(before: str, default: Mood) -> Mood:
    """Return the mood that the words before a value give it: the nearest one, else ``default``.

    Only what follows the last semicolon, colon or "nhưng" counts; a denial holds up to its comma.
    """
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
