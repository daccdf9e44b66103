/* Items on the map: badges with counts from afar, every item on its own from near.
 *
 * What is known of an item's place is mostly its commune, so its symbol stands at the commune's
 * label point with a dashed rim, spread round it with its neighbours: it claims no exact place. An
 * item whose point somebody set stands there, once, with a whole rim.
 */
(function () {
  "use strict";

  const HPMap = (window.HPMap = window.HPMap || {});
  const SPREAD_FROM_ZOOM = 12;
  const STEP = 25; // pixels between symbols of one commune
  const REACH = 21; // pixels within which badges become one
  let drawn = [];

  // One outline per kind, drawn in a 22-unit square; shape tells the kind, colour only helps.
  const SHAPES = {
    key_project: ["path", { d: "M11 1.5 L13.9 8 L21 8.7 L15.7 13.4 L17.3 20.4 L11 16.7 L4.7 20.4 L6.3 13.4 L1 8.7 L8.1 8 Z" }],
    industrial_park: ["rect", { x: 3, y: 3, width: 16, height: 16 }],
    industrial_cluster: ["path", { d: "M11 2 L20 19 L2 19 Z" }],
    economic_zone: ["path", { d: "M6 2 H16 L21 11 L16 20 H6 L1 11 Z" }],
    transport: ["path", { d: "M11 1 L21 11 L11 21 L1 11 Z" }],
    housing: ["path", { d: "M11 2 L20 10 V20 H2 V10 Z" }],
    resettlement: ["path", { d: "M2 3 H20 L16 20 H6 Z" }],
    investment: ["circle", { cx: 11, cy: 11, r: 8.5 }],
  };

  HPMap.symbol = function (kind, colour, approximate, urgent) {
    const [tag, attributes] = SHAPES[kind] || SHAPES.investment;
    const root = HPMap.svg("svg", { viewBox: "0 0 22 22", width: 22, height: 22, "aria-hidden": "true" });
    root.appendChild(HPMap.svg(tag, Object.assign({
      fill: colour, stroke: urgent ? "#c2260c" : "#101828", "stroke-width": urgent ? 2.6 : 1.5,
      "stroke-linejoin": "round",
      "stroke-dasharray": approximate ? "2.2 1.6" : "none",
    }, attributes)));
    return root;
  };

  function ring(count) {
    // Offsets in pixels: one in the middle, six round it, twelve round those.
    const spots = [[0, 0]];
    for (let round = 1; spots.length < count; round += 1) {
      for (let k = 0; k < 6 * round && spots.length < count; k += 1) {
        const angle = (2 * Math.PI * k) / (6 * round) - Math.PI / 2;
        spots.push([Math.cos(angle) * STEP * round, Math.sin(angle) * STEP * round]);
      }
    }
    if (count === 2) return [[-STEP / 2, 0], [STEP / 2, 0]];
    return spots;
  }

  function marker(at, content, size, offset, label, onChoose) {
    const icon = L.divIcon({
      html: content, className: "hp-symbol", iconSize: [size, size],
      iconAnchor: [size / 2 - offset[0], size / 2 - offset[1]],
    });
    const made = L.marker([at[1], at[0]], {
      icon, pane: "hp-symbols", keyboard: true, riseOnHover: true, alt: "",
    });
    made.toGeoJSON = () => ({ type: "Feature", geometry: null, properties: {} });
    made.on("click", onChoose);
    made.on("keydown", (event) => {
      const key = event.originalEvent.key;
      if (key === "Enter" || key === " ") onChoose();
    });
    made.addTo(HPMap.state.map);
    const node = made.getElement();
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", label);
    drawn.push(made);
    return made;
  }

  function tip(lines, offset) {
    const box = HPMap.element("div");
    lines.filter(Boolean).forEach((line, k) => box.appendChild(HPMap.element(k ? "div" : "strong", "", line)));
    return [box, { className: "hp-tooltip", direction: "top", offset: L.point(offset[0], offset[1] - 8) }];
  }

  HPMap.drawSymbols = function () {
    const { map, data, communes } = HPMap.state;
    drawn.forEach((made) => made.remove());
    drawn = [];
    if (!data || !communes.length) return;
    const byCommune = new Map();
    const near = map.getZoom() >= SPREAD_FROM_ZOOM;
    const exact = data.items.filter((item) => item.at && (near || item.id === data.chosen.item));
    data.items.forEach((item) => {
      if (exact.includes(item)) return;
      item.communes.forEach((index) => {
        if (!byCommune.has(index)) byCommune.set(index, []);
        byCommune.get(index).push(item);
      });
    });
    communes.forEach((commune) => {
      const count = near ? (byCommune.get(commune.index) || []).length : 1;
      HPMap.moveLabel(commune, count > 7 ? 2 * STEP : count > 2 ? STEP : 0);
    });
    const badges = [];
    byCommune.forEach((items, index) => {
      const commune = communes[index];
      if (!commune) return;
      const chosen = items.filter((item) => item.id === data.chosen.item);
      if (near) drawSpread(commune, items, data);
      else if (chosen.length) drawSpread(commune, chosen, data);
      else badges.push({ commune, items });
    });
    exact.forEach((item) => drawItem(item, [item.at[0], item.at[1]], [0, 0], data, false));
    gather(badges).forEach((group) => {
      if (group.length === 1) drawBadge(group[0].commune, group[0].items, data);
      else drawCluster(group, data);
    });
  };

  /** Put badges that would cover one another together, each to the first group within reach. */
  function gather(badges) {
    const { map } = HPMap.state;
    const groups = [];
    badges.sort((a, b) => b.items.length - a.items.length || a.commune.index - b.commune.index);
    badges.forEach((badge) => {
      const [lon, lat] = badge.commune.at;
      badge.spot = map.latLngToLayerPoint([lat, lon]);
      const group = groups.find((one) => one[0].spot.distanceTo(badge.spot) < REACH);
      if (group) group.push(badge);
      else groups.push([badge]);
    });
    return groups;
  }

  function drawCluster(group, data) {
    const items = new Map();
    group.forEach((badge) => badge.items.forEach((item) => items.set(item.id, item)));
    const urgent = Array.from(items.values()).some((item) => item.urgent);
    const content = HPMap.element("div", "hp-badge hp-cluster" + (urgent ? " hp-badge-urgent" : ""), items.size);
    const names = group.map((badge) => badge.commune.name).join(", ");
    const label = data.words.items.replace("#", items.size);
    const open = () => {
      const bounds = HPMap.boundsOf(group.map((badge) => badge.commune.index));
      HPMap.state.map.fitBounds(bounds, { maxZoom: SPREAD_FROM_ZOOM, padding: [30, 30] });
    };
    const made = marker(group[0].commune.at, content, 24, [0, 0], label + ": " + names, open);
    made.bindTooltip(...tip([label, names, data.words.nearer], [0, 0]));
  }

  function drawSpread(commune, items, data) {
    const spots = ring(items.length);
    items.forEach((item, k) => drawItem(item, commune.at, spots[k], data, true));
  }

  function drawItem(item, at, offset, data, approximate) {
    const look = data.kinds[item.kind] || data.kinds.investment;
    const content = HPMap.symbol(item.kind, look.colour, approximate, item.urgent);
    if (item.id === data.chosen.item) content.classList.add("hp-symbol-chosen");
    const choose = () => HPMap.send({ t: "item", id: item.id });
    const made = marker(at, content, 22, offset, look.label + ": " + item.name, choose);
    const known = approximate ? data.words.approximate : data.words.exact;
    made.bindTooltip(...tip([item.name, look.label, item.state, known], offset));
    made.getElement().dataset.item = item.id;
  }

  function drawBadge(commune, items, data) {
    const urgent = items.some((item) => item.urgent);
    const content = HPMap.element("div", "hp-badge" + (urgent ? " hp-badge-urgent" : ""), items.length);
    const label = data.words.items.replace("#", items.length);
    const open = () => HPMap.send({ t: "commune", id: commune.code });
    const made = marker(commune.at, content, 20, [0, 0], commune.name + ": " + label, open);
    const names = items.slice(0, 6).map((item) => "• " + item.name);
    if (items.length > 6) names.push("…");
    made.bindTooltip(...tip([commune.name + " – " + label].concat(names), [0, 0]));
    made.getElement().dataset.commune = commune.code;
  }
})();
