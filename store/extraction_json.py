"""An extraction as JSON text and back, for drafts and for showing a document's own words later."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.errors import StoreError
from geo.i18n import t
from reports import document, extraction

if TYPE_CHECKING:
    from reports.extraction import Extraction

_KIND: Final = "is"
_CLASSES: Final[dict[str, type]] = {
    cls.__name__: cls
    for module in (document, extraction)
    for cls in vars(module).values()
    if isinstance(cls, type) and is_dataclass(cls)
}


def to_json(read: Extraction) -> str:
    """Return an extraction, its document with it, as text."""
    return json.dumps(_plain(read), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Extraction:
    """Return the extraction that ``to_json`` wrote.

    Raises ``StoreError`` when a later or earlier program wrote it in another form.
    """
    try:
        read = _rich(json.loads(text))
    except (KeyError, TypeError, ValueError) as fault:
        raise StoreError(t("store.fault.other_form")) from fault
    if not isinstance(read, extraction.Extraction):
        raise StoreError(t("store.fault.other_form"))
    return read


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        told = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {_KIND: type(value).__name__} | told
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value


def _rich(value: Any) -> Any:
    if isinstance(value, dict):
        parts = {name: _rich(one) for name, one in value.items() if name != _KIND}
        return _CLASSES[value[_KIND]](**parts)
    if isinstance(value, list):
        return tuple(_rich(one) for one in value)
    return value
