"""What a person is told of an encoding: its name, and two lines before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.readers.encodings.legacy_fonts import NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.readers.encodings.legacy_fonts import LegacyEncoding

_SAMPLES: Final = 2
_LENGTH: Final = 60
_LEAD: Final = 20
_NAMED: Final = 5


def describe_conversion(
    encoding: LegacyEncoding, changes: Sequence[tuple[str, str]], *, whole: bool
) -> str:
    """Return the message that text (all of it or a part) was converted, with two samples."""
    key = "converted" if whole else "converted_part"
    return t(f"reports.encoding.{key}", encoding=NAMES[encoding], samples=_format_samples(changes))


def describe_unconverted(encoding: LegacyEncoding) -> str:
    """Return the message that text looks like that of an old font and was left as it is."""
    return t("reports.encoding.unconverted", encoding=NAMES[encoding])


def describe_garbled(where: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Return the message that text looks decoded wrongly, with both readings."""
    return t("reports.encoding.twice", where=where, samples=_format_samples(pairs))


def describe_lost(where: str) -> str:
    """Return the message that letters are lost in a file."""
    return t("reports.encoding.lost", where=where)


def format_lines(numbers: Sequence[int]) -> str:
    """Return lines of a file as words: the first few and how many more."""
    named = ", ".join(map(str, numbers[:_NAMED]))
    if len(numbers) > _NAMED:
        return t("reports.encoding.more_lines", lines=named, count=len(numbers) - _NAMED)
    return t("reports.encoding.lines", lines=named)


def _format_samples(pairs: Sequence[tuple[str, str]]) -> str:
    return "; ".join(
        t("reports.encoding.sample", before=before, after=after)
        for before, after in (_cut_pair(*pair) for pair in pairs[:_SAMPLES])
    )


def _cut_pair(before: str, after: str) -> tuple[str, str]:
    """Return a line before and after, cut to where they begin to differ."""
    before, after = " ".join(before.split()), " ".join(after.split())
    same = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    start = before.rfind(" ", 0, max(0, same - _LEAD)) + 1
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    cut = text[start : start + _LENGTH]
    return f"{'…' if start else ''}{cut}{'…' if len(text) > start + _LENGTH else ''}"
