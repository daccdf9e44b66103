"""What stands in a project's way, by category (``reports.model.schema.OBSTACLE_CATEGORIES``).

A result that merely describes work in hand is no obstacle: there must be a word of trouble, or a
request that says what is missing.
"""

from __future__ import annotations

import re
from typing import Final

from geo.text import fold_text
from reports.grammar.cell_parts import split_clauses
from reports.model.extraction import ExtractedValue

_TROUBLE: Final = re.compile(
    r"vuong mac|kho khan|chua co|chua duoc|chua ban giao|cham tien do|cham ban giao|ton tai|vuong\b"
    r"|khong dong thuan|khieu kien|phai thuc hien (?:thu tuc|xin y kien)|vu viec"
)
_CAUSES: Final = (
    ("land_origin", re.compile(r"nguon goc (?:su dung )?dat")),
    ("land_price", re.compile(r"(?:don )?gia dat|tinh gia")),
    ("resettlement", re.compile(r"tai dinh cu")),
    ("offset_land", re.compile(r"quy dat doi ung|dat doi ung")),
    (
        "ground_not_ready",
        re.compile(r"chua co (?:dat|mat bang)|san lap mat bang|chua ban giao (?:dat|mat bang)"),
    ),
    ("compensation", re.compile(r"phuong an boi thuong|tien boi thuong|don gia boi thuong")),
)
_CLEARANCE: Final = re.compile(r"gpmb|giai phong mat bang|mat bang")
_OTHERS: Final = (
    ("planning", re.compile(r"quy hoach")),
    ("design", re.compile(r"phuong an thiet ke|thiet ke")),
    ("capital", re.compile(r"\bvon\b|kinh phi|giai ngan")),
    ("procedure", re.compile(r"thu tuc|tham quyen|phap ly")),
)
_MUST: Final = re.compile(r"phai thuc hien (?:thu tuc|xin y kien)[^;.]*")
_LINGERS: Final = re.compile(r"(?:tiep tuc|dang)[^;.]*thu tuc")
_INVESTOR: Final = re.compile(r"^\W*(?:de nghi )?(?:cac )?nha dau tu\b")
_NONE: Final = re.compile(
    r"\W*(?:khong|chua|khong co|chua co)(?: (?:co|phat sinh|kho khan|vuong mac|gi|,))*\W*"
)
_UNCAUSED: Final = frozenset({"other", "unspecified"})
_STATED: Final = 0.95
_INFERRED: Final = 0.7


def find_obstacles(actual: str, request: str, forecast: str) -> tuple[ExtractedValue, ...]:
    """Return the obstacles that a row's results and requests tell, each category once.

    ``value`` is the category, ``column`` the key of the cell that says so.
    A row that misses its goal and tells of papers still in hand is held up by those.
    """
    obstacles: list[ExtractedValue] = []
    for clause, _ in split_clauses(actual):
        obstacles.extend(_find_stated(clause))
    late = forecast == "misses"
    known = {obstacle.value for obstacle in obstacles}
    if late:
        for clause, _ in split_clauses(actual):
            obstacles.extend(_infer_lingering(clause, known))
    obstacles.extend(_find_requested(request))
    return tuple({obstacle.value: obstacle for obstacle in reversed(obstacles)}.values())[::-1]


def find_column_obstacles(text: str, clearance: bool) -> tuple[ExtractedValue, ...]:
    """Return the obstacles of a cell below a heading of obstacles: every clause is one.

    ``clearance``: the heading speaks of land, so a clause without a cause of its own does too.
    """
    obstacles: list[ExtractedValue] = []
    for clause, _ in split_clauses(text):
        folded = fold_text(clause)
        if not any(letter.isalpha() for letter in folded) or _NONE.fullmatch(folded.strip()):
            continue
        stated = [o for o in _find_stated(clause) if o.value not in _UNCAUSED]
        cause = classify_cause(clause)
        if not stated and (clearance or cause != "unspecified"):
            stated = [_make_obstacle(cause, clause, "obstacles", _STATED)]
        obstacles += stated or _find_stated(clause) or _find_other(clause, folded)
    return tuple({obstacle.value: obstacle for obstacle in reversed(obstacles)}.values())[::-1]


def _find_other(text: str, folded: str) -> list[ExtractedValue]:
    category = next((name for name, sign in _OTHERS if sign.search(folded)), "other")
    if _CLEARANCE.search(folded):
        category = "unspecified"
    return [_make_obstacle(category, text, "obstacles", _STATED)]


def classify_cause(text: str) -> str:
    """Return the clearance category of a statement; ``unspecified`` where no cause is told."""
    folded = fold_text(text)
    return next((category for category, sign in _CAUSES if sign.search(folded)), "unspecified")


def _find_stated(text: str) -> list[ExtractedValue]:
    folded = fold_text(text)
    if not _TROUBLE.search(folded):
        return []
    causes = [category for category, sign in _CAUSES if sign.search(folded)]
    if not causes and _CLEARANCE.search(folded):
        causes = ["unspecified"]
    must = _MUST.search(folded)
    if not causes and must:
        words = must[0]
        causes = ["planning" if "quy hoach" in words else "procedure"]
    if not causes:
        causes = [category for category, sign in _OTHERS if sign.search(folded)][:1] or ["other"]
    return [_make_obstacle(category, text, "actual", _STATED) for category in causes]


def _infer_lingering(text: str, known: set[str]) -> list[ExtractedValue]:
    folded = fold_text(text)
    if "offset_land" not in known and dict(_CAUSES)["offset_land"].search(folded):
        return [_make_obstacle("offset_land", text, "actual", _INFERRED)]
    if _LINGERS.search(folded):
        category = "planning" if "quy hoach" in folded else "procedure"
        if category not in known:
            return [_make_obstacle(category, text, "actual", _INFERRED)]
    return []


def _find_requested(request: str) -> list[ExtractedValue]:
    obstacles: list[ExtractedValue] = []
    for clause, _ in split_clauses(request):
        folded = fold_text(clause)
        if _INVESTOR.match(folded):
            obstacles.append(_make_obstacle("investor", clause, "request", _INFERRED))
        elif "quy hoach" in folded:
            obstacles.append(_make_obstacle("planning", clause, "request", _INFERRED))
    return obstacles


def _make_obstacle(category: str, raw: str, column: str, confidence: float) -> ExtractedValue:
    return ExtractedValue("obstacle", category, raw, column=column, confidence=confidence)
