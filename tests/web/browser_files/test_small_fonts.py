"""Fonts are cut to what pages show: every letter of Vietnamese, every icon that is named."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from geo.paths import ROOT
from web.browser_files import small_fonts
from web.browser_files.font_cutting import cut_font, list_icon_names, main, read_ligatures
from web.browser_files.small_fonts import FontFinder, build_font_path
from web.browser_files.static_files import get_static_folder, list_static_files

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậđeèẻẽéẹêềểễếệoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵiìỉĩíị"
SIGNS = "0123456789.,:;–—“”‘’…•·→←↑↓≤≥±×÷−²³°€₫✓"


def get_font(begin: str) -> Path:
    return next(path for path in list_static_files().values() if path.name.startswith(begin))


@pytest.fixture(scope="module")
def texts() -> bytes:
    return cut_font(get_font("SourceSansVF-Upright"))


@pytest.fixture(scope="module")
def icons() -> bytes:
    return cut_font(get_font("MaterialSymbols"))


def test_a_text_font_keeps_every_letter_of_vietnamese_and_figures_of_one_width(
    texts: bytes,
) -> None:
    source = get_font("SourceSansVF-Upright")
    whole, cut = TTFont(source), TTFont(BytesIO(texts))
    letters = {ord(one) for one in VIETNAMESE + VIETNAMESE.upper() + SIGNS}
    assert letters & whole.getBestCmap().keys() <= cut.getBestCmap().keys()
    assert {ord(one) for one in VIETNAMESE} <= cut.getBestCmap().keys()
    metrics, glyphs = cut["hmtx"].metrics, cut.getBestCmap()
    assert len({metrics[glyphs[ord(digit)]][0] for digit in "0123456789"}) == 1
    assert cut["fvar"].axes[0].axisTag == "wght"
    assert len(texts) < source.stat().st_size / 2


def test_an_icons_font_keeps_every_icon_that_a_script_or_a_page_of_ours_names(
    icons: bytes,
) -> None:
    whole = read_ligatures(TTFont(get_font("MaterialSymbols")))
    kept = read_ligatures(TTFont(BytesIO(icons))).keys()
    words = list_icon_names(get_static_folder())
    assert words & whole.keys() <= kept
    assert {"chevron_right", "expand_more", "close", "menu"} <= kept
    ours = {
        name
        for folder in ("pages", "layers", "web")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r":material/(\w+):", path.read_text("utf-8"))
    }
    assert ours <= kept
    assert len(icons) < 80_000


def test_a_font_is_served_whole_until_it_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HPMAP_STATE_DIR", str(tmp_path))
    begun: list[Path] = []
    monkeypatch.setattr(small_fonts, "_start_cutting", lambda _source, target: begun.append(target))
    source, finder = get_font("SourceCodeVF-Italic"), FontFinder()
    for _ in range(2):
        assert finder.find_font(source) == source.read_bytes()
    assert begun == [build_font_path(source)]
    main(source, begun[0])
    assert finder.find_font(source) == begun[0].read_bytes() != source.read_bytes()
    assert [path.name for path in begun[0].parent.iterdir()] == [begun[0].name]


def test_other_fonts_are_left_as_they_are() -> None:
    source = get_font("KaTeX_Main-Bold")
    assert FontFinder().find_font(source) == source.read_bytes()
