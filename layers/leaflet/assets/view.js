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
    return { paddingTopLeft: [left + margin, margin], paddingBottomRight: [margin, margin + HPMap.covered()] };
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
    const { chosen } = data;
    const other = chosen.item !== state.item; // another item is open than before
    state.item = chosen.item;
    if (opening && view.at) {
      HPMap.limit(state.communes.map((one) => one.index).filter((index) => isNear(index, view.at)));
      map.setView([view.at[0], view.at[1]], view.at[2], { animate: false });
    } else if (opening || state.fitted !== view.seq || (other && chosen.item && !isWellSeen(chosen.communes))) {
      const wanted = view.communes.length ? view.communes : chosen.item ? chosen.communes : [];
      const some = wanted.length ? wanted : HPMap.mainland();
      const bounds = HPMap.boundsOf(some);
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      HPMap.limit(wanted);
      if (bounds.isValid()) {
        const room = wanted.length ? HPMap.room(50) : HPMap.room(6);
        map.fitBounds(bounds, Object.assign(room, {
          maxZoom: 13, animate: !opening && !calm,
        }));
      }
    }
    if (opening) state.room = [x, y].join();
    state.fitted = view.seq;
    if (opening) state.opened = HPMap.viewOf(map);
  };

  function isNear(index, [lat, lng]) {
    return HPMap.boundsOf([index]).pad(2).contains([lat, lng]);
  }

  /** Whether communes lie wholly in sight and large enough to read. */
  function isWellSeen(communes) {
    const bounds = HPMap.boundsOf(communes);
    if (!bounds.isValid()) return true;
    const { map } = state;
    const size = map.getSize();
    const from = map.latLngToContainerPoint(bounds.getNorthWest());
    const to = map.latLngToContainerPoint(bounds.getSouthEast());
    const part = Math.max((to.x - from.x) / size.x, (to.y - from.y) / size.y);
    return from.x >= 0 && from.y >= 0 && to.x <= size.x && to.y <= size.y - HPMap.covered() && part > 0.15;
  }

  /** Keep the map's view in the page's address, without asking the server for anything. */
  HPMap.rememberView = function () {
    if (state.fitted === null || (state.data && state.data.pick)) return;
    if (state.unmoved || HPMap.viewOf(state.map) === state.opened) return; // nobody has moved it
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
