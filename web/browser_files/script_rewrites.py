"""Lines of Streamlit's scripts that are served otherwise, where it has no setting for it.

Its lists and tables compare what is typed with the words as they are written: who types "hai an"
was told that there is no Hải An. They are given the folding of ``geo.text.fold_text``. Columns that
stay in sight are drawn in a paler colour than the others, though they hold the names. The scripts
pass through our hands anyway. A script whose lines read otherwise, of another version, passes as
it is; the test of this module tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

REWRITES: Final = {
    # What a list offers: what has words that begin so, the best first; else letters in order.
    "useSyncComboBoxEnterTargetFocus": (
        ("let n=e.filter(e=>vn(t,e.label));", "let n=hpFind(t,e,vn);"),
        ("e=>-_n(t,e.label)", "e=>-_n(hpFold(t),hpFold(e.label))"),
        ("var yn=e=>e.toLowerCase();", "var yn=hpFold;"),
    ),
    # The search of a table.
    "DataFrame": (
        (
            r"let t=new RegExp(e.replace(/([$()*+.?[\\\]^{|}-])/g,`\\$1`),`i`)",
            "let t={test:t=>hpFold(t).includes(hpFold(e))}",
        ),
        # Cells of columns that stay in sight, in each kind of column.
        ("style:e.isPinned?`faded`:`normal`", "style:`normal`"),
        ("style:t.isPinned?`faded`:`normal`", "style:`normal`"),
    ),
}
"""By the scripts' names without their hash: lines of theirs, and what is served instead."""

_OURS: Final = r"""
function hpFold(text) {
  const plain = String(text).normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return plain.replace(/[\u0111\u00f0\u0256]/g, "d");
}
function hpWords(text) {
  return hpFold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}
function hpFind(typed, options, hasLetters) {
  const asked = hpWords(typed);
  const has = (words, one) => words.some((word) => word.startsWith(one));
  const found = options.filter(({ label }) => {
    const words = hpWords(label);
    return asked.every((one) => has(words, one));
  });
  const letters = asked.join("");
  return found.length ? found : options.filter(({ label }) => hasLetters(letters, hpFold(label)));
}
"""


def read_script(path: Path) -> bytes:
    """Return a file of Streamlit's as it is served."""
    rewrites = REWRITES.get(path.name.split(".")[0], ()) if path.suffix == ".js" else ()
    if not rewrites:
        return path.read_bytes()
    text = path.read_text("utf-8")
    if any(line not in text for line, _ in rewrites):
        return path.read_bytes()
    for line, ours in rewrites:
        text = text.replace(line, ours)
    return (text + _OURS).encode()
