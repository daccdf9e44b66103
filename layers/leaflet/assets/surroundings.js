/* Around and within the city: neighbouring provinces, names of the sea, former borders, an outline. */
(function () {
  "use strict";

  const HPMap = window.HPMap;
  const state = HPMap.state;
  const LAND = { stroke: true, color: "#ffffff", weight: 1.5, fillColor: "#e7e9ec", fillOpacity: 1 };
  const OUTLINE = { color: "#667085", weight: 3.5, opacity: 1, fill: false };
  const LINES = {
    districts: { color: "#344054", weight: 1.3, opacity: 0.55 },
    provinces: { color: "#1d2939", weight: 2.2, opacity: 0.75, dashArray: "7 4" },
  };
  const PANES = { "hp-land": 250, "hp-outline": 350, "hp-borders": 450, "hp-land-names": 590 };

  /** Fetch and draw what lies around, once; the map does not wait for it. */
  HPMap.drawSurroundings = async function (url) {
    if (!url || state.surroundingsUrl === url) return;
    state.surroundingsUrl = url;
    document.body.dataset.surroundings = "coming";
    const map = state.map;
    const answer = await fetch(url);
    if (!answer.ok || state.map !== map) return;
    const collection = await answer.json();
    Object.entries(PANES).forEach(([name, z]) => {
      const pane = map.getPane(name) || map.createPane(name);
      pane.style.zIndex = z;
      pane.style.pointerEvents = "none";
      pane.setAttribute("aria-hidden", "true");
    });
    collection.features.forEach((feature) => draw(map, feature));
    outlineCity(map);
    document.body.dataset.surroundings = "drawn";
  };

  function draw(map, feature) {
    const { part, at, name } = feature.properties;
    if (part === "sea") {
      const [lon, lat] = feature.geometry.coordinates;
      write(map, [lat, lon], feature.properties[state.data.lang] || feature.properties.vi, "hp-sea");
      return;
    }
    // A picture of the ground shows the neighbours itself.
    if (part === "neighbour" && !state.data.tiles) add(map, feature, "hp-land", LAND);
    if (part === "neighbour") write(map, [at[1], at[0]], name, "hp-neighbour");
    else add(map, feature, "hp-borders", LINES[part]);
  }

  function add(map, feature, pane, style) {
    const look = Object.assign({ interactive: false, pane, smoothFactor: 0.5 }, style);
    L.geoJSON(feature, Object.assign({ style: () => look }, look)).addTo(map);
  }

  function write(map, at, words, className) {
    const html = HPMap.element("span", "", words);
    const icon = L.divIcon({ html, className, iconSize: [0, 0] });
    const made = L.marker(at, { icon, pane: "hp-land-names", interactive: false, keyboard: false });
    made.toGeoJSON = () => null;
    made.addTo(map);
  }

  /** A line round the city: the outer half of a broad line round every commune, below them. */
  function outlineCity(map) {
    const communes = { type: "FeatureCollection", features: [] };
    state.communes.forEach(({ layer }) => communes.features.push(layer.feature));
    const renderer = L.canvas({ pane: "hp-outline" });
    const look = Object.assign({ interactive: false, pane: "hp-outline", renderer, smoothFactor: 0 }, OUTLINE);
    L.geoJSON(communes, Object.assign({ style: () => look }, look)).addTo(map);
  }
})();
