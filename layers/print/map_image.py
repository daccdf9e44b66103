"""A map layer as a picture for paper: the communes, the legend, and all a reader needs to read it.

It is drawn on the server; no browser is needed. The same view gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.boundaries.active import get_active_layer
from geo.i18n import DEFAULT_LANGUAGE, t
from layers.choropleth.layer import NOTHING
from layers.choropleth.registry import build_layer
from layers.print.map_labels import LABEL_PT, place_labels
from layers.print.map_svg import OFFSHORE, SCALE_KM, WIDTH, draw_communes
from layers.print.typst import break_long_words, render_typst
from store.analysis.palettes import NOTHING_COLOUR
from store.column_values import iterate_rows, list_cells

if TYPE_CHECKING:
    from layers.choropleth.layer import Layer, LayerKey
    from layers.print.map_svg import MapDrawing
    from store.facts.facts import Facts
    from store.facts.filters import Filters

PICTURE_PPI: Final = 200
"""Dots per inch of a picture that is as wide as a landscape page."""

WIDTH_MM: Final = 158
"""Of the map itself on a landscape page; the legend stands beside it."""

_KINDS: Final = ("Phường ", "Xã ", "Đặc khu ")


@dataclass(frozen=True)
class MapImage:
    """One layer ready to be set: ``title`` for a caption, ``content`` for ``picture.typ``.

    ``width_mm``: how wide the map itself is on paper, without the legend beside it.
    """

    key: LayerKey
    title: str
    content: dict[str, Any]
    width_mm: float = WIDTH_MM

    def figure(self, *, ppi: int = PICTURE_PPI) -> bytes:
        """Return map and legend alone as a PNG, for a page that has its title and notes itself."""
        return render_typst("figure.typ", self.content, form="png", ppi=ppi)

    def build_alt_text(self) -> str:
        """Return what the picture shows, for a reader who does not see it."""
        entries = [f"{entry['label']}: {entry['count']}" for entry in self.content["classes"]]
        return f"{self.content['title']}. {'; '.join(entries)}."


def build_map_image(
    facts: Facts,
    filters: Filters,
    layer: LayerKey,
    *,
    language: str = DEFAULT_LANGUAGE,
    width_mm: float = WIDTH_MM,
) -> MapImage:
    """Return a map layer under the filters, ready to be set on a page of a document.

    ``width_mm``: how wide the map itself is on paper, without the legend beside it.
    """
    drawn = build_layer(facts, layer, filters, language=language)
    legend = drawn.legend
    frame = drawn.frame
    drawing = draw_communes(
        dict(zip(frame["code"], frame["class_index"].astype(int), strict=True)),
        legend.map_class_looks(),
        faded=frozenset(frame.loc[~frame["in_area"], "code"]),
        outlined=drawn.outlined,
        circles=_list_circles(drawn),
        carried=drawn.carried,
    )
    content = {
        "svg": drawing.svg,
        "width": WIDTH,
        "height": drawing.height,
        "language": language,
        "title": break_long_words(_format_title(drawn, language)),
        "unit": break_long_words(legend.unit),
        "classes": [
            {
                "label": break_long_words(entry.label),
                "count": t("briefing.picture.communes", language, count=entry.count),
                "colour": entry.colour,
                "pattern": entry.pattern,
            }
            for entry in legend.list_entries()
            if entry.count
        ],
        "ground": NOTHING_COLOUR,
        "labels": _place_labels(drawn, drawing, width_mm),
        "label_pt": LABEL_PT,
        "width_mm": width_mm,
        "inset": [*drawing.inset],
        "inset_name": t("briefing.picture.offshore", language),
        "scale": [*drawing.scale],
        "scale_text": t("briefing.picture.kilometres", language, count=SCALE_KM),
        "north": [*drawing.north],
        "north_text": t("briefing.picture.north", language),
        "legend_title": t("briefing.picture.legend", language),
        "notes": [break_long_words(note) for note in _list_notes(drawn, language)],
    }
    return MapImage(layer, legend.title, content, width_mm)


def _format_title(layer: Layer, language: str) -> str:
    legend = layer.legend
    return t("briefing.picture.title", language, layer=legend.title, period=legend.period_label)


def _list_notes(layer: Layer, language: str) -> list[str]:
    """Return what must be said under the map: definition, provenance, what is approximate."""
    legend, provider = layer.legend, get_active_layer().provider
    documents = "; ".join(dict.fromkeys(source.title for source in legend.sources))
    notes = [
        legend.definition,
        *(f"{line.rstrip('.')}." for line in legend.brief),
        *legend.notes,
        legend.outlier_note,
        t("briefing.picture.faded", language) if not layer.frame["in_area"].all() else "",
        t(
            "briefing.picture.sources",
            language,
            as_of=legend.as_of_text,
            documents=documents or t("briefing.word.no_source", language),
        ),
        t(f"briefing.picture.boundaries_{provider}", language),
        t("briefing.picture.offshore_note", language),
    ]
    return [note for note in notes if note]


def _list_circles(layer: Layer) -> dict[str, float]:
    """Return the amounts that are drawn as circles; {} where communes are filled by class."""
    if layer.drawing != "circles":
        return {}
    shown = layer.frame[layer.frame["in_area"] & (layer.frame["value"] > 0)]
    return dict(list_cells(shown, "code", "value"))


def _place_labels(layer: Layer, drawing: MapDrawing, width_mm: float) -> list[dict[str, Any]]:
    """Return the names of what the layer singles out, as many as do not touch each other.

    Where it singles out nothing, of the communes that it speaks of: the higher class comes first,
    then the larger commune.
    """
    frame = layer.frame
    shown = frame[
        (frame["class_index"] != NOTHING) & frame["in_area"] & (frame["code"] != OFFSHORE)
    ]
    short = {row.code: _shorten_name(row.name) for row in iterate_rows(shown)}
    rows = sorted(
        iterate_rows(shown),
        key=lambda row: (-row.class_index, -drawing.spots[row.code][2], row.code),
    )
    named = [
        (one.code, f"{short[one.code]} · {one.detail}" if one.detail else short[one.code])
        for one in layer.highlights
        if one.code in short
    ] or [(row.code, short[row.code]) for row in rows]
    placed = place_labels(named, drawing, drawing_width=WIDTH, width_mm=width_mm)
    return [
        {
            "x": round(label.x, 1),
            "y": round(label.y, 1),
            "text": break_long_words(label.text),
            "tip": [round(at, 1) for at in label.tip] if label.tip else None,
        }
        for label in placed
    ]


def _shorten_name(name: str) -> str:
    for kind in _KINDS:
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name
