"""Provinces and districts that a text names **as places**, and whether they are the city's own.

A name counts where a type word stands before it (``tỉnh``, ``TP.``, ``H.``, ``T.``), where a
preposition says that something lies in it (``tại``, ``thuộc``, ``địa phận`` …), in a list of
provinces, behind the comma of a district, in brackets, or as the place that a line begins with
(``Quảng Ninh: …``). Names of roads, companies, people and of communes called the same do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from geo.gazetteer import load_gazetteer
from geo.provinces.province_list import OWN_PROVINCES, District, Province, load_provinces
from geo.text import fold_text, normalise_spelling, to_nfc

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class ProvinceMention:
    """A province or district that a text names as a place.

    ``name`` is spelled as in the gazetteer, ``province`` the one of before 1 July 2025 that it is
    or lay in (of today where there was none of the name). ``start`` and ``end`` are offsets in the
    composed text (NFC), the type word included. ``foreign``: neither Hải Phòng nor the former Hải
    Dương. ``within`` is False where the text only says that something leads there or borders on
    it (``giáp``, ``nối``, ``đến`` …). ``type`` is the word's kind: ``tinh``, ``huyen`` …, '' for
    none.
    """

    name: str
    kind: Literal["province", "district"]
    start: int
    end: int
    foreign: bool
    province: str
    within: bool = True
    type: str = ""


class _Word(NamedTuple):
    text: str
    low: str
    start: int
    end: int
    before: str  # what stands between this word and the one before it


class _Names(NamedTuple):
    provinces: dict[tuple[str, ...], Province]
    districts: dict[tuple[str, ...], tuple[District, ...]]
    communes: frozenset[tuple[str, ...]]
    longest: int


_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_INSIDE_NAME: Final = re.compile(r"\s+|\s?[-\u2013']\s?")
_BEHIND_TYPE: Final = re.compile(r"\.?\s*|\s*:\s*")
_LISTED: Final = re.compile(r"\s*[,;/+]\s*|\s*[-\u2013]\s*")
_TYPES: Final[dict[tuple[str, ...], str]] = {
    ("tỉnh",): "tinh",
    ("t",): "tinh",
    ("thành", "phố"): "thanh_pho",
    ("tp",): "thanh_pho",
    ("thị", "xã"): "thi_xa",
    ("tx",): "thi_xa",
    ("huyện",): "huyen",
    ("h",): "huyen",
    ("quận",): "quan",
    ("q",): "quan",
}
_UNMARKED_TYPES: Final = {tuple(map(fold_text, key)): kind for key, kind in _TYPES.items()}
_SHORT: Final = frozenset({"t", "h", "q", "tx", "tp"})
_BEFORE: Final = {
    "other_type": "xã phường trấn thôn khu kcn ccn kkt kđt kđtm cụm làng ấp xóm tổ tdp đảo x p tt "
    "khóm bản",
    "inside": "tại ở thuộc phận bàn trong",
    "towards": "giáp nối với sang qua từ đến tới về đi ra vào cạnh gần hướng liền",
    "of": "của tế cho",
    "no_place": "đường phố cầu sông hầm chợ trường lộ tốc ngõ ga bến ty đoàn hàng viện học máy nhà "
    "báo đài hãng quỹ sạn kho tuyến vành đai sắt giao cảng ông bà chí nguyễn trần lê phạm vũ hoàng "
    "phan điện nhựa măng thầu hiệu danh",
}
"""Words before a bare name: a commune's or park's type, what says that something lies in it or
leads to it, and what makes it a road's, a company's, a person's."""
_OTHER_TYPES: Final = frozenset(_BEFORE["other_type"].split())
_INSIDE: Final = frozenset(_BEFORE["inside"].split())
_TOWARDS: Final = frozenset(_BEFORE["towards"].split())
_OF: Final = frozenset(_BEFORE["of"].split())
_NO_PLACE: Final = frozenset(_BEFORE["no_place"].split())
_HEADS: Final = re.compile(
    r"(?:công ty|tập đoàn|ngân hàng|liên danh|trường đại học|nhà máy|cao tốc|quốc lộ|đường sắt|"
    r"tuyến đường|đường bộ|nút giao|vành đai|hành lang)[^,;.:()\n]{0,60}$"
)
_MAY_ALSO_BE: Final = frozenset({("hồ", "chí", "minh"), ("sài", "gòn")})


