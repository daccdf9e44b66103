"""The words around place names: types, connectives, what makes a name something else.

Names of places are not here: they come from the gazetteer and the list of provinces. Words are
written as people write them; in a text without marks ``classify_word`` knows them without (there
``den`` may be ``đến`` or ``đền``: it is read as the former).
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Final

from geo.text import fold_text

TYPE_NAMES: Final = {
    "phuong": "phường",
    "xa": "xã",
    "thi_tran": "thị trấn",
    "dac_khu": "đặc khu",
    "quan": "quận",
    "huyen": "huyện",
    "thi_xa": "thị xã",
    "thanh_pho": "thành phố",
}
"""How Vietnamese writes each kind of unit."""

COMMUNE_TYPES: Final = frozenset({"phuong", "xa", "thi_tran", "dac_khu"})
DISTRICT_TYPES: Final = frozenset({"quan", "huyen", "thi_xa", "thanh_pho"})
ZONE_TYPES: Final = frozenset({"khu_cong_nghiep", "cum_cong_nghiep", "khu_kinh_te", "khu_do_thi"})

TYPE_WORDS: Final = {
    **{kind.replace("_", ""): kind for kind in TYPE_NAMES},
    "tinh": "tinh",
    "khucongnghiep": "khu_cong_nghiep",
    "kcn": "khu_cong_nghiep",
    "cumcongnghiep": "cum_cong_nghiep",
    "ccn": "cum_cong_nghiep",
    "khukinhte": "khu_kinh_te",
    "kkt": "khu_kinh_te",
    "khudothimoi": "khu_do_thi",
    "khudothi": "khu_do_thi",
    "kdtm": "khu_do_thi",
    "kdt": "khu_do_thi",
}
"""Folded, without spaces: type words in full, and abbreviations that mean nothing else."""

ABBREVIATIONS: Final = {
    "p": "phuong",
    "x": "xa",
    "tt": "thi_tran",
    "dk": "dac_khu",
    "q": "quan",
    "h": "huyen",
    "tx": "thi_xa",
    "tp": "thanh_pho",
    "t": "tinh",
}
"""Folded abbreviations that count before a point or a name only."""

ZONE_PREFIXES: Final = {
    "khu_cong_nghiep": ("kcn", "khucongnghiep"),
    "cum_cong_nghiep": ("ccn", "cumcongnghiep"),
    "khu_kinh_te": ("kkt", "khukinhte"),
    "khu_do_thi": ("khudothi", "khudothimoi", "kdt"),
}
"""How the folded names of zones begin: for a list that says its type once."""

DIRECTIONS: Final = frozenset({"bac", "nam", "dong", "tay"})
"""Behind ``P.`` these may be no ward's name: ``P. Bắc giáp`` is ``phía Bắc giáp``."""

CITY: Final = "haiphong"
PROVINCE: Final = "haiduong"


class WordClass(Enum):
    """What a word that is no name tells about the names beside it."""

    PLAIN = "plain"
    AND = "and"
    INSIDE = "inside"  # a name behind it may be a place: tại, thuộc, từ …
    NOW = "now"  # what follows says what the place is today: nay là …
    OLD = "old"  # the place before it is one of former times: cũ …
    BEFORE = "before"  # what follows says what the place was: trước đây là …
    NOT_PLACE = "not_place"  # the name behind it is a street's, a bridge's, a person's …
    SMALL = "small"  # often behind a type word without being a name: xã hội, tỉnh lộ …


_SPELLED: Final = {
    WordClass.AND: "và với cùng hoặc",
    WordClass.INSIDE: "tại thuộc ở qua bàn trên từ đến tới đoạn gồm các ubnd ủy của nối giữa "
    "vực trong",
    WordClass.NOW: "nay",
    WordClass.OLD: "cũ",
    WordClass.NOT_PLACE: "đường phố cầu sông hầm chợ trường lộ ngõ ngách hẻm thôn xóm làng ấp "
    "tdp viện "
    "ty máy chùa đền đình miếu hồ kênh núi ga bến phà trạm kho y sư chí ông bà thờ xứ vườn tượng "
    "cư nhà sạn thị cảng bãi đèo kè đập cống tuyến thpt thcs học giao đảo hội sở bộ cục ban vụ "
    "tỷ triệu võ bùi huỳnh tướng",
    WordClass.SMALL: "viên có đã được này đó nào khác mới luận hiện là sẽ đang bảo khi nếu "
    "còn đều phải",
}
_EXACT: Final = {word: kind for kind, words in _SPELLED.items() for word in words.split()}
_UNMARKED: Final = {fold_text(word): kind for word, kind in reversed(_EXACT.items())}


@lru_cache(maxsize=8192)
def classify_word(word: str, *, bare: bool) -> WordClass:
    """Return what a word (small letters, canonical) is; ``bare``: the text has no marks."""
    word_class = _EXACT.get(word)
    if word_class is None and bare:
        word_class = _UNMARKED.get(word)
    return word_class or WordClass.PLAIN
