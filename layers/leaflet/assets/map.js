/* The commune map: polygons fetched once, recoloured by small messages from the server.
 *
 * The server sends every message as base64 of deflated JSON (see layers/leaflet/map_message.py): no text of
 * a report ever stands in a script or a template. Here text reaches the page through textContent
 * only. Parts, in the order of loading: core.js, labels.js, symbols.js, furniture.js (legend, inset),
 * search.js, communes.js, view.js, and this file, which takes the messages.
 */
(function () {
  "use strict";

  const HPMap = window.HPMap;
  const state = HPMap.state;
  const PEEK = 200; // pixels of the panel that must be in sight to be noticed

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
        HPMap.drawCommunes(collection);
      } else {
        await state.geometry;
      }
      if (turn !== state.arrived) return;
      state.data = data;
      HPMap.paint();
      tiles(data.tiles);
      credit(data.credit);
      HPMap.drawSymbols();
      HPMap.drawFurniture();
      HPMap.drawPick(data.pick);
      HPMap.follow(data.link);
      HPMap.place();
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
    map.on("moveend", HPMap.rememberView);
    map.on("click", (event) => {
      if (state.data && state.data.pick) HPMap.pick(event.latlng);
    });
    map.on("move", HPMap.tellOthers);
    focusQuietly(map.getContainer());
    // The frame gets its width and height after the script, one by one. A screen's map always shows
    // what its step is about, any other map what it was opened on until somebody moves it.
    new ResizeObserver(() => {
      if ((state.data && state.data.keys) || state.opened === HPMap.viewOf(map)) state.fitted = null;
      map.invalidateSize({ pan: false });
      if (state.data && state.communes.length && state.fitted === null) HPMap.place();
    }).observe(map.getContainer());
  }

  /** Leaflet focuses the map at the first press. Were the page round the frame to scroll for that,
   *  the press would end over something else than it began on, which makes no click. */
  function focusQuietly(container) {
    container.focus = (options) => {
      HTMLElement.prototype.focus.call(container, Object.assign({ preventScroll: true }, options));
    };
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

  /** On a phone the panel stands below the map: who has chosen something is taken to it. */
  function showPanel() {
    if (!state.asked || !state.data.chosen.communes.length) return;
    state.asked = false;
    const panel = window.parent.document.querySelector(".st-key-panel");
    if (!panel || panel.getBoundingClientRect().top < window.parent.innerHeight - PEEK) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    panel.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
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
})();
