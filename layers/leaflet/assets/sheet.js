/* The sheet that the page lays over the map's lower part on a phone: what is chosen is shown above it. */
(function () {
  "use strict";

  const HPMap = window.HPMap;
  const state = HPMap.state;
  const MARGIN = 24; // pixels round what is chosen, in which its name finds room

  /** Return how many pixels of the map the sheet covers. */
  HPMap.covered = () => state.covered || 0;

  function measure() {
    const frame = window.frameElement;
    const side = frame && frame.closest(".st-key-map-body")?.querySelector(".st-key-map-side");
    if (!side || window.parent.getComputedStyle(side).position !== "absolute") return 0;
    const low = frame.getBoundingClientRect().top + state.map.getContainer().getBoundingClientRect().bottom;
    return Math.max(0, Math.round(low - side.getBoundingClientRect().top));
  }

  /** Return where a chosen thing can be seen, in container pixels: below the search, above the sheet. */
  function findFreePart() {
    const { x, y } = state.map.getSize();
    const search = state.map.getContainer().querySelector(".hp-search").getBoundingClientRect();
    return { top: search.bottom + MARGIN, low: y - HPMap.covered() - MARGIN, left: MARGIN, right: x - MARGIN };
  }

  /** Look whether the sheet came or went: it does so some time after the message that opens it. */
  HPMap.watchSheet = function () {
    const body = window.frameElement && window.frameElement.closest(".st-key-map-body");
    if (body && state.sheetBody !== body) {
      state.sheetBody = body;
      new MutationObserver(() => window.requestAnimationFrame(look)).observe(body, { childList: true, subtree: true });
    }
    look();
  };

  function look() {
    if (!state.data || !state.communes.length || state.fitted === null) return;
    const now = measure();
    const { chosen } = state.data;
    const about = now ? [chosen.item, ...chosen.communes].join(" ") : "";
    if (now === HPMap.covered() && about === state.above) return;
    state.covered = now;
    state.above = about;
    HPMap.limit();
    if (about) showChosen(chosen.communes);
    HPMap.arrange(); // names and windows keep out of what is covered
  }

  /** Move the map as little as shows what is chosen; further out where it is too large for that. */
  function showChosen(communes) {
    const { map } = state;
    const bounds = HPMap.boundsOf(communes);
    if (!bounds.isValid()) return;
    const free = findFreePart();
    const from = map.latLngToContainerPoint(bounds.getNorthWest());
    const to = map.latLngToContainerPoint(bounds.getSouthEast());
    if (from.x >= free.left && from.y >= free.top && to.x <= free.right && to.y <= free.low) return;
    const untouched = state.opened === HPMap.viewOf(map);
    const { x, y } = map.getSize();
    map.fitBounds(bounds, {
      paddingTopLeft: [free.left, free.top], paddingBottomRight: [x - free.right, y - free.low],
      maxZoom: Math.max(map.getZoom(), Math.min(11, map.getBoundsZoom(bounds))), animate: false,
    });
    if (untouched) state.opened = HPMap.viewOf(map);
  }
})();
