"""The strings of the geocoder's benchmark: names of the gazetteer, whole and damaged, seeded.

Errors are made as scans make them: a letter taken for another, lost or put in; a tone lost or
changed; spaces lost or put in. Half of the wrong letters are drawn from all Vietnamese letters,
half from the pairs that optical recognition confuses.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.gazetteer import Gazetteer

SEED = 2026
LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
)
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
CONFUSED = {
    "a": "oăâ", "ă": "aâ", "â": "aă", "b": "h6", "c": "eo", "d": "đo", "đ": "d", "e": "cê",
    "ê": "e", "g": "q9", "h": "bn", "i": "lj1", "k": "h", "l": "i1t", "m": "n", "n": "mru",
    "o": "ôơ0", "ô": "oơ", "ơ": "oô", "p": "r", "q": "g", "r": "n", "s": "5", "t": "l",
    "u": "uưn", "ư": "u", "v": "y", "x": "z", "y": "v",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A string and the communes that it names; none where no commune of the city is meant."""

    text: str
    codes: frozenset[str]
    former: str = ""  # the former unit in full, where one is named


@dataclass(frozen=True)
class TextSet:
    """Strings of one kind."""

    name: str
    cases: list[Case]


def all_sets(gazetteer: Gazetteer, per_name: int, outside: list[str]) -> list[TextSet]:
    """Return every set; ``per_name`` damaged strings are made of each name."""
    full = [(row.name, row.code) for row in gazetteer.communes.itertuples()]
    short = [(row.short_name, row.code) for row in gazetteer.communes.itertuples()]

    def damaged(
        title: str, names: list[tuple[str, str]], damage: Callable[[random.Random, str], str | None]
    ) -> TextSet:
        chance = random.Random(f"{SEED} {title}")  # noqa: S311 - errors, not secrets
        cases = []
        for name, code in names:
            for _ in range(per_name):
                text = damage(chance, name)
                if text is not None:
                    cases.append(Case(text, frozenset({code})))
        return TextSet(title, cases)

    return [
        TextSet("full names, as written", list(_clean(full))),
        TextSet("accents dropped", list(_bare(full))),
        damaged("one wrong tone", full, wrong_tone),
        damaged("one wrong letter", full, lambda c, n: wrong_letters(c, n, 1)),
        damaged("two wrong letters", full, lambda c, n: wrong_letters(c, n, 2)),
        damaged("joined or split words", full, wrong_spaces),
        damaged("short names, one wrong letter", short, lambda c, n: wrong_letters(c, n, 1)),
        damaged("short names, two wrong letters", short, lambda c, n: wrong_letters(c, n, 2)),
        TextSet("former communes with district", list(_former(gazetteer, district=True))),
        TextSet("former communes alone", list(_former(gazetteer, district=False))),
        TextSet("former districts (sets)", list(_districts(gazetteer))),
        TextSet("lists", list(_lists(gazetteer, per_name * 10))),
        TextSet("communes of other provinces", [Case(text, frozenset()) for text in outside]),
    ]


def wrong_letters(chance: random.Random, name: str, count: int) -> str:
    """Return the name with letters taken for others, lost or put in."""
    letters = list(unicodedata.normalize("NFC", name))
    for _ in range(count):
        places = [i for i, letter in enumerate(letters) if letter.isalpha()]
        at = chance.choice(places)
        old = letters[at]
        likely = CONFUSED.get(old.lower()) or CONFUSED.get(fold_text(old), "")
        new = chance.choice(LETTERS)
        if likely and chance.random() < 0.5:
            new = chance.choice(likely)
        match chance.choice("sssdi"):
            case "s" if fold_text(new) != fold_text(old):
                letters[at] = new.upper() if old.isupper() else new
            case "s":
                letters[at] = chance.choice([x for x in "bcghklmnprstvx" if x != fold_text(old)])
            case "d":
                del letters[at]
            case _:
                letters.insert(at + 1, new)
    return "".join(letters)


