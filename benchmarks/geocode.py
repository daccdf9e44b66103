"""How the geocoder reads names, against vietnamadminunits and plain rapidfuzz, in one run.

``python -m benchmarks.geocode`` prints a Markdown table: of each kind of string, how many were
read right (exactly the communes meant, without a question), silently wrong (others, without a
question) and sent to review or left unknown, and how many strings a second on one core. A second
table says what the geocoder's confidence is worth. Needs ``tests/requirements.txt``.
"""

from __future__ import annotations

import logging
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import click
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein
from vietnamadminunits import parse_address
from vietnamadminunits.database import get_data

from benchmarks.geocode_texts import Case, TextSet, all_sets
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.geocoder import SURE, Geocoder
from geo.geocoding.place_index import pack_name
from geo.text import normalise_spelling

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = tuple[frozenset[str], bool]
"""The communes and whether they are given without a question."""

EDIT_MARGIN = 1
SCORE_CUTOFF, SCORE_MARGIN = 85.0, 5.0


@dataclass
class Score:
    """Counts of one reader on one set."""

    right: int = 0
    wrong: int = 0
    asked: int = 0
    seconds: float = 0.0

    def cells(self) -> list[str]:
        """Return the table's cells: right, silently wrong, review or unknown, per second."""
        count = self.right + self.wrong + self.asked
        shares = [f"{100 * n / count:.2f}" for n in (self.right, self.wrong, self.asked)]
        return [*shares, f"{count / self.seconds:,.0f}"]


def ours(gazetteer: Gazetteer) -> Callable[[Case], Answer]:
    """Return the project's geocoder as a reader."""
    geocoder = Geocoder(gazetteer)

    def read(case: Case) -> Answer:
        result = geocoder.geocode(case.text)
        codes = frozenset(match.code for match in result.matches)
        return codes, result.status == "matched"

    return read


def package(gazetteer: Gazetteer) -> Callable[[Case], Answer]:
    """Return ``vietnamadminunits.parse_address``, told the province, which it needs.

    Former units are read in its mode for them; they count as right when it finds the unit, since
    what that is today it asks the internet for.
    """
    units = {pack_name(u.label()): frozenset(u.communes[:1]) for u in gazetteer.unit_by_id.values()}

    def read(case: Case) -> Answer:
        if not case.former:
            found = parse_address(f"{case.text}, thành phố Hải Phòng")
            return frozenset(filter(None, [found.ward_code])), bool(found.ward_code)
        province = "Tỉnh Hải Dương" if case.codes & hai_duong else "Thành phố Hải Phòng"
        found = parse_address(f"{case.text}, {province}", mode="LEGACY")
        if not found.ward:
            return frozenset(), False
        return units.get(pack_name(f"{found.ward} {found.district}"), frozenset({"?"})), True

    communes = gazetteer.communes
    hai_duong = frozenset(communes.loc[communes["former_province"] == "Hải Dương", "code"])
    return read


def plain_edits(gazetteer: Gazetteer) -> Callable[[Case], Answer]:
    """Return an edit distance over the communes' names that asks when two are as near."""
    names, codes = _names(gazetteer)

    def read_one(text: str) -> Answer:
        found = process.extract(text, names, scorer=Levenshtein.distance, limit=2)
        (_, first, at), (_, second, _) = found
        sure = second - first >= EDIT_MARGIN and first <= len(text) / 3
        return frozenset({codes[at]}), sure

    return _each_item(read_one)


def plain_score(gazetteer: Gazetteer) -> Callable[[Case], Answer]:
    """Return rapidfuzz's ``WRatio`` with a cut-off and a margin."""
    names, codes = _names(gazetteer)

    def read_one(text: str) -> Answer:
        found = process.extract(text, names, scorer=fuzz.WRatio, limit=2)
        (_, first, at), (_, second, _) = found
        return frozenset({codes[at]}), first >= SCORE_CUTOFF and first - second >= SCORE_MARGIN

    return _each_item(read_one)