_OWN_KEY: Final = ("hải", "dương")


def find_provinces(text: str) -> tuple[ProvinceMention, ...]:
    """Return the provinces and districts that a text names as places, in order."""
    text = to_nfc(text)
    words = _split_words(text)
    if not words:
        return ()
    return _Finder(text, words, _load_names()).run()


def find_foreign(text: str) -> tuple[ProvinceMention, ...]:
    """Return the mentions of other provinces, or their districts, that something lies in."""
    return tuple(m for m in find_provinces(text) if m.foreign and m.within)


@cache
def _load_names() -> _Names:
    listed = load_provinces()
    provinces: dict[tuple[str, ...], Province] = {}
    for province in sorted(listed.provinces, key=lambda p: not p.is_former):
        for name in (province.name, *province.aliases):
            provinces.setdefault(_make_key(name), province)
    districts: dict[tuple[str, ...], tuple[District, ...]] = {}
    for district in listed.districts:
        key = _make_key(district.name)
        districts[key] = (*districts.get(key, ()), district)
    gazetteer = load_gazetteer()
    communes = {_make_key(c.short_name) for c in gazetteer.commune_by_code.values()}
    communes |= {_make_key(u.name) for u in gazetteer.unit_by_id.values() if u.level == "commune"}
    longest = max(map(len, [*provinces, *districts]))
    return _Names(provinces, districts, frozenset(communes), longest)


def _make_key(name: str) -> tuple[str, ...]:
    return tuple(normalise_spelling(word).lower() for word in _WORD.findall(name))


def _split_words(text: str) -> list[_Word]:
    words: list[_Word] = []
    behind = 0
    for match in _WORD.finditer(text):
        low = normalise_spelling(match[0]).lower()
        between = text[behind : match.start()]
        words.append(_Word(match[0], low, match.start(), match.end(), between))
        behind = match.end()
    return words


