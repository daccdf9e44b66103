"""Which known item a report means by a name, how surely, and what persons have settled of names.

Names are compared without tones, diacritics and case, for those are what scans lose. A name that a
person has settled before, or that is written as known, is sure; a likeness is sure only when
it is great and no other item is nearly as like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import sqlalchemy as sa
from rapidfuzz import fuzz

from geo.text import fold_text
from store.db.schema import ALIASES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    import pandas as pd

    from store.audit.ledger import Ledger
    from store.audit.rows import Content

SURE: Final = 0.93
"""A likeness from here on is taken, if the next item is ``MARGIN`` behind."""
MARGIN: Final = 0.06
SAME_WORD: Final = 65
"""Words this alike (of 100) may be one word, read by a scanner two ways."""
THIN: Final = 0.72
"""Below this likeness a name is that of an item not known yet."""
SHOWN: Final = 5
KEY_PROJECT: Final = "key_project"
PARKS: Final = frozenset({"industrial_park", "industrial_cluster", "economic_zone"})
_APART: Final = re.compile(r"[^\w]+")
_KIND_WORDS: Final = re.compile(
    r"^(?:khu cong nghiep|kcn|cum cong nghiep|cum cn|ccn|khu kinh te|kkt)\b ?"
)
_PROJECT_WORDS: Final = re.compile(r"^du an (?:dau tu )?(?:xay dung )?")
"""The words for a project before its name: with and without them it is the same name."""

_NUMBERS: Final = re.compile(r"\d+|\b[ivx]+\b")
AliasKind = Literal["item", "place", "answer"]


@dataclass(frozen=True)
class ItemMatch:
    """What is known of a name: ``item`` ('' when undecided or new), ``how`` and the candidates.

    ``gone`` are those of the candidates, with their names, that the report's list no longer names.
    ``how``: ``alias`` (settled by a person), ``name`` (written as known), ``like`` (great
    likeness), ``unsure`` (to be asked) or ``new`` (then ``item`` is the code of the zone of that
    name, if there is one).
    """

    item: str
    how: str
    score: float
    candidates: tuple[tuple[str, float], ...] = ()
    gone: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class KnownNames:
    """Names of items by kind group, folded; names of zones; what persons have settled."""

    by_group: Mapping[str, Sequence[tuple[str, str]]]
    items: frozenset[str]
    zones: Mapping[tuple[str, str], str]
    aliases: Mapping[str, str]


def collect_known_names(
    items: Sequence[Content], zones: pd.DataFrame, aliases: Mapping[str, str]
) -> KnownNames:
    """Return the names that items are known by: as corrected, as scanned, as zones are called.

    ``items`` are rows of the store; ``zones`` is the gazetteer's.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in items:
        group = get_kind_group(row["kind"])
        names = dict.fromkeys(_strip_kind_words(row[name], group) for name in ("name", "name_raw"))
        groups.setdefault(group, []).extend((row["item"], name) for name in names if name)
    called: dict[tuple[str, str], set[str]] = {}
    for row in zones.to_dict("records"):
        for name in filter(None, (row["name"], *row["aliases"].split(";"))):
            called.setdefault((row["kind"], _strip_kind_words(name, row["kind"])), set()).add(
                row["zone"]
            )
    aliases = {**_spell_otherwise(aliases), **aliases}
    single = {name: min(codes) for name, codes in called.items() if len(codes) == 1}
    return KnownNames(groups, frozenset(row["item"] for row in items), single, aliases)


def _spell_otherwise(aliases: Mapping[str, str]) -> dict[str, str]:
    """Return what names that are settled stand for by their keys, where each stands for one."""
    meant: dict[str, set[str]] = {}
    for name, target in aliases.items():
        meant.setdefault(make_name_key(name), set()).add(target)
    return {key: min(targets) for key, targets in meant.items() if len(targets) == 1}


def find_alias(aliases: Mapping[str, str], names: Iterable[str]) -> str:
    """Return what a person settled that one of the names stands for, '' for nothing.

    ``aliases`` are those of ``KnownNames``: a name written in another way is found too.
    """
    for name in names:
        for spelling in (normalise_name(name), make_name_key(name)):
            if spelling in aliases:
                return aliases[spelling]
    return ""


def find_named_item(aliases: Mapping[str, str], items: Container[str], names: Iterable[str]) -> str:
    """Return the item that persons have said the names stand for, '' for none or several."""
    keys = {make_name_key(name) for name in names}
    found = {target for name, target in aliases.items() if make_name_key(name) in keys}
    item = min(found) if len(found) == 1 else ""
    return item if item in items else ""


def get_kind_group(kind: str) -> str:
    """Return the group of kinds within which names are compared."""
    return kind if kind == KEY_PROJECT or kind in PARKS else "other"


def normalise_name(name: str) -> str:
    """Return a name as it is compared: folded, words only."""
    return " ".join(_APART.sub(" ", fold_text(name)).split())


def make_name_key(name: str) -> str:
    """Return what of a name is the same however it is written.

    That is without case, accents, dashes and the words for a project before it.
    """
    whole = normalise_name(name)
    return _PROJECT_WORDS.sub("", whole) or whole


