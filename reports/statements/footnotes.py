"""Footnotes that list things: what the sentence that cites them says holds for each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from reports.statements.lexing.names import find_names
from reports.statements.lexing.phrases import PhraseBook, load_grammar, load_phrases
from reports.statements.predicates.said_of import ITEMS
from reports.statements.predicates.statement_making import make_statement
from reports.statements.subjects import make_subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.statement import Statement
    from reports.narrative.prose import Sentence
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.subjects import Subject

_ENTRY: Final = re.compile(r"^[^:;()]{0,40}:\s*|^|;\s*")
"""What an entry of a list begins behind: nothing, words and a colon, a semicolon."""
_EXAMPLES: Final = re.compile(r"\W*(?:như|gồm|bao gồm)\s", re.IGNORECASE)
_EXAMPLE: Final = re.compile(rf"{_EXAMPLES.pattern}|[,;]\s", re.IGNORECASE)
"""What an entry of a list of examples begins behind: "Như đường sắt A, cảng B"."""
_JOINED: Final = re.compile(r"[\s,;”\"]*(?:và\s)?(?:dự án\s)?")
"""What may stand between the things that one mark cites, and before the mark."""
_NUMBERED: Final = re.compile(r"\(\d{1,2}\)\s")
_COUNTED: Final = re.compile(r"(?<![\w.,/])(\d{1,3})(?:/\d{1,4})?\s(?=[^\W\d])")
_MEANT: Final = frozenset({"planned", "proposed", "required", "forecast"})
_OF_EACH: Final = frozenset({"start", "inauguration", "milestone", "established_on"})
_LONGEST: Final = 300


@dataclass(frozen=True)
class Citation:
    """The words of a sentence that a footnote's mark stands behind."""

    sentence: Sentence
    start: int
    end: int

    @property
    def words(self) -> str:
        """Return them as they stand."""
        return self.sentence.text[self.start : self.end]


@dataclass(frozen=True)
class _ListedNoun:
    """What a citation says that the footnote lists ("11 khu công nghiệp"): the noun, how many."""

    words: str
    number: int | None


def list_citations(sentences: Sequence[Sentence]) -> dict[str, Citation]:
    """Return for each footnote's mark the words that cite it first: a clause, not more."""
    citations: dict[str, Citation] = {}
    for sentence in sentences:
        begin = 0
        for mark, position in sentence.cites:
            clause = max(begin, *(sentence.text.rfind(sign, 0, position) for sign in ";:"))
            part = sentence.text[clause:position]
            start = clause + len(part) - len(part.lstrip(" ,;:."))
            citations.setdefault(mark, Citation(sentence, start, position))
            begin = position
    return citations


def read_footnote(
    lexed: LexedSentence, citation: Citation | None, said: Sequence[Statement]
) -> Iterator[Statement]:
    """Yield what the citing words say of each thing that a footnote lists.

    Only where they end in what is listed ("09 khu công nghiệp", "các dự án trọng điểm"): a list
    behind "03 quyết định" tells what these are about. As many have to be listed as the words say.
    ``said`` is what the citing sentence was read to say: a time of the things that it counts is
    one of each of them.
    """
    noun = _find_listed_noun(citation.words) if citation is not None else None
    if citation is None or noun is None:
        return
    subjects = _list_subjects(lexed, noun)
    if not subjects:
        return
    status = next(load_phrases("conditions", "status").find(citation.words), None)
    moods = {match.key for match in load_phrases("moods", "moods").find(citation.words)}
    tasks = {match.key for match in load_phrases("moods", "tasks").find(citation.words)}
    for subject in subjects:
        for statement in said:
            own = citation.start <= statement.start < citation.end
            if own and statement.subject_kind == "works" and statement.field in _OF_EACH:
                yield replace(
                    statement, subject=subject.name, subject_kind=subject.kind, item=subject.item
                )
        if status is not None:
            start = citation.start + status.start
            end = citation.start + status.end
            yield _make(subject, citation, "status", status.key, (start, end))
        elif moods & _MEANT or "starts" in tasks:
            span = (citation.start, min(citation.end, citation.start + _LONGEST))
            words = citation.sentence.text[span[0] : span[1]].strip()
            yield _make(subject, citation, "planned_work", words, span)


def find_cited_things(lexed: LexedSentence, citation: Citation | None) -> tuple[Subject, ...]:
    """Return the things that a footnote without a name of its own speaks of.

    Those that the mark stands right behind: "dự án A và tổ hợp B⁴" cites both.
    """
    if citation is None or any(make_subject(name).kind in ITEMS for name in lexed.names):
        return ()
    things: list[Subject] = []
    reach = len(citation.words.rstrip(' .,;”"'))
    for name in reversed([n for n in find_names(citation.words) if not n.beside]):
        subject = make_subject(name)
        if subject.kind not in ITEMS or not _JOINED.fullmatch(citation.words, name.end, reach):
            break
        things.append(subject)
        reach = name.start
    return tuple(reversed(things))


@cache
def _load_nouns() -> PhraseBook:
    names = load_grammar("names")
    kinds: dict[str, list[str]] = names["types"] | names["zones"]
    return PhraseBook((kind, phrase) for kind, phrases in kinds.items() for phrase in phrases)


def _find_listed_noun(words: str) -> _ListedNoun | None:
    """Return what several of stand last in words, ``None`` where that is nothing of ours."""
    plural: list[str] = load_grammar("names")["generic"]["plural"]
    listed: _ListedNoun | None = None
    counted = list(_COUNTED.finditer(words))
    reach = 0
    for noun in _load_nouns().find(words):
        before = words[: noun.start]
        number = next((match for match in counted if match.end() == noun.start), None)
        worded = any(before.lower().endswith(f"{word} ") for word in plural)
        if number is not None or worded:
            many = int(number[1]) if number is not None else None
            listed = _ListedNoun(words[noun.start : noun.end], many)
            reach = noun.start
    return None if any(match.start() > reach for match in counted) else listed


def _list_subjects(lexed: LexedSentence, noun: _ListedNoun) -> list[Subject]:
    """Return the things that a footnote lists, nothing where their number is not the noun's."""
    text, many = lexed.text, f"{noun.number or 'các'} {noun.words}: "
    numbered = {match.end() for match in _NUMBERED.finditer(text)}
    entry = _EXAMPLE if _EXAMPLES.match(text) else _ENTRY
    entries = numbered or {match.end() for match in entry.finditer(text)}
    names = {name.start: name for name in lexed.names if name.start in numbered}
    for name in find_names(many + text):
        start = name.start - len(many)
        listed = start in entries or (name.listed and not numbered)
        if listed and not name.beside and (name.item or start not in names):
            names[start] = replace(name, start=start)
    number = len(numbered) or len(names)
    if not names or number == 1 or (noun.number is not None and number != noun.number):
        return []
    subjects = [make_subject(names[start]) for start in sorted(names)]
    return [subject for subject in subjects if subject.kind in ITEMS]


def _make(
    subject: Subject, citation: Citation, field: str, value: str, span: tuple[int, int]
) -> Statement:
    made = make_statement(citation.sentence, subject, field, value, range(*span))
    return replace(made, mood="planned" if field == "planned_work" else "done")
