"""What stands beside a map layer: classes, unit, definition, date and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from store.sources import Source

UNKNOWN: Final = -1
"""Class of a commune that has items of which the reports do not say the value."""

NOTHING: Final = -2
"""Class of a commune of which the reports name nothing that the layer counts."""


@dataclass(frozen=True)
class LegendClass:
    """One class: its label in the reader's language, its colour and how many communes it has.

    ``low`` and ``high`` are the class's limits in the legend's unit (``low`` belongs to it, and so
    does ``high`` in the last class); ``None`` for the two classes that are no number. ``hatched``
    asks for a hatch over the colour, so that the class is told apart without colour.
    """

    label: str
    colour: str
    count: int
    index: int
    low: float | None = None
    high: float | None = None
    hatched: bool = False


@dataclass(frozen=True)
class Legend:
    """Everything a reader needs to read one layer. All texts are in the reader's language.

    ``classes`` run from low to high, ``classes[i].index == i``. ``unknown`` has index ``UNKNOWN``
    and ``nothing`` index ``NOTHING``. ``as_of`` is ISO. ``sources`` are the documents behind the
    layer (line numbers 0: whole documents). ``notes`` say what is counted how in this view.
    """

    title: str
    unit: str
    classes: tuple[LegendClass, ...]
    unknown: LegendClass
    nothing: LegendClass
    definition: str
    period: str
    period_label: str
    as_of: str
    as_of_text: str
    sources: tuple[Source, ...]
    outlier_note: str = ""
    notes: tuple[str, ...] = ()

    def all_classes(self) -> tuple[LegendClass, ...]:
        """Return every class to be drawn in the legend, the two special ones last."""
        return (*self.classes, self.nothing, self.unknown)

    def colours(self) -> dict[int, str]:
        """Return the colour of every class index."""
        return {entry.index: entry.colour for entry in self.all_classes()}
