/* The legend: a strip under the map, so that it covers nothing. A class pressed shows it alone. */
(function () {
  "use strict";

  const HPMap = (window.HPMap = window.HPMap || {});
  const state = HPMap.state;
  const CARRIED = -4; // the entry of the legend that is no class: layers/choropleth/layer.py
  let only = null; // the class that is shown alone; null: all
  let explained = null; // the layer that it was chosen in
  let strip = null;

  /** Whether a commune is faded: outside the class that is shown alone, or beside the chosen item. */
  HPMap.isDimmed = function (index) {
    const { data } = state;
    if (data.chosen.item && data.chosen.communes.length) return !data.chosen.communes.includes(index);
    return only !== null && data.classes[index] !== only && !(only === CARRIED && data.carried.includes(index));
  };

  HPMap.drawLegend = function () {
    const { data } = state;
    if (explained !== data.legend.title || !data.legend.rows.some((row) => row.index === only)) only = null;
    explained = data.legend.title;
    if (!strip) {
      strip = HPMap.element("section", "hp-legend");
      document.body.appendChild(strip);
      new ResizeObserver(makeRoom).observe(strip);
    }
    const focused = strip.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const open = strip.querySelector("details");
    const wasOpen = open ? open.open : !HPMap.phone();
    strip.hidden = Boolean(data.pick); // whoever chooses a point reads no legend
    strip.setAttribute("aria-label", data.legend.title);
    const head = HPMap.element("div", "hp-legend-head");
    head.appendChild(HPMap.element("strong", "hp-legend-title", data.legend.title));
    if (data.legend.unit) head.appendChild(HPMap.element("span", "hp-legend-unit", data.legend.unit));
    const rows = HPMap.element("div", "hp-legend-rows");
    if (data.amounts.length && data.largest > 0) rows.appendChild(references());
    data.legend.rows.forEach((row) => rows.appendChild(classButton(row)));
    const key = itemKey();
    strip.replaceChildren(head, rows, ...(key ? [key] : []), notes(wasOpen));
    if (focused) {
      const again = strip.querySelector(`[data-key="${focused}"]`);
      if (again) again.focus({ preventScroll: true });
    }
    makeRoom();
  };

  /** The map ends where the strip begins; what is in its middle stays there: heights are even, for
   *  Leaflet moves a map by whole pixels only, and half of an odd change would be lost. */
  function makeRoom() {
    const height = strip.hidden ? 0 : strip.getBoundingClientRect().height;
    const root = document.documentElement;
    const now = 2 * Math.ceil(height / 2) + "px";
    if (root.style.getPropertyValue("--hp-strip") === now) return;
    root.style.setProperty("--hp-strip", now);
    const untouched = state.opened === HPMap.viewOf(state.map);
    state.unmoved = untouched; // by a reader: it is the strip that moves it now
    state.map.invalidateSize({ pan: true, animate: false });
    state.unmoved = false;
    if (untouched) state.opened = HPMap.viewOf(state.map); // nobody has moved it but the strip
  }

  function classButton(row) {
    const { data } = state;
    const button = HPMap.element("button", "hp-legend-row");
    button.type = "button";
    button.title = data.words.only;
    button.dataset.key = "class" + row.index;
    button.setAttribute("aria-pressed", String(only === row.index));
    button.appendChild(HPMap.swatch(row.index));
    button.appendChild(HPMap.element("span", "hp-legend-label", row.label));
    if (row.count !== null) button.appendChild(HPMap.element("span", "hp-legend-count", row.count));
    button.addEventListener("click", () => {
      only = only === row.index ? null : row.index;
      HPMap.redraw();
    });
    return button;
  }

  /** Return the swatch of a class: its fill with its pattern. */
  HPMap.swatch = function (index) {
    const root = HPMap.svg("svg", { width: 22, height: 14, "aria-hidden": "true", class: "hp-drawn hp-swatch" });
    root.appendChild(HPMap.svg("rect", {
      x: 0.5, y: 0.5, width: 21, height: 13, fill: HPMap.fill(index), stroke: "#667085",
    }));
    // Under circles a class has no fill of its own: its communes are those with one.
    if (state.data.amounts.length && index >= 0) {
      root.appendChild(HPMap.svg("circle", { cx: 11, cy: 7, r: 3.5, class: "hp-inset-circle" }));
    }
    return root;
  };

  function references() {
    const box = HPMap.element("span", "hp-legend-circles");
    const show = new Intl.NumberFormat(state.data.lang === "vi" ? "vi-VN" : "en-GB");
    HPMap.referenceAmounts().forEach((amount) => {
      const one = HPMap.element("span", "hp-legend-circle");
      one.appendChild(HPMap.circleSwatch(amount));
      one.appendChild(HPMap.element("span", "", show.format(amount)));
      box.appendChild(one);
    });
    return box;
  }

  /** The switch of the items, and what their symbols mean: those that are on the map now. */
  function itemKey() {
    const { data } = state;
    if (!data.items.length) return null;
    const { words } = data;
    const line = HPMap.element("div", "hp-legend-items");
    const button = HPMap.element("button", "hp-switch", words.projects);
    button.type = "button";
    button.title = words.projects_hint;
    button.dataset.key = "items";
    button.setAttribute("role", "switch");
    button.setAttribute("aria-checked", String(HPMap.areItemsOn()));
    button.addEventListener("click", HPMap.switchItems);
    line.appendChild(button);
    const shown = HPMap.itemsShown();
    const add = (picture, label) => {
      const one = HPMap.element("span", "hp-legend-key");
      one.append(picture, HPMap.element("span", "", label));
      line.appendChild(one);
    };
    Object.entries(data.standings).forEach(([standing, { label }]) => {
      if (shown.standings.has(standing)) add(shown.dots ? dot(standing) : HPMap.symbol("investment", standing, 15), label);
    });
    Object.entries(data.kinds).forEach(([kind, label]) => {
      if (shown.kinds.has(kind)) add(HPMap.symbol(kind, "open", 15), kind === "key_project" ? words.ring : label);
    });
    line.title = words.approximate;
    return line;
  }

  function dot(standing) {
    const look = HPMap.dotLook(standing);
    const root = HPMap.svg("svg", { width: 10, height: 10, "aria-hidden": "true", class: "hp-drawn" });
    root.appendChild(HPMap.svg("circle", {
      cx: 5, cy: 5, r: look.radius, fill: look.fillColor, stroke: look.color, "stroke-width": look.weight,
    }));
    return root;
  }

  function notes(open) {
    const { data } = state;
    const fold = HPMap.element("details", "hp-legend-notes");
    fold.open = open;
    fold.appendChild(HPMap.element("summary", "", data.words.notes));
    fold.appendChild(HPMap.element("span", "hp-legend-note", data.legend.notes.join(" · ")));
    return fold;
  }
})();
