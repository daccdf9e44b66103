"""The sheet for a site board: a project's name, its code, the QR code of its page, the address.

What stands on it goes to the template as plain data (``layers.print.typst``): a name that looks
like a tag or a formula is printed as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.print.qr_code import make_qr_svg
from layers.print.typst import break_long_words, render_typst, strip_unprintable

SIZES: Final = ("A4", "A5")


@dataclass(frozen=True)
class SiteSign:
    """What stands on a board, in its language; ``under`` is kind and place, '' for neither."""

    code: str
    name: str
    under: str
    address: str


def build_site_sign_pdf(
    board: SiteSign, size: str = "A4", *, language: str = DEFAULT_LANGUAGE
) -> bytes:
    """Return a board's sheet as a PDF of one page, ``size`` A4 or A5.

    A name however long is on it whole: its letters become smaller. Without a QR code (the address
    is too long for one) the address alone stands there. The same board is the same file.
    """
    content = {
        "size": size if size in SIZES else SIZES[0],
        "title": t("field.board.title", language),
        "code": strip_unprintable(board.code),
        "name": break_long_words(board.name),
        "under": break_long_words(board.under),
        "code_line": break_long_words(t("field.board.code", language, code=board.code)),
        "scan": t("field.board.scan", language),
        "address": break_long_words(board.address),
        "svg": make_qr_svg(board.address).decode(),
    }
    return render_typst("board.typ", content, form="pdf")
