"""Files of other formats, built in code: OpenDocument, OLE, flat OPC, Excel 2003 XML."""

from __future__ import annotations

import base64
import io
import zipfile

import xlwt

_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SS = "urn:schemas-microsoft-com:office:spreadsheet"
HEADS = ("STT", "Danh mục dự án", "Tổng mức đầu tư (triệu đồng)", "Địa điểm")
ROW = ("1", "Cầu thử nghiệm", "234.539", "Phường Đồ Sơn")


def make_zip(parts: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return data.getvalue()


def make_ods(tables: str, styles: str = "", mimetype: str = ODS, manifest: str = "") -> bytes:
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return make_zip(
        {"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest}
    )


def make_fods(tables: str) -> bytes:
    return (
        f'<?xml version="1.0"?><office:document {_SPACES} office:mimetype="{ODS}"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document>"
    ).encode()


def ods_cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def ods_row(*texts: str, attributes: str = "") -> str:
    cells = "".join(map(ods_cell, texts))
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def make_excel_xml(rows: str, styles: str = "", columns: str = "", options: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{SS}" xmlns:ss="{SS}" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'<Styles>{styles}</Styles><Worksheet ss:Name="Quý II"><Table>{columns}{rows}</Table>'
        f"{options}</Worksheet></Workbook>"
    ).encode()


def make_xls(rows: list[tuple[object, ...]]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Quý II")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    return save_xls(book)


def save_xls(book: xlwt.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def make_ole(stream: str) -> bytes:
    """Return an OLE file whose one stream has that name."""
    data = make_xls([("a",)])
    old = "Workbook".encode("utf-16-le").ljust(64, b"\0") + (18).to_bytes(2, "little")
    size = 2 * (len(stream) + 1)
    new = stream.encode("utf-16-le").ljust(64, b"\0") + size.to_bytes(2, "little")
    assert data.count(old) == 1
    return data.replace(old, new)


def make_flat_opc(package: bytes, leave_out: str = "docProps/core.xml") -> bytes:
    """Return a package as one XML file, as Word saves it."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        kinds = opened.read("[Content_Types].xml").decode()
        for name in opened.namelist():
            if name in {"[Content_Types].xml", leave_out}:
                continue
            kind = "application/vnd.openxmlformats-package.relationships+xml"
            if f'"/{name}"' in kinds:
                kind = kinds.split(f'PartName="/{name}"')[1].split('ContentType="')[1].split('"')[0]
            content = opened.read(name)
            if name.endswith((".xml", ".rels")):
                xml = content.decode().partition("?>")[2]
                data = f"<pkg:xmlData>{xml}</pkg:xmlData>"
            else:
                data = f"<pkg:binaryData>{base64.b64encode(content).decode()}</pkg:binaryData>"
            parts.append(f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}">{data}</pkg:part>')
    return (
        '<?xml version="1.0" standalone="yes"?><?mso-application progid="Word.Document"?>'
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        f"{''.join(parts)}</pkg:package>"
    ).encode()
