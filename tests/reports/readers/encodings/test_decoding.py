"""Bytes as text: every encoding that officials' files come in, and what is said of it."""

from __future__ import annotations

import pytest

from reports.model.document import ReadOptions, TableBlock
from reports.model.errors import UnreadableReportError
from reports.open import open_document
from reports.readers.encodings.decoding import decode_bytes, decode_text
from reports.readers.encodings.mojibake import is_garbled, repair_text
from tests.reports.readers.encodings.test_legacy_fonts import TCVN3, UNICODE, VNI, write_legacy

TEXT = "Báo cáo kết quả thực hiện dự án ở xã Kiến Thụy, phường Đồ Sơn\nquý I năm 2026 (đạt ½)"
TABLE = (
    "STT;Danh mục dự án;Tổng mức đầu tư (triệu đồng);Địa điểm\n"
    "1;Cầu Bến Sứ;234.539;Phường Đồ Sơn\n2;Kè sông Rế;1.198.916;Xã Kiến Thụy\n"
)


def garble(text: str, encoding: str = "cp1252") -> str:
    """Return what a program shows that takes UTF-8 for an encoding of single bytes."""
    return "".join(
        bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode("utf-8")
    )


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_unicode_is_read_in_silence(encoding: str, line_end: str) -> None:
    decoded = decode_bytes(TEXT.replace("\n", line_end).encode(encoding))
    assert (decoded.text, decoded.messages) == (TEXT, ())


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "cp1258"])
def test_single_bytes_are_judged_by_their_words(encoding: str) -> None:
    """TCVN3, VNI and VISCII are converted with a preview; Vietnamese Windows needs none."""
    text = TEXT.replace("½", "")
    stored = write_legacy(text, encoding).encode("cp1252", "replace")
    if encoding == "viscii":
        stored = "".join(write_legacy(sign, encoding) for sign in text).encode("cp1252", "ignore")
        text = decode_bytes(stored, "viscii").text
    decoded = decode_bytes(stored)
    assert (decoded.text, decoded.encoding) == (text, encoding)
    if encoding == "cp1258":
        assert not decoded.messages
    else:
        (message,) = decoded.messages
        assert message.count("→") == 2  # two lines before and after
        assert "Báo cáo" in message


def test_western_text_stays_western() -> None:
    text = "Rapport annuel: façade à Peñafiel, coûts élevés, Straße, naïve, œuvre"
    decoded = decode_bytes(text.encode("cp1252"))
    assert decoded.text == text
    assert not decoded.messages


def test_old_fonts_stored_in_unicode_are_converted_too() -> None:
    decoded = decode_bytes(f"{UNICODE}\n{TCVN3}".encode())
    assert decoded.text.endswith("Hải Phòng, đầu tư công")
    assert decoded.text.startswith(UNICODE)
    assert "TCVN3" in decoded.messages[0]
    assert decode_bytes(f"{UNICODE}\n{TCVN3}".encode(), "none").text.endswith(TCVN3)


def test_a_few_bad_bytes_do_not_change_the_encoding() -> None:
    data = (TEXT + "\n").encode() * 5 + "Phường".encode()[:-4] + b"\xff" + TEXT.encode()
    decoded = decode_bytes(data)
    assert decoded.text.startswith(TEXT)
    assert "dòng 11" in decoded.messages[0]


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258"])
@pytest.mark.parametrize("rounds", [1, 2])
def test_wrongly_decoded_text_can_be_had_back(encoding: str, rounds: int) -> None:
    text = "Nguyễn Đồ Sơn à ạ ở đường Ế Ỹ – “quý”"
    garbled = text
    for _ in range(rounds):
        garbled = garble(garbled, encoding)
    assert is_garbled(garbled)
    assert repair_text(garbled) == text


@pytest.mark.parametrize("text", ["“HỢP TÁC XÔ", "XÃ – PHƯỜNG", UNICODE, TCVN3, VNI, "Nhà “A”…"])
def test_sound_text_is_not_garbled(text: str) -> None:
    assert not is_garbled(text)
    assert repair_text(text) == text


def test_wrongly_decoded_text_is_asked_about() -> None:
    """Both readings are shown with the line; until one is chosen the row is not read."""
    data = TABLE.replace("Kè sông Rế", garble("Kè sông Rế")).encode()
    document = open_document(data, "a.csv")
    (table,) = document.blocks
    assert isinstance(table, TableBlock)
    assert [cell.text for cell in table.rows[1].cells][1] == "Cầu Bến Sứ"
    assert {cell.text for cell in table.rows[2].cells} == {""}
    assert table.rows[2].cells[2].unseen == "1.198.916"
    message = document.messages[0]
    assert "dòng 3" in message
    assert garble("Kè") in message
    assert "Kè sông Rế" in message
    chosen = open_document(data, "a.csv", options=ReadOptions(encoding="utf-8-twice"))
    assert isinstance(chosen.blocks[0], TableBlock)
    assert [cell.text for cell in chosen.blocks[0].rows[2].cells][1] == "Kè sông Rế"
    assert not chosen.messages


def test_a_garbled_table_is_still_a_table() -> None:
    document = open_document(garble(TABLE).encode(), "a.csv")
    assert document.media == "csv"
    chosen = open_document(
        garble(garble(TABLE)).encode(), "a.csv", options=ReadOptions(encoding="utf-8-twice")
    )
    (table,) = chosen.blocks
    assert isinstance(table, TableBlock)
    assert [cell.text for cell in table.rows[0].cells][3] == "Địa điểm"


def test_an_unknown_choice_is_refused() -> None:
    with pytest.raises(UnreadableReportError, match="utf-8-twice"):
        open_document(TABLE.encode(), "a.csv", options=ReadOptions(encoding="ebcdic"))


def test_a_chosen_encoding_is_used() -> None:
    assert decode_bytes(TCVN3.encode("cp1252"), "tcvn3").text.endswith("đầu tư công")
    assert decode_bytes(VNI.encode(), "vni").text.startswith("Báo cáo")
    assert decode_bytes("Sơn".encode("utf-16-be"), "utf-16-be").text == "Sơn"


@pytest.mark.parametrize("data", [b"", b"\xff", b"\x00" * 8, bytes(range(256)), b"\xff\xfe\x00"])
def test_any_bytes_give_text(data: bytes) -> None:
    assert isinstance(decode_text(data), str)
