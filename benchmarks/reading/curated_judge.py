"""Whether reading alone gives a curated fact: right, offered, listed, silent or wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from benchmarks.reading.naming import is_about
from benchmarks.reading.values import (
    fold,
    list_words,
    overlaps,
    read_numbers,
    same_quantity,
    same_time,
    to_quantity,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.reading.curated_facts import CuratedFact
    from benchmarks.reading.said import LeftOver, SaidValue

Verdict = Literal["right", "offered", "listed", "silent", "wrong"]
VERDICTS: Final[tuple[Verdict, ...]] = ("right", "offered", "listed", "silent", "wrong")
_ABBREVIATIONS: Final = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "gpmb": "giai phong mat bang",
    "qlda": "quan ly du an",
    "bql": "ban quan ly",
    "dtxd": "dau tu xay dung",
    "nn": "nong nghiep",
    "ptnt": "phat trien nong thon",
    "noxh": "nha o xa hoi",
    "tdc": "tai dinh cu",
    "kcn": "khu cong nghiep",
    "ccn": "cum cong nghiep",
}
_OPEN: Final = frozenset({"", "unspecified"})


def judge_curated(
    fact: CuratedFact, said: Sequence[SaidValue], left: Sequence[LeftOver]
) -> tuple[Verdict, str]:
    """Return what reading alone makes of a fact and, of a wrong one, what was said instead."""
    near = [one for one in said if _is_near(fact, one.doc, one.lines)]
    about = [one for one in near if _fits_subject(fact, one)]
    fitting = [one for one in about if not fact.fields or one.field in fact.fields]
    if any(one.sure and _has_value(fact, one) for one in fitting):
        return "right", ""
    asked = [one for one in near if not one.sure]
    if any(_is_offered(fact, one) for one in asked):
        return "offered", ""
    against = next((one for one in fitting if one.sure and _contradicts(fact, one)), None)
    if against is not None:
        return "wrong", f"{against.about[:50]} {against.field} {against.value} {against.detail}"
    lists = (one for one in left if _is_near(fact, one.doc, one.lines))
    return ("listed" if any(_stands_in(fact, part) for one in lists for part in one.parts)
            else "silent"), ""  # fmt: skip


def _is_near(fact: CuratedFact, doc: str, lines: tuple[int, int]) -> bool:
    """Return True if something stands on a fact's lines; a place may be told anywhere."""
    if fact.form == "place":
        return not fact.doc or doc == fact.doc
    own = lines[0] <= fact.lines[1] and fact.lines[0] <= lines[1]
    return doc == fact.doc and (own or any(lines[0] <= n <= lines[1] for n in fact.noted))


def _fits_subject(fact: CuratedFact, said: SaidValue) -> bool:
    if fact.form == "category":
        return bool(fact.communes & said.communes or fact.items & said.items) or not (
            fact.communes or fact.items
        )
    return is_about(fact, said)


def _has_value(fact: CuratedFact, said: SaidValue) -> bool:
    if fact.form == "number":
        return _is_number(fact, said)
    if fact.form == "time":
        return any(same_time(str(fact.value), one) for one in _list_times(fact, said))
    if fact.form == "word":
        return str(fact.value) in {str(said.value), said.state}
    if fact.form == "category":
        return str(said.value) == str(fact.value) or str(fact.value) in _OPEN
    if fact.form == "place":
        return fact.value in said.communes
    text = f"{said.bodies} {said.words}" if fact.field != "asked_to_act" else said.bodies
    wanted, words = _spell_out(fact.value), _spell_out(text)
    return overlaps(wanted, words, 0.6) or (not list_words(wanted) and wanted in words)


def _list_times(fact: CuratedFact, said: SaidValue) -> tuple[str, ...]:
    """Return the times that something said gives a fact: of a span of works its own end of it."""
    whole = (str(said.value), said.when)
    first, _, last = str(said.value).partition("..")
    if said.field != "works_from_to" or not last:
        return whole
    return (*whole, first if fact.field == "milestone_start" else last)


def _is_number(fact: CuratedFact, said: SaidValue) -> bool:
    if isinstance(said.value, str):
        return False
    wanted = to_quantity(float(fact.value), fact.unit)
    totals = fact.total is None or said.total is None or fact.total == said.total
    return totals and same_quantity(wanted, to_quantity(said.value, said.unit))


def _contradicts(fact: CuratedFact, said: SaidValue) -> bool:
    """Return True if a value of the same thing differs: not one of several that may stand there."""
    if fact.form == "place":
        beside = not fact.doc or (said.lines[0] <= fact.lines[1] and fact.lines[0] <= said.lines[1])
        return beside and bool(said.communes) and not said.communes & fact.communes
    stateless = fact.form == "word" and said.field != fact.field and not said.state
    if fact.many or fact.form == "words" or not said.value or stateless:
        return False
    if fact.table == "indicators":
        return "." in said.field
    if bool(fact.component) != bool(said.detail):
        return False
    if fact.form == "category":
        return str(said.value) not in _OPEN
    return not fact.component or overlaps(fact.component, said.detail)


def _is_offered(fact: CuratedFact, said: SaidValue) -> bool:
    """Return True if a question is about a fact's thing, or its line, and has the right answer."""
    if said.field and _fits_subject(fact, said) and _has_value(fact, said):
        return not fact.fields or said.field in fact.fields
    if said.about or said.items:
        meant = _fits_subject(fact, said)
    else:
        meant = fact.lines[0] <= said.lines[1] and said.lines[0] <= fact.lines[1]
    return meant and any(_stands_in(fact, text) for text in said.candidates)


def _stands_in(fact: CuratedFact, text: str) -> bool:
    """Return True if a fact's value stands in words or is what they are."""
    if fact.form == "number":
        numbers = {("", one) for one in read_numbers(text)}
        scales = (1.0, 1e3, 1e6) if fact.unit == "triệu đồng" else (1.0,)
        wanted = [("", float(fact.value) / scale) for scale in scales]
        return any(same_quantity(one, other) for one in wanted for other in numbers)
    if fact.form in {"words", "word", "category"}:
        return fold(fact.value) == fold(text) or overlaps(fact.value, text, 0.6)
    return same_time(str(fact.value), text) if fact.form == "time" else fact.value == text


def _spell_out(text: object) -> str:
    """Return words folded, their abbreviations spelt out, without what an editor added."""
    folded = re.sub(r"\(khong neu ten\)", "", fold(text))
    return re.sub(
        rf"\b(?:{'|'.join(_ABBREVIATIONS)})\b", lambda found: _ABBREVIATIONS[found[0]], folded
    )
