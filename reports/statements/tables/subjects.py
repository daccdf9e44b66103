"""Whom a row is about: its name, its kind, the known zone that it is, and its group's place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.text import fold_text, normalise_spelling
from reports.narrative.zones import ZoneNameKind, find_zone_by_name
from reports.statements.lexing.names import find_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.statement import SubjectKind

_KIND_OF_KEY: Final[dict[str, SubjectKind]] = {
    "project": "project", "park": "park", "cluster": "cluster", "housing": "housing",
    "body": "body", "owner": "body", "lead": "body", "position": "zone", "commune": "commune",
    "place": "commune", "district": "district",
}  # fmt: skip
_WORDS: Final[tuple[tuple[SubjectKind, re.Pattern[str]], ...]] = (
    ("cluster", re.compile(r"\b(?:cac )?(?:cum cong nghiep|cum cn|ccn)\b")),
    ("park", re.compile(r"\b(?:cac )?(?:khu cong nghiep|khu cn|kcn)\b")),
    ("zone", re.compile(r"\b(?:khu kinh te|kkt|khu thuong mai tu do|khu phi thue quan)\b")),
    ("housing", re.compile(r"\b(?:nha o xa hoi|noxh|nha o cong nhan|chung cu)\b")),
    ("project", re.compile(r"\b(?:du an|cong trinh)\b")),
)
_DISTRICT: Final = re.compile(
    r"\W*(?:(?:[ivx]+|\d+|[a-z])[.)] )?"
    r"(thanh pho|tp ?[.]?|quan|q ?[.]|huyen|h ?[.]|thi xa|tx ?[.]?)"
    r" ?([^\d(:;,|]+?)\W*(?:\(.*\))?"
)
_COMMUNE: Final = re.compile(
    r"\W*(?:ubnd )?(?:(?:xa|phuong|thi tran|dac khu)\s|(?:x|p|tt|dk)[.]\s?)\S.*"
)
_LEVELS: Final = {"t": "thành phố", "q": "quận", "h": "huyện"}
_BODY: Final = re.compile(
    r"\b(?:ubnd|uy ban nhan dan|ban ql|ban quan ly|so|cong ty|tong doi|chi cuc|trung tam"
    r"|cong an|bo chi huy|truong|benh vien)\b"
)
_PROJECT: Final = re.compile(r"du an|cong trinh|xay dung|nang cap|cai tao|tuyen duong|goi thau")
_UNTIL: Final = re.compile(
    r"\s*[(,;–-]?\s*(?:tính|số liệu|cập nhật)?\s*đến (?:hết |nay|ngày |tháng |quý |\d).*$",
    re.IGNORECASE,
)
_NO_TITLE: Final = re.compile(
    r"\W*(?:\(|(?:đơn vị|đvt|số liệu|tính đến|cập nhật|đến ngày|ngày)\b)", re.IGNORECASE
)
_LEADING: Final = re.compile(
    r"^\W*(?:biểu|bảng|phụ lục)\s*(?:[\w.]+)?\s*(?:theo dõi|tổng hợp)?\s*[:.]\s*", re.IGNORECASE
)
_ZONES: Final[dict[str, ZoneNameKind]] = {"park": "park", "cluster": "cluster", "zone": "zone"}
_ABOUT: Final = re.compile(r"\bdự án\b.{5,150}", re.IGNORECASE)


@dataclass(frozen=True)
class Subject:
    """A name as the text has it, its kind, and the id of the known zone that it is, or ''."""

    name: str
    kind: SubjectKind
    item: str = ""


@dataclass
class GroupContext:
    """What the group headings above a row say: a district, a commune, a kind, their words."""

    title: str = ""
    district: str = ""
    commune: str = ""
    kind: SubjectKind | str = ""

    def enter(self, title: str) -> None:
        """Go on into the group of a heading; a district holds until the next group."""
        words = " ".join(fold_text(title).split())
        self.title = " ".join(title.split())
        self.kind = next((kind for kind, sign in _WORDS if sign.search(words)), "")
        found = _DISTRICT.fullmatch(words)
        self.district = normalise_district(title) if found else ""
        self.commune = self.title if _COMMUNE.fullmatch(words) else ""


def normalise_district(title: str) -> str:
    """Return a district with its type word written out ("H. CẨM GIÀNG": "huyện Cẩm Giàng")."""
    text = " ".join(title.split())
    match = _DISTRICT.fullmatch(fold_text(text))
    if match is None or len(fold_text(text)) != len(text):
        return ""
    level = "thị xã" if match[1].startswith(("tx", "thi")) else _LEVELS[match[1][0]]
    name = text[match.start(2) : match.end(2)].strip(" .")
    return f"{level} {name.title() if name.isupper() else name}"


def is_commune_name(text: str) -> bool:
    """Return True if a text begins with the type word of a commune."""
    return bool(_COMMUNE.fullmatch(" ".join(fold_text(text).split())))


def is_district_name(text: str) -> bool:
    """Return True if a text is a district with its type word."""
    return bool(_DISTRICT.fullmatch(" ".join(fold_text(text).split())))


def find_kind(words: str) -> SubjectKind | str:
    """Return the kind that words name; '' for none."""
    folded = fold_text(words)
    return next((kind for kind, sign in _WORDS if sign.search(folded)), "")


def name_subject(name: str, key: str, group: GroupContext, titles: Sequence[str]) -> Subject:
    """Return the subject of a row by its name, the key of the name's column, group and titles."""
    text = normalise_spelling(" ".join(name.split())).strip(" .;:-")
    own = find_kind(" ".join(text.split()[:6]))
    kind: SubjectKind | str = _KIND_OF_KEY.get(key, "")
    if key in {"place", "commune", "district"}:
        kind = "district" if is_district_name(text) else "body" if _is_body(text) else kind
        kind = "project" if _PROJECT.match(fold_text(text)) else kind
    elif key == "position":
        return Subject(f"{find_title_name(titles)}, {text}".strip(" ,"), "zone")
    elif key == "project" and own in {"park", "cluster", "housing"}:
        begins = fold_text(text).startswith(("du an", "ha tang", "dau tu", "xay dung"))
        kind = kind if begins and own != "housing" else own
    elif key in {"park_or_cluster", "content", ""}:
        kind = own or group.kind or _find_title_kind(titles) or "unknown"
        if kind == "unknown" and (is_commune_name(text) or is_district_name(text)):
            kind = "commune" if is_commune_name(text) else "district"
    elif not kind:
        kind = "unknown"
    return Subject(text, kind, _find_item(text, kind))  # type: ignore[arg-type]


