"""XML of unknown origin: parsed without entities, document types, networks or huge nodes."""

from __future__ import annotations

from lxml import etree

from reports.readers.refusal import FileRefusedError, make_refusal


def parse_tree(data: bytes) -> etree._Element:
    """Return the root of an XML file.

    Raises ``FileRefusedError`` when it is damaged or declares a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise FileRefusedError("damaged") from fault
    if root.getroottree().docinfo.doctype:
        raise FileRefusedError("forbidden_xml")
    return root


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Return the root of an XML file; raise ``ReportError`` as ``parse_tree`` refuses."""
    try:
        return parse_tree(data)
    except FileRefusedError as refused:
        raise make_refusal(refused.key, name, **refused.values) from refused
