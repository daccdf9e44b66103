/* How far the map goes, and which gestures are the page's: those that scroll it, where it scrolls. */
(function () {
  "use strict";

  const HPMap = window.HPMap;
  const state = HPMap.state;
  const AROUND = 0.25; // of the city's extent, on every side: its neighbours
  const REACH_ZOOM = 12; // how far one may look round what lies beyond
  const LEAST = 24; // pixels that a page must have to scroll before a gesture is left to it
  const HINT_MS = 1600;
  let shared = false; // whether the page scrolls, so that the wheel and one finger are its own
  let hint = null;
  let timer = null;

  /** End zoom and drag at the city with its neighbours, or at the communes of ``reach``: the island.
   *  Reckoned by the frame's size, not the map's: maps that move together have legends of their own. */
  HPMap.limit = function (reach) {
    const { map } = state;
    const city = HPMap.boundsOf(HPMap.mainland());
    if (!city.isValid()) return;
    if (reach) state.reach = HPMap.boundsOf(reach);
    const around = city.pad(AROUND);
    const frame = L.point(window.innerWidth, window.innerHeight);
    const size = map.project(around.getSouthEast(), 0).subtract(map.project(around.getNorthWest(), 0));
    const snap = map.options.zoomSnap;
    const whole = map.getScaleZoom(Math.min(frame.x / size.x, frame.y / size.y), 0);
    const zoom = Math.min(Math.floor(whole / snap) * snap, map.getBoundsZoom(city, false, L.point(12, 12)));
    // Where more is seen than that, Leaflet holds its middle: with the strip that stays clear at the left.
    const corner = map.project(around.getNorthWest(), zoom).subtract(HPMap.room(0).paddingTopLeft);
    const end = map.project(around.getSouthEast(), zoom).add([0, HPMap.covered()]);
    const bounds = L.latLngBounds(map.unproject(corner, zoom), map.unproject(end, zoom));
    if (state.reach.isValid() && !bounds.contains(state.reach)) bounds.extend(seenFrom(state.reach.getCenter(), REACH_ZOOM));
    // Not setMaxBounds, which would also push the map back while its frame gets its size.
    map.options.maxBounds = bounds;
    if (map.getMinZoom() !== zoom) map.setMinZoom(zoom);
  };

  /** Return what a map that fills the frame shows. */
  function seenFrom(centre, zoom) {
    const { map } = state;
    const middle = map.project(centre, zoom);
    const half = L.point(window.innerWidth, window.innerHeight).divideBy(2);
    return L.latLngBounds([middle.subtract(half), middle.add(half)].map((at) => map.unproject(at, zoom)));
  }

  /** Leave the wheel and one finger to a page that scrolls; Ctrl and two fingers are the map's. */
  HPMap.shareGestures = function (map) {
    const container = map.getContainer();
    const onMap = (event) => !event.target.closest(".leaflet-control");
    const look = () => {
      shared = doesPageScroll();
      container.style.touchAction = shared ? "pan-x pan-y" : "";
    };
    look();
    // What stands round the frame may come later than the map: then the page begins to scroll.
    const watch = new ResizeObserver(look);
    listRound().forEach((node) => watch.observe(node));
    container.addEventListener("wheel", (event) => {
      look();
      if (!shared || event.ctrlKey || event.metaKey || !onMap(event)) return;
      event.stopPropagation();
      say(container, state.data && state.data.words.wheel);
    }, { capture: true, passive: true });
    container.addEventListener("pointerdown", (event) => {
      const isFinger = event.pointerType === "touch";
      if (shared && isFinger) map.dragging.disable();
      else map.dragging.enable();
    }, true);
    let pinched = false;
    container.addEventListener("touchstart", (event) => { pinched ||= event.touches.length > 1; }, { passive: true });
    map.on("moveend", () => {
      if (pinched && map.options.maxBounds) map.panInsideBounds(map.options.maxBounds); // the one way past it
      pinched = false;
    });
    container.addEventListener("touchmove", (event) => {
      if (shared && event.touches.length === 1 && onMap(event)) say(container, state.data && state.data.words.fingers);
    }, { capture: true, passive: true });
  };

  /** Return the elements of the page that the frame stands in, up to what fills the screen. */
  function listRound() {
    const round = [];
    try {
      const full = window.parent.document.fullscreenElement;
      for (let node = window.frameElement; node && node !== full; node = node.parentElement) round.push(node);
    } catch (fault) {
      console.debug("the page round the map cannot be looked at from here", fault);
    }
    return round;
  }

  function doesPageScroll() {
    const page = window.parent;
    return listRound().some((node) => node.scrollHeight - node.clientHeight > LEAST
      && (node === page.document.scrollingElement || /auto|scroll/.test(page.getComputedStyle(node).overflowY)));
  }

  function say(container, words) {
    if (!hint || hint.parentElement !== container) {
      hint = container.appendChild(HPMap.element("div", "hp-hint"));
      hint.setAttribute("role", "status");
    }
    hint.textContent = words || "";
    clearTimeout(timer);
    timer = setTimeout(() => { hint.textContent = ""; }, HINT_MS);
  }
})();
