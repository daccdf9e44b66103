"""The endpoint's answer taken apart; nothing of it is believed."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from reports.model.errors import SecondReaderError

MOST_PROPOSALS: Final = 200
"""Proposals of one answer that are looked at."""

_FENCE: Final = re.compile(r"\A\s*```[a-z]*\s*(.*?)\s*```\s*\Z", re.DOTALL)


def parse_answer(data: bytes) -> list[dict[str, Any]]:
    """Return the proposals of an answer as they came, those that are objects.

    Raises ``SecondReaderError`` where it is not what such an endpoint answers.
    """
    answer = _load_json(data.decode("utf-8", errors="replace"))
    try:
        content = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        raise SecondReaderError("rubbish") from None
    if not isinstance(content, str):
        raise SecondReaderError("rubbish")
    fenced = _FENCE.match(content)
    found = _load_json(fenced[1] if fenced else content)
    proposals = found.get("statements") if isinstance(found, dict) else found
    if not isinstance(proposals, list):
        raise SecondReaderError("rubbish")
    return [one for one in proposals[:MOST_PROPOSALS] if isinstance(one, dict)]


def _load_json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise SecondReaderError("rubbish") from None


def _refuse_constant(name: str) -> float:
    raise ValueError(name)
