"""What the heading of a column says: what stands below it, of which works, in which unit.

A column is known by its heading whatever the spelling. ``find_column_key`` judges one heading by
itself; which of several columns of one meaning counts is decided in ``columns``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from rapidfuzz import fuzz

from geo.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Sequence

ColumnTopic = Literal["", "clearance", "construction"]
"""Which part of the works a column of progress is about; '' for all of it, or not stated."""

_LIKE: Final = 88
"""How alike (0 to 100) a heading and a known one must be: a scan's wrong letters pass."""
_FUZZY_FROM: Final = 9
"""Shorter phrases must stand there letter by letter: "vi tri" is in too many words otherwise."""

_HEADINGS: Final = (
    ("no", ("stt", "tt", "so tt", "so thu tu")),
    (
        "investment",
        ("tong muc dau tu", "tong von dau tu", "von dau tu", "tmdt", "muc dau tu", "tong von"),
    ),
    (
        "location",
        (
            "dia diem",
            "vi tri thuc hien",
            "dia ban",
            "vi tri",
            "noi thuc hien",
            "noi xay dung",
            "xa, phuong",
            "xa/phuong",
        ),
    ),
    ("forecast", ("kha nang hoan thanh muc tieu", "du bao kha nang hoan thanh", "du bao")),
    ("forecast", ("kha nang hoan thanh", "hoan thanh muc tieu", "kha nang dat muc tieu")),
    ("request", ("kien nghi, de xuat", "kien nghi", "de xuat, kien nghi", "de xuat")),
    ("actual", ("ket qua thuc hien", "tom tat ket qua", "tinh hinh thuc hien", "da thuc hien")),
    (
        "actual",
        (
            "ket qua",
            "luy ke",
            "luy ke thuc hien",
            "ket qua dat duoc",
            "khoi luong thuc hien",
            "thuc hien den",
            "thuc te",
        ),
    ),
    ("obstacles", ("kho khan vuong mac", "kho khan, vuong mac", "ton tai, vuong mac")),
    ("obstacles", ("vuong mac", "kho khan", "ton tai, han che", "nguyen nhan cham")),
    ("planned", ("du kien den het", "muc tieu den het", "ke hoach", "muc tieu quy")),
    ("progress", ("tien do thuc hien", "tien do", "thuc hien")),
    ("note", ("ghi chu", "moc thoi gian", "moc tien do", "moc chinh", "cac moc")),
    ("when", ("thoi han", "thoi gian thuc hien", "thoi gian thuc hien/hoan thanh")),
    ("starts", ("khoi cong", "thoi gian khoi cong", "thoi diem khoi cong", "ngay khoi cong")),
    ("finishes", ("thoi gian hoan thanh", "thoi diem hoan thanh", "ngay hoan thanh")),
    ("inaugurates", ("khanh thanh", "thoi gian khanh thanh")),
    ("lead", ("co quan chu tri", "don vi chu tri")),
    ("support", ("co quan phoi hop", "don vi phoi hop", "co quan, don vi phoi hop")),
    ("directs", ("co quan chi dao", "tham quyen")),
    ("owner", ("chu dau tu", "nha dau tu", "dai dien chu dau tu", "chu dau tu du an")),
    ("product", ("ket qua/san pham", "san pham")),
    ("name", ("danh muc du an", "ten du an", "danh muc cong trinh", "du an", "nhiem vu cu the")),
    ("name", ("nhiem vu", "chi tieu", "cong trinh", "ten cong trinh, du an", "noi dung")),
    ("name", ("ten cong trinh", "danh muc", "ten du an, cong trinh")),
    ("unit", ("don vi tinh", "don vi", "dvt")),
    ("group", ("nhom du an", "linh vuc", "phan loai", "loai du an", "nhom")),
    ("other", ("quy mo", "quy mo du an", "dien tich", "so ho", "nguon von", "hinh thuc dau tu")),
    (
        "other",
        ("so quyet dinh", "quyet dinh phe duyet", "ma du an", "ma so du an", "cap cong trinh"),
    ),
    ("other", ("can bo phu trach", "so dien thoai", "don vi tu van", "nha thau", "so du an")),
)
_EXACT_KEYS: Final = frozenset({"starts", "finishes", "inaugurates", "other", "group", "unit"})
"""Their words are common in other headings: no letter may differ."""
_WHOLE: Final = {"dia phuong": "location", "xa": "location", "phuong": "location", "moc": "note"}
"""Words that are a heading only where nothing stands beside them."""
_NUMBER_HEADINGS: Final = frozenset({"stt", "tt", "so tt", "so thu tu"})
_TOPICS: Final = (
    ("clearance", re.compile(r"\bgpmb\b|giai phong mat bang|\bboi thuong\b|mat bang")),
    (
        "construction",
        re.compile(r"thi cong|xay dung|xay lap|\bxdct\b|\bxl\b|khoi luong (?:thuc hien|xay)"),
    ),
)
_OF_PROGRESS: Final = re.compile(
    r"\(\s*%\s*\)|%|\bty le\b|\btien do\b|\bket qua\b|\bkhoi luong\b|\bmuc do\b|\bluy ke\b"
    r"|\bphan tram\b|\bcong tac\b|\btinh hinh\b|\bke hoach\b|\bthuc hien\b"
)
_PLAN_WORDS: Final = re.compile(r"\bdu kien\b|\bke hoach\b|\bmuc tieu\b|\bphan dau\b|\bkh\b")
_DONE_WORDS: Final = re.compile(
    r"\bket qua\b|\bda thuc hien\b|\bthuc te\b|\bdat duoc\b|\bluy ke\b|\bthuc hien den\b"
    r"|\bden (?:nay|ngay|thoi diem)\b|\bhien nay\b|\bth\b|\bso thuc hien\b"
)
_DONE_HEAD: Final = re.compile(r"\b(?:thuc hien|thuc te|ket qua|dat|luy ke|th)\b")
_RESULT_WORDS: Final = re.compile(r"\bket qua\b|\btom tat\b|\btinh hinh thuc hien\b")
_PLAIN_TOPIC: Final = re.compile(r"gpmb|giai phong mat bang|thi cong|xay lap|boi thuong")
_PROGRESS: Final = frozenset({"planned", "progress", "actual"})
_OTHER_MONEY: Final = re.compile(
    r"\bgiai ngan\b|\bke hoach von\b|\bbo tri\b|\bthanh toan\b|\bcap phat\b|\bdu toan\b"
    r"|\bvon (?:nam|da|con)\b|\bgia tri (?:hop dong|khoi luong|quyet toan)\b"
)
_EVENTS: Final = {
    "khoi cong": "starts",
    "bat dau": "starts",
    "hoan thanh": "finishes",
    "ket thuc": "finishes",
    "khanh thanh": "inaugurates",
}
"""Heads below one of times."""
_OF_WHOLE: Final = re.compile(r"^(?:tmdt|tong (?:muc|von) dau tu)\b")
_DIFFERENCE: Final = re.compile(r"\bchenh lech\b|\bso sanh\b|\btang,? giam\b|\bso voi\b|\bcham\b")
_OF_MONEY: Final = (
    (re.compile(r"trieu (?:dong|vnd)|\btr\.? ?d\b|\btrieu\b"), 1.0),
    (re.compile(r"(?:nghin|ngan) ty"), 1_000_000.0),
    (re.compile(r"t[yi] (?:dong|vnd)|\bty\b(?! le| trong| suat)|\bti dong"), 1000.0),
    (re.compile(r"(?:nghin|ngan|1\.?000) (?:dong|d\b|vnd)"), 0.001),
    (re.compile(r"\bdong\b|\bvnd\b"), 0.000001),
)


