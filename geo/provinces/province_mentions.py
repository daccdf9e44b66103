"""Provinces and districts that a text names **as places**, and whether they are the city's own.

A name counts where a type word stands before it (``tỉnh``, ``TP.``, ``H.``, ``T.``), where a
preposition says that something lies in it (``tại``, ``thuộc``, ``địa phận`` …), in a list of
provinces, behind the comma of a district, in brackets, or as the place that a line begins with
(``Quảng Ninh: …``). Names of roads, companies, people and of communes called the same do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.provinces.context_words import (
    INSIDE,
    MAY_ALSO_BE,
    NO_PLACE,
    OF,
    OTHER_HEADS,
    OTHER_TYPES,
    TOWARDS,
)
from geo.provinces.province_list import OWN_PROVINCES
from geo.provinces.province_names import NameReader, ProvinceMention, load_names, split_words
from geo.text import to_nfc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.provinces.province_list import District


_LISTED: Final = re.compile(r"\s*[,;/+]\s*|\s*[-\u2013]\s*")
_OWN_KEY: Final = ("hải", "dương")


def find_provinces(text: str, *, title: bool = False) -> tuple[ProvinceMention, ...]:
    """Return the provinces and districts that a text names as places, in order.

    In a ``title`` a province needs no word beside it: ``Bắc Ninh lập ba cụm công nghiệp``.
    """
    text = to_nfc(text)
    words = split_words(text)
    if not words:
        return ()
    return _Finder(text, words, load_names(), title).run()


def find_foreign(text: str) -> tuple[ProvinceMention, ...]:
    """Return the mentions of other provinces, or their districts, that something lies in."""
    return tuple(m for m in find_provinces(text) if m.foreign and m.within)


@dataclass(slots=True)
class _Finder(NameReader):
    """Walks over the words of one text."""

    title: bool

    def run(self) -> tuple[ProvinceMention, ...]:
        """Return the mentions in order."""
        found: list[ProvinceMention] = []
        index, governing, end_of_last = 0, "", -1
        while index < len(self.words):
            kind, name_from = self.read_type(index)
            listed = not kind and end_of_last >= 0 and self._continues_list(end_of_last, index)
            if kind:
                stop = self.find_name_end(name_from)
                mention = self._build_typed(index, name_from, stop, kind) if stop else None
            else:
                stop = self.find_name_end(index)
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

    def _build_typed(
        self, type_at: int, start: int, stop: int, kind: str
    ) -> ProvinceMention | None:
        head = OTHER_HEADS.search(self.get_text_before(type_at))
        if head and head[0].startswith(("công ty", "tập đoàn", "ngân hàng")):
            return None
        return self._build(type_at, start, stop, kind)

    def _build_listed(self, start: int, stop: int, governing: str) -> ProvinceMention | None:
        """Return the next name of a list; its type word stood before the first."""
        if not governing and self.get_key(start, stop) not in self.names.provinces:
            return None
        return self._build(start, start, stop, governing)

    def _build_bare(self, start: int, stop: int) -> ProvinceMention | None:
        key = self.get_key(start, stop)
        before = self.words[start - 1] if start else None
        near = before is not None and not self.words[start].before.strip()
        word = before.low if before is not None and near else ""
        leads = word in INSIDE | TOWARDS
        capital = near and before is not None and before.text[0].isupper() and start > 1
        longer = capital and not (leads or self.is_shouted())  # the end of a longer name
        if longer or word in OTHER_TYPES | NO_PLACE:
            return None
        if OTHER_HEADS.search(self.get_text_before(start)):
            return None
        if key not in self.names.provinces:
            return self._build_district_before_province(start, stop, key)
        apart = leads or word in OF or self._stands_apart(start, stop)
        certain = self._is_certain(key)
        apart |= self.title and not self._is_chained(start, stop)
        if (certain and apart) or self._is_in_list(stop, certain=certain):
            return self._build(start, start, stop, "")
        return None

    def _is_chained(self, start: int, stop: int) -> bool:
        """Return True for the ends of a road: ``Hà Nội - Hải Phòng``."""
        behind = self.words[stop].before if stop < len(self.words) else ""
        return bool(re.search(r"[-\u2013]", self.words[start].before + behind))

    def _is_certain(self, key: tuple[str, ...]) -> bool:
        """Return True for a province whose name is no commune's, road's or person's."""
        return key not in self.names.communes | MAY_ALSO_BE or key == _OWN_KEY

    def _build_district_before_province(
        self, start: int, stop: int, key: tuple[str, ...]
    ) -> ProvinceMention | None:
        """Return a district without a type word, where its province stands behind it."""
        if stop >= len(self.words) or self.words[stop].before.strip() not in {",", "(", "-"}:
            return None
        _, behind = self.read_type(stop)
        end = self.find_name_end(behind)
        province = self.names.provinces.get(self.get_key(behind, end)) if end else None
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

    def _is_in_list(self, stop: int, *, certain: bool) -> bool:
        """Return True if another province stands beside this one, joined by a comma or ``và``.

        One of the two has to be ``certain``: today's communes have names of provinces too.
        """
        if stop >= len(self.words):
            return False
        behind = stop
        if self.words[stop].low == "và":
            behind += 1
        elif not re.fullmatch(r"\s*[,;]\s*", self.words[stop].before):
            return False
        end = self.find_name_end(behind) if behind < len(self.words) else 0
        key = self.get_key(behind, end) if end else ()
        return key in self.names.provinces and (certain or self._is_certain(key))

    def _continues_list(self, last: int, index: int) -> bool:
        """Return True if nothing but a comma or ``và`` stands between a name and what follows."""
        if index == last:
            return bool(_LISTED.fullmatch(self.words[index].before))
        between = self.words[last].low if last < len(self.words) else ""
        return index == last + 1 and between in {"và", "với", "hoặc"}

    def _build(
        self, begin: int, start: int, stop: int, kind: str, province: str = ""
    ) -> ProvinceMention | None:
        """Return the mention; a district of a name that several provinces have is the own one's."""
        key = self.get_key(start, stop)
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
            _, behind = self.read_type(stop)
            end = self.find_name_end(behind)
            named = self.names.provinces.get(self.get_key(behind, end)) if end else None
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
        return not (near and self.words[position].low in TOWARDS - {"qua"})
