/* The commune map: polygons fetched once, recoloured by small messages from the server.
 *
 * The server sends every message as base64 of deflated JSON (see layers/leaflet/map_message.py): no text of
 * a report ever stands in a script or a template. Here text reaches the page through textContent
 * only. Parts: communes (this file), labels.js, symbols.js, furniture.js (legend, inset), search.js.
 */
(function () {
  "use strict";

  const HPMap = (window.HPMap = window.HPMap || {});
  const PHONE_WIDTH = 640;
  const SMALLEST = 120; // pixels a side that a map needs before anything is fitted into it
  const PEEK = 200; // pixels of the panel that must be in sight to be noticed
  const EDGE = { color: "#ffffff", weight: 0.8, opacity: 1 };
  const CHOSEN = { color: "#101828", weight: 2.5, opacity: 1 };
  const SVG_NS = "http://www.w3.org/2000/svg";

  const state = {
    map: null,
    communes: [], // {layer, code, name, kind, at: [lon, lat]} in the order of the file
    data: null, // the last message
    picked: [], // what is drawn of a point being chosen
    arrived: 0, // messages seen, so that a slow older one never overwrites a newer
    geometryUrl: null,
    geometry: null,
    fitted: null, // which request of the server the map has followed; null: none yet
    opened: "", // the view it was opened on
    asked: false, // whether somebody has just chosen something in the map
    clicks: 0,
  };
  HPMap.state = state;

  /** Return an element with a class and, as text and nothing else, its words. */
  HPMap.element = function (tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = String(text);
    return node;
  };

  HPMap.svg = function (tag, attributes) {
    const node = document.createElementNS(SVG_NS, tag);
    Object.entries(attributes || {}).forEach(([key, value]) => node.setAttribute(key, value));
    return node;
  };

  /** Tell the server what was chosen. ``n`` makes two equal clicks two messages. */
  HPMap.send = function (message) {
    state.clicks += 1;
    state.asked = message.t !== "point";
    const feature = {
      type: "Feature",
      geometry: null,
      properties: Object.assign({ n: Date.now() * 100 + (state.clicks % 100) }, message),
    };
    const shared = window.__GLOBAL_DATA__;
    const value = { last_active_drawing: feature };
    if (shared) {
      // streamlit-folium compares with what it sent last; ours counts as sent.
      shared.last_active_drawing = feature;
      shared.previous_data = value;
    }
    if (window.Streamlit) window.Streamlit.setComponentValue(value);
  };

  async function decode(packed) {
    const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  /** Take one message of the server. */
  HPMap.apply = async function (map, packed) {
    const turn = ++state.arrived;
    try {
      if (state.map !== map) prepare(map);
      const data = await decode(packed);
      if (turn !== state.arrived) return;
      if (state.geometryUrl !== data.geometry) {
        state.geometryUrl = data.geometry;
        state.geometry = fetch(data.geometry).then((answer) => {
          if (!answer.ok) throw new Error("geometry: " + answer.status);
          return answer.json();
        });
        const collection = await state.geometry;
        drawCommunes(collection);
      } else {
        await state.geometry;
      }
      if (turn !== state.arrived) return;
      state.data = data;
      paint();
      HPMap.drawSymbols();
      HPMap.drawFurniture();
      drawPick(data.pick);
      follow(data.link);
      place();
      showPanel();
      document.body.dataset.shown = String(data.stamp);
      document.body.dataset.shownAt = String(performance.timeOrigin + performance.now());
    } catch (fault) {
      state.geometryUrl = null;
      showFault(fault);
    }
  };

  function showFault(fault) {
    console.error(fault);
    let box = document.getElementById("hp-fault");
    if (!box) {
      box = HPMap.element("div", "hp-fault");
      box.id = "hp-fault";
      box.setAttribute("role", "alert");
      document.body.appendChild(box);
    }
    const old = typeof DecompressionStream === "undefined";
    box.textContent = old
      ? "Trình duyệt này quá cũ để vẽ bản đồ. Hãy dùng Chrome 80, Edge 80, Firefox 113, Safari 16.4 hoặc mới hơn."
      : "Không tải được bản đồ. Hãy tải lại trang; nếu vẫn lỗi, báo cho quản trị hệ thống.";
  }

  function prepare(map) {
    state.map = map;
    state.communes = [];
    state.geometryUrl = null;
    state.fitted = null;
    state.opened = "";
    state.credit = null;
    state.picked = [];
    document.documentElement.lang = "vi";
    map.attributionControl.setPrefix(false);
    map.createPane("hp-names").style.zIndex = 600;
    map.getPane("hp-names").style.pointerEvents = "none";
    map.getPane("hp-names").setAttribute("aria-hidden", "true");
    map.createPane("hp-symbols").style.zIndex = 610;
    map.on("zoomend", () => HPMap.drawSymbols());
    map.on("moveend", rememberView);
    map.on("click", (event) => {
      if (state.data && state.data.pick) pick(event.latlng);
    });
    map.on("move", tellOthers);
    focusQuietly(map.getContainer());
    // The frame gets its width and height after the script, one by one. A screen's map always shows
    // what its step is about, any other map what it was opened on until somebody moves it.
    new ResizeObserver(() => {
      if ((state.data && state.data.keys) || state.opened === viewOf(map)) state.fitted = null;
      map.invalidateSize({ pan: false });
      if (state.data && state.communes.length && state.fitted === null) place();
    }).observe(map.getContainer());
  }

  /** Leaflet focuses the map at the first press. Were the page round the frame to scroll for that,
   *  the press would end over something else than it began on, which makes no click. */
  function focusQuietly(container) {
    container.focus = (options) => {
      HTMLElement.prototype.focus.call(container, Object.assign({ preventScroll: true }, options));
    };
  }

  /** Where the map stands, as a text to compare. */
  function viewOf(map) {
    const { lat, lng } = map.getCenter();
    return [lat.toFixed(6), lng.toFixed(6), map.getZoom()].join(",");
  }

  function drawCommunes(collection) {
    const map = state.map;
    state.communes.forEach((commune) => commune.layer.remove());
    // smoothFactor 0: Leaflet would simplify each commune by itself and tear shared borders.
    const style = () => Object.assign({ fillOpacity: 1 }, EDGE);
    const group = L.geoJSON(collection, { style, smoothFactor: 0 });
    state.communes = [];
    group.eachLayer((layer) => {
      const { code, name, kind, at } = layer.feature.properties;
      const commune = { layer, code, name, kind, at, index: state.communes.length };
      state.communes.push(commune);
      layer.removeEventParent(group);
      // What streamlit-folium would send of a click is the whole polygon: give it the code only.
      layer.toGeoJSON = () => ({ type: "Feature", geometry: null, properties: { code } });
      layer.bindTooltip(() => tooltip(commune), { sticky: true, className: "hp-tooltip" });
      layer.on("mouseover", () => outline(commune, true));
      layer.on("mouseout", () => outline(commune, false));
      layer.on("click", () => choose(commune));
      layer.addTo(map);
      const path = layer.getElement();
      path.dataset.code = code;
      path.setAttribute("role", "button");
      path.setAttribute("tabindex", "-1");
      path.addEventListener("keydown", (event) => walk(event, commune));
      path.addEventListener("focus", () => layer.openTooltip(L.latLng(at[1], at[0])));
      path.addEventListener("blur", () => layer.closeTooltip());
    });
    addPatterns();
    HPMap.drawLabels();
    if (state.communes.length) state.communes[0].layer.getElement().setAttribute("tabindex", "0");
  }

  function choose(commune) {
    if (!state.data || !state.data.pick) HPMap.send({ t: "commune", id: commune.code });
  }

  /** While a point is being chosen, a click says where, as numbers and nothing else. */
  function pick(at) {
    HPMap.send({ t: "point", lon: Number(at.lng.toFixed(6)), lat: Number(at.lat.toFixed(6)) });
  }

  /** Draw the point that is kept and the one that is being chosen. */
  function drawPick(wanted) {
    state.picked.forEach((made) => made.remove());
    state.picked = [];
    state.map.getContainer().style.cursor = wanted ? "crosshair" : "";
    if (!wanted) return;
    const dot = (at, look) => {
      if (!at) return;
      const made = L.circleMarker([at[1], at[0]], Object.assign({ interactive: false }, look));
      state.picked.push(made.addTo(state.map));
    };
    dot(wanted.kept, { radius: 7, color: "#475467", weight: 2, fill: false, dashArray: "3 3" });
    dot(wanted.at, { radius: 9, color: "#ffffff", weight: 3, fillColor: "#b42318", fillOpacity: 1 });
    dot(wanted.at, { radius: 2, color: "#ffffff", weight: 0, fillColor: "#ffffff", fillOpacity: 1 });
  }

  /** Arrow keys go to the nearest commune that way; Enter opens the one in focus. */
  function walk(event, commune) {
    const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (state.data && state.data.pick) pick(L.latLng(commune.at[1], commune.at[0]));
      else choose(commune);
      return;
    }
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    let best = null;
    state.communes.forEach((other) => {
      if (other === commune) return;
      const dx = other.at[0] - commune.at[0];
      const dy = other.at[1] - commune.at[1];
      const along = dx * way[0] + dy * way[1];
      if (along <= 0) return;
      const cost = along + 3 * Math.abs(dx * way[1]) + 3 * Math.abs(dy * way[0]);
      if (!best || cost < best.cost) best = { other, cost };
    });
    if (!best) return;
    commune.layer.getElement().setAttribute("tabindex", "-1");
    const path = best.other.layer.getElement();
    path.setAttribute("tabindex", "0");
    path.focus();
  }

  /** Hatching for "unknown": told from every colour also without colour vision. */
  function addPatterns() {
    const root = state.map.getPane("overlayPane").querySelector("svg");
    if (!root || root.querySelector("#hp-unknown")) return;
    const defs = HPMap.svg("defs");
    const pattern = HPMap.svg("pattern", {
      id: "hp-unknown", width: 7, height: 7, patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    });
    pattern.appendChild(HPMap.svg("rect", { width: 7, height: 7, fill: "#f3f4f6" }));
    pattern.appendChild(HPMap.svg("rect", { width: 1.6, height: 7, fill: "#b6bcc6" }));
    defs.appendChild(pattern);
    root.insertBefore(defs, root.firstChild);
  }

  function paint() {
    const data = state.data;
    const chosen = new Set(data.chosen.communes);
    const away = new Set(data.away); // outside the area that the filters choose
    state.communes.forEach((commune) => {
      const cls = data.classes[commune.index];
      const faded = away.has(commune.index) ? 0.25 : 1;
      commune.layer.setStyle(Object.assign({
        fillColor: HPMap.fill(cls), fillOpacity: data.opacity * faded,
      }, EDGE));
      const path = commune.layer.getElement();
      if (path) {
        path.setAttribute("aria-label", commune.name + ": " + data.values[commune.index]);
        path.dataset.cls = cls;
      }
      if (chosen.has(commune.index)) outline(commune, true);
    });
    tiles(data.tiles);
    credit(data.credit);
  }

  /** The fill of a class; -1 is unknown, -2 is nothing reported. */
  HPMap.fill = function (cls) {
    if (cls === -1) return "url(#hp-unknown)";
    return cls === -2 ? state.data.nothing : state.data.colours[cls];
  };

  function outline(commune, on) {
    const data = state.data;
    if (!data) return;
    const kept = data.chosen.communes.includes(commune.index);
    const strong = kept ? CHOSEN : Object.assign({}, CHOSEN, { weight: 1.8 });
    commune.layer.setStyle(on || kept ? strong : EDGE);
    if (on || kept) commune.layer.bringToFront();
  }

  function tooltip(commune) {
    const data = state.data;
    const box = HPMap.element("div");
    box.appendChild(HPMap.element("strong", "", commune.name));
    if (data) box.appendChild(HPMap.element("div", "", data.values[commune.index]));
    return box;
  }

  /** An operator's own tile service, when the settings name one. */
  function tiles(wanted) {
    const now = wanted ? wanted.url : null;
    if (state.tileUrl === now) return;
    if (state.tileLayer) state.tileLayer.remove();
    state.tileUrl = now;
    state.tileLayer = null;
    if (wanted) {
      const credit = HPMap.element("span", "", wanted.credit).innerHTML;
      state.tileLayer = L.tileLayer(wanted.url, { attribution: credit, maxZoom: 19 });
      state.tileLayer.addTo(state.map);
    }
  }

  /** Say in the map's corner whose boundaries and whose program draw it. */
  function credit(words) {
    if (state.credit === words) return;
    const line = state.map.attributionControl;
    const escaped = (text) => HPMap.element("span", "", text).innerHTML;
    if (state.credit) line.removeAttribution(escaped(state.credit));
    line.addAttribution(escaped(words));
    state.credit = words;
  }

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

  /** Go where a message says, once per request; the first time to the whole city or the link's view. */
  function place() {
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
    if (opening) state.opened = viewOf(map);
  }

  /** On a phone the panel stands below the map: who has chosen something is taken to it. */
  function showPanel() {
    if (!state.asked || !state.data.chosen.communes.length) return;
    state.asked = false;
    const panel = window.parent.document.querySelector(".st-key-panel");
    if (!panel || panel.getBoundingClientRect().top < window.parent.innerHeight - PEEK) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    panel.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }

  /** Keep the map's view in the page's address, without asking the server for anything. */
  function rememberView() {
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
  }

  /** Move with the maps of the same page that carry the same link; nothing leaves this browser. */
  function follow(name) {
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
  }

  const PAGE_KEYS = ["ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Escape"];

  /** In a presentation the keys that turn pages belong to the page, wherever the focus is. */
  function handOver(event) {
    if (!state.data || !state.data.keys || !PAGE_KEYS.includes(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { type, key, code, keyCode } = event;
    const copy = new KeyboardEvent(type, { key, code, keyCode, bubbles: true, cancelable: true });
    window.parent.document.body.dispatchEvent(copy);
  }
  window.addEventListener("keydown", handOver, true);
  window.addEventListener("keyup", handOver, true); // else a key would count as held down

  function tellOthers() {
    if (!state.link || state.following || state.fitted === null) return;
    const centre = state.map.getCenter();
    state.link.postMessage([centre.lat, centre.lng, state.map.getZoom()]);
  }

  HPMap.phone = () => window.innerWidth <= PHONE_WIDTH;
})();
