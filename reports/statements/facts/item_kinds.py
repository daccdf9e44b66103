"""What kind of item a subject is, and which words of its name say which item it is."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.paths import DATA
from geo.text import fold_text, normalise_spelling

if TYPE_CHECKING:
    from reports.model.statement import SubjectKind

_FILE: Final = DATA / "grammar" / "item_kinds.toml"
_FIXED: Final[dict[SubjectKind, str]] = {
    "park": "industrial_park",
    "cluster": "industrial_cluster",
    "zone": "economic_zone",
}
_SPACES: Final = re.compile(r"[^\w]+")


class _Rules(NamedTuple):
    """The file's rules: patterns of kinds, general words the longest first, what is no name."""

    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    generic: tuple[str, ...]
    alone: frozenset[str]
    papers: tuple[str, ...]


@cache
def _load_rules() -> _Rules:
    rules = tomllib.loads(_FILE.read_text("utf-8"))
    kinds = tuple(
        (kind, re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE))
        for kind, words in rules["kinds"].items()
    )
    generic = {_clean(word) for word in rules["generic"]["words"]}
    alone = frozenset(_clean(word) for word in rules["generic"]["alone"])
    papers = tuple(f"{_clean(word)} " for word in rules["no_item"]["begins"])
    return _Rules(kinds, tuple(sorted(generic, key=len, reverse=True)), alone, papers)


def classify_item(subject_kind: SubjectKind, name: str) -> str:
    """Return the kind of item (``schema.ITEM_KINDS``) that a subject is, '' for no item."""
    if subject_kind in _FIXED:
        return _FIXED[subject_kind]
    if subject_kind not in {"project", "housing"}:
        return ""
    words = normalise_spelling(name)  # with its marks: "đường" is no "Dương"
    kind = next((kind for kind, sign in _load_rules().kinds if sign.search(words)), "")
    if subject_kind == "housing":
        return kind if kind == "resettlement" else "housing"
    return kind or "investment"


def strip_generic_words(name: str) -> str:
    """Return a name, folded, without the words before what names it ("dự án đầu tư xây dựng").

    '' for general words alone ("Dự án nhà ở xã hội") and for papers ("Hồ sơ …").
    """
    rest = _clean(name)
    stripped = True
    while stripped:
        stripped = False
        for word in _load_rules().generic:
            if rest == word:
                return ""
            if rest.startswith(f"{word} "):
                rest, stripped = rest[len(word) + 1 :], True
                break
    rules = _load_rules()
    return "" if rest in rules.alone or f"{rest} ".startswith(rules.papers) else rest


def _clean(text: str) -> str:
    return " ".join(_SPACES.sub(" ", fold_text(text)).split())
