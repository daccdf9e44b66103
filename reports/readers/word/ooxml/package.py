"""The parts of a Word package and how they point to one another.

Every package that Word opens is read: documents with macros, templates, strict Open XML (whose
names are written in the usual way here) and those whose main part has another name.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping

_STRICT: Final = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_USUAL: Final = rb"http://schemas.openxmlformats.org/\1/2006/"
_MAIN_TYPE: Final = re.compile(
    rb"wordprocessingml\.(?:document|template)\.main\+xml"
    rb"|ms-word\.(?:document|template)\.macroEnabled(?:Template)?\.main\+xml",
    re.IGNORECASE,
)
_TYPES: Final = "[content_types].xml"
_RELATIONSHIP: Final = "{*}Relationship"


@dataclass(frozen=True)
class Relationship:
    """What a part points to: the last word of its type, and the part's name or an address."""

    kind: str
    target: str
    external: bool


@dataclass
class WordPackage:
    """The parts by their names in small letters; ``main`` is the name of the document's part."""

    parts: zipfile.ZipFile
    names: Mapping[str, str]
    main: str = ""
    _relations: dict[str, dict[str, Relationship]] = field(default_factory=dict)

    def read(self, name: str) -> bytes:
        """Return a part's bytes. Raises ``KeyError`` where there is none."""
        return self.parts.read(self.names[name.lower()])

    def parse(self, name: str) -> Any:
        """Return the root element of an XML part.

        Raises ``KeyError`` where there is none, ``lxml.etree.XMLSyntaxError`` if it is no XML.
        """
        return parse_xml(self.read(name))

    def relations(self, source: str) -> Mapping[str, Relationship]:
        """Return what a part points to, by id; '' is the package itself."""
        if source not in self._relations:
            folder, leaf = posixpath.split(source)
            name = posixpath.join(folder, "_rels", f"{leaf}.rels")
            found = self.parse(name) if name.lower() in self.names else None
            self._relations[source] = {
                element.get("Id", ""): _read_relationship(element, folder)
                for element in (found.iter(_RELATIONSHIP) if found is not None else ())
            }
        return self._relations[source]

    def find_related(self, kind: str) -> str:
        """Return the name of the main part's first part of a kind, '' for none."""
        return next(
            (
                relation.target
                for relation in self.relations(self.main).values()
                if relation.kind == kind
                and not relation.external
                and relation.target.lower() in self.names
            ),
            "",
        )

    def parse_related(self, kind: str) -> Any:
        """Return the root of the main part's first part of a kind, None where there is none."""
        name = self.find_related(kind)
        return self.parse(name) if name else None


def open_package(data: bytes) -> WordPackage:
    """Return the package, whose zip has been checked, with its main part found.

    Raises ``KeyError`` where there is no main part.
    """
    parts = zipfile.ZipFile(io.BytesIO(data))
    names = {name.replace("\\", "/").lower(): name for name in parts.namelist()}
    package = WordPackage(parts, names)
    package.main = next(
        relation.target
        for relation in (*package.relations("").values(), _USUAL_MAIN)
        if relation.kind == "officeDocument"
    )
    return package


def holds_word_document(data: bytes) -> bool:
    """Return True if a zip's list of types names the main part of a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            entry = next((e for e in parts.infolist() if e.filename.lower() == _TYPES), None)
            if entry is None:
                return False
            with parts.open(entry) as part:
                return _MAIN_TYPE.search(part.read(1 << 20)) is not None
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError):
        return False


def parse_xml(data: bytes) -> Any:
    """Return the root of XML, strict names written in the usual way; nothing outside is fetched.

    Raises ``lxml.etree.XMLSyntaxError``.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(_STRICT.sub(_USUAL, data), parser)


_USUAL_MAIN: Final = Relationship("officeDocument", "word/document.xml", external=False)


def _read_relationship(element: Any, folder: str) -> Relationship:
    target = str(element.get("Target", ""))
    external = element.get("TargetMode") == "External"
    if not external:
        rooted = target if target.startswith("/") else posixpath.join("/", folder, target)
        target = posixpath.normpath(rooted.replace("\\", "/")).lstrip("/")
    return Relationship(str(element.get("Type", "")).rsplit("/", 1)[-1], target, external)