@lru_cache(maxsize=4096)
def find_column_key(heading: str) -> str:
    """Return what a column is (``investment``, ``location`` …); '' for a heading not known.

    ``progress`` is progress that is either planned or done: the other columns tell.
    """
    words = fold_heading(heading)
    if not words or words in _WHOLE:
        return _WHOLE.get(words, "")
    best, score = "", 0.0
    for key, headings in _HEADINGS:
        for known in headings:
            if words == known:
                return "" if key == "other" else key
            if known in _NUMBER_HEADINGS or len(words) < len(known) - 2:
                continue
            alike = _compare_phrase(known, words, exact=key in _EXACT_KEYS)
            if alike >= _LIKE and alike * (len(known) + 20) > score:
                best, score = key, alike * (len(known) + 20)
    key = _settle_key(best, words)
    lowest = fold_heading(heading.rpartition(" · ")[2])
    if lowest != words and key == "when":
        return _EVENTS.get(lowest, key)
    if lowest != words and not key and _OF_WHOLE.search(lowest):
        return "investment"
    return _settle_lowest(key, heading) if key in _PROGRESS else key


def _compare_phrase(known: str, words: str, *, exact: bool) -> float:
    if len(known) >= _FUZZY_FROM and not exact:
        return fuzz.partial_ratio(known, words, score_cutoff=_LIKE)
    return 100.0 if re.search(rf"\b{re.escape(known)}\b", words) else 0.0


