"""What a verb is said of: one subject, or every one of a list ("A; B; C đều khởi công …")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reports.statements.lexing.phrases import CAPITALS, load_phrases
from reports.statements.lexing.pointing import find_pointing
from reports.statements.subjects import Subject, choose_subject, list_subjects, make_subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.statements.lexing.body_names import BodyMention
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.names import NameMention
    from reports.statements.lexing.places import PlaceMention
    from reports.statements.subjects import SubjectMemory

_TOLD: Final = re.compile(r"(?:giao|yêu cầu|đề nghị|chỉ đạo)\s$", re.IGNORECASE)
_ASKING: Final = 40
"""Letters behind a body in which it is said to ask others."""
ITEMS: Final = frozenset({"project", "park", "cluster", "zone", "housing"})
"""Kinds of subjects that are built, established, owned."""
_OTHER_MANY: Final = re.compile(
    r"\W*(?:các|những|toàn bộ|tất cả các)\s(?:\w+\s){1,3}?(?:này|trên|nêu trên|nói trên|đó)\s",
    re.IGNORECASE,
)
"""What begins so is about several things: "Các nội dung trên phải …"."""
_LIST_JOINT: Final = re.compile(
    r"^(?:\s[\d.,]+\s?ha)?(?:\s(?:của|ở|tại|thuộc)\s[^,;:.]{2,40}?)?(?:\s?\([^()]*\))?\s*"
    r"(?:[,;](?:\s(?:và|cùng))?(?:\s\(\d{1,2}\))?|và|cùng|hay)\s"
    r"(?:(?:cả|các|hai|ba|dự án|hạ tầng|đường|tuyến|cụm|khu)\s){0,2}$"
)
_OWN_HEAD: Final = re.compile(
    r"^\W*(?:\(?[\dIVXa-zđ]{1,3}[.)]\s)?(?i:khu công nghiệp|cụm công nghiệp|khu kinh tế|kcn|ccn"
    r"|dự án|cầu|tuyến|đường|nhà máy|khu đô thị|bệnh viện|trường|cảng|đoạn)\s"
    rf"(?:(?:đường|cầu|nối|trục)\s)?(?:[{CAPITALS}\d]|(?:số|chuyên|qua|đầu tư|xây dựng|cải tạo"
    r"|nâng cấp|mở rộng|phát triển)\s)"
)
"""A sentence that begins with a thing of its own says nothing of what was spoken of before."""
_MANY_THINGS: Final = re.compile(
    r"(?:^|\s)(?:các|những|nhiều|một số|toàn bộ|mọi)\s(?:\w+\s){0,2}?(?:dự án|công trình"
    r"|khu|cụm|kcn|ccn|nhiệm vụ|chỉ tiêu|mục tiêu|báo cáo|gói thầu|đề án|nội dung|địa phương)(?!\w)"
    r"(?!\s(?:này|trên|nói trên|đó|của dự án|của\s?$))",
    re.IGNORECASE,
)
_TASK_LINE: Final = re.compile(
    r"^\W*(?:\(?[\dIVXa-zđ]{1,4}[.)]\s?)*(?:tiếp tục|rà soát|đẩy nhanh|đẩy mạnh|tập trung"
    r"|giải quyết|tăng cường|khẩn trương|chủ động|đôn đốc|chỉ đạo|phối hợp|hoàn thiện|xây dựng và"
    r"|xây dựng kế hoạch|xây dựng các báo cáo|tổ chức triển khai|nâng cao|phấn đấu|quyết liệt"
    r"|kịp thời|thường xuyên|tham mưu|ban hành|bảo đảm|đảm bảo|kiểm tra|giám sát|quan tâm|chú trọng"
    r"|nghiên cứu)(?!\w)",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(r"(?:hồ sơ|phê duyệt|báo cáo|đề án)\b", re.IGNORECASE)
_OF_TIME: Final = re.compile(r"\s(?:quý|tháng|năm)\s\S+$")
_PLACE_PART: Final = re.compile(r"\s?[,;]\s?|\s(?:và|cùng)\s")
_TYPE_WORD: Final = re.compile(
    r"^(?:(?:một phần|các|hai|ba)\s)?(?P<type>xã|phường|đặc khu|thị trấn|P\.|X\.|TT\.|ĐK\.)\s?",
    re.IGNORECASE,
)


def find_said_of(
    lexed: LexedSentence, start: int, end: int, memory: SubjectMemory, *, items: bool = False
) -> list[Subject]:
    """Return the subjects of what stands at ``start``: a list's, or the one that is nearest.

    ``items``: only what is built or founded is looked for, not the commune where that happens.
    """
    found = _find_said_of(lexed, start, end, memory, items=items)
    return [subject for subject in found if subject.kind not in ITEMS or is_named(subject)]


def is_named(subject: Subject) -> bool:
    """Return False for a thing without a name of its own ("dự án nhà ở xã hội")."""
    words = _OF_TIME.sub("", subject.name).split()
    if _NO_NAME.match(subject.name):
        return False
    return bool(subject.item) or any(w[:1].isupper() or w[:1].isdigit() for w in words[1:])


def _find_said_of(
    lexed: LexedSentence, start: int, end: int, memory: SubjectMemory, *, items: bool
) -> list[Subject]:
    begin, stop = lexed.find_clause(start)
    named = [name for name in lexed.names if not name.beside]
    unnamed = not any(begin <= name.start < stop for name in named)
    many = any(begin <= p.start < stop and p.plural for p in find_pointing(lexed.text))
    if unnamed and len(memory.group) > 1 and many:
        return list(memory.group)
    others = unnamed and not many and _OTHER_MANY.match(lexed.text, begin, start)
    listed = [] if others else _find_listed(lexed, start, end, items=items)
    if listed or others:
        return listed
    subject = choose_subject(lexed, start, end, memory)
    if items and (subject is None or subject.carried or subject.kind not in ITEMS):
        behind = [s for s in list_subjects(lexed) if end <= s.start < stop]
        if behind and (subject is None or subject.kind != "works" or behind[0].kind in ITEMS):
            subject = behind[0]
    if subject is None or (subject.carried and _OWN_HEAD.match(lexed.text)):
        return []
    if not subject.carried and subject.start < begin and _OWN_HEAD.match(lexed.text[begin:]):
        return []
    if subject.kind in ITEMS and _speaks_of_many(lexed, subject, start, end):
        return []
    return [subject]


def _find_listed(lexed: LexedSentence, start: int, end: int, *, items: bool) -> list[Subject]:
    """Return the subjects of a list before a verb or behind it, or the thing that it acts on."""
    begin, stop = lexed.find_clause(start)
    runs = list(_find_runs(lexed.text, [name for name in lexed.names if not name.beside]))
    before = [run for run in runs if begin <= run[-1].start and run[-1].end <= start]
    if before:
        cut = len(before[-1]) == 1 or _is_cut_off(lexed.text[before[-1][-1].end : start])
        return [] if cut else [make_subject(name) for name in before[-1]]
    thing = _find_object(lexed, end) if items else None
    after = [run for run in runs if end <= run[0].start < stop and len(run) > 1]
    if thing is not None:
        counted = thing.kind == "works"
        of_thing = [run for run in after if counted or run[0].start == thing.start]
        return [make_subject(name) for name in of_thing[0]] if of_thing else [thing]
    if after and not _is_turned(lexed.text[end : after[0][0].start]):
        return [make_subject(name) for name in after[0]]
    return []


def _speaks_of_many(lexed: LexedSentence, subject: Subject, start: int, end: int) -> bool:
    """Return True if several unnamed things stand nearer to a verb than its subject."""
    if subject.start >= end:
        return _MANY_THINGS.search(lexed.text[end : subject.start]) is not None
    begin = 0 if subject.carried else max(subject.start, 0)
    if _MANY_THINGS.match(lexed.text[end : end + 40]):
        return True
    return _MANY_THINGS.search(lexed.text[begin:start]) is not None


def is_task_line(lexed: LexedSentence) -> bool:
    """Return True for a sentence that says what is to be done ("Tiếp tục rà soát …")."""
    return _TASK_LINE.match(lexed.text) is not None


def _find_object(lexed: LexedSentence, end: int) -> Subject | None:
    """Return what a verb acts on right behind it: "khởi công cầu …", "thành lập 3 CCN"."""
    for subject in list_subjects(lexed):
        if subject.start >= end:
            between = lexed.text[end : subject.start].lower()
            return (
                subject if re.fullmatch(r"\s(?:(?:cả|thêm|xây dựng|đầu tư)\s)*", between) else None
            )
    return None


def _is_cut_off(between: str) -> bool:
    """Return True if something else is spoken of between a list and a verb."""
    return re.search(r",\s(?:riêng|còn|trong đó)\s|\sdo\s", between) is not None


def _is_turned(between: str) -> bool:
    """Return True if what follows a verb is of another one ("…, gồm các đường A, B")."""
    return re.search(r"[,;]\s(?:gồm|bao gồm|riêng|còn)\s|\.\s", between) is not None


def find_runs_within(lexed: LexedSentence, start: int, end: int) -> list[Subject]:
    """Return what is named within some words, with the rest of its list."""
    runs = _find_runs(lexed.text, [name for name in lexed.names if not name.beside])
    inside = [run for run in runs if any(start <= name.start < end for name in run)]
    return [make_subject(name) for run in inside for name in run]


def _find_runs(text: str, names: Sequence[NameMention]) -> Iterator[list[NameMention]]:
    """Yield the names in runs: those of one list together."""
    run: list[NameMention] = []
    for name in names:
        if run and not (
            name.kind == run[-1].kind and _LIST_JOINT.match(text[run[-1].end : name.start])
        ):
            yield run
            run = []
        run.append(name)
    if run:
        yield run


def split_communes(place: PlaceMention) -> list[Subject]:
    """Return the communes of a group as subjects, each under its own name where that is clear."""
    words: list[str] = []
    kind = ""
    for part in _PLACE_PART.split(re.sub(r"\([^()]*\)", "", place.words)):
        typed = _TYPE_WORD.match(part)
        kind = typed["type"] if typed else kind
        name = part[typed.end() :] if typed else part
        if not re.match(r"(?:thành phố|TP\.?|huyện|quận|thị xã|tỉnh|H\.|Q\.)\s", name):
            words.append(f"{kind.lower() if len(kind) > 3 else kind} {name}".strip())  # noqa: PLR2004
    if len(words) == len(place.codes):
        return [
            Subject("commune", name, communes=(code,), start=place.start)
            for name, code in zip(words, place.codes, strict=True)
        ]
    return [
        Subject("commune", place.words, communes=(code,), start=place.start) for code in place.codes
    ]


def find_committee_communes(lexed: LexedSentence, body: BodyMention) -> list[Subject]:
    """Return the commune that a committee is of, as a subject."""
    if body.place < 0:
        return []
    for place in lexed.places:
        if place.start < body.end and body.start < place.end:
            communes = split_communes(place)
            own = [c for c in communes if body.name.endswith(c.name.split(" ", 1)[-1])]
            if own:
                return own[:1]
            return communes if len(communes) == 1 else []
    return []


def asks_others(lexed: LexedSentence, body: BodyMention) -> bool:
    """Return True for a body that asks somebody else to act ("UBND thành phố yêu cầu …")."""
    after = lexed.text[body.end : body.end + _ASKING]
    first = next(load_phrases("relations", "asks").find(after), None)
    return first is not None and not after[: first.start].strip()


def find_asked_commune(lexed: LexedSentence, begin: int, end: int) -> Subject | None:
    """Return the commune whose committee is the last to be named before something, to do it."""
    for body in reversed(lexed.bodies):
        if begin <= body.start < end:
            communes = [] if asks_others(lexed, body) else find_committee_communes(lexed, body)
            return communes[0] if len(communes) == 1 else None
    return None


def is_told_to(lexed: LexedSentence, start: int) -> bool:
    """Return True where a body is told to do what the verb at an offset says."""
    begin, _ = lexed.find_clause(start)
    return any(
        body.named and begin <= body.start < start and _TOLD.search(lexed.text[begin : body.start])
        for body in lexed.bodies
    )
