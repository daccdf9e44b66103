"""The words that a page shows, and those of them that are English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

ENGLISH: Final = re.compile(
    r"\b(a[dn]d|all|apply|available|browse|clear|click|close|collapse|column|content|copy|data|date"
    r"|delete|download|drag|drop|edit|enter|error|expand|file|filter|filters|find|format|fullscreen"
    r"|hide|home|items?|limit|loading|local|logo|main|more|navigate|navigation|next|none|open"
    r"|options?|pages?|password|press|previous|print|remove|result|results|running|scale|search"
    r"|select|selected|settings|show|sidebar|skip|sort|submit|table|toggle|toolbar|type|undo|update"
    r"|upload|value|values|view|visualization|with|bytes|dd|yyyy)\b",
    re.IGNORECASE,
)
"""Words of an interface that are no Vietnamese syllables."""

MEANT: Final = re.compile(
    r"\b(Tab|Shift|Enter|Esc|Ctrl|XML values and headers|Telin Park|Open Street Map|OpenStreetMap"
    r"|GeoJSON|GeoPackage|ODK Collect|ODK Central)\b|[\w.+-]+@[\w.-]+|\S+\.\w{2,4}\b|https?://\S+"
)
"""Names, keys, addresses and files, which are the same in every language."""

SHOWN: Final = """() => {
  const told = [];
  const seen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const own = (element) => element.closest('[class*="st-key-carried-"], noscript, script,'
    + ' style, iframe, [data-testid="stIconMaterial"]');
  const names = ['aria-label', 'placeholder', 'title', 'alt'];
  for (const element of document.querySelectorAll(names.map((name) => `[${name}]`).join())) {
    if (!seen(element) || own(element)) continue;
    for (const name of names) told.push(element.getAttribute(name));
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const place = texts.currentNode.parentElement;
    if (!place || own(place) || place.closest('[lang="en"], q, .hp-quote')) continue;
    if (!seen(place)) continue;
    told.push(texts.currentNode.nodeValue);
  }
  return told.filter(Boolean);
}"""


def find_english(page: Page) -> set[str]:
    """Return the texts of a page with English words in them."""
    texts = {text.strip() for text in page.evaluate(SHOWN)}
    return {text for text in texts if ENGLISH.search(MEANT.sub("", text))}
