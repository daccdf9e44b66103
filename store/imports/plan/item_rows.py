"""What importing a report would bring: the rows about its items, and what is to be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.gazetteer import load_gazetteer
from geo.i18n import t
from store.audit.rows import find_range_faults, format_cell
from store.facts.labels import translate_word
from store.imports.plan.fact_rows import (
    LOW,
    PENDING,
    find_bad_column,
    get_chapter,
    make_clearance_row,
    make_indicator_row,
    make_item_code,
    make_item_row,
    make_observation_row,
    make_place_row,
)
from store.imports.plan.matching import (
    ItemMatch,
    collect_known_names,
    get_kind_group,
    match_item,
    normalise_name,
)
from store.imports.plan.review_rows import ReviewRow
from store.imports.questions.renamed_items import ask_about_renamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reports.model.document import SourcePlace
    from reports.model.extraction import ExtractedValue, Extraction
    from reports.model.item_mention import NamedItem
    from store.audit.rows import Content, Row

READ: Final = "read"
TABLES: Final = ("observations", "places", "clearance", "indicators")


@dataclass
class ExtractedItems:
    """What was made of an extraction.

    ``new`` are rows of items not known before. ``rows`` by table are ready to be added; what is to
    be asked first is in ``questions``, with the rows that wait for the answer. ``matches`` says
    of every name what it was taken for, ``things`` by line what stands there; ``named`` which item
    each thing is that is known to be one.
    """

    new: list[Content] = field(default_factory=list)
    rows: dict[str, list[Content]] = field(default_factory=lambda: {name: [] for name in TABLES})
    questions: list[ReviewRow] = field(default_factory=list)
    matches: list[tuple[str, ItemMatch]] = field(default_factory=list)
    things: dict[int, list[_FiledThing]] = field(default_factory=dict)
    named: list[tuple[NamedItem, str]] = field(default_factory=list)

    def find_item_at(self, place: SourcePlace) -> dict[str, str]:
        """Return the ``item`` whose row covers a place and its ``chapter``, '' where none does.

        Of an item that is not settled yet it is ``PENDING``, with its ``name``.
        """
        found = self.find_thing_at(place)
        if found is not None:
            about = {"item": found.item or PENDING, "chapter": get_chapter(found.subject.kind)}
            return about if found.item else about | {"name": found.subject.name}
        return {"item": "", "chapter": ""}

    def find_thing_at(self, place: SourcePlace) -> _FiledThing | None:
        """Return the thing in whose lines something stands, ``None`` where there is none.

        Rows of a turned table, and of tables side by side, share their lines: the columns tell.
        """
        things = self.things.get(place.line_from, [])
        here = [one for one in things if one.subject.place.line_to >= place.line_to]
        if place.column:  # between two, it stands before the values of its own
            here.reverse()
        return min(here, key=lambda one: one.measure_gap(place.column), default=None)


class _FiledThing(NamedTuple):
    """A thing that a report names: its item, '' while that is asked, and the rows that wait."""

    subject: NamedItem
    item: str
    waiting: list[Row]

    def measure_gap(self, column: int) -> int:
        """Return how many columns away its nearest value is."""
        return min((abs(one.place.column - column) for one in self.subject.values), default=column)


def extract_items(
    read: Extraction,
    items: Sequence[Content],
    aliases: Mapping[str, str],
    source: Content,
    stored: Sequence[Content] = (),
) -> ExtractedItems:
    """Return the rows of an extraction; ``source`` has ``doc``, ``period``, ``parser_version``.

    ``items`` are those of the store and ``stored`` its figures, earlier periods first.
    """
    made = ExtractedItems()
    zones = load_gazetteer().zones
    known = collect_known_names(items, zones, aliases)
    taken = {*known.items, *zones["zone"]}
    fresh: dict[tuple[str, str], str] = {}
    named_items: list[NamedItem] = [*read.projects, *read.parks]
    matches = [match_item((one.name, one.name_raw), one.kind, known) for one in named_items]
    matches = ask_about_renamed(named_items, matches, items, stored)
    for subject, match in zip(named_items, matches, strict=True):
        made.matches.append((subject.name, match))
        code = match.item
        if match.how == "new":
            named = (get_kind_group(subject.kind), normalise_name(subject.name))
            code = fresh.get(named, "") or code
            if not code:
                code = make_item_code(subject.kind, subject.name, subject.no, taken)
            if code not in fresh.values():
                made.new.append(make_item_row(subject, code, match.item))
                taken.add(code)
            fresh[named] = code
        made.named += [(subject, code)] if code else []
        rows = list(make_subject_rows(subject, code or PENDING, source, made.questions))
        waiting: list[Row] = []
        if code:
            for table, row in rows:
                made.rows[table].append(row)
        else:
            waiting += [{"table": table, "content": row} for table, row in rows]
            made.questions.append(ask_item(subject, match, waiting, source))
        thing = _FiledThing(subject, code, waiting)
        for line in range(subject.place.line_from, subject.place.line_to + 1):
            made.things.setdefault(line, []).append(thing)
    _add_statements(read, made, source)
    return made


def make_subject_rows(
    subject: NamedItem, item: str, source: Content, questions: list[ReviewRow]
) -> Iterator[tuple[str, Content]]:
    """Yield the rows about one thing; what is unreadable or unsure is added to ``questions``."""
    for value in subject.values:
        row = make_observation_row(value, item, subject.kind, source)
        bad = find_bad_column(row, "observations")
        if bad or value.confidence < LOW:
            questions.append(_ask_value(subject, value, row, source, readable=not bad))
        else:
            yield "observations", row
    for commune in subject.communes:
        place = make_place_row(commune, item, subject.kind, source)
        if not find_bad_column(place, "places"):
            yield "places", place


def _ask_value(
    subject: NamedItem, value: ExtractedValue, row: Row, source: Content, *, readable: bool
) -> ReviewRow:
    asked = t("store.question.value", name=subject.name, field=translate_word("field", value.field))
    outside = [] if readable else find_range_faults(row, "observations").values()
    return ReviewRow(
        reason="low_confidence" if readable else "unreadable_value",
        raw=value.raw,
        doc=source["doc"],
        period=source["period"],
        detail=" ".join((asked, *outside)),
        place=vars(value.place),
        candidates=((READ, value.confidence),) if readable else _list_in_range(row),
        payload={"add": [{"table": "observations", "content": row}], "name": subject.name},
    )


def _list_in_range(row: Row) -> tuple[tuple[str, float], ...]:
    """Return what an amount too large for its field is where its unit is a thousand too large."""
    if not find_range_faults(row, "observations") or not str(row["field"]).endswith("_mvnd"):
        return ()
    lower = row | {"value": format_cell(float(row["value"]) / 1000)}
    return () if find_range_faults(lower, "observations") else ((str(lower["value"]), 0.5),)


def ask_item(
    subject: NamedItem, match: ItemMatch, waiting: list[Row], source: Content
) -> ReviewRow:
    """Return the question which item a thing is; ``waiting`` are the rows about it."""
    code = make_item_code(subject.kind, subject.name, subject.no, set())
    return ReviewRow(
        reason="uncertain_item",
        raw=subject.name_raw,
        doc=source["doc"],
        period=source["period"],
        detail=_describe_question(subject, match),
        place=vars(subject.place),
        candidates=match.candidates,
        payload={
            "add": waiting,
            "new_item": make_item_row(subject, code),
            "name": subject.name,
            "gone": [item for item, _ in match.gone],
        },
    )


def _describe_question(subject: NamedItem, match: ItemMatch) -> str:
    asked = t("store.question.item", name=subject.name)
    gone = "; ".join(f"{item} · {name}" for item, name in match.gone)
    return f"{asked} {t('store.question.item_gone', gone=gone)}" if gone else asked


def _add_statements(read: Extraction, made: ExtractedItems, source: Content) -> None:
    for statement in read.clearance:
        of_row = statement.project_no or statement.place.table  # prose is of no row
        thing = made.find_thing_at(statement.place) if of_row else None
        item, waiting = (None, []) if thing is None else (thing.item, thing.waiting)
        row = make_clearance_row(statement, PENDING if item == "" else item, source)
        if find_bad_column(row, "clearance"):
            continue
        if item == "":
            waiting.append({"table": "clearance", "content": row})
        else:
            made.rows["clearance"].append(row)
    for count in read.indicators:
        indicator = make_indicator_row(count, source)
        if not find_bad_column(indicator, "indicators"):
            made.rows["indicators"].append(indicator)


def make_queue_questions(
    read: Extraction, items: ExtractedItems, source: Content
) -> list[ReviewRow]:
    """Return the entries of the extraction's queue, each tied to the item whose row it is in."""
    asked_already = {
        (question.place.get("line_from"), question.raw)
        for question in items.questions
        if question.reason[0] != "u"
    }
    questions = []
    for entry in read.queue:
        if entry.reason == "low_confidence" and (entry.place.line_from, entry.raw) in asked_already:
            continue
        questions.append(
            ReviewRow(
                reason=entry.reason,
                raw=entry.raw,
                doc=source["doc"],
                period=source["period"],
                detail=entry.detail,
                place=vars(entry.place),
                candidates=entry.candidates,
                payload=items.find_item_at(entry.place)
                | ({"field": entry.field} if entry.field else {}),
            )
        )
    return questions
