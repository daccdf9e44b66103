"""Files of other formats, built in code: OpenDocument, OLE, flat OPC, Excel 2003 XML."""

from __future__ import annotations

import base64
import io
import struct
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


def make_xlsb(rows: list[tuple[object, ...]], *, hidden: bool = False) -> bytes:
    """Return a binary workbook of one sheet ([MS-XLSB]), numbers and texts."""
    kinds = "application/vnd.ms-excel"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.bin" '
        f'ContentType="{kinds}.sheet.binary.macroEnabled.main"/>'
        f'<Override PartName="/xl/worksheets/sheet1.bin" ContentType="{kinds}.worksheet"/></Types>'
    )
    space = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def relation(kind: str, target: str) -> str:
        line = f'<Relationship Id="rId1" Type="{office}/{kind}" Target="{target}"/>'
        return f"<Relationships {space}>{line}</Relationships>"

    def wide(text: str) -> bytes:
        return len(text).to_bytes(4, "little") + text.encode("utf-16-le")

    def record(number: int, data: bytes = b"") -> bytes:
        code = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
        size, rest = len(data), b""
        while size > 127:
            rest += bytes([size & 0x7F | 0x80])
            size >>= 7
        return code + rest + bytes([size]) + data

    def cell(column: int, value: object) -> bytes:
        begin = column.to_bytes(4, "little") + bytes(4)
        if isinstance(value, str):
            return record(6, begin + wide(value))
        return record(5, begin + struct.pack("<d", value))

    state = int(hidden).to_bytes(4, "little")
    bundle = record(156, state + (1).to_bytes(4, "little") + wide("rId1") + wide("Quý II"))
    book = record(131) + record(143) + bundle + record(144) + record(132)
    last = struct.pack("<4I", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    lines = b"".join(
        record(0, struct.pack("<IIHHBI", r, 0, 300, 0, 0, 0))
        + b"".join(cell(c, value) for c, value in enumerate(row))
        for r, row in enumerate(rows)
    )
    sheet = record(129) + record(148, last) + record(145) + lines + record(146) + record(130)
    return make_zip(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": relation("officeDocument", "xl/workbook.bin"),
            "xl/_rels/workbook.bin.rels": relation("worksheet", "worksheets/sheet1.bin"),
            "xl/workbook.bin": book,
            "xl/worksheets/sheet1.bin": sheet,
        }
    )
