"""The one catalogue of interface texts, and how Vietnamese writes numbers and dates.

Texts lie in ``data/text/<language>/<room>.toml``: ``[section] key = "text with {names}"``.
A text is asked for as ``room.section.key``. Vietnamese is the language of the product; a text
that English lacks is shown in Vietnamese.
"""

from __future__ import annotations

import tomllib
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.errors import CatalogueError
from geo.paths import DATA

if TYPE_CHECKING:
    from datetime import date

DEFAULT_LANGUAGE: Final = "vi"
LANGUAGES: Final = ("vi", "en")
_READER_LANGUAGE: ContextVar[str] = ContextVar("reader_language", default=DEFAULT_LANGUAGE)
_SWAPPED: Final = str.maketrans(",.", ".,")


def use_language(language: str) -> None:
    """Tell the texts of refusals in this language from here on, for the request being answered."""
    _READER_LANGUAGE.set(language if language in LANGUAGES else DEFAULT_LANGUAGE)


def get_reader_language() -> str:
    """Return the language of whoever is being answered, Vietnamese where nobody said."""
    return _READER_LANGUAGE.get()


@cache
def load_catalogue(language: str) -> dict[str, str]:
    """Return all texts of a language as ``{"room.section.key": text}``."""
    texts: dict[str, str] = {}
    for path in sorted((DATA / "text" / language).glob("*.toml")):
        _flatten_table(tomllib.loads(path.read_text("utf-8")), path.stem, texts)
    return texts


def t(key: str, /, language: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """Return the text of ``key`` with ``values`` put in.

    Raises ``CatalogueError`` for a key that no language has.
    """
    text = load_catalogue(language).get(key) or load_catalogue(DEFAULT_LANGUAGE).get(key)
    if text is None:
        raise CatalogueError(key)
    return text.format(**values) if values else text


def format_number(value: float, decimals: int = 0, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a number as the language writes it: ``12.792,6`` in Vietnamese."""
    text = f"{value:,.{decimals}f}"
    if language == "vi":
        return text.translate(_SWAPPED)
    return text


def format_money(mvnd: float, language: str = DEFAULT_LANGUAGE) -> str:
    """Return an amount in million VND as billions: ``12.792,6 tỷ đồng``."""
    billions = mvnd / 1000
    decimals = 0 if float(billions).is_integer() else 1
    return t("geo.unit.billion_vnd", language, amount=format_number(billions, decimals, language))


def format_percent(value: float, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a percentage with at most one decimal: ``6,5 %``."""
    decimals = 0 if round(value, 1) == round(value) else 1
    return f"{format_number(value, decimals, language)} %"


def format_date(value: date, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a date as ``07/05/2026`` in Vietnamese, ISO in English."""
    return value.strftime("%d/%m/%Y") if language == "vi" else value.isoformat()


def _flatten_table(table: dict[str, object], prefix: str, into: dict[str, str]) -> None:
    for key, value in table.items():
        name = f"{prefix}.{key}"
        if isinstance(value, dict):
            _flatten_table(value, name, into)
        else:
            into[name] = str(value)
