/* How an item is drawn: shape tells its kind, fill and glyph how it stands, a ring a key project. */
(function () {
  "use strict";

  const HPMap = (window.HPMap = window.HPMap || {});
  const INK = "#101828";

  // One outline per kind, drawn in a 22-unit square with room for a glyph in its middle.
  const SHAPES = {
    key_project: ["circle", { cx: 11, cy: 11, r: 7.5 }],
    industrial_park: ["rect", { x: 3, y: 3, width: 16, height: 16 }],
    industrial_cluster: ["path", { d: "M11 1.5 L21 20 L1 20 Z" }],
    economic_zone: ["path", { d: "M6 2 H16 L21 11 L16 20 H6 L1 11 Z" }],
    transport: ["path", { d: "M11 0.5 L21.5 11 L11 21.5 L0.5 11 Z" }],
    housing: ["path", { d: "M11 1.5 L20 9 V20 H2 V9 Z" }],
    resettlement: ["path", { d: "M1 4 H21 L17 19 H5 Z" }],
    investment: ["circle", { cx: 11, cy: 11, r: 8.5 }],
  };

  // One glyph per standing, so that none is told by colour alone.
  const GLYPHS = {
    misses: [["path", { d: "M11 6.4 V11.8" }], ["path", { d: "M11 14.9 V15.1" }]],
    doubtful: [["path", { d: "M8.8 8.6 A2.3 2.3 0 1 1 11 11 V12.4" }], ["path", { d: "M11 15.2 V15.4" }]],
    on_track: [["path", { d: "M7.4 11.3 L10 13.9 L14.7 8.3" }]],
    done: [["path", { d: "M7.6 8.8 H14.4 M7.6 13.2 H14.4" }]],
    open: [],
  };

  /** Return an item's symbol as SVG, ``size`` pixels wide. */
  HPMap.symbol = function (kind, standing, size) {
    const colour = HPMap.state.data.standings[standing].colour;
    const root = HPMap.svg("svg", {
      viewBox: "-1 -1 24 24", width: size, height: size, "aria-hidden": "true", class: "hp-drawn",
    });
    if (kind === "key_project") {
      root.appendChild(HPMap.svg("circle", { cx: 11, cy: 11, r: 10.6, fill: "#ffffff", stroke: INK, "stroke-width": 1.6 }));
    }
    const [tag, attributes] = SHAPES[kind] || SHAPES.investment;
    root.appendChild(HPMap.svg(tag, Object.assign({
      fill: colour, stroke: INK, "stroke-width": 1.3, "stroke-linejoin": "round",
    }, attributes)));
    GLYPHS[standing].forEach(([name, made]) => root.appendChild(HPMap.svg(name, Object.assign({
      fill: "none", stroke: "#ffffff", "stroke-width": 2.2, "stroke-linecap": "round",
      "stroke-linejoin": "round",
    }, made))));
    return root;
  };

  /** Return the look of the dot that stands for an item from afar: full where it needs attention. */
  HPMap.dotLook = function (standing) {
    const colour = HPMap.state.data.standings[standing].colour;
    const full = standing === "misses" || standing === "doubtful";
    return {
      radius: full ? 3.4 : 2.9, weight: full ? 1 : 1.5, fillOpacity: 1, opacity: 1,
      color: full || standing === "open" ? INK : colour,
      fillColor: full ? colour : "#ffffff",
    };
  };
})();
