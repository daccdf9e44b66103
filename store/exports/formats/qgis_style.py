"""How QGIS draws the layers of a GeoPackage: the QML of their rules (``qgis_rules``).

QML as QGIS 3 writes it (``QgsMapLayer::exportNamedStyle``): symbols carry their properties both as
``Option`` (3.24 and later) and as ``prop`` (before).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from geo.i18n import t
from store.analysis.palettes import NOTHING_COLOUR
from store.exports.formats.qgis_rules import (
    CARRIED,
    LATE_COLOUR,
    RIM_COLOUR,
    URGENT_COLOUR,
    StyleRule,
    list_clearance_rules,
    list_investment_rules,
    list_item_rules,
    list_place_rules,
    list_progress_rules,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.exports.tables.content import ExportContent
    from store.exports.tables.table import ExportColumn

_DOCTYPE: Final = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_VERSION: Final = "3.22.0"
_BRUSHES: Final = {"hatch": "b_diagonal", "stripes": "f_diagonal", "dots": "dense6"}
"""QGIS's fills that come nearest to the map's patterns; stripes run the other way than a hatch."""


@dataclass(frozen=True)
class LayerStyle:
    """One style of a layer: its name and QML, and whether QGIS opens the layer with it."""

    name: str
    qml: str
    default: bool = True


def make_layer_styles(content: ExportContent, layer: str) -> tuple[LayerStyle, ...]:
    """Return the styles of a layer (``items``, ``places`` or ``communes``), the default first."""
    columns = content.get_table(layer).columns
    if layer == "communes":
        frame = content.get_table("communes").frame()
        return tuple(
            _make_style(content, columns, title, tuple(rules), polygon=True, default=number == 0)
            for number, (title, rules) in enumerate(
                (
                    ("progress", list_progress_rules(content)),
                    ("investment", list_investment_rules(content, frame)),
                    ("clearance", list_clearance_rules(content)),
                )
            )
        )
    rules = list_item_rules(content) if layer == "items" else list_place_rules(content)
    return (_make_style(content, columns, layer, tuple(rules), polygon=False, default=True),)


def _make_style(
    content: ExportContent,
    columns: Sequence[ExportColumn],
    title: str,
    rules: Sequence[StyleRule],
    *,
    polygon: bool,
    default: bool,
) -> LayerStyle:
    root = ET.Element(
        "qgis",
        version=_VERSION,
        styleCategories="Symbology|Labeling|Fields|Forms|AttributeTable|MapTips",
        labelsEnabled="1" if polygon else "0",
    )
    renderer = ET.SubElement(root, "renderer-v2", type="RuleRenderer", forceraster="0",
                             symbollevels="0", enableorderby="0")  # fmt: skip
    tree = ET.SubElement(renderer, "rules", key=f"{{{title}}}")
    symbols = ET.SubElement(renderer, "symbols")
    for number, rule in enumerate(rules):
        ET.SubElement(tree, "rule", key=f"{{{title}-{number}}}", symbol=str(number),
                      filter=rule.filter, label=rule.label)  # fmt: skip
        _add_symbol(symbols, str(number), rule)
    name = "commune_name" if polygon else "name"
    if polygon:
        _add_labels(root, name)
    _add_fields(root, columns, content.language)
    ET.SubElement(root, "previewExpression").text = f'"{name}"'
    ET.SubElement(root, "layerGeometryType").text = "2" if polygon else "0"
    shown = t(f"exports.style.{title}", content.language)
    return LayerStyle(shown, _DOCTYPE + ET.tostring(root, encoding="unicode"), default)


def _add_symbol(symbols: ET.Element, name: str, rule: StyleRule) -> None:
    kind = "marker" if rule.shape else "fill"
    symbol = ET.SubElement(symbols, "symbol", type=kind, name=name, alpha="1",
                           clip_to_extent="1", force_rhr="0")  # fmt: skip
    if rule.shape:
        values = {
            "color": _rgba(rule.colour),
            "name": rule.shape,
            "outline_color": _rgba(rule.rim),
            "outline_style": "solid",
            "outline_width": "0.5" if rule.rim == URGENT_COLOUR else "0.3",
            "outline_width_unit": "MM",
            "size": "4" if rule.rim != RIM_COLOUR or rule.colour != "#ffffff" else "2",
            "size_unit": "MM",
        }
        layer = _add_symbol_layer(symbol, "SimpleMarker", values)
        if rule.colour != "#ffffff":
            _dash_rim(layer, "if(\"precision\" = 'point', 'solid', 'dash')")
        return
    _add_fill(symbol, rule)


def _add_fill(symbol: ET.Element, rule: StyleRule) -> None:
    """Draw communes in the rule's colour, or in its pattern on the pale ground."""
    late = rule.rim == LATE_COLOUR
    values = {
        "color": _rgba(NOTHING_COLOUR if rule.pattern else rule.colour),
        "style": "solid",
        "outline_color": _rgba(rule.rim),
        "outline_style": "solid",
        "outline_width": "0.5" if late else "0.2",
        "outline_width_unit": "MM",
    }
    if rule.pattern != "stripes":
        layer = _add_symbol_layer(symbol, "SimpleFill", values)
        if late:
            _dash_rim(layer, f"if({CARRIED}, 'dash', 'solid')")
    if rule.pattern:
        drawn = {"color": _rgba(rule.colour), "style": _BRUSHES[rule.pattern]}
        _add_symbol_layer(symbol, "SimpleFill", values | drawn | {"outline_style": "no"})


