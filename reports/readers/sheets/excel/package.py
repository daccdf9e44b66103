"""The parts of a workbook's package and how they name one another, strict Open XML or not.

openpyxl reads no strict workbooks, drops what it does not know, turns numbers into dates with
their format lost and fails on styles that Excel repairs. So the XML is read here, names without
their namespaces: both kinds of Open XML differ in nothing else that is read.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAFE: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


@dataclass(frozen=True)
class Relation:
    """A part that another part names: ``kind`` is the last word of its type."""

    kind: str
    target: str


class Package:
    """A workbook's zip file, already checked by ``zip_safety.check_package``."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._names = {name.replace("\\", "/").lower(): name for name in self._zip.namelist()}

    def has(self, part: str) -> bool:
        """Return whether the package holds the part."""
        return part.lower() in self._names

    def open(self, part: str) -> IO[bytes]:
        """Return the part's bytes as a file; ``KeyError`` where there is none."""
        return self._zip.open(self._names[part.lower()])

    def parse(self, part: str) -> Any:
        """Return the root element of an XML part; raises ``etree.XMLSyntaxError``."""
        with self.open(part) as file:
            return etree.parse(file, etree.XMLParser(**_SAFE)).getroot()

    def iterate_elements(self, part: str, tags: tuple[str, ...]) -> Iterator[Any]:
        """Yield the elements with these names as they end; each is emptied after its turn."""
        names = [f"{{*}}{tag}" for tag in tags]
        with self.open(part) as file:
            for _, element in etree.iterparse(file, events=("end",), tag=names, **_SAFE):
                yield element
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]

    def read_relations(self, part: str) -> dict[str, Relation]:
        """Return the parts that a part names, by their ids; '' is the package itself."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(rels):
            return {}
        found: dict[str, Relation] = {}
        for element in self.parse(rels):
            if element.get("TargetMode") == "External":
                continue
            target = (element.get("Target") or "").replace("\\", "/")
            if target.startswith("/"):
                target = target[1:]
            else:
                target = posixpath.normpath(posixpath.join(folder, target))
            kind = (element.get("Type") or "").rpartition("/")[2]
            found[element.get("Id") or ""] = Relation(kind, target)
        return found


def get_name(element: Any) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def find_children(element: Any, name: str) -> list[Any]:
    """Return the children with this name."""
    return [child for child in element if get_name(child) == name]


def find_child(element: Any, name: str) -> Any:
    """Return the first child with this name, ``None`` for none."""
    return next((child for child in element if get_name(child) == name), None)


def get_relation_id(element: Any) -> str:
    """Return the id of the part that an element names."""
    for name, value in element.attrib.items():
        if name.endswith("/relationships}id"):
            return str(value)
    return ""


def is_on(value: str | None) -> bool:
    """Return whether an attribute says yes."""
    return value in {"1", "true", "on"}
