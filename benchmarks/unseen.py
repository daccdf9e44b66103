"""Reading texts that the reader was not written on, against facts that a person took from them.

``python -m benchmarks.unseen [FOLDER]`` (``../shared/unseen_reports`` otherwise) reads every text
of FOLDER and prints, by kind of fact, by text and by field, what became of the facts of its
``gold.json``:

- *read*: a statement that is sure has the value, on its line, as what the fact is;
- *offered*: one that asks has it, or among the values it may be;
- *listed*: it stands only in ``unread``, left over there;
- *silent*: nowhere.

*Wrong* counts sure statements that go against a fact of their line (the value as another thing,
another value of the same thing, another place); precision is read / (read + wrong). The facts are
not complete: sure numbers that no fact of their line has are *doubtful*, to be read by eye.
``--list`` prints every fact that was not read and every statement to look at.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks.reading.gold import GOLD, Fact, find_foreign_texts, load_facts
from benchmarks.reading.judge import OUTCOMES, JudgedFact, JudgedText, judge_text
from geo.paths import ROOT
from reports.extract import extract_document
from reports.model.errors import ReportError
from reports.open import open_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

FOLDER = ROOT.parent / "shared" / "unseen_reports"
_FEW = 3
"""A field with fewer facts is printed among the others."""
_COMPLAINTS = ("wrong", "doubtful", "city", "foreign")


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(path_type=Path), default=FOLDER)
@click.option("--list", "listing", is_flag=True, help="Print what was not read, and the doubts.")
def main(*, folder: Path, listing: bool) -> None:
    """Print the tables."""
    if not (folder / GOLD).is_file():
        print(f"No texts to judge by: there is no {GOLD} in {folder}.", file=sys.stderr)
        sys.exit(1)
    texts = judge_folder(folder)
    facts = [one for text in texts for one in text.facts]
    _print_facts("kind", facts, lambda one: one.fact.kind)
    _print_facts("field", facts, lambda one: one.fact.field)
    _print_texts(texts)
    _print_sums(texts, facts)
    if listing:
        _print_list(texts)


def judge_folder(folder: Path) -> list[JudgedText]:
    """Return what the reading of each text of a folder is worth."""
    foreign = find_foreign_texts(folder)
    by_text: dict[str, list[Fact]] = defaultdict(list)
    for fact in load_facts(folder):
        by_text[fact.text].append(fact)
    return [
        _judge_file(_find_text(folder, name), name, facts, foreign=name.startswith(foreign))
        for name, facts in sorted(by_text.items())
    ]


def _find_text(folder: Path, name: str) -> Path:
    """Return the file of a text, whatever its format."""
    return next(iter(sorted(folder.glob(f"{name}.*"))), folder / name)


def _judge_file(path: Path, name: str, facts: Sequence[Fact], *, foreign: bool) -> JudgedText:
    try:
        extraction = extract_document(open_document(path.read_bytes(), path.name))
    except (ReportError, OSError) as fault:
        return JudgedText(name, [JudgedFact(fact, "silent") for fact in facts], failure=str(fault))
    return judge_text(name, extraction, facts, foreign=foreign)


def _print_facts(head: str, facts: Iterable[JudgedFact], key: Callable[[JudgedFact], str]) -> None:
    """Print what became of the facts, by a key of theirs, the most frequent first."""
    groups: dict[str, list[JudgedFact]] = defaultdict(list)
    every = list(facts)
    names = Counter(map(key, every))
    for one in every:
        name = key(one)
        groups[name if names[name] >= _FEW else "others"].append(one)
    print(f"| {head} | facts | read | offered | listed | silent | recall |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        counts = _count_outcomes(group)
        cells = (name, len(group), *counts, _share(counts[0], len(group)))
        print(f"| {' | '.join(map(str, cells))} |")
    print()


def _print_texts(texts: Iterable[JudgedText]) -> None:
    print(
        "| text | facts | read | offered | listed | silent | wrong | precision | doubtful "
        "| false city figures | foreign communes | questions | for nothing |"
    )
    print("|---|" + "--:|" * 12)
    for text in texts:
        counts = _count_outcomes(text.facts)
        wrong, doubtful, city, foreign = (len(text.list_complaints(why)) for why in _COMPLAINTS)
        cells = (
            text.name, len(text.facts), *counts, wrong, _share(counts[0], counts[0] + wrong),
            doubtful, city, foreign, text.questions, len(text.idle),
        )  # fmt: skip
        print(f"| {' | '.join(map(str, cells))} |")
    print()


def _print_sums(texts: Sequence[JudgedText], facts: Sequence[JudgedFact]) -> None:
    counts = _count_outcomes(facts)
    wrong, doubtful, city, foreign = (
        sum(len(text.list_complaints(why)) for text in texts) for why in _COMPLAINTS
    )
    shares = (f"{name} {_share(n, len(facts))}" for name, n in zip(OUTCOMES, counts, strict=True))
    questions = sum(text.questions for text in texts)
    print(f"{len(facts)} facts: {', '.join(shares)}; read or offered "
          f"{_share(counts[0] + counts[1], len(facts))}")  # fmt: skip
    fitting = sum(one.subject_fits for one in facts)
    print(f"wrong {wrong}, precision {_share(counts[0], counts[0] + wrong)}; "
          f"the subject fits in {fitting} of {counts[0]}")  # fmt: skip
    print(f"questions {questions} ({questions / max(len(facts), 1):.2f} a fact), "
          f"{sum(len(text.idle) for text in texts)} of them for nothing")  # fmt: skip
    print(f"sure statements beyond the facts {sum(text.further for text in texts)}, "
          f"doubtful numbers {doubtful}, false city figures {city}, "
          f"communes in foreign texts {foreign}")  # fmt: skip
    for text in texts:
        if text.failure:
            print(f"not read at all: {text.name}: {text.failure}")


def _print_list(texts: Iterable[JudgedText]) -> None:
    """Print every fact that was not read, what speaks against statements, and idle questions."""
    for text in texts:
        print(f"\n{text.name}")
        for one in text.facts:
            fact = one.fact
            if one.outcome != "read":
                print(f"  {one.outcome} {fact.line}: {fact.subject[:60]} · {fact.field} · "
                      f"{str(fact.value)[:80]} {' '.join(sorted(fact.communes))}")  # fmt: skip
        for complaint in text.complaints:
            against = f" (against: {complaint.detail})" if complaint.detail else ""
            print(f"  {complaint.why} {complaint.line}: {complaint.words}{against}")
        for question in text.idle:
            print(f"  asked for nothing: {question[:160]}")


def _count_outcomes(facts: Iterable[JudgedFact]) -> tuple[int, ...]:
    outcomes = [one.outcome for one in facts]
    return tuple(outcomes.count(outcome) for outcome in OUTCOMES)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


if __name__ == "__main__":
    main()