def _add_symbol_layer(symbol: ET.Element, kind: str, values: dict[str, str]) -> ET.Element:
    layer = ET.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "locked": "0",
                                            "pass": "0"})  # fmt: skip
    options = ET.SubElement(layer, "Option", type="Map")
    for name, value in values.items():
        ET.SubElement(options, "Option", type="QString", name=name, value=value)
    for name, value in values.items():
        ET.SubElement(layer, "prop", k=name, v=value)
    return layer


def _dash_rim(layer: ET.Element, expression: str) -> None:
    """Let an expression say whether the rim is ``dash`` or ``solid``, as the map's is."""
    holder = ET.SubElement(layer, "data_defined_properties")
    outer = ET.SubElement(holder, "Option", type="Map")
    ET.SubElement(outer, "Option", type="QString", name="name", value="")
    properties = ET.SubElement(outer, "Option", type="Map", name="properties")
    rim = ET.SubElement(properties, "Option", type="Map", name="outlineStyle")
    ET.SubElement(rim, "Option", type="bool", name="active", value="true")
    ET.SubElement(rim, "Option", type="QString", name="expression", value=expression)
    ET.SubElement(rim, "Option", type="int", name="type", value="3")
    ET.SubElement(outer, "Option", type="QString", name="type", value="collection")


def _add_labels(root: ET.Element, column: str) -> None:
    labeling = ET.SubElement(root, "labeling", type="simple")
    settings = ET.SubElement(labeling, "settings")
    style = ET.SubElement(settings, "text-style", fieldName=column, isExpression="0",
                          fontFamily="Noto Sans", fontSize="7", fontSizeUnit="Point",
                          textColor=_rgba("#1d2939"), textOpacity="1")  # fmt: skip
    ET.SubElement(style, "text-buffer", bufferDraw="1", bufferSize="0.7", bufferSizeUnits="MM",
                  bufferColor=_rgba("#ffffff"), bufferOpacity="1")  # fmt: skip
    ET.SubElement(settings, "placement", placement="1")
    ET.SubElement(settings, "rendering", obstacle="1", drawLabels="1", displayAll="0")


def _add_fields(root: ET.Element, columns: Sequence[ExportColumn], language: str) -> None:
    """Name the columns as people do; hide those of codes where words stand beside them."""
    forms = ET.SubElement(root, "fieldConfiguration")
    aliases = ET.SubElement(root, "aliases")
    table = ET.SubElement(root, "attributetableconfig", actionWidgetStyle="dropDown",
                          sortExpression="", sortOrder="0")  # fmt: skip
    shown = ET.SubElement(table, "columns")
    for index, column in enumerate(columns, start=1):
        field = ET.SubElement(forms, "field", name=column.key, configurationFlags="None")
        widget = "Hidden" if column.coded else "TextEdit"
        config = ET.SubElement(ET.SubElement(field, "editWidget", type=widget), "config")
        ET.SubElement(config, "Option")
        ET.SubElement(aliases, "alias", index=str(index), field=column.key,
                      name=column.get_title(language))  # fmt: skip
        ET.SubElement(shown, "column", type="field", name=column.key, width="-1",
                      hidden="1" if column.coded else "0")  # fmt: skip


def _rgba(colour: str) -> str:
    parts = (str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return ",".join((*parts, "255"))
