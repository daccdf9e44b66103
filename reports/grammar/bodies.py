"""Bodies that are asked to act: by their present name, communes as the geocoder knows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from geo.geocoder import SURE
from geo.text import fold_text, normalise_spelling
from reports.grammar.cell_parts import split_clauses
from reports.model.schema import is_body_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from geo.geocoder import Geocoder

_DEPARTMENTS: Final = (
    "Sở Nông nghiệp và Môi trường", "Sở Xây dựng", "Sở Tài chính", "Sở Công Thương", "Sở Nội vụ",
    "Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế", "Sở Tư pháp",
    "Sở Giáo dục và Đào tạo", "Sở Ngoại vụ", "Sở Du lịch", "Công an thành phố", "Bộ Xây dựng",
    "Bộ Tài chính", "Bộ Công an", "Thanh tra thành phố", "Thuế thành phố",
    "Ban Quản lý Khu kinh tế Hải Phòng", "Ban Quản lý Khu kinh tế",
    "Ban Quản lý dự án đầu tư xây dựng công trình giao thông", "Văn phòng Thành ủy",
    "Đảng ủy UBND thành phố", "Đảng ủy Công an thành phố", "Đảng ủy Ủy ban nhân dân thành phố",
    "Các sở, ngành, địa phương", "UBND thành phố", "Ủy ban nhân dân thành phố",
    "Hội đồng nhân dân thành phố", "Thủ tướng Chính phủ", "Ban Tổ chức Thành ủy",
)  # fmt: skip
_COMMUNE_BODY: Final = re.compile(
    r"(?:ubnd|uy ban nhan dan|dang uy)\s+(?:cac\s+)?(?:phuong|xa|dac khu)\b"
)
_COMMUNE_WORDS: Final = 12
_LONGEST_NAME: Final = 200
_UNNAMED: Final = (
    (re.compile(r"(?:cac )?nha dau tu\b"), "Nhà đầu tư"),
    (re.compile(r"(?:cac )?chu dau tu\b"), "Chủ đầu tư"),
    (re.compile(r"(?:cac )?nha thau\b"), "Nhà thầu"),
    (re.compile(r"(?:cac )?co quan, don vi\b"), "Cơ quan, đơn vị liên quan (không nêu tên)"),
    (re.compile(r"(?:cac )?don vi (?:lien quan|tu van)\b"), "Đơn vị liên quan"),
)
_POLITE: Final = re.compile(
    r"^(?:de nghi|kien nghi|giao|yeu cau|d/c giam doc|dong chi giam doc)\s+"
)
_HANDED: Final = re.compile(r"\bgiao (?=(?:so|ban|ubnd|cong an|uy ban)\b)")
_SENTENCE: Final = re.compile(r"(?<=[).])\s+(?=(?:UBND|Sở|Ban|Nhà đầu tư|Công an)\b)")
_LIKE: Final = 90
_NO_BODY: Final = re.compile(
    r"(?:chưa|không|đã|đang|sẽ|cần|phải|hoàn thành|hoàn thiện|khởi công|triển khai|thực hiện"
    r"|tiếp tục|báo cáo|phê duyệt|bàn giao|theo|như|thời hạn|thời gian|tiến độ|kết quả)\b"
    r"|(?:trong |trước |đến )?(?:hết )?(?:ngày|tháng|quý|năm) [ivx\d][ivx\d/., -]*"
    r"(?:,? ?(?:năm|tháng) [\d/]+)*$",
    re.IGNORECASE,
)
"""What stands among bodies and is none: a time, what is done, that nobody is named yet."""


def find_asked_bodies(text: str, geocoder: Geocoder, as_of: date | None) -> tuple[str, ...]:
    """Return who a request asks to act: the subject of each of its clauses, once each."""
    names: list[str] = []
    for clause, _ in split_clauses(text):
        for sentence in _SENTENCE.split(clause):
            names.extend(_find_subject(sentence, geocoder, as_of))
    return tuple(dict.fromkeys(names))


def find_assigned_bodies(text: str, geocoder: Geocoder, as_of: date | None) -> tuple[str, ...]:
    """Return who is given a task in a report of results ("giao Sở Xây dựng là cơ quan chủ trì")."""
    names: list[str] = []
    for match in _HANDED.finditer(fold_text(text)):
        rest = text[match.end() :]
        if re.search(r"\bchu tri\b", fold_text(rest[:80])):
            names.extend(_find_subject(rest, geocoder, as_of))
    return tuple(dict.fromkeys(names))


def find_lead_bodies(text: str, geocoder: Geocoder, as_of: date | None) -> tuple[str, ...]:
    """Return the bodies of a cell that lists them ("Sở Xây dựng; Ban QLDA liên quan")."""
    names: list[str] = []
    for piece in re.split(r"[;\n]|,\s(?=(?:Sở|Ban|UBND|Công an|Đảng)\b)", text):
        body = piece.strip(" -.,")
        if names_body(body):
            names.extend(list(_find_subject(body, geocoder, as_of)) or [normalise_spelling(body)])
    return tuple(dict.fromkeys(names))


def names_body(text: str) -> bool:
    """Return False for what is no body's name where bodies are listed: a number, a time, a deed."""
    return is_body_name(text) and not _NO_BODY.match(normalise_spelling(text).strip())


def _find_subject(sentence: str, geocoder: Geocoder, as_of: date | None) -> Iterator[str]:
    text = normalise_spelling(sentence)
    polite = _POLITE.match(fold_text(text))
    text = text[polite.end() :] if polite else text
    folded = fold_text(text)
    if _COMMUNE_BODY.match(folded):
        words = " ".join(text.split()[:_COMMUNE_WORDS])
        yield from _find_commune_bodies(words, geocoder, as_of)
        return
    for sign, name in _UNNAMED:
        if sign.match(folded):
            yield name
            return
    best = max(_DEPARTMENTS, key=lambda name: _rate_likeness(name, folded))
    if _rate_likeness(best, folded) >= _LIKE:
        yield best


def _rate_likeness(name: str, folded: str) -> float:
    known = fold_text(name)
    return fuzz.ratio(known, folded[: len(known)]) + len(known) / 100


def _find_commune_bodies(words: str, geocoder: Geocoder, as_of: date | None) -> Iterator[str]:
    named = re.split(r"[(;]|\s(?=(?:đẩy|sớm|khẩn|về|phối|tập|chủ|hướng|giải|rà|tiếp)\b)", words)[0]
    named = named[:_LONGEST_NAME]
    result = geocoder.geocode(named, as_of=as_of)
    sure = [match.name for match in result.matches if match.confidence >= SURE]
    office = "Đảng ủy" if fold_text(named).startswith("dang uy") else "UBND"
    for name in sure:
        yield f"{office} {name[:1].lower()}{name[1:]}"
    if not sure:
        yield named.strip(" ,.")
