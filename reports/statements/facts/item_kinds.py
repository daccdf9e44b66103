"""What kind of item a subject is, and which words of its name say which item it is."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Final

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


@cache
def _load_rules() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], tuple[str, ...]]:
    rules = tomllib.loads(_FILE.read_text("utf-8"))
    kinds = tuple(
        (kind, re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE))
        for kind, words in rules["kinds"].items()
    )
    generic = {_clean(word) for word in rules["generic"]["words"]}
    return kinds, tuple(sorted(generic, key=len, reverse=True))


def classify_item(subject_kind: SubjectKind, name: str) -> str:
    """Return the kind of item (``schema.ITEM_KINDS``) that a subject is, '' for no item."""
    if subject_kind in _FIXED:
        return _FIXED[subject_kind]
    if subject_kind not in {"project", "housing"}:
        return ""
    words = normalise_spelling(name)  # with its marks: "đường" is no "Dương"
    kind = next((kind for kind, sign in _load_rules()[0] if sign.search(words)), "")
    if subject_kind == "housing":
        return kind if kind == "resettlement" else "housing"
    return kind or "investment"


def strip_generic_words(name: str) -> str:
    """Return a name, folded, without the words before what names it ("dự án đầu tư xây dựng")."""
    rest = _clean(name)
    stripped = True
    while stripped:
        stripped = False
        for word in _load_rules()[1]:
            if rest == word:
                return ""
            if rest.startswith(f"{word} "):
                rest, stripped = rest[len(word) + 1 :], True
                break
    return rest


def _clean(text: str) -> str:
    return " ".join(_SPACES.sub(" ", fold_text(text)).split())
