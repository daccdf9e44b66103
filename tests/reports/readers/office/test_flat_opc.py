"""A Word document as one XML file is read like the package that it stands for."""

from __future__ import annotations

import pytest

from reports.model.document import TableBlock
from reports.model.errors import UnreadableReportError
from reports.open import open_document
from tests.reports import appendix
from tests.reports.readers.old_files import make_flat_opc


def test_a_flat_document_reads_as_its_package() -> None:
    package = appendix.as_docx()
    flat = make_flat_opc(package)
    document = open_document(flat, "a.xml")
    assert document.blocks == open_document(package, "a.docx").blocks
    assert any(isinstance(block, TableBlock) for block in document.blocks)
    assert document.sha256 != open_document(package, "a.docx").sha256


def test_entities_are_never_expanded() -> None:
    flat = make_flat_opc(appendix.as_docx()).replace(
        b"<pkg:package", b'<!DOCTYPE a [<!ENTITY b "c">]><pkg:package', 1
    )
    with pytest.raises(UnreadableReportError, match="XML"):
        open_document(flat, "a.xml")


def test_a_package_without_parts_is_damaged() -> None:
    data = b'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>'
    with pytest.raises(UnreadableReportError, match="hỏng"):
        open_document(data, "a.xml")
