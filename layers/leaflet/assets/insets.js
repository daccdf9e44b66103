/* Windows beside the map: the urban core enlarged, and the island offshore. */
(function () {
  "use strict";

  const HPMap = (window.HPMap = window.HPMap || {});
  const state = HPMap.state;
  const EDGE = 10; // pixels between a window and the map's edge, or the land
  const CLOSE = 4; // on a phone
  const LINE = 16; // pixels of the line that says whose map it is
  const NEAR = 11; // from this zoom the map itself shows the core, and the sea is out of sight

  /** Draw the windows where they cover no commune: as large as there is room for. */
  HPMap.drawInsets = function () {
    const { data, communes, map } = state;
    const box = HPMap.control("insets", "bottomright", () => {});
    box.hidden = Boolean(data.pick) || map.getZoom() >= NEAR;
    if (box.hidden) return;
    const core = communes.filter((one) => data.core.includes(one.code));
    const island = communes.find((one) => one.code === data.offshore);
    const land = listLand();
    if (HPMap.phone()) {
      box.replaceChildren(...(core.length ? [makeCoreButton(core)] : []), ...(island ? [drawIsland(island)] : []));
      box.hidden = !findCorner(box, land);
      return;
    }
    const widest = Math.min(200, 0.28 * map.getSize().x);
    for (const side of [widest, 0.8 * widest, 0.6 * widest, 0]) {
      box.replaceChildren(...(core.length && side ? [drawCore(core, side)] : []), ...(island ? [drawIsland(island)] : []));
      if (findCorner(box, land)) return;
    }
    box.hidden = true;
  };

  /** Put the box into the first corner where it covers no land of the city; return whether it is. */
  function findCorner(box, land) {
    const { x, y } = state.map.getSize();
    const edge = HPMap.phone() ? CLOSE : EDGE;
    const { width, height } = box.getBoundingClientRect();
    const [right, low] = [x - width - edge, y - height - edge - LINE];
    const corners = { bottomright: [right, low], topright: [right, edge], bottomleft: [edge, low] };
    const others = HPMap.takenBoxes("hp-insets");
    const free = Object.entries(corners).find(([, [left, top]]) => {
      const within = (x1, y1, x2, y2) => x2 > left - edge && x1 < left + width + edge && y2 > top - edge && y1 < top + height + edge;
      return !land.some((point) => within(point.x, point.y, point.x, point.y)) && !others.some((one) => within(...one));
    });
    if (free) HPMap.moveControl("insets", free[0]);
    return Boolean(free);
  }

  /** Return points of the communes' outlines in container pixels, dense enough to find a box's way. */
  function listLand() {
    const { communes, map } = state;
    return communes.flatMap((commune) => {
      commune.some ||= commune.layer.getLatLngs().flat(3).filter((_, k) => k % 6 === 0);
      return commune.some.map((at) => map.latLngToContainerPoint(at));
    });
  }

  /** Return the button that goes to the core: a window of a phone's size could show no names. */
  function makeCoreButton(core) {
    const button = HPMap.element("button", "hp-inset-button", state.data.words.core);
    button.type = "button";
    button.addEventListener("click", () => {
      state.map.fitBounds(HPMap.boundsOf(core.map((one) => one.index)), HPMap.room(6));
    });
    return button;
  }

  // ---- the core -------------------------------------------------------------------------------

  function drawCore(core, side) {
    const { data, communes } = state;
    const bounds = HPMap.boundsOf(core.map((one) => one.index)).pad(0.02);
    const frame = fit(bounds, side);
    const figure = HPMap.element("figure", "hp-inset-core");
    const root = HPMap.svg("svg", {
      viewBox: `0 0 ${frame.width.toFixed(1)} ${frame.height.toFixed(1)}`, width: frame.width.toFixed(0),
      height: frame.height.toFixed(0), class: "hp-drawn", role: "group", "aria-label": data.words.core,
    });
    const seen = communes.filter((one) => bounds.intersects(one.layer.getBounds()));
    seen.forEach((one) => {
      const shape = HPMap.svg("path", {
        d: outlineOf(one, frame), fill: HPMap.fillOf(one.index), "fill-rule": "evenodd",
        "fill-opacity": HPMap.isDimmed(one.index) ? 0.3 : 1,
        stroke: data.chosen.communes.includes(one.index) ? "#101828" : "#868e99",
        "stroke-width": data.chosen.communes.includes(one.index) ? 2.5 : 0.8,
        "data-core": one.code,
      });
      shape.appendChild(HPMap.svg("title", {})).textContent = one.name + ": " + data.values[one.index];
      shape.addEventListener("click", () => HPMap.choose(one));
      root.appendChild(shape);
    });
    if (data.amounts.length) {
      const some = core.filter((one) => data.amounts[one.index] > 0 && !HPMap.isDimmed(one.index));
      some.sort((one, other) => data.amounts[other.index] - data.amounts[one.index]);
      some.forEach((one) => {
        const [x, y] = frame.place(one.at[1], one.at[0]);
        root.appendChild(HPMap.svg("circle", {
          cx: x, cy: y, r: HPMap.radius(data.amounts[one.index]), class: "hp-inset-circle",
        }));
      });
    }
    core.forEach((one) => {
      const [x, y] = frame.place(one.at[1], one.at[0]);
      const name = HPMap.svg("text", { x: x.toFixed(1), y: (y + 3).toFixed(1), class: "hp-inset-label" });
      name.textContent = HPMap.shortName(one);
      root.appendChild(name);
    });
    figure.append(root, HPMap.element("figcaption", "hp-inset-note", data.words.core));
    return figure;
  }

  /** Return how degrees become pixels of a window whose longer side is ``side``. */
  function fit(bounds, side) {
    const squeeze = Math.cos((bounds.getCenter().lat * Math.PI) / 180);
    const width = (bounds.getEast() - bounds.getWest()) * squeeze;
    const height = bounds.getNorth() - bounds.getSouth();
    const scale = side / Math.max(width, height);
    return {
      width: width * scale,
      height: height * scale,
      place: (lat, lng) => [(lng - bounds.getWest()) * squeeze * scale, (bounds.getNorth() - lat) * scale],
    };
  }

  function outlineOf(commune, frame) {
    const rings = [];
    const gather = (list) => {
      if (list.length && list[0].lat !== undefined) rings.push(list);
      else list.forEach(gather);
    };
    gather(commune.layer.getLatLngs());
    const write = (ring) => "M" + ring.map((p) => frame.place(p.lat, p.lng).map((n) => n.toFixed(1)).join(" ")).join("L") + "Z";
    return rings.map(write).join("");
  }

  // ---- the island -----------------------------------------------------------------------------

  function drawIsland(commune) {
    const { data } = state;
    const button = HPMap.element("button", "hp-inset-button");
    button.type = "button";
    const value = data.values[commune.index];
    button.setAttribute("aria-label", commune.name + ": " + value);
    button.title = commune.name + ": " + value;
    const frame = fit(commune.layer.getBounds(), HPMap.phone() ? 16 : 44);
    const root = HPMap.svg("svg", {
      viewBox: `-2 -2 ${(frame.width + 4).toFixed(1)} ${(frame.height + 4).toFixed(1)}`,
      width: (frame.width + 4).toFixed(0), height: (frame.height + 4).toFixed(0), "aria-hidden": "true", class: "hp-drawn",
    });
    const chosen = data.chosen.communes.includes(commune.index);
    root.appendChild(HPMap.svg("path", {
      d: outlineOf(commune, frame), fill: HPMap.fillOf(commune.index),
      stroke: chosen ? "#101828" : "#667085", "stroke-width": chosen ? 2.5 : 1,
    }));
    button.appendChild(root);
    button.appendChild(HPMap.element("span", "hp-inset-name", HPMap.shortName(commune)));
    button.appendChild(HPMap.element("span", "hp-inset-note", data.words.offshore));
    button.addEventListener("click", () => HPMap.send({ t: "commune", id: commune.code, go: 1 }));
    return button;
  }
})();
