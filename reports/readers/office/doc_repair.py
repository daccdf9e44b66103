"""Old Word files whose text ends with a table and not, as Word ends it, with a paragraph.

Other programs write such files (LibreOffice does, of a document that ends with a table), and
LibreOffice joins the cells of their last table into one line. The paragraph is put in before it
reads them. Places in the file are those of [MS-DOC]: the text's pieces (Clx), and the pages of
paragraph properties (PlcBtePapx, PapxFkp).
"""

from __future__ import annotations

import io
import struct
from typing import Final

import olefile

from reports.readers.refusal import FileRefusedError

_TABLE_FLAG: Final = 0x0200
_WORD_97: Final = 0x00C0
_FLAGS: Final = 0x0A
_TEXT_END: Final = 0x1C
_COUNTS: Final = 0x4C
_PAGES_OF_PARAGRAPHS: Final = 0x102
_PIECES: Final = 0x1A2
_COMPRESSED: Final = 0x40000000
_PAGE: Final = 512
_BX: Final = 13
_PIECE: Final = 8
_CELL_MARK: Final = 0x07


def end_with_paragraph(data: bytes) -> bytes:
    """Return the file with a paragraph after its last table; any other file as it is.

    Raises ``FileRefusedError`` when there is no room for it.
    """
    try:
        return _repair(data)
    except (OSError, struct.error, ValueError, IndexError):
        return data


def _repair(data: bytes) -> bytes:
    holder = io.BytesIO(data)
    with olefile.OleFileIO(holder, write_mode=True) as ole:
        main = bytearray(ole.openstream("WordDocument").read())
        flags = struct.unpack_from("<H", main, _FLAGS)[0]
        name = "1Table" if flags & _TABLE_FLAG else "0Table"
        if struct.unpack_from("<H", main, 2)[0] < _WORD_97 or not ole.exists(name):
            return data
        table = bytearray(ole.openstream(name).read())
        counts = struct.unpack_from("<8I", main, _COUNTS)
        clx = struct.unpack_from("<I", main, _PIECES)[0]
        if table[clx] != 2:  # noqa: PLR2004 - text in pieces, none of them with properties
            return data
        pieces = (struct.unpack_from("<I", table, clx + 1)[0] - 4) // (4 + _PIECE)
        last_place = clx + 5 + 4 * pieces
        before, last = struct.unpack_from("<2I", table, last_place - 4)
        piece = last_place + 4 + _PIECE * (pieces - 1)
        start = struct.unpack_from("<I", table, piece + 2)[0]
        size = 1 if start & _COMPRESSED else 2
        start = (start & ~_COMPRESSED) // 2 if size == 1 else start
        end = start + (min(last, counts[0]) - before) * size
        if main[end - size] != _CELL_MARK or (size > 1 and main[end - 1]):
            return data
        if any(counts[1:]):  # notes or headers follow: LibreOffice reads these well
            return data
        if any(main[end : end + size]) or not end % _PAGE:
            raise FileRefusedError("not_converted")
        main[end : end + size] = b"\r\x00"[:size]
        struct.pack_into("<I", main, _COUNTS, counts[0] + 1)
        struct.pack_into("<I", main, _TEXT_END, end + size)
        struct.pack_into("<I", table, last_place, last + 1)
        _add_paragraph(main, table, end + size)
        ole.write_stream("WordDocument", bytes(main))
        ole.write_stream(name, bytes(table))
    return holder.getvalue()


def _add_paragraph(main: bytearray, table: bytearray, end: int) -> None:
    """Say in the last page of paragraph properties that one without any goes to ``end``."""
    place, size = struct.unpack_from("<2I", main, _PAGES_OF_PARAGRAPHS)
    pages = (size - 4) // 8
    struct.pack_into("<I", table, place + 4 * pages, end)
    number = struct.unpack_from("<I", table, place + 4 * (pages + 1) + 4 * (pages - 1))[0]
    page = main[number * _PAGE : (number + 1) * _PAGE]
    runs = page[-1]
    bounds = 4 * (runs + 1)
    offsets = [page[bounds + _BX * i] for i in range(runs)]
    used = min((2 * offset for offset in offsets if offset), default=_PAGE - 1)
    made = page[:bounds] + struct.pack("<I", end) + page[bounds : bounds + _BX * runs] + bytes(_BX)
    if len(made) > used:
        raise FileRefusedError("not_converted")
    page[: len(made)] = made
    page[-1] = runs + 1
    main[number * _PAGE : (number + 1) * _PAGE] = page