def wrong_tone(chance: random.Random, name: str) -> str:
    """Return the name with one tone changed, lost or put in."""
    parts = unicodedata.normalize("NFD", name)
    vowels = [
        i
        for i, letter in enumerate(parts)
        if letter.lower() in "aeiouy" and parts[i - 1 : i + 1].lower() not in {"gi", "qu"}
    ]
    at = chance.choice(vowels)
    stop = at + 1
    while stop < len(parts) and unicodedata.combining(parts[stop]):
        stop += 1
    marks = [mark for mark in parts[at + 1 : stop] if mark not in TONES]
    old = "".join(mark for mark in parts[at + 1 : stop] if mark in TONES)
    new = chance.choice([tone for tone in TONES if tone != old])
    return unicodedata.normalize("NFC", parts[: at + 1] + "".join(marks) + new + parts[stop:])


def wrong_spaces(chance: random.Random, name: str) -> str | None:
    """Return the name with one or two spaces lost or put inside a word."""
    text = name
    for _ in range(chance.choice((1, 2))):
        spaces = [i for i, letter in enumerate(text) if letter == " "]
        if spaces and chance.random() < 0.5:
            at = chance.choice(spaces)
            text = text[:at] + text[at + 1 :]
        else:
            at = chance.choice([i for i in range(1, len(text)) if text[i - 1 : i + 1].isalpha()])
            text = f"{text[:at]} {text[at:]}"
    return None if text == name else text


def _unmarked(name: str) -> str:
    plain = fold_text(name)
    return "".join(
        letter.upper() if old.isupper() else letter for letter, old in zip(plain, name, strict=True)
    )


def _clean(names: list[tuple[str, str]]) -> Iterator[Case]:
    for name, code in names:
        for text in (name, name.upper(), name.lower(), unicodedata.normalize("NFD", name)):
            yield Case(text, frozenset({code}))


def _bare(names: list[tuple[str, str]]) -> Iterator[Case]:
    for name, code in names:
        for text in (_unmarked(name), _unmarked(name).lower(), _unmarked(name).upper()):
            yield Case(text, frozenset({code}))


def _former(gazetteer: Gazetteer, *, district: bool) -> Iterator[Case]:
    """Yield former communes whose land lies nearly all in one commune.

    Without their district only those whose type and name belong to no other unit.
    """
    today = set(gazetteer.communes["name"].str.lower())
    units = [unit for unit in gazetteer.unit_by_id.values() if unit.level == "commune"]
    named: dict[str, set[str]] = {}
    for unit in units:
        named.setdefault(unit.label().split(",")[0], set()).update(unit.communes)
    for unit in units:
        known = [share for share in unit.shares if share]
        whole = len(unit.communes) == 1 or (known and known[0] / sum(known) >= 0.9)
        label = unit.label()
        alone = label.split(",")[0]
        if not whole or (not district and (alone.lower() in today or len(named[alone]) > 1)):
            continue
        yield Case(label if district else alone, frozenset({unit.communes[0]}), label)


def _districts(gazetteer: Gazetteer) -> Iterator[Case]:
    for unit in gazetteer.unit_by_id.values():
        if unit.level == "district":
            yield Case(unit.label(), frozenset(unit.communes), unit.label())


def _lists(gazetteer: Gazetteer, count: int) -> Iterator[Case]:
    chance = random.Random(f"{SEED} lists")  # noqa: S311
    rows = list(gazetteer.communes.itertuples())
    for _ in range(count):
        chosen = chance.sample(rows, chance.randint(2, 7))
        codes = frozenset(row.code for row in chosen)
        form = chance.randrange(4)
        if form == 0:
            text = ", ".join(row.short_name for row in chosen)
        elif form == 1:
            text = "; ".join(row.name for row in chosen)
        elif form == 2:
            text = ", ".join(row.name for row in chosen[:-1]) + " và " + chosen[-1].name
        else:
            text = _grouped(chosen)
        yield Case(text, codes)


def _grouped(rows: list) -> str:  # type: ignore[type-arg]
    """Return a list that says each type once: ``các xã A, B và các phường C, D``."""
    words = {"xa": "các xã", "phuong": "các phường", "dac_khu": "đặc khu"}
    groups = [
        f"{word} " + ", ".join(row.short_name for row in rows if row.kind == kind)
        for kind, word in words.items()
        if any(row.kind == kind for row in rows)
    ]
    return " và ".join(groups)
