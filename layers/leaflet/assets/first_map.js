/* The map that is shown while Streamlit's page is loading gives way to the page's own.
 *
 * It draws the same scene with the same files in a frame that stands in the page from the start. What a reader
 * did with it in the meantime, a place chosen or the map moved, is handed on.
 */
(function () {
  "use strict";

  const first = document.getElementById("hp-first-map");
  const { pathname } = window.location;
  const SMALLEST = 120; // pixels
  const MOVED = 2; // pixels
  const MOMENT_MS = 1000;
  let since = 0; // when the page was first seen complete without a map

  function step() {
    const place = document.querySelector(".st-key-map-frame");
    if (window.location.pathname !== pathname || showsNoMap(place) || hasFailed()) return first.remove();
    if (place && isComplete()) lieOver(place.getBoundingClientRect());
    const map = findMap(place);
    if (map && !isTypedIn() && (isComplete() || liesOver(place.getBoundingClientRect()))) {
      handOn(map);
      return first.remove();
    }
    return window.requestAnimationFrame(step);
  }

  /** Whether the page has been there for a moment without a map: it says why. */
  function showsNoMap(place) {
    const alone = !place && isComplete() && document.querySelector("[data-testid=stElementContainer]") !== null;
    since = alone ? since || performance.now() : 0;
    return alone && performance.now() - since > MOMENT_MS;
  }

  function isComplete() {
    const app = document.querySelector("[data-testid=stApp]");
    return app !== null && app.dataset.testScriptState === "notRunning";
  }

  /** Whether the frame's own page came without a map: the reader may see none, or there is none. */
  function hasFailed() {
    const inside = first.contentDocument;
    if (inside === null) return true; // what a browser shows in place of a page that it could not get
    return inside.URL !== "about:blank" && inside.readyState === "complete" && !first.contentWindow.HPMap;
  }

  function lieOver(box) {
    if (box.height < SMALLEST || box.bottom > window.innerHeight + 1) return; // what stands round it is not there yet
    Object.assign(first.style, {
      left: box.left + "px", top: box.top + "px", width: box.width + "px", height: box.height + "px",
    });
  }

  /** Whether the page's own map lies there already: what stands above it may still come and move it. */
  function liesOver(box) {
    const here = first.getBoundingClientRect();
    return ["left", "top", "width", "height"].every((side) => Math.abs(box[side] - here[side]) <= MOVED);
  }

  /** Return the page's own map once it has drawn. */
  function findMap(place) {
    const frame = place ? place.querySelector("iframe") : null;
    const inside = frame ? frame.contentDocument : null;
    return inside && inside.body && inside.body.dataset.shown ? frame.contentWindow.HPMap : null;
  }

  const isTypedIn = () => document.activeElement === first && first.contentDocument.activeElement.matches("input");

  function handOn(map) {
    const { HPMap } = first.contentWindow;
    const { state } = HPMap || {};
    if (!state || !state.map) return;
    if (state.opened && state.opened !== HPMap.viewOf(state.map)) {
      map.state.map.setView(state.map.getCenter(), state.map.getZoom(), { animate: false });
    }
    if (state.unsent) map.send(state.unsent);
  }

  if (first) step();
})();
