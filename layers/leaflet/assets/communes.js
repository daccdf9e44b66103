/* The communes: polygons fetched once and recoloured, with the mouse and by the keyboard. */
(function () {
  "use strict";

  const HPMap = window.HPMap;
  const state = HPMap.state;
  const EDGE = { color: "#ffffff", weight: 0.8, opacity: 1 };
  const CHOSEN = { color: "#101828", weight: 2.5, opacity: 1 };

  HPMap.drawCommunes = function (collection) {
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
  };

  function choose(commune) {
    if (!state.data || !state.data.pick) HPMap.send({ t: "commune", id: commune.code });
  }

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

  HPMap.paint = function () {
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
  };

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
})();