@dataclass(slots=True)
class _Finder:
    """Walks over the words of one text."""

    text: str
    words: Sequence[_Word]
    names: _Names

    def run(self) -> tuple[ProvinceMention, ...]:
        """Return the mentions in order."""
        found: list[ProvinceMention] = []
        index, governing, end_of_last = 0, "", -1
        while index < len(self.words):
            kind, name_from = self._read_type(index)
            listed = not kind and end_of_last >= 0 and self._continues_list(end_of_last, index)
            if kind:
                stop = self._find_name_end(name_from, typed=True)
                mention = self._build_typed(index, name_from, stop, kind) if stop else None
            else:
                stop = self._find_name_end(index, typed=bool(listed and governing))
                mention = self._build_listed(index, stop, governing) if listed and stop else None
                if mention is None and stop:
                    mention = self._build_bare(index, stop)
            if mention is not None:
                found.append(mention)
                governing, end_of_last = kind or (governing if listed else ""), stop
                index = stop
            else:
                index = name_from if kind else index + 1
        return tuple(found)

    def _read_type(self, index: int) -> tuple[str, int]:
        """Return the type word that begins here and where its name would begin."""
        low = self.words[index].low
        types = _UNMARKED_TYPES if self.text.isascii() else _TYPES
        for length in (2, 1):
            kind = types.get(tuple(w.low for w in self.words[index : index + length]))
            after = index + length
            if kind is None or after >= len(self.words):
                continue
            between = self.words[after].before
            if not _BEHIND_TYPE.fullmatch(between) and length == 1:
                continue
            if low in _SHORT and not self._is_abbreviation(index, between):
                continue
            return kind, after
        return "", index

    def _is_abbreviation(self, index: int, between: str) -> bool:
        word = self.words[index]
        pointed = between.startswith(".")
        if word.low in {"tp", "tx"}:
            return True
        return pointed and (word.text.isupper() or word.low in {"h", "q"})

    def _find_name_end(self, index: int, *, typed: bool) -> int:
        """Return where the longest known name that begins here ends; 0: none does."""
        key: list[str] = []
        end = 0
        bare = self.text.isascii()
        for position in range(index, min(len(self.words), index + self.names.longest)):
            word = self.words[position]
            if position > index and not _INSIDE_NAME.fullmatch(word.before):
                break
            if not (word.text[0].isupper() or word.text[0].isdigit() or bare):
                break
            key.append(word.low)
            known = tuple(key) in self.names.provinces or (
                typed and tuple(key) in self.names.districts
            )
            if known or (not typed and tuple(key) in self.names.districts):
                end = position + 1
        if not end and bare:
            return self._find_unmarked_end(index)
        return end

    def _find_unmarked_end(self, index: int) -> int:
        """Return the same for a text that is written without any marks."""
        key: list[str] = []
        end = 0
        for position in range(index, min(len(self.words), index + self.names.longest)):
            key.append(self.words[position].low)
            if tuple(key) in _load_unmarked():
                end = position + 1
        return end

    def _get_key(self, start: int, stop: int) -> tuple[str, ...]:
        key = tuple(word.low for word in self.words[start:stop])
        if key not in self.names.provinces and key not in self.names.districts:
            return _load_unmarked().get(key, key)
        return key

    def _build_typed(
        self, type_at: int, start: int, stop: int, kind: str
    ) -> ProvinceMention | None:
        if _HEADS.search(self._get_text_before(type_at)) and self._is_in_company(type_at):
            return None
        return self._build(type_at, start, stop, kind)

    def _is_in_company(self, index: int) -> bool:
        match = _HEADS.search(self._get_text_before(index))
        return match is not None and match[0].startswith(("công ty", "tập đoàn", "ngân hàng"))

    def _build_listed(self, start: int, stop: int, governing: str) -> ProvinceMention | None:
        """Return the next name of a list; its type word stood before the first."""
        if not governing and self._get_key(start, stop) not in self.names.provinces:
            return None
        return self._build(start, start, stop, governing)

    def _build_bare(self, start: int, stop: int) -> ProvinceMention | None:
        key = self._get_key(start, stop)
        before = self.words[start - 1] if start else None
        near = before is not None and not self.words[start].before.strip()
        word = before.low if before is not None and near else ""
        leads = word in _INSIDE | _TOWARDS
        capital = near and before is not None and before.text[0].isupper() and start > 1
        longer = capital and not leads and not self._is_shouted()  # the end of a longer name
        if longer or word in _OTHER_TYPES | _NO_PLACE:
            return None
        if _HEADS.search(self._get_text_before(start)):
            return None
        if key not in self.names.provinces:
            return self._build_district_before_province(start, stop, key)
        certain = key not in self.names.communes | _MAY_ALSO_BE or key == _OWN_KEY
        apart = leads or word in _OF or self._stands_apart(start, stop)
        if self._is_in_list(stop) or (certain and apart):
            return self._build(start, start, stop, "")
        return None

    def _build_district_before_province(
        self, start: int, stop: int, key: tuple[str, ...]
    ) -> ProvinceMention | None:
        """Return a district without a type word, where its province stands behind it."""
        if stop >= len(self.words) or self.words[stop].before.strip() not in {",", "(", "-"}:
            return None
        _, behind = self._read_type(stop)
        end = self._find_name_end(behind, typed=False)
        province = self.names.provinces.get(self._get_key(behind, end)) if end else None
        own = {d.province for d in self.names.districts.get(key, ())}
        if province is None or province.name not in own:
            return None
        return self._build(start, start, stop, "huyen", province.name)

    def _stands_apart(self, start: int, stop: int) -> bool:
        """Return True for a name in brackets, behind a place's comma, or that begins a line."""
        before = self.words[start].before.strip(" ") if start else "\n"
        behind = self.words[stop].before if stop < len(self.words) else self.text[-1:] or ""
        behind = behind if stop < len(self.words) else self.text[self.words[stop - 1].end :]
        if before.endswith("(") and behind.strip().startswith((")", ",")):
            return True
        first = start == 0 or "\n" in self.words[start].before
        if first and re.match(r"\s*(?::|\s[-\u2013]\s|,\s*(?:ngày|tháng|[0-3]?\d/))", behind):
            return True
        if start and before == "," and behind.strip()[:1] != "-":
            return self._names_place(start - 1)
        return False

    def _names_place(self, last: int) -> bool:
        """Return True if the words up to one are a place with its type word."""
        types = {"xã", "phường", "trấn", "huyện", "quận", "phố", "x", "p", "h", "q", "tp", "tx"}
        for position in range(last, max(-1, last - 6), -1):
            word = self.words[position]
            if word.low in types:
                return True
            if not word.text[0].isupper() or "," in word.before:
                return False
        return False

    def _is_in_list(self, stop: int) -> bool:
        """Return True if another province stands beside this one, joined by a comma or ``và``."""
        if stop >= len(self.words):
            return False
        behind = stop
        if self.words[stop].low == "và":
            behind += 1
        elif not re.fullmatch(r"\s*[,;]\s*", self.words[stop].before):
            return False
        end = self._find_name_end(behind, typed=False) if behind < len(self.words) else 0
        return bool(end) and self._get_key(behind, end) in self.names.provinces

    def _continues_list(self, last: int, index: int) -> bool:
        """Return True if nothing but a comma or ``và`` stands between a name and what follows."""
        if index == last:
            return bool(_LISTED.fullmatch(self.words[index].before))
        between = self.words[last].low if last < len(self.words) else ""
        return index == last + 1 and between in {"và", "với", "hoặc"}

    def _is_shouted(self) -> bool:
        return self.text.isupper()

    def _get_text_before(self, index: int) -> str:
        start = self.words[index].start
        return self.text[max(0, start - 90) : start].lower()

    def _build(
        self, begin: int, start: int, stop: int, kind: str, province: str = ""
    ) -> ProvinceMention | None:
        """Return the mention; a district of a name that several provinces have is the own one's."""
        key = self._get_key(start, stop)
        within = self._is_within(begin)
        first, last = self.words[begin].start, self.words[stop - 1].end
        found = self.names.provinces.get(key)
        if found is not None and kind in {"", "tinh", "thanh_pho"}:
            city = kind == "thanh_pho" and found.kind == "tinh"
            if not city or key not in self.names.districts:
                foreign = found.name not in OWN_PROVINCES
                return ProvinceMention(
                    found.name, "province", first, last, foreign, found.name, within, kind
                )
        districts = self.names.districts.get(key, ())
        if kind in {"quan", "huyen", "thi_xa", "thanh_pho"} and districts:
            if start < len(self.words) and self.words[start].text[0].isdigit() and kind != "quan":
                return None
            district = self._choose_district(districts, kind, province, stop)
            return ProvinceMention(
                district.name, "district", first, last, not district.is_own,
                district.province, within, kind,
            )  # fmt: skip
        return None

    def _choose_district(
        self, districts: Sequence[District], kind: str, province: str, stop: int
    ) -> District:
        """Return which of several districts of one name is meant: the province behind it tells."""
        if not province and stop < len(self.words):
            _, behind = self._read_type(stop)
            end = self._find_name_end(behind, typed=False)
            named = self.names.provinces.get(self._get_key(behind, end)) if end else None
            province = named.name if named and "." not in self.words[stop].before else ""
        named_there = [d for d in districts if d.province == province]
        chosen = named_there or [d for d in districts if d.is_own] or list(districts)
        return next((d for d in chosen if d.kind == kind), chosen[0])

    def _is_within(self, begin: int) -> bool:
        """Return False where the words before only lead to the place or border on it."""
        position = begin - 1
        while position >= 0 and self.words[position].low in {"các", "hai", "ba", "những"}:
            position -= 1
        if position < 0:
            return True
        near = not self.words[position + 1].before.strip()
        return not (near and self.words[position].low in _TOWARDS - {"qua"})


@cache
def _load_unmarked() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the names of provinces and districts by their spelling without marks."""
    names = _load_names()
    return {tuple(map(fold_text, key)): key for key in (*names.districts, *names.provinces)}