def _settle_key(key: str, words: str) -> str:  # noqa: PLR0911
    """Return the key after a second look at words that turn the first one around."""
    if key in {"other", "investment"}:
        paid = _OTHER_MONEY.search(words) and "tong muc" not in words
        return "" if key == "other" or paid else key
    if key == "obstacles":
        return "actual" if _RESULT_WORDS.search(words) else key
    if key == "actual" and "ket qua" in words and not _OTHER_MONEY.search(words):
        return key
    if key in _PROGRESS:
        return _settle_progress(key, words)
    if key or _DIFFERENCE.search(words):
        return key
    if _PLAIN_TOPIC.fullmatch(words) or (find_topic(words) and _OF_PROGRESS.search(words)):
        return _settle_progress("progress", words)
    return ""


def _settle_progress(key: str, words: str) -> str:
    """Return whether progress is planned or done by the heading's own words; '' for neither."""
    if _DIFFERENCE.search(words) or _OTHER_MONEY.search(words):
        return ""
    if re.search(r"\bvon\b", words) and "dau tu" not in words:
        return ""  # a plan of money
    if _PLAN_WORDS.search(words):
        return "planned"
    return "actual" if key == "actual" or _DONE_WORDS.search(words) else key


def _settle_lowest(key: str, heading: str) -> str:
    """Return whether progress is planned or done where the lowest of joined heads says it."""
    above, joint, lowest = heading.rpartition(" · ")
    words = fold_heading(lowest)
    if not joint or not find_column_key(above):
        return key
    plan, done = bool(_PLAN_WORDS.search(words)), bool(_DONE_HEAD.search(words))
    return key if plan == done else "planned" if plan else "actual"


def find_topic(heading: str) -> ColumnTopic:
    """Return the part of the works that a heading names; '' for none, or for both."""
    words = fold_heading(heading)
    topics = [topic for topic, sign in _TOPICS if sign.search(words)]
    return topics[0] if len(topics) == 1 else ""  # type: ignore[return-value]


def states_percent(heading: str) -> bool:
    """Return True if a heading says that its numbers are percentages."""
    words = fold_heading(heading)
    return "%" in heading or bool(re.search(r"\bty le\b|\bphan tram\b", words))


def find_column_keys(headings: Sequence[str]) -> tuple[str, ...]:
    """Return the key of each column by its own heading alone; keys may come more than once."""
    return tuple(find_column_key(heading) for heading in headings)


def is_number_heading(text: str) -> bool:
    """Return True if a cell is the heading of the running number (STT, TT)."""
    return fold_text(text).strip(" .\n") in _NUMBER_HEADINGS


def read_money_unit(heading: str) -> float | None:
    """Return how many million VND one unit of a money column is; ``None`` where none is told."""
    words = fold_text(heading)
    return next((factor for sign, factor in _OF_MONEY if sign.search(words)), None)


@lru_cache(maxsize=4096)
def fold_heading(heading: str) -> str:
    """Return a heading as it is compared and remembered: folded, single spaces."""
    return " ".join(fold_text(heading).split())
