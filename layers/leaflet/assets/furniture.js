/* What lies over the map: buttons, legend, and the window to the island offshore. */
(function () {
  "use strict";

  const HPMap = (window.HPMap = window.HPMap || {});
  const parts = {};

  /** Return the box of that name over the map, built and put there the first time. */
  HPMap.control = control;

  function control(name, position, build) {
    if (parts[name]) return parts[name];
    const made = L.control({ position });
    made.onAdd = () => {
      const box = HPMap.element("div", "hp-box hp-" + name);
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      build(box);
      parts[name] = box;
      return box;
    };
    made.addTo(HPMap.state.map);
    return parts[name];
  }

  HPMap.drawFurniture = function () {
    if (parts.map !== HPMap.state.map) {
      Object.keys(parts).forEach((name) => delete parts[name]);
      parts.map = HPMap.state.map;
      HPMap.drawSearch();
      addZoomButtons();
    }
    drawLegend();
    drawInset();
    const pick = Boolean(HPMap.state.data.pick); // whoever chooses a point reads no legend
    ["legend", "kinds", "inset", "search"].forEach((name) => {
      if (parts[name]) parts[name].classList.toggle("hp-away", pick);
    });
    HPMap.state.map.getContainer().setAttribute("aria-label", HPMap.state.data.words.map);
  };

  function addZoomButtons() {
    const words = HPMap.state.data.words;
    L.control.zoom({ position: "topleft", zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out })
      .addTo(HPMap.state.map);
    const box = control("home", "topleft", () => {});
    const button = HPMap.element("button", "hp-button", "⤢");
    button.type = "button";
    button.title = words.whole;
    button.setAttribute("aria-label", words.whole);
    button.addEventListener("click", () => {
      HPMap.state.map.fitBounds(HPMap.boundsOf(HPMap.mainland()), HPMap.room(6));
    });
    box.appendChild(button);
  }

  // ---- legend ---------------------------------------------------------------------------------

  function drawLegend() {
    const { data } = HPMap.state;
    const phone = HPMap.phone();
    const box = control("legend", phone ? "bottomleft" : "topright", () => {});
    const wasOpen = box.firstChild ? box.firstChild.open : !phone;
    const fold = HPMap.element("details");
    fold.open = wasOpen;
    fold.appendChild(HPMap.element("summary", "hp-legend-title", data.legend.title));
    fold.appendChild(HPMap.element("div", "hp-legend-unit", data.legend.unit));
    data.legend.rows.forEach((row) => fold.appendChild(legendRow(row)));
    data.legend.notes.forEach((note) => fold.appendChild(HPMap.element("div", "hp-legend-note", note)));
    const kinds = kindRows();
    if (phone && kinds) fold.appendChild(kinds);
    box.replaceChildren(fold);
    if (phone) return;
    const second = control("kinds", "bottomleft", () => {});
    second.hidden = !kinds;
    second.replaceChildren(...(kinds ? [kinds] : []));
  }

  /** What the symbols mean: the kinds that are on the map now. */
  function kindRows() {
    const { data } = HPMap.state;
    const shown = new Set(data.items.map((item) => item.kind));
    if (!shown.size) return null;
    const rows = HPMap.element("div", "hp-legend-kinds");
    Object.entries(data.kinds).forEach(([kind, look]) => {
      if (!shown.has(kind)) return;
      const row = HPMap.element("div", "hp-legend-row");
      row.appendChild(HPMap.symbol(kind, look.colour, true));
      row.appendChild(HPMap.element("span", "", look.label));
      rows.appendChild(row);
    });
    const urgent = HPMap.element("div", "hp-legend-row");
    urgent.appendChild(HPMap.element("span", "hp-badge hp-badge-urgent", "#"));
    urgent.appendChild(HPMap.element("span", "", data.words.urgent));
    rows.appendChild(urgent);
    rows.title = data.words.approximate;
    return rows;
  }

  function legendRow(row) {
    const line = HPMap.element("div", "hp-legend-row");
    const swatch = HPMap.element("span", row.colour ? "hp-swatch" : "hp-swatch hp-swatch-unknown");
    if (row.colour) swatch.style.background = row.colour;
    line.appendChild(swatch);
    line.appendChild(HPMap.element("span", "hp-legend-label", row.label));
    line.appendChild(HPMap.element("span", "hp-legend-count", row.count));
    return line;
  }

  // ---- the island offshore --------------------------------------------------------------------

  function drawInset() {
    const { data, communes } = HPMap.state;
    const commune = communes.find((one) => one.code === data.offshore);
    if (!commune) return;
    const box = control("inset", "bottomright", () => {});
    box.replaceChildren();
    const button = HPMap.element("button", "hp-inset-button");
    button.type = "button";
    const value = data.values[commune.index];
    button.setAttribute("aria-label", commune.name + ": " + value);
    button.title = commune.name + ": " + value;
    const cls = data.classes[commune.index];
    const shape = islandShape(commune, cls === -1 ? "#d6dae1" : HPMap.fill(cls));
    if (data.chosen.communes.includes(commune.index)) shape.classList.add("hp-inset-chosen");
    button.appendChild(shape);
    const count = data.items.filter((item) => item.communes.includes(commune.index)).length;
    button.appendChild(HPMap.element("span", "hp-inset-name", commune.name.replace(/^Đặc khu /, "")));
    button.appendChild(HPMap.element("span", "hp-inset-note", data.words.offshore));
    if (count) button.appendChild(HPMap.element("span", "hp-badge hp-inset-count", count));
    button.addEventListener("click", () => HPMap.send({ t: "commune", id: commune.code, go: 1 }));
    box.appendChild(button);
  }

  function islandShape(commune, colour) {
    const bounds = commune.layer.getBounds();
    const squeeze = Math.cos((bounds.getCenter().lat * Math.PI) / 180);
    const width = (bounds.getEast() - bounds.getWest()) * squeeze;
    const height = bounds.getNorth() - bounds.getSouth();
    const scale = 46 / Math.max(width, height);
    const root = HPMap.svg("svg", { viewBox: "0 0 56 56", width: 56, height: 56, "aria-hidden": "true" });
    const rings = [];
    const gather = (list) => {
      if (list.length && list[0].lat !== undefined) rings.push(list);
      else list.forEach(gather);
    };
    gather(commune.layer.getLatLngs());
    rings.forEach((ring) => {
      const points = ring.map((p) => [
        (28 + ((p.lng - bounds.getCenter().lng) * squeeze) * scale).toFixed(1),
        (28 - (p.lat - bounds.getCenter().lat) * scale).toFixed(1),
      ].join(","));
      root.appendChild(HPMap.svg("polygon", { points: points.join(" "), fill: colour, stroke: "#667085", "stroke-width": 1 }));
    });
    return root;
  }
})();
