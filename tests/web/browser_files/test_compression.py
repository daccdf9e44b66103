"""A file is compressed once, fast at first and small from then on, and never changes by it."""

import gzip
from collections.abc import Callable

import brotli

from web.browser_files.compression import Compressor

CONTENT = b"xin ch\xc3\xa0o " * 1000
ANY = "gzip, deflate, br"


def counted(calls: list[int]) -> Callable[[], bytes]:
    def read() -> bytes:
        calls.append(1)
        return CONTENT

    return read


def test_gzip_comes_first_and_brotli_once_it_is_made() -> None:
    compressor, calls = Compressor(), list[int]()
    read = counted(calls)
    for _ in range(2):
        answer = compressor.compress("/a", ANY, read)
        assert answer is not None
        assert (answer.encoding, gzip.decompress(answer.body)) == ("gzip", CONTENT)
    compressor.finish()
    answer = compressor.find_made("/a", ANY)
    assert answer is not None
    assert (answer.encoding, brotli.decompress(answer.body)) == ("br", CONTENT)
    assert len(calls) == 1


def test_a_browser_gets_an_encoding_that_it_takes() -> None:
    compressor, read = Compressor(), counted([])
    for _ in range(3):
        compressor.compress("/a", ANY, read)
    compressor.finish()
    old = compressor.compress("/a", "gzip", read)
    assert old is not None
    assert old.encoding == "gzip"
    assert compressor.compress("/a", "identity", read) is None
    assert compressor.find_made("/b", ANY) is None


def test_what_is_asked_for_once_is_not_compressed_twice() -> None:
    compressor = Compressor()
    compressor.compress("/a", ANY, counted([]))
    compressor.finish()
    assert compressor.find_made("/a", "br") is None
    assert compressor.find_made("/a", "gzip") is not None
