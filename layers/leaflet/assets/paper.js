/* On paper: the map takes the size of its place on the sheet, and shows there what it shows on the screen. */
(function () {
  "use strict";

  const HPMap = window.HPMap;
  const state = HPMap.state;
  const SHEETS = { // width and height on A4, by the place on the page: pages/shell/assets/*.css
    ".st-key-map-frame": ["172mm", "150mm"],
    ".st-key-maps-difference": ["270mm", "140mm"],
  };
  let before = null; // how the map stood on the screen

  /** Show the whole again if nobody has moved the map, else what ``show`` shows. */
  function placeAgain(show) {
    state.map.invalidateSize({ pan: false, animate: false });
    if (before.fitted) {
      state.fitted = null;
      HPMap.place();
    } else {
      HPMap.limit();
      show();
    }
  }

  window.addEventListener("beforeprint", () => {
    const { map, data } = state;
    const frame = window.frameElement;
    const place = frame && Object.keys(SHEETS).find((name) => frame.closest(name));
    if (before || !map || !state.communes.length || !place) return;
    before = {
      bounds: map.getBounds(), centre: map.getCenter(), zoom: map.getZoom(),
      fitted: state.opened === HPMap.viewOf(map) && !data.view.at,
    };
    const [width, height] = SHEETS[place];
    frame.style.setProperty("width", width, "important");
    frame.style.setProperty("height", height, "important");
    HPMap.drawLegend(); // its lines break elsewhere
    placeAgain(() => map.fitBounds(before.bounds, { animate: false }));
  });

  window.addEventListener("afterprint", () => {
    if (!before) return;
    ["width", "height"].forEach((name) => window.frameElement.style.removeProperty(name));
    HPMap.drawLegend();
    placeAgain(() => state.map.setView(before.centre, before.zoom, { animate: false }));
    before = null;
  });
})();
