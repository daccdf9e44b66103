"""Layers of a PDF (optional content) that are switched off when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pdfminer.pdftypes import PDFObjRef, resolve1

if TYPE_CHECKING:
    from collections.abc import Iterator


def find_layers_off(catalog: dict[Any, Any]) -> frozenset[int]:
    """Return the numbers of the objects of the layers that are not shown."""
    properties = resolve1(catalog.get("OCProperties"))
    if not isinstance(properties, dict):
        return frozenset()
    setting = resolve1(properties.get("D"))
    if not isinstance(setting, dict):
        return frozenset()
    off = set(_list_references(setting.get("OFF")))
    if getattr(resolve1(setting.get("BaseState")), "name", "ON") == "OFF":
        shown = set(_list_references(setting.get("ON")))
        off |= set(_list_references(properties.get("OCGs"))) - shown
    return frozenset(off)


def is_layer_off(layer: Any, off: frozenset[int]) -> bool:
    """Return True if what belongs to a layer, or to a choice of layers, is not shown."""
    if not off or layer is None:
        return False
    if isinstance(layer, PDFObjRef) and layer.objid in off:
        return True
    group = resolve1(layer)
    if not isinstance(group, dict) or "OCGs" not in group:
        return False
    one = group["OCGs"]
    members = list(_list_references(one if isinstance(resolve1(one), list) else [one]))
    hidden = [member in off for member in members]
    policy = getattr(resolve1(group.get("P")), "name", "AnyOn")
    shown = {
        "AnyOn": not all(hidden),
        "AllOn": not any(hidden),
        "AnyOff": any(hidden),
        "AllOff": all(hidden),
    }
    return bool(members) and not shown.get(policy, True)


def _list_references(values: Any) -> Iterator[int]:
    found = resolve1(values)
    for value in found if isinstance(found, list) else []:
        if isinstance(value, PDFObjRef):
            yield int(value.objid)
