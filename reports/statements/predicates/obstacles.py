"""What is in the way of things: troubles with their cause, land that is late, by commune."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.grammar.obstacle import classify_cause, find_column_obstacles
from reports.statements.lexing.phrases import load_phrases
from reports.statements.predicates.moods import find_mood
from reports.statements.predicates.said_of import (
    ITEMS,
    find_runs_within,
    find_said_of,
    is_named,
    split_communes,
)
from reports.statements.predicates.statement_making import make_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.statement import Statement
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.phrases import PhraseMatch
    from reports.statements.lexing.places import PlaceMention
    from reports.statements.subjects import Subject, SubjectMemory

_MARK: Final = re.compile(r",(?!\d)|[;:()]|\.\s|…|\svà\s(?=đã|đang|còn|vẫn|chưa|bị)")
_LONGEST: Final = 240
_SOLVED_REACH: Final = 48
_HAS: Final = re.compile(
    r"(?:còn|gặp|gặp phải|có|đang|vẫn|nhiều|một số|do|vì|bị|những|phát sinh|tồn tại|đối mặt)\s"
    r"(?:\w+\s){0,3}$"
)
_FOLLOWS: Final = re.compile(r"\s*(?:làm\s|gây\s|nên\s|dẫn đến\s)?ảnh hưởng(?!\w)", re.IGNORECASE)
_HEADING: Final = re.compile(r"^[\s–-]*(?:khó khăn|vướng mắc|tồn tại)[^:]{0,40}:\s*", re.IGNORECASE)
_NONE: Final = re.compile(
    r"\W*(?:không|chưa|không có|chưa có)(?:\s(?:có|phát sinh|gì))*\W*$", re.IGNORECASE
)
_WHY: Final = re.compile(
    r"(?:chưa|chậm|không|dừng|kém|thấp|nằm im|rút máy|trễ|lỡ|đình trệ)\s?[^;.]{0,70}?\s(?:là\s)?"
    r"(?<!lý )(?<!tự )(?<!nguyên nhân )(?P<word>vì|do|bởi)\s"
    r"(?!đó|vậy|thế|nhà thầu\s\w+\sthi công|[A-ZĐ])",
)
_JOINED: Final = re.compile(
    r"[\s,]*(?:và|nên|nguyên nhân|lý do)?(?:\s?(?:chính|là|do|vì|:))*\s*", re.IGNORECASE
)
_LISTED: Final = re.compile(r"\s*(?:,|;|và|cùng)\s*(?:UBND\s)?(?:các\s|hai\s|ba\s)?", re.IGNORECASE)
_LIES: Final = re.compile(
    r"(?:ubnd|ở|tại|thuộc|trên địa bàn|địa bàn|gồm|với|của|đối với|riêng|là|:|và|,|cùng)\s?"
    r"(?:các\s|hai\s|ba\s|những\shộ\s(?:dân\s)?(?:ở|tại)\s)?$",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(
    r"(?:^|\s)(?:phải|cần|yêu cầu|đề nghị|kiên quyết|có biện pháp|để)\s(?:[^,;.]{0,60})$"
)


@dataclass(frozen=True)
class _Trouble:
    """Words of a sentence that tell of a trouble; ``land``: of land that is late."""

    start: int
    end: int
    land: bool
    hit: int


def read_obstacles(lexed: LexedSentence, memory: SubjectMemory) -> tuple[Statement, ...]:
    """Return what stands in the way, for each thing or commune that it is said of."""
    statements: dict[tuple[str, str, tuple[str, ...]], Statement] = {}
    for trouble in _find_troubles(lexed):
        for subject in _list_subjects(lexed, memory, trouble):
            statement = _make(lexed, subject, trouble)
            key = (subject.key, statement.field, subject.communes)
            statements.setdefault(key, statement)
    return tuple(statements.values())


def _find_troubles(lexed: LexedSentence) -> list[_Trouble]:
    """Return the troubles of a sentence, those of neighbouring parts put together."""
    troubles: list[_Trouble] = []
    for trouble in sorted(_list_troubles(lexed), key=lambda t: (t.start, -t.end)):
        last = troubles[-1] if troubles else None
        if last is not None:
            between = lexed.text[last.end : trouble.start]
            if trouble.start <= last.end or _JOINED.fullmatch(between):
                troubles[-1] = replace(
                    last, end=max(last.end, trouble.end), land=last.land or trouble.land
                )
                continue
        troubles.append(trouble)
    return troubles


def _list_troubles(lexed: LexedSentence) -> Iterator[_Trouble]:
    text = lexed.text
    heading = _HEADING.match(text)
    if heading:
        rest = text[heading.end() :]
        if rest.strip() and not _NONE.match(rest):
            yield _Trouble(heading.end(), len(text), _speaks_of_land(rest), heading.end())
        return
    for why in _WHY.finditer(text):
        end = _find_stop(text, why.end())
        if end - why.end() > 8:  # noqa: PLR2004
            yield _Trouble(why.end(), end, _speaks_of_land(text[why.end() : end]), why.end())
    for match in load_phrases("conditions", "obstacles").find(text):
        begin, stop = lexed.find_clause(match.start)
        if match.key == "cause":
            yield from _read_cause(lexed, match, stop)
        elif not _is_solved(lexed, match, begin, stop):
            start, end = _find_piece(text, match, begin, stop)
            land = match.key == "land" or _speaks_of_land(text[start:end])
            yield _Trouble(start, end, land, match.start)


def _read_cause(lexed: LexedSentence, match: PhraseMatch, stop: int) -> Iterator[_Trouble]:
    """Yield what follows "nguyên nhân là"; a trouble there that is known is read by itself."""
    lead = re.match(r"(?:\schính|\schủ yếu)?\s?(?::|là|do|vì|\s)+\s*", lexed.text[match.end : stop])
    if re.match(r"\s(?:khiến|làm|dẫn đến|của|để)\s", lexed.text[match.end : stop]):
        lead = re.search(r"\s(?:là|do|vì)\s(?:do\s|vì\s)?", lexed.text[match.end : stop])
    start = match.end + (lead.end() if lead else 0)
    words = lexed.text[start:stop].rstrip(" .;")
    if words.endswith(")") and "(" not in words:
        words = words[:-1]
    if lead and len(words) > 8:  # noqa: PLR2004
        yield _Trouble(start, start + len(words), _speaks_of_land(words), start)


def _find_stop(text: str, start: int) -> int:
    mark = re.search(r"[;:()]|\.\s|\.$|,(?!\d)", text[start : start + _LONGEST])
    return start + mark.start() if mark else min(len(text), start + _LONGEST)


def _is_solved(lexed: LexedSentence, match: PhraseMatch, begin: int, stop: int) -> bool:
    """Return True for a trouble that is over, to be cleared away, or only thought of."""
    text = lexed.text
    before = text[begin : match.start]
    piece = re.split(r",(?!\d)|[:(]", before)[-1]
    near = before[-_SOLVED_REACH:].lower()
    solved = list(load_phrases("conditions", "solved").find(near))
    joined = re.search(r"(?:khó khăn|vướng mắc|tồn tại|bất cập)(?:,| và)\s$", near)
    for sign in solved:
        between = near[sign.end :]
        if not re.search(r"[;:.]", between) and ("," not in between or joined):
            return True
    after = text[match.end : min(stop, match.end + 40)].lower()
    first = next(
        (m for m in load_phrases("conditions", "solved").find(after) if m.key == "after"), None
    )
    if first is not None and not re.search(r"[,;.]", after[: first.start].replace("(", "")):
        return True
    if match.key == "noun" and not _HAS.search(piece.lower()):
        return True
    if _ASKED.search(piece.lower()) and match.key != "land":
        return True
    return find_mood(piece, "done") in {"conditional", "proposed"}


def _speaks_of_land(words: str) -> bool:
    if re.search(r"\d\s?hộ(?!\w)", words):
        return True
    return load_phrases("conditions", "land").has(words)


def _find_piece(text: str, match: PhraseMatch, begin: int, stop: int) -> tuple[int, int]:
    """Return the part of the clause around a phrase that tells of it: between its marks."""
    marks = [m.end() for m in _MARK.finditer(text, begin, match.start)]
    after = _MARK.search(text, match.end, stop)
    if len(marks) > 1 and _FOLLOWS.match(text, marks[-1], match.end):
        marks.pop()  # what the trouble comes from stands before it
    elif len(marks) == 1 and _FOLLOWS.match(text, marks[0], match.end):
        marks = [begin]
    start = max([begin, *marks, match.start - _LONGEST])
    end = min(after.start() if after else stop, match.end + _LONGEST)
    words = text[start:end]
    lead = re.match(
        r"[\s–+*•-]*(?:(?:song|nhưng|tuy nhiên|thế nhưng|và|còn|hiện|đến nay|dù vậy)\b,?\s*)*",
        words,
        re.IGNORECASE,
    )
    if lead and start + lead.end() <= match.start:
        start += lead.end()
    return start, start + len(text[start:end].rstrip(" .,;:–-"))


def _list_subjects(lexed: LexedSentence, memory: SubjectMemory, trouble: _Trouble) -> list[Subject]:
    """Return the things or, of land, the communes that a trouble is told of."""
    subjects = find_said_of(lexed, trouble.hit, trouble.end, memory)
    if not subjects or subjects[0].carried:
        own = find_runs_within(lexed, trouble.start, trouble.end)
        subjects = [s for s in own if is_named(s)] or subjects
    items = [s for s in subjects if s.kind in ITEMS]
    if not trouble.land:
        return items
    places = _list_places(lexed, trouble)
    communes = [commune for place in places for commune in split_communes(place)]
    named = [s for s in items if not s.carried and s.start >= 0]
    if len(named) == 1 and communes:
        return [replace(named[0], communes=c.communes) for c in communes]
    if communes:
        return communes
    if len(subjects) == 1 and subjects[0].kind == "commune":
        return subjects
    return items


def _list_places(lexed: LexedSentence, trouble: _Trouble) -> list[PlaceMention]:
    """Return the communes of a trouble: those in its own words, else those of its clause."""
    begin, stop = lexed.find_clause(trouble.hit)
    inside = [
        p for p in lexed.places if p.codes and begin <= p.start < stop and not _is_of_name(lexed, p)
    ]
    own = [p for p in inside if trouble.start <= p.start < trouble.end]
    if own:
        for place in reversed(inside[: inside.index(own[0])]):
            if not _LISTED.fullmatch(lexed.text[place.end : own[0].start]):
                break
            own.insert(0, place)
        return own
    return [p for p in inside if _LIES.search(lexed.text[begin : p.start]) or p.start == begin]


def _is_of_name(lexed: LexedSentence, place: PlaceMention) -> bool:
    """Return True for a place that only tells where a named thing lies ("KCN A (xã B)")."""
    for name in lexed.names:
        between = lexed.text[name.end : place.start]
        if 0 <= len(between) < 24 and re.fullmatch(  # noqa: PLR2004
            r"\s?[(,]?\s?(?:(?:ở|tại|thuộc|qua|đi qua)\s)?(?:các\s|địa bàn\s)*", between
        ):
            return True
    return False


def _classify(words: str, *, land: bool) -> str:
    if land:
        return classify_cause(words)
    if re.search(r"\bvat lieu|\bcat\b|\bmo (?:dat|cat|da)\b", fold_text(words)):
        return "other"
    found = [found.value for found in find_column_obstacles(words, clearance=False)]
    return next((category for category in found if category != "unspecified"), "other")


def _make(lexed: LexedSentence, subject: Subject, trouble: _Trouble) -> Statement:
    words = lexed.text[trouble.start : trouble.end]
    field = "clearance_delayed" if trouble.land else "obstacle"
    made = make_statement(lexed.sentence, subject, field, words, range(trouble.start, trouble.end))
    return replace(made, mood="done", cause=_classify(words, land=trouble.land))
