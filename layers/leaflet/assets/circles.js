/* Amounts as circles whose area is the amount, the largest first so that none hides another. */
(function () {
  "use strict";

  const HPMap = (window.HPMap = window.HPMap || {});
  const state = HPMap.state;
  const LOOK = { color: "#5a1a0c", weight: 1, opacity: 1, fillColor: "#d0662a", fillOpacity: 0.72 };
  const SMALLEST = 2; // pixels of the radius of any amount
  let drawn = [];

  /** Return the radius of an amount's circle in pixels: its area is in proportion to the amount. */
  HPMap.radius = function (amount) {
    // Of the window, not of the map: the legend's height, which the map yields, follows from it.
    const largest = Math.max(18, Math.min(44, 0.075 * Math.min(window.innerWidth, window.innerHeight)));
    return Math.max(SMALLEST, largest * Math.sqrt(amount / state.data.largest));
  };

  /** Return round amounts for the legend: one not above a third of the largest, a tenth, a hundredth. */
  HPMap.referenceAmounts = function () {
    const most = state.data.largest / 3;
    const place = Math.pow(10, Math.floor(Math.log10(most)));
    const first = [5, 2, 1].map((k) => k * place).find((amount) => amount <= most);
    return [first, first / 10, first / 100].filter((amount) => amount >= 1);
  };

  HPMap.drawCircles = function () {
    drawn.forEach((made) => made.remove());
    drawn = [];
    const { map, data, communes } = state;
    if (!data || !data.amounts.length || !communes.length) return;
    const away = new Set(data.away);
    const some = communes.filter(({ index }) => data.amounts[index] > 0 && !away.has(index));
    some.sort((one, other) => data.amounts[other.index] - data.amounts[one.index]);
    some.forEach((commune) => {
      if (commune.code === data.offshore || HPMap.isDimmed(commune.index)) return;
      const look = Object.assign({ radius: HPMap.radius(data.amounts[commune.index]), pane: "hp-circles", renderer: HPMap.circleRenderer }, LOOK);
      const made = L.circleMarker([commune.at[1], commune.at[0]], look);
      made.toGeoJSON = () => ({ type: "Feature", geometry: null, properties: {} });
      made.bindTooltip(() => HPMap.tooltip(commune), { sticky: true, className: "hp-tooltip" });
      made.on("mouseover", () => HPMap.outline(commune, true));
      made.on("mouseout", () => HPMap.outline(commune, false));
      made.on("click", () => HPMap.choose(commune));
      made.addTo(map);
      made.getElement().dataset.amount = data.amounts[commune.index];
      drawn.push(made);
    });
  };

  /** Return a circle of the legend, drawn to the map's own scale. */
  HPMap.circleSwatch = function (amount) {
    const radius = HPMap.radius(amount);
    const side = 2 * radius + 2;
    const root = HPMap.svg("svg", { width: side, height: side, "aria-hidden": "true", class: "hp-drawn" });
    root.appendChild(HPMap.svg("circle", {
      cx: side / 2, cy: side / 2, r: radius, fill: LOOK.fillColor, "fill-opacity": LOOK.fillOpacity,
      stroke: LOOK.color,
    }));
    return root;
  };
})();
