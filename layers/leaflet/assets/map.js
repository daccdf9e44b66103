/* The commune map: polygons fetched once, recoloured by small messages from the server.
 *
 * The server sends every message as parts in base64 of deflated JSON (see layers/leaflet/map_message.py):
 * no text of a report ever stands in a script or a template. Here text reaches the page through textContent
 * only. Parts, in the order of loading: core.js, labels.js, symbols.js (how an item is drawn), items.js,
 * circles.js, legend.js, insets.js, furniture.js, search.js, communes.js, surroundings.js, movement.js,
 * sheet.js, view.js, paper.js, ahead.js, and this file, which takes the messages.
 */
(function () {
  "use strict";

  const HPMap = window.HPMap;
  const state = HPMap.state;
  const PEEK = 200; // pixels of the panel that must be in sight to be noticed

  const MOST_DECODED = 16;
  const decoded = new Map(); // what parts of messages say, by their text: the last ones used

  /** Return what a message says. A part that came before is not unpacked again. */
  async function decode(message) {
    const parts = message.split(".");
    const contents = await Promise.all(parts.map((part) => decoded.get(part) || unpack(part)));
    parts.forEach((part, k) => {
      decoded.delete(part); // so that it comes last
      decoded.set(part, contents[k]);
    });
    Array.from(decoded.keys()).slice(0, -MOST_DECODED).forEach((part) => decoded.delete(part));
    const own = Object.assign({}, contents[contents.length - 1], { stamp: "" });
    return { data: Object.assign({}, ...contents), look: [...parts.slice(0, -1), JSON.stringify(own)].join(".") };
  }

  async function unpack(packed) {
    const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  /** Unpack a message that may be drawn soon. */
  HPMap.prepareMessage = decode;

  /** Take one message of the server. */
  HPMap.apply = async function (map, packed) {
    const turn = ++state.arrived;
    try {
      if (state.map !== map) prepare(map);
      const { data, look } = await decode(packed);
      if (turn !== state.arrived) return;
      if (state.geometryUrl !== data.geometry) {
        state.geometryUrl = data.geometry;
        state.geometry = fetch(data.geometry).then((answer) => {
          if (!answer.ok) throw new Error("geometry: " + answer.status);
          return answer.json();
        });
        const collection = await state.geometry;
        HPMap.makeCommunes(collection);
      } else {
        await state.geometry;
      }
      if (turn !== state.arrived) return;
      state.data = data;
      state.packed = packed;
      arrangeOnce(() => {
        if (state.look !== look) draw(data);
        state.look = look;
        HPMap.place();
        HPMap.watchSheet();
      });
      HPMap.drawSurroundings(data.surroundings).catch(console.error);
      showPanel();
      document.body.dataset.shown = String(data.stamp);
      document.body.dataset.shownAt = String(performance.timeOrigin + performance.now());
      HPMap.fetchAhead();
    } catch (fault) {
      state.geometryUrl = null;
      state.look = "";
      showFault(fault);
    }
  };

  function draw(data) {
    tiles(data.tiles);
    credit(data.credit);
    if (state.fitted === null) findRoom();
    HPMap.showCommunes();
    HPMap.redraw();
    HPMap.drawPick(data.pick);
    HPMap.follow(data.link);
    document.body.dataset.drawn = String(++state.drawings);
  }

  /** Find the room and the view before anything is drawn in them. The legend, which takes its part of the
   *  room, explains the items that are seen, and those follow from the view: so twice. */
  function findRoom() {
    for (let round = 0; round < 2; round += 1) {
      state.fitted = null;
      HPMap.drawItems();
      HPMap.drawFurniture();
      HPMap.place();
    }
  }

  /** Draw what the last message says, on the map as it stands. */
  HPMap.redraw = function () {
    if (!state.data || !state.communes.length) return;
    HPMap.paint();
    HPMap.drawItems();
    HPMap.drawFurniture();
    HPMap.arrange();
  };

  let later = null; // while something is drawn that may move the map several times

  /** Do what may move the map, and place names and windows once at its end. */
  function arrangeOnce(work) {
    later = { arrange: false };
    try {
      work();
    } finally {
      const { arrange } = later;
      later = null;
      if (arrange) HPMap.arrange();
    }
  }

  /** What depends on where the map stands: sizes of circles, places of dots and of names. */
  HPMap.arrange = function () {
    if (later) {
      later.arrange = true;
      return;
    }
    HPMap.drawCircles();
    HPMap.drawItems();
    HPMap.drawInsets();
    HPMap.drawLabels();
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
    state.look = "";
    state.surroundingsUrl = null;
    state.fitted = null;
    state.opened = "";
    state.reach = L.latLngBounds([]);
    state.credit = null;
    state.picked = [];
    document.documentElement.lang = "vi";
    map.attributionControl.setPrefix(false);
    map.createPane("hp-circles").style.zIndex = 460;
    map.createPane("hp-dots").style.zIndex = 470;
    HPMap.circleRenderer = L.svg({ pane: "hp-circles" });
    HPMap.dotRenderer = L.svg({ pane: "hp-dots" });
    map.createPane("hp-names").style.zIndex = 600;
    map.getPane("hp-names").style.pointerEvents = "none";
    map.getPane("hp-names").setAttribute("aria-hidden", "true");
    map.createPane("hp-symbols").style.zIndex = 610;
    map.on("zoomstart", () => map.getPane("hp-names").replaceChildren());
    let zoomed = false;
    map.on("zoomend", () => { zoomed = true; });
    map.on("moveend", () => {
      if (!state.data || !state.communes.length) return;
      HPMap.arrange();
      const explain = zoomed;
      zoomed = false; // first: a legend of another height moves the map once more
      if (explain) HPMap.drawLegend(); // it explains what is drawn at this zoom
    });
    map.on("moveend", HPMap.rememberView);
    map.on("click", (event) => {
      if (state.data && state.data.pick) HPMap.pick(event.latlng);
    });
    map.on("move", HPMap.tellOthers);
    focusQuietly(map.getContainer());
    HPMap.shareGestures(map);
    // The frame gets its width and height after the script, one by one. A screen's map always shows
    // what its step is about, any other map what it was opened on until somebody moves it.
    new ResizeObserver(() => {
      const { clientWidth, clientHeight } = map.getContainer();
      if (state.room === [clientWidth, clientHeight].join()) return; // it was placed in this room
      arrangeOnce(() => {
        if ((state.data && state.data.keys) || state.opened === HPMap.viewOf(map)) state.fitted = null;
        map.invalidateSize({ pan: true, animate: false });
        if (!state.data || !state.communes.length) return;
        if (state.fitted === null) HPMap.place();
        else HPMap.limit();
      });
    }).observe(map.getContainer());
  }

  /** Leaflet focuses the map at the first press. Were the page round the frame to scroll for that,
   *  the press would end over something else than it began on, which makes no click. */
  function focusQuietly(container) {
    container.focus = (options) => {
      HTMLElement.prototype.focus.call(container, Object.assign({ preventScroll: true }, options));
    };
  }

  /** An operator's own tiles, out of a file or from a service, when the settings name them. */
  function tiles(wanted) {
    const now = wanted ? wanted.url : null;
    if (state.tileUrl === now) return;
    if (state.tileLayer) state.tileLayer.remove();
    state.tileUrl = now;
    state.tileLayer = null;
    if (wanted) {
      const credit = HPMap.element("span", "", wanted.credit).innerHTML;
      const [first, last] = wanted.zooms;
      state.tileLayer = L.tileLayer(wanted.url, {
        attribution: credit,
        maxZoom: 19,
        minNativeZoom: first,
        maxNativeZoom: last,
        className: "hp-tiles",
      });
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
