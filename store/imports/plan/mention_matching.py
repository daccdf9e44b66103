"""Which known item is meant by a name in a sentence: fuller or shorter than a table writes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reports.statements.facts.item_kinds import strip_generic_words
from store.imports.plan.matching import (
    KEY_PROJECT,
    PARKS,
    SHOWN,
    THIN,
    ItemMatch,
    KnownNames,
    find_alias,
    match_item,
    normalise_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.model.item_mention import ItemMention
    from store.audit.rows import Content

_OTHER: Final = "other"


@dataclass(frozen=True, eq=False)
class MentionNames:
    """The names that mentions are matched with.

    ``projects`` are items of any kind but parks, by what names them; ``learned`` what a person
    said of names in the same issuer's reports; ``placed`` the communes of items that have some.
    """

    known: KnownNames
    projects: list[tuple[str, str]]
    learned: Mapping[str, str]
    placed: Mapping[str, set[str]] = field(default_factory=dict)

    def add_project(self, item: str, name: str) -> None:
        """Add the name of an item that the same report has brought."""
        self.projects.append((item, strip_generic_words(name)))


def collect_mention_names(
    known: KnownNames, learned: Mapping[str, str], places: Iterable[Content] = ()
) -> MentionNames:
    """Return known names as mentions are matched with them; ``places`` are rows of the store."""
    named = [
        (item, strip_generic_words(name))
        for group in (KEY_PROJECT, _OTHER)
        for item, name in known.by_group.get(group, ())
    ]
    projects = [(item, name) for item, name in named if name]
    return MentionNames(known, projects, learned, map_communes(places))


def map_communes(places: Iterable[Content]) -> dict[str, set[str]]:
    """Return the communes of every item that rows of places name."""
    communes: dict[str, set[str]] = {}
    for row in places:
        communes.setdefault(str(row["item"]), set()).add(str(row["commune"]))
    return communes


def match_mention(mention: ItemMention, names: MentionNames) -> ItemMatch:
    """Return what item a mention is; a part of a known name, or more than it, is asked about."""
    known = names.known
    if mention.item in known.items:
        return ItemMatch(mention.item, "name", 1.0)
    written = (mention.name, mention.name_raw)
    learned = (names.learned.get(normalise_name(name), "") for name in written)
    for settled in (find_alias(known.aliases, written), *learned):
        if settled in known.items:
            return ItemMatch(settled, "alias", 1.0)
    if mention.kind in PARKS:
        match = match_item((mention.name, mention.name_raw), mention.kind, known)
        new_zone = match.how == "new" and not match.item
        return ItemMatch(mention.item, "new", match.score) if new_zone else match
    name = strip_generic_words(mention.name)
    projects = KnownNames({_OTHER: names.projects}, known.items, {}, {})
    match = match_item((name,), mention.kind, projects)
    if match.how != "new":
        return match
    parts = [item for item, other in names.projects if _is_part(name, other)]
    if not parts:
        return match
    ranked = dict(match.candidates) | dict.fromkeys(parts, THIN)
    best = sorted(ranked.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
    return ItemMatch("", "unsure", THIN, tuple(best))


def _is_part(name: str, other: str) -> bool:
    """Return True if all words of one name stand in the other, side by side."""
    return f" {name} " in f" {other} " or f" {other} " in f" {name} "
