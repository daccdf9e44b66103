"""What an item was called at each period, of what kind it was and where, as rows of the matrix.

A period has what was known of it: an approved one what was when it was approved. Beside that is
what its own documents called the item. A row stands only where some period has something else
than today.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import t
from layers.history.period_matrix import CellValue, MatrixRow, PeriodColumn
from reports.statements.facts.item_kinds import strip_generic_words
from store.column_values import list_rows
from store.facts.item_snapshot import list_item_communes
from store.facts.labels import translate_word
from store.facts.sources import source_from_row
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.facts.facts import Facts

ATTRIBUTES: Final = ("name", "kind", "commune")
_Told = dict[tuple[str, str, str], list[dict[str, Any]]]


def build_identity_rows(
    facts: Facts, item: str, columns: Sequence[PeriodColumn], first: int | None, language: str
) -> tuple[MatrixRow, ...]:
    """Return a row for each of ``ATTRIBUTES`` that some period has otherwise than now.

    ``first`` is the rank of the first period that names the item.
    """
    rows = (_Attribute(facts, item, name, language) for name in ATTRIBUTES)
    return tuple(row for one in rows if (row := one.make_row(columns, first)) is not None)


@dataclass(frozen=True)
class _Attribute:
    """One attribute of an item, as the facts of a moment have it."""

    facts: Facts
    item: str
    attribute: str
    language: str

    def make_row(self, columns: Sequence[PeriodColumn], first: int | None) -> MatrixRow | None:
        """Return what each period had; ``None`` where that is everywhere what there is now."""
        now = self._describe(self.facts)
        cells: list[tuple[CellValue, ...]] = []
        before, differs = "", False
        for rank, column in enumerate(columns):
            then = self._describe(get_facts_known_at(self.facts, column.period))
            if first is None or rank < first or not then:
                cells.append(())
                continue
            told = self._list_told(column.period, then)
            change, said = ("changed", before) if before not in {"", then} else ("", "")
            cells.append((CellValue(then, (), change=change, before=said), *told))
            differs |= then != now or bool(told)
            before = then
        if not differs:
            return None
        return MatrixRow(
            key=f"known.{self.attribute}",
            label=t(f"bench.matrix.known_{self.attribute}", self.language),
            note=t("bench.matrix.now", self.language, value=now),
            cells=tuple(cells),
        )

    def _describe(self, facts: Facts) -> str:
        """Return what some facts have of it in words, '' where they do not have it."""
        if self.attribute == "commune":
            codes = list_item_communes(facts).get(self.item, ())
            return ", ".join(facts.commune_names.get(code, code) for code in codes)
        row = facts.item_rows.get(self.item)
        return self._name(str(row[self.attribute])) if row else ""

    def _name(self, value: str) -> str:
        is_kind = self.attribute == "kind"
        return translate_word("kind", value, self.language) if is_kind else value

    def _list_told(self, period: str, known: str) -> list[CellValue]:
        """Return what a period's own documents called the item otherwise than it is known."""
        told: dict[str, CellValue] = {}
        for row in _map_told(self.facts).get((self.item, period, self.attribute), ()):
            text = self._name(str(row["value"]))
            same = text == known or strip_generic_words(text) == strip_generic_words(known)
            if not same and text not in told:
                note = t("bench.matrix.told", self.language)
                told[text] = CellValue(text, (source_from_row(self.facts, row),), note=note)
        return list(told.values())


@cache_on_reports(most=1)
def _map_told(facts: Facts) -> _Told:
    """Return the names and kinds that documents tell, by item, period and which of the two."""
    told: _Told = defaultdict(list)
    for row in list_rows(facts.item_attributes):
        if row["attribute"] in {"name", "kind"}:
            told[row["item"], row["period"], row["attribute"]].append(row)
    return dict(told)