def _is_body(text: str) -> bool:
    return bool(_BODY.search(fold_text(text)))


def _find_title_kind(titles: Sequence[str]) -> SubjectKind | str:
    return next((kind for title in reversed(titles) if (kind := find_kind(title))), "")


def find_title_name(titles: Sequence[str]) -> str:
    """Return the first line above a table that names something, without "Biểu …:"."""
    named = next((title for title in titles if find_kind(title)), "")
    return _LEADING.sub("", " ".join(named.split()))


def find_title(titles: Sequence[str]) -> str:
    """Return the line nearest above a table that is no unit, date or bracket; '' for none."""
    return next((title for title in reversed(titles) if not _NO_TITLE.match(title)), "").strip()


def find_about(titles: Sequence[str]) -> str:
    """Return the one project that the lines above a table are about; '' for none.

    A sentence that ends is no title: what it says of a project says nothing of the rows.
    """
    for title in titles:
        if title.rstrip().endswith((".", ";")):
            continue
        match = _ABOUT.search(" ".join(title.split()))
        if match and len(title) < 300 and "các dự án" not in title.lower():  # noqa: PLR2004
            return _UNTIL.sub("", match[0]).strip(" .;:,(")
    return ""


def name_about(about: str) -> Subject:
    """Return what a table is about: the park that a project builds, else the project."""
    names = find_names(about[:1].upper() + about[1:])
    if len(names) == 1 and names[0].kind in _ZONES:
        return Subject(names[0].name, names[0].kind, names[0].item)
    return Subject(about, "project")


def _find_item(name: str, kind: str) -> str:
    if kind not in _ZONES:
        return ""
    zone = find_zone_by_name(name, _ZONES[kind])
    return zone.zone if zone else ""
