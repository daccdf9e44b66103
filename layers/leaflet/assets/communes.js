/* The communes: polygons fetched once and recoloured, with the mouse and by the keyboard. */
(function () {
  "use strict";

  const HPMap = window.HPMap;
  const state = HPMap.state;
  const EDGE = { color: "#868e99", weight: 0.7, opacity: 1, dashArray: null };
  const STRONG_EDGE = { color: "#2a0a12", weight: 1.2, opacity: 1, dashArray: null };
  const CARRIED_EDGE = { color: "#2a0a12", weight: 1.4, opacity: 1, dashArray: "4 3" };
  const UNDER_HAND = { color: "#101828", weight: 2, opacity: 1, dashArray: null };
  const CHOSEN = { color: "#101828", weight: 6, opacity: 1, fill: false, interactive: false, smoothFactor: 0 };
  const DIMMED = 0.3;
  const OUTSIDE = 0.25;
  let outlines = []; // of what is chosen

  /** Make the polygons; they come onto the map when it stands where it is to (``showCommunes``). */
  HPMap.makeCommunes = function (collection) {
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
      layer.bindTooltip(() => HPMap.tooltip(commune), { sticky: true, className: "hp-tooltip" });
      layer.on("mouseover", () => HPMap.outline(commune, true));
      layer.on("mouseout", () => HPMap.outline(commune, false));
      layer.on("click", () => HPMap.choose(commune));
    });
    outlines = [];
  };

  HPMap.showCommunes = function () {
    state.communes.filter(({ layer }) => !state.map.hasLayer(layer)).forEach((commune) => {
      const { layer, code, at } = commune;
      layer.addTo(state.map);
      const path = layer.getElement();
      path.dataset.code = code;
      path.setAttribute("role", "button");
      path.setAttribute("tabindex", commune.index ? "-1" : "0");
      path.addEventListener("keydown", (event) => walk(event, commune));
      path.addEventListener("focus", () => layer.openTooltip(L.latLng(at[1], at[0])));
      path.addEventListener("blur", () => layer.closeTooltip());
    });
  };

  HPMap.choose = function (commune) {
    if (!state.data || !state.data.pick) HPMap.send({ t: "commune", id: commune.code });
  };

  /** While a point is being chosen, a click says where, as numbers and nothing else. */
  HPMap.pick = function (at) {
    HPMap.send({ t: "point", lon: Number(at.lng.toFixed(6)), lat: Number(at.lat.toFixed(6)) });
  };

  /** Draw the point that is kept and the one that is being chosen. */
  HPMap.drawPick = function (wanted) {
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
  };

  /** Arrow keys go to the nearest commune that way; Enter opens the one in focus. */
  function walk(event, commune) {
    const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (state.data && state.data.pick) HPMap.pick(L.latLng(commune.at[1], commune.at[0]));
      else HPMap.choose(commune);
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

  /** Make the patterns of the classes that have one: told from every fill without colour vision. */
  function makePatterns() {
    let root = document.getElementById("hp-patterns");
    if (!root) {
      root = HPMap.svg("svg", { id: "hp-patterns", width: 0, height: 0, "aria-hidden": "true" });
      document.body.appendChild(root);
    }
    const { looks, ground, carried } = state.data;
    const patterns = Object.entries(looks).filter(([, look]) => look[1]).map(([index, [ink, kind]]) => {
      if (kind === "stripes") return stripes("hp-pattern" + index, ink, ground);
      const step = kind === "dots" ? 6 : 7;
      const pattern = HPMap.svg("pattern", {
        id: "hp-pattern" + index, width: step, height: step, patternUnits: "userSpaceOnUse",
        patternTransform: kind === "dots" ? "" : "rotate(45)",
      });
      pattern.appendChild(HPMap.svg("rect", { width: step, height: step, fill: ground }));
      pattern.appendChild(kind === "dots"
        ? HPMap.svg("circle", { cx: 2, cy: 2, r: 1.1, fill: ink })
        : HPMap.svg("rect", { width: index === "-1" ? 1.2 : 2.2, height: step, fill: ink }));
      return pattern;
    });
    const solid = Object.entries(looks).filter(([, look]) => carried.length && !look[1]);
    root.replaceChildren(...patterns, ...solid.map(([index, [ink]]) => stripes("hp-carried" + index, ink, ground)));
  }

  /** Pale lines on a colour, the other way than a hatch: what is carried over from an earlier period. */
  function stripes(id, ink, ground) {
    const pattern = HPMap.svg("pattern", {
      id, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(-45)",
    });
    pattern.appendChild(HPMap.svg("rect", { width: 8, height: 8, fill: ink }));
    pattern.appendChild(HPMap.svg("rect", { width: 1.6, height: 8, fill: ground }));
    return pattern;
  }

  HPMap.paint = function () {
    const { data } = state;
    const chosen = new Set(data.chosen.communes);
    makePatterns();
    state.communes.forEach((commune) => {
      commune.layer.setStyle(styleOf(commune));
      const path = commune.layer.getElement();
      if (!path) return;
      path.setAttribute("aria-label", commune.name + ": " + data.values[commune.index]);
      path.dataset.cls = data.classes[commune.index];
      path.dataset.carried = data.carried.includes(commune.index);
      path.dataset.chosen = chosen.has(commune.index);
      if (isStrong(commune)) commune.layer.bringToFront(); // its neighbours' edges go below its own
    });
    outlineChosen(chosen);
  };

  function isStrong(commune) {
    if (state.data.carried.includes(commune.index)) return true;
    const cls = state.data.classes[commune.index];
    return state.data.outlined && cls >= 0 && !state.data.looks[cls][1];
  }

  function styleOf(commune) {
    const { data } = state;
    const dimmed = HPMap.isDimmed(commune.index);
    // Outside the area that the filters choose; beside what is looked at.
    const part = data.away.includes(commune.index) ? OUTSIDE : dimmed ? DIMMED : 1;
    const strong = data.carried.includes(commune.index) ? CARRIED_EDGE : STRONG_EDGE;
    const edge = isStrong(commune) && part === 1 ? strong : EDGE;
    const fillColor = part === 1 ? HPMap.fillOf(commune.index) : fade(data.classes[commune.index], part);
    return Object.assign({ fillColor, fillOpacity: data.opacity }, edge);
  }

  /** Draw one line round all that is chosen: a broad one below, of which only the outer half shows. */
  function outlineChosen(chosen) {
    outlines.forEach((made) => made.remove());
    const some = state.communes.filter(({ index }) => chosen.has(index));
    outlines = some.map(({ layer }) => {
      const made = L.polygon(layer.getLatLngs(), Object.assign({ className: "hp-chosen" }, CHOSEN));
      made.toGeoJSON = () => null;
      return made.addTo(state.map);
    });
    some.forEach(({ layer }) => layer.bringToFront());
  }

  /** The fill of a class: its colour, or its pattern. */
  HPMap.fill = function (cls) {
    const [colour, pattern] = state.data.looks[cls] || [state.data.ground, ""];
    return pattern ? `url(#hp-pattern${cls})` : colour;
  };

  /** The fill of a commune: that of its class, striped where its value is carried over. */
  HPMap.fillOf = function (index) {
    const { data } = state;
    const cls = data.classes[index];
    const plain = !(data.looks[cls] || [])[1];
    return plain && data.carried.includes(index) ? `url(#hp-carried${cls})` : HPMap.fill(cls);
  };

  /** Return so much of a class's colour on the pale ground: nothing of what lies below shows. */
  function fade(cls, part) {
    const { looks, ground } = state.data;
    const [colour, pattern] = looks[cls] || [ground, ""];
    if (pattern) return ground;
    const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const [ours, pale] = [parts(colour), parts(ground)];
    return `rgb(${ours.map((own, k) => Math.round(own * part + pale[k] * (1 - part))).join(",")})`;
  }

  HPMap.outline = function (commune, on) {
    if (!state.data) return;
    commune.layer.setStyle(on ? UNDER_HAND : styleOf(commune));
    if (on) commune.layer.bringToFront();
  };

  HPMap.tooltip = function (commune) {
    const { data } = state;
    const box = HPMap.element("div");
    box.appendChild(HPMap.element("strong", "", commune.name));
    if (data) box.appendChild(HPMap.element("div", "", data.values[commune.index]));
    return box;
  };
})();