def match_item(names: Sequence[str], kind: str, known: KnownNames) -> ItemMatch:
    """Return what item is meant by the names that a report gives one thing (corrected, raw)."""
    group = get_kind_group(kind)
    settled = find_alias(known.aliases, names)
    if settled:
        return ItemMatch(settled, "alias", 1.0)
    spellings = list(
        dict.fromkeys(filter(None, (_strip_kind_words(name, group) for name in names)))
    )
    zone = next(
        (known.zones[group, name] for name in spellings if (group, name) in known.zones), ""
    )
    zone = zone if group in PARKS else ""
    if zone:
        return ItemMatch(zone, "name" if zone in known.items else "new", 1.0)
    scores: dict[str, float] = {}
    for item, name in known.by_group.get(group, ()):
        best = max((compute_similarity(spelling, name) for spelling in spellings), default=0.0)
        scores[item] = max(best, scores.get(item, 0.0))
    order = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
    first = order[0] if order else ("", 0.0)
    behind = order[1][1] if len(order) > 1 else 0.0
    candidates = tuple((item, round(score, 3)) for item, score in order if score >= THIN / 2)
    if first[1] == 1.0 and behind < 1.0:
        return ItemMatch(first[0], "name", 1.0, candidates)
    if first[1] >= SURE and first[1] - behind >= MARGIN:
        return ItemMatch(first[0], "like", first[1], candidates)
    if first[1] >= THIN:
        return ItemMatch("", "unsure", first[1], candidates)
    return ItemMatch("", "new", first[1], candidates)


def _strip_kind_words(name: str, group: str) -> str:
    """Return a name as it is compared, a park's without the words for its kind."""
    return (
        _KIND_WORDS.sub("", normalise_name(name)).strip()
        if group in PARKS
        else normalise_name(name)
    )


def compute_similarity(name: str, other: str) -> float:
    """Return how like two names are, from 0 to 1.

    A word or number that is another, not just another spelling, makes a name unsure at best: what
    tells "Aeon Hải Dương" from "Aeon Hải Phòng" is one word of many.
    """
    score = float(fuzz.ratio(name, other)) / 100
    words, others = name.split(), other.split()
    apart = len(words) != len(others) or any(
        fuzz.ratio(word, known) < SAME_WORD for word, known in zip(words, others, strict=True)
    )
    if apart or sorted(_NUMBERS.findall(name)) != sorted(_NUMBERS.findall(other)):
        return min(score, SURE - 0.01)
    return score


@dataclass(frozen=True)
class NameAlias:
    """A name that stands for an item's code (``item``) or communes' codes (``place``).

    ``answer``: ``folded`` is the fingerprint of a question, ``target`` the choice made.
    """

    kind: AliasKind
    text: str
    folded: str
    target: str


def read_aliases(connection: sa.Connection, kind: AliasKind) -> dict[str, str]:
    """Return what is settled now: target by folded text."""
    query = sa.select(ALIASES.c.folded, ALIASES.c.target).where(
        ALIASES.c.kind == kind, ALIASES.c.removed_by.is_(None)
    )
    return {str(folded): str(target) for folded, target in connection.execute(query)}


def record_alias(ledger: Ledger, alias: NameAlias, origin: str = "person") -> None:
    """Remember an alias as part of a change; what the text stood for before is history."""
    same = (ALIASES.c.kind == alias.kind, ALIASES.c.folded == alias.folded)
    now = sa.select(ALIASES.c.target).where(*same, ALIASES.c.removed_by.is_(None))
    before = ledger.connection.scalar(now)
    if before == alias.target:
        return
    ledger.connection.execute(
        ALIASES.update()
        .where(*same, ALIASES.c.removed_by.is_(None))
        .values(removed_by=ledger.number)
    )
    ledger.connection.execute(
        ALIASES.insert().values(
            kind=alias.kind,
            text=alias.text,
            folded=alias.folded,
            target=alias.target,
            origin=origin,
            added_by=ledger.number,
        )
    )
    ledger.note(
        "item_aliases", f"{alias.kind} · {alias.text}", before=before or "", after=alias.target
    )


def forget_alias(ledger: Ledger, alias: NameAlias) -> None:
    """Forget what a text stands for; undoing gives it back."""
    rows = ALIASES.c
    same = (rows.kind == alias.kind, rows.folded == alias.folded, rows.removed_by.is_(None))
    before = ledger.connection.scalar(sa.select(rows.target).where(*same))
    if before is not None:
        ledger.connection.execute(ALIASES.update().where(*same).values(removed_by=ledger.number))
        ledger.note("item_aliases", f"{alias.kind} · {alias.text}", before=str(before))


def undo_aliases(ledger: Ledger, number: int) -> None:
    """Take back the aliases that an import brought, and give back those that it replaced."""
    rows = ALIASES.c
    brought = rows.added_by == number
    for row in ledger.connection.execute(
        sa.select(ALIASES).where(brought, rows.removed_by.is_(None))
    ).mappings():
        ledger.note("item_aliases", f"{row['kind']} · {row['text']}", before=row["target"])
    leaving = ALIASES.update().where(brought, rows.removed_by.is_(None))
    ledger.connection.execute(leaving.values(removed_by=ledger.number))
    replaced = sa.select(ALIASES).where(rows.removed_by == number, rows.added_by != number)
    for row in ledger.connection.execute(replaced).mappings().all():
        back = NameAlias(row["kind"], row["text"], row["folded"], row["target"])
        record_alias(ledger, back, row["origin"])


def retire_aliases(ledger: Ledger, item: str) -> None:
    """Forget the names that stand for an item which is taken out; undoing gives them back."""
    rows = ALIASES.c
    conditions = (rows.kind == "item", rows.target == item, rows.removed_by.is_(None))
    for row in ledger.connection.execute(sa.select(ALIASES).where(*conditions)).mappings().all():
        ledger.note("item_aliases", f"{row['kind']} · {row['text']}", before=row["target"])
    leaving = ALIASES.update().where(*conditions)
    ledger.connection.execute(leaving.values(removed_by=ledger.number))
