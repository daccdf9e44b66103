/* The items as a layer of its own, behind a switch: dots from afar, symbols from near.
 *
 * What is known of an item's place is mostly its commune, so it stands once, in the middle one of its
 * communes, in a grid with its neighbours: it claims no exact place. An item whose point somebody set
 * stands there. Where a commune has no room for its symbols, one pile stands for them and opens their
 * list.
 */
(function () {
  "use strict";

  const HPMap = (window.HPMap = window.HPMap || {});
  const SYMBOLS_FROM_ZOOM = 11;
  const SIZE = 20; // pixels of a symbol
  const STEP = 22; // pixels between symbols of one commune
  const DOT_STEP = 9;
  const MOST_NAMES = 4;
  let drawn = [];
  let boxes = [];
  let shown = { kinds: new Set(), standings: new Set(), dots: false };

  let wanted = null; // what the reader chose with the switch; null: nothing yet

  /** Whether items are drawn: from near; from afar where the layer singles out no places itself. */
  HPMap.areItemsOn = function () {
    const { data, map } = HPMap.state;
    return wanted ?? (map.getZoom() >= SYMBOLS_FROM_ZOOM || !data.named.length);
  };

  HPMap.switchItems = function () {
    wanted = !HPMap.areItemsOn();
    HPMap.redraw();
  };

  /** Where symbols and dots stand, as boxes in container pixels: names keep clear of them. */
  HPMap.itemBoxes = () => boxes;

  /** Which kinds and standings are drawn now, for the key in the legend. */
  HPMap.itemsShown = () => shown;

  HPMap.drawItems = function () {
    const { map, data, communes } = HPMap.state;
    drawn.forEach((made) => made.remove());
    drawn = [];
    boxes = [];
    shown = { kinds: new Set(), standings: new Set(), dots: false };
    if (!data || !communes.length) return;
    const near = map.getZoom() >= SYMBOLS_FROM_ZOOM;
    const chosen = data.items.find((item) => item.id === data.chosen.item);
    const others = HPMap.areItemsOn() && !data.pick ? data.items.filter((item) => item !== chosen) : [];
    if (near) drawNear(others);
    else drawFar(others);
    if (chosen) {
      const at = chosen.at || communes[home(chosen)].at;
      drawSymbol(chosen, at, [0, 0], "hp-symbol-chosen");
    }
  };

  /** The commune in which an item stands: the one nearest to the middle of all of its. */
  function home(item) {
    const { communes } = HPMap.state;
    const all = item.communes.filter((index) => communes[index]);
    const middle = [0, 1].map((k) => all.reduce((sum, index) => sum + communes[index].at[k], 0) / all.length);
    const far = (index) => Math.hypot(communes[index].at[0] - middle[0], communes[index].at[1] - middle[1]);
    return all.reduce((best, index) => (far(index) < far(best) ? index : best), all[0]);
  }

  function byHome(items) {
    const groups = new Map();
    items.forEach((item) => {
      const index = home(item);
      if (index === undefined) return;
      if (!groups.has(index)) groups.set(index, []);
      groups.get(index).push(item);
    });
    return groups;
  }

  /** Return the places of so many in a grid round the middle, in pixels. */
  function grid(count, step) {
    const columns = Math.ceil(Math.sqrt(count));
    const rows = Math.ceil(count / columns);
    return Array.from({ length: count }, (_, k) => {
      const row = Math.floor(k / columns);
      const inRow = Math.min(columns, count - row * columns);
      return [((k % columns) - (inRow - 1) / 2) * step, (row - (rows - 1) / 2) * step];
    });
  }

  // ---- from afar ------------------------------------------------------------------------------

  /** Dots of the key projects; of all items where the filters leave no key project. */
  function drawFar(items) {
    const { communes } = HPMap.state;
    const key = items.filter((item) => item.kind === "key_project");
    const wanted = key.length ? key : items;
    shown.dots = wanted.length > 0;
    wanted.forEach((item) => shown.standings.add(item.standing));
    wanted.filter((item) => item.at).forEach((item) => drawDot(item, item.at, [0, 0], [item]));
    byHome(wanted.filter((item) => !item.at)).forEach((group, index) => {
      grid(group.length, DOT_STEP).forEach((spot, k) => drawDot(group[k], communes[index].at, spot, group, index));
    });
  }

  function drawDot(item, at, spot, group, index) {
    const { map } = HPMap.state;
    const point = map.latLngToLayerPoint([at[1], at[0]]).add(spot);
    const look = Object.assign({ pane: "hp-dots", renderer: HPMap.dotRenderer }, HPMap.dotLook(item.standing));
    const made = L.circleMarker(map.layerPointToLatLng(point), look);
    made.toGeoJSON = () => ({ type: "Feature", geometry: null, properties: {} });
    made.bindTooltip(...tip(group.length > 1 ? listNames(group) : describe(item), [0, 0]));
    made.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      if (group.length > 1) openList(index);
      else HPMap.send({ t: "item", id: item.id });
    });
    made.addTo(map);
    made.getElement().dataset.item = item.id;
    drawn.push(made);
    keepClear(map.layerPointToContainerPoint(point), 4);
  }

  // ---- from near ------------------------------------------------------------------------------

  function drawNear(items) {
    const { map, communes } = HPMap.state;
    items.filter((item) => item.at).forEach((item) => drawSymbol(item, item.at, [0, 0]));
    byHome(items.filter((item) => !item.at)).forEach((group, index) => {
      const spots = grid(group.length, STEP);
      const bounds = communes[index].layer.getBounds();
      const room = map.latLngToLayerPoint(bounds.getSouthEast()).subtract(map.latLngToLayerPoint(bounds.getNorthWest()));
      const side = Math.ceil(Math.sqrt(group.length)) * STEP;
      if (group.length > 1 && side > 0.6 * Math.min(room.x, room.y)) drawPile(group, index);
      else group.forEach((item, k) => drawSymbol(item, communes[index].at, spots[k]));
    });
  }

  function drawSymbol(item, at, spot, className) {
    const { data } = HPMap.state;
    shown.kinds.add(item.kind);
    shown.standings.add(item.standing);
    const content = HPMap.symbol(item.kind, item.standing, SIZE);
    if (className) content.classList.add(className);
    const choose = () => HPMap.send({ t: "item", id: item.id });
    const label = data.kinds[item.kind] + ": " + item.name + (item.state ? ". " + item.state : "");
    const made = marker(at, content, SIZE, spot, label, choose);
    made.bindTooltip(...tip(describe(item), spot));
    made.getElement().dataset.item = item.id;
  }

  function drawPile(group, index) {
    const { communes, data } = HPMap.state;
    group.forEach((item) => shown.standings.add(item.standing));
    const late = group.some((item) => item.standing === "misses");
    const content = HPMap.element("div", "hp-pile" + (late ? " hp-pile-late" : ""), group.length + (late ? "!" : ""));
    const label = communes[index].name + ": " + data.words.items.replace("#", group.length);
    const made = marker(communes[index].at, content, 26, [0, 0], label, () => openList(index));
    made.bindTooltip(...tip(listNames(group), [0, 0]));
    made.getElement().dataset.commune = communes[index].code;
  }

  /** The panel of a commune lists all items that lie in it. */
  function openList(index) {
    HPMap.send({ t: "commune", id: HPMap.state.communes[index].code });
  }

  function marker(at, content, size, spot, label, onChoose) {
    const { map } = HPMap.state;
    const icon = L.divIcon({
      html: content, className: "hp-symbol", iconSize: [size, size],
      iconAnchor: [size / 2 - spot[0], size / 2 - spot[1]],
    });
    const made = L.marker([at[1], at[0]], { icon, pane: "hp-symbols", keyboard: true, riseOnHover: true, alt: "" });
    made.toGeoJSON = () => ({ type: "Feature", geometry: null, properties: {} });
    made.on("click", onChoose);
    made.on("keydown", (event) => {
      const key = event.originalEvent.key;
      if (key === "Enter" || key === " ") onChoose();
    });
    made.addTo(map);
    const node = made.getElement();
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", label);
    drawn.push(made);
    if (HPMap.state.data.chosen.item && !content.classList.contains("hp-symbol-chosen")) node.classList.add("hp-dim");
    keepClear(map.latLngToContainerPoint([at[1], at[0]]).add(spot), size / 2 + 1);
    return made;
  }

  function keepClear(point, half) {
    boxes.push([point.x - half, point.y - half, point.x + half, point.y + half]);
  }

  // ---- words ----------------------------------------------------------------------------------

  function describe(item) {
    const { data } = HPMap.state;
    const many = item.communes.length > 1 ? data.words.several.replace("#", item.communes.length) : "";
    return [item.name, [data.kinds[item.kind], item.state, many].filter(Boolean).join(" · ")];
  }

  function listNames(group) {
    const { data } = HPMap.state;
    const names = group.slice(0, MOST_NAMES).map((item) => item.name);
    if (group.length > MOST_NAMES) names.push("…");
    return [data.words.items.replace("#", group.length)].concat(names);
  }

  function tip(lines, offset) {
    const box = HPMap.element("div");
    lines.filter(Boolean).forEach((line, k) => box.appendChild(HPMap.element(k ? "div" : "strong", "hp-line", line)));
    return [box, { className: "hp-tooltip", direction: "top", offset: L.point(offset[0], offset[1] - 8) }];
  }
})();