def _names(gazetteer: Gazetteer) -> tuple[list[str], list[str]]:
    rows = list(gazetteer.communes.itertuples())
    return [normalise_spelling(row.name).lower() for row in rows], [row.code for row in rows]


def _each_item(read_one: Callable[[str], Answer]) -> Callable[[Case], Answer]:
    def read(case: Case) -> Answer:
        text = normalise_spelling(case.text).lower().replace(" và ", ", ").replace(";", ",")
        answers = [read_one(item.strip()) for item in text.split(",")]
        codes = frozenset().union(*(codes for codes, _ in answers))
        return codes, all(sure for _, sure in answers)

    return read


def measure(read: Callable[[Case], Answer], texts: TextSet) -> Score:
    """Return how a reader does on a set."""
    score = Score()
    for case in texts.cases:
        start = time.perf_counter()
        codes, sure = read(case)
        score.seconds += time.perf_counter() - start
        if not sure or not codes:
            score.asked += 1
        elif codes == case.codes:
            score.right += 1
        else:
            score.wrong += 1
    return score


def other_provinces(gazetteer: Gazetteer, count: int) -> list[str]:
    """Return full names of communes of other provinces that no unit of the city ever bore."""
    known = {pack_name(name) for name in gazetteer.communes["short_name"]}
    known |= {pack_name(name) for name in gazetteer.former_units["name"]}
    rows = get_data(["ward", "wardShort", "provinceShort"])
    names = sorted(
        {
            row["ward"]
            for row in rows
            if row["provinceShort"] != "Hải Phòng" and pack_name(row["wardShort"]) not in known
        }
    )
    step = max(1, len(names) // count)
    return names[::step][:count]


def trust(geocoder: Geocoder, sets: list[TextSet]) -> list[tuple[str, int, float]]:
    """Return, by confidence, how many single matches there were and which share was right.

    Candidates of reviews count with the matches: a confidence is worth something when the share
    rises with it.
    """
    edges = (0.0, 0.2, 0.4, SURE, 0.7, 0.8, 0.9, 1.01)
    counts = [[0, 0] for _ in edges[1:]]
    for case in (case for texts in sets for case in texts.cases if len(case.codes) < 2):
        for match in geocoder.geocode(case.text).matches:
            at = next(i for i, edge in enumerate(edges[1:]) if match.confidence < edge)
            counts[at][0] += 1
            counts[at][1] += match.code in case.codes
    names = [f"{low:.1f} to {high:.1f}" for low, high in pairwise((*edges[:-1], 1.0))]
    return [
        (name, count, 100 * right / count)
        for name, (count, right) in zip(names, counts, strict=True)
        if count
    ]


@click.command(help=__doc__)
@click.option("--per-name", default=100, help="damaged strings of a name")
def main(per_name: int) -> None:
    """Print the tables."""
    logging.disable(logging.WARNING)
    gazetteer = load_gazetteer()
    readers = {
        "this geocoder": ours(gazetteer),
        "vietnamadminunits": package(gazetteer),
        "edit distance": plain_edits(gazetteer),
        "WRatio": plain_score(gazetteer),
    }
    write = sys.stdout.write
    write(
        "| strings | number | reader | right % | silently wrong % | review, unknown % | per s |\n"
    )
    write("| --- | ---: | --- | ---: | ---: | ---: | ---: |\n")
    sets = all_sets(gazetteer, per_name, other_provinces(gazetteer, 2000))
    for texts in sets:
        for name, read in readers.items():
            cells = measure(read, texts).cells()
            count = f"{len(texts.cases):,}"
            write(f"| {texts.name} | {count} | {name} | {' | '.join(cells)} |\n")
            sys.stdout.flush()
    write("\n| confidence | matches and candidates | right % |\n| --- | ---: | ---: |\n")
    for name, number, right in trust(Geocoder(gazetteer), sets):
        write(f"| {name} | {number:,} | {right:.1f} |\n")


if __name__ == "__main__":
    main()
