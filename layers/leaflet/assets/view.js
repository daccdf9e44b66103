/* Where the map stands: what it is fitted to, the page's address, maps that move together. */
(function () {
  "use strict";

  const HPMap = window.HPMap;
  const state = HPMap.state;
  const SMALLEST = 120; // pixels a side that a map needs before anything is fitted into it

  HPMap.boundsOf = function (indices) {
    const bounds = L.latLngBounds([]);
    indices.forEach((index) => {
      const commune = state.communes[index];
      if (commune) bounds.extend(commune.layer.getBounds());
    });
    return bounds;
  };

  HPMap.mainland = function () {
    return state.communes.filter((c) => c.code !== state.data.offshore).map((c) => c.index);
  };

  /** The margins to fit within, in pixels: on a wide map a strip at the left stays clear. */
  HPMap.room = function (margin) {
    const left = state.map.getSize().x > 800 ? 60 : 0;
    return { paddingTopLeft: [left + margin, margin], paddingBottomRight: [margin, margin] };
  };

  /** Where the map stands, as a text to compare. */
  HPMap.viewOf = function (map) {
    const { lat, lng } = map.getCenter();
    return [lat.toFixed(6), lng.toFixed(6), map.getZoom()].join(",");
  };

  /** Go where a message says, once per request; the first time to the whole city or the link's view. */
  HPMap.place = function () {
    const { map, data } = state;
    const view = data.view;
    const opening = state.fitted === null;
    const { x, y } = map.getSize();
    if (Math.min(x, y) < SMALLEST) return; // the frame has no size yet: what it shows would be lost
    if (opening && view.at) {
      map.setView([view.at[0], view.at[1]], view.at[2], { animate: false });
    } else if (opening || state.fitted !== view.seq) {
      const some = view.communes.length ? view.communes : HPMap.mainland();
      const bounds = HPMap.boundsOf(some);
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (bounds.isValid()) {
        const room = view.communes.length ? HPMap.room(50) : HPMap.room(6);
        map.fitBounds(bounds, Object.assign(room, {
          maxZoom: 13, animate: !opening && !calm,
        }));
      }
    }
    state.fitted = view.seq;
    if (opening) state.opened = HPMap.viewOf(map);
  };

  /** Keep the map's view in the page's address, without asking the server for anything. */
  HPMap.rememberView = function () {
    if (state.fitted === null || (state.data && state.data.pick)) return;
    try {
      const page = window.parent;
      const address = new URL(page.location.href);
      const centre = state.map.getCenter();
      const view = [centre.lat.toFixed(4), centre.lng.toFixed(4), state.map.getZoom()].join(",");
      address.searchParams.set("v", view);
      page.history.replaceState(page.history.state, "", address);
    } catch (fault) {
      console.debug("the page's address cannot be written from here", fault);
    }
  };

  /** Move with the maps of the same page that carry the same link; nothing leaves this browser. */
  HPMap.follow = function (name) {
    const now = state.link ? state.link.name : "";
    const wanted = name ? "hpmap-" + name : "";
    if (now === wanted || typeof BroadcastChannel === "undefined") return;
    if (state.link) state.link.close();
    state.link = wanted ? new BroadcastChannel(wanted) : null;
    if (!state.link) return;
    state.link.onmessage = (event) => {
      const view = Array.isArray(event.data) ? event.data.map(Number) : [];
      if (view.length !== 3 || !view.every(Number.isFinite) || state.fitted === null) return;
      state.following = true; // what it is told, a map does not tell again
      state.map.setView([view[0], view[1]], view[2], { animate: false });
      state.following = false;
    };
  };

  HPMap.tellOthers = function () {
    if (!state.link || state.following || state.fitted === null) return;
    const centre = state.map.getCenter();
    state.link.postMessage([centre.lat, centre.lng, state.map.getZoom()]);
  };
})();
