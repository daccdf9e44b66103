"""Cells of words: bodies, states, events and what stands in the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.text import fold_text, normalise_spelling
from reports.grammar.bodies import names_body
from reports.grammar.cell_parts import says_nothing
from reports.grammar.milestone import find_milestones, find_times
from reports.grammar.obstacle import classify_cause
from reports.statements.lexing.body_names import find_bodies
from reports.statements.lexing.phrases import load_phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EVENTS: Final = (
    ("inauguration", re.compile(r"\bkhanh thanh\b")),
    ("start", re.compile(r"\b(?:khoi cong|dong tho)\b")),
    ("finish", re.compile(r"\b(?:hoan thanh|thong xe|thong xe ky thuat)\b")),
)
_STATES: Final = (
    ("not_started", re.compile(r"chua (?:khoi cong|trien khai|thi cong)\b")),
    ("preparing", re.compile(
        r"chua (?:duoc )?thanh lap\b|dang (?:lap|hoan thien|trinh|xin) [\w ]{3,60}|chuan bi dau tu"
    )),
    ("established", re.compile(r"(?:da|duoc) (?:duoc )?thanh lap\b|da co quyet dinh thanh lap\b")),
    ("in_operation", re.compile(r"(?:da|dang) (?:di vao )?(?:hoat dong|van hanh|khai thac)\b")),
    ("inaugurated", re.compile(r"da khanh thanh\b")),
    ("under_construction", re.compile(r"dang (?:thi cong|xay dung|trien khai thi cong)\b")),
    ("started", re.compile(r"da khoi cong\b")),
    ("paused", re.compile(r"(?:tam dung|dang dung)(?: thi cong)?\b")),
    ("approved", re.compile(r"da (?:duoc )?(?:phe duyet|chap thuan chu truong)(?: dau tu)?\b")),
)  # fmt: skip
_SINCE: Final = re.compile(
    r"\s*\(?(?:tu |vao |theo quyet dinh [^,;]{0,40})?"
    r"(ngay \d[\d/.-]+|thang \d[\d/.-]+|nam \d{4}|\d{4})"
)
_NOT: Final = re.compile(r"(?:chua|khong|se|du kien) $")
_LIST: Final = re.compile(r"[;\n]|,\s(?=(?:Sở|Ban|UBND|Công an|Đảng|Chi cục|Công ty)\b)")
_COMPANY: Final = re.compile(r"^(?:Cty|C\.ty|CTy|CT)\.? (?=TNHH|CP|cổ phần|Cổ phần)")
_LONGEST: Final = 200
_PAPER: Final = re.compile(r"báo cáo(?:\s(?:của|kết quả|số|đánh giá)(?!\w)|$)", re.IGNORECASE)
"""A word that is a paper where it is not what is done: "Báo cáo của Sở Xây dựng"."""
_MARK: Final = re.compile(r"^\s*[-+*•–]\s*")


def read_event(text: str) -> str:
    """Return the one event that a cell names (``start`` …); '' for none, or several."""
    folded = fold_text(text)
    found = [name for name, sign in _EVENTS if sign.search(folded)]
    return found[0] if len(found) == 1 else ""


def read_bodies(text: str) -> Iterator[tuple[str, str]]:
    """Yield the bodies that a cell lists, with their words."""
    for piece in _LIST.split(text):
        stated = _MARK.sub("", piece).strip(" .,;")
        if stated and not says_nothing(stated) and len(stated) <= _LONGEST:
            words = normalise_spelling(" ".join(stated.split()))
            words = _COMPANY.sub("Công ty ", words)
            if names_body(words):
                yield words, stated


def split_name(text: str) -> tuple[str, str]:
    """Return the name that a cell's first lines hold, and the body that its last ones name."""
    lines = text.split("\n")
    for at in range(1, len(lines)):
        rest = " ".join(lines[at:]).strip(" -–+()")
        first = next(iter(find_bodies(rest)), None)
        if first is not None and not first.start:
            return "\n".join(lines[:at]), rest
    return text, ""


def read_notes(text: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield what a remark says, as (field, value, its words, mood, time): states, milestones."""
    folded = fold_text(text)
    if len(folded) != len(text):
        return
    told = False
    for state, sign in _STATES:
        match = sign.search(folded)
        if match and not _NOT.search(folded[: match.start()]):
            told = True
            yield "status", state, text[match.start() : match.end()], "done", ""
            day = _SINCE.match(folded, match.end()) if state == "established" else None
            when = [time for time, _ in find_times(text[day.start(1) : day.end(1)])] if day else []
            if day and len(when) == 1:
                yield "established_on", when[0], text[day.start(1) : day.end(1)], "done", when[0]
    first = None if told else next(load_phrases("conditions", "status").find(text), None)
    if first is not None and not _NOT.search(folded[: first.start]):
        yield "status", first.key, text[first.start : first.end], "done", ""
    for milestone in find_milestones(text):
        mood = (
            "done" if re.search(r"\bda\b", fold_text(text[: milestone.start + 12])) else "planned"
        )
        yield milestone.kind, milestone.when, milestone.raw, mood, milestone.when


def read_obstacles(text: str) -> Iterator[tuple[str, str]]:
    """Yield each clause of a cell below a heading of obstacles, with its category.

    What begins with a body is what that one is to do, no obstacle.
    """
    for clause in re.split(r"[;\n]", text):
        words = _MARK.sub("", clause).strip(" .")
        body = next(iter(find_bodies(words)), None)
        asked = body is not None and body.named and not body.start
        if words and not says_nothing(words) and not asked:
            yield words, classify_cause(words)


def read_work(text: str) -> Iterator[str]:
    """Yield each part of a cell of results that says what is to be done ("Khởi công dự án")."""
    for clause in re.split(r"[;\n]", text):
        words = _MARK.sub("", clause).strip(" .")
        verb = next(load_phrases("moods", "tasks").find(words), None)
        if verb is not None and verb.start == 0 and not _PAPER.match(words):
            yield words


def has_words_left(text: str, told: Iterable[str]) -> bool:
    """Return True if letters or figures of a cell are in nothing that was read of it."""
    left = list(text)
    for words in told:
        at = text.find(words)
        if at >= 0:
            left[at : at + len(words)] = " " * len(words)
    return any(letter.isalnum() for letter in left)
