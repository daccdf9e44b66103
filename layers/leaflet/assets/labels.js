/* Names on the map, at every zoom, none over another.
 *
 * What the layer singles out is named with a line that leads to its place, then the communes by which
 * people find their way, then all that have room for their name.
 */
(function () {
  "use strict";

  const HPMap = (window.HPMap = window.HPMap || {});
  const state = HPMap.state;
  const FONT = '"Source Sans", "Source Sans 3", "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif';
  const STYLES = {
    named: { size: 12.5, weight: 700 },
    anchor: { size: 12.5, weight: 600 },
    plain: { size: 11.5, weight: 500 },
  };
  const DISTANCES = [13, 20, 28, 38, 50, 64, 80, 98, 118, 140, 165, 195];
  const NEAR_DISTANCES = [10, 15, 21];
  const TURNS = 16;
  const GAP = 3; // pixels between a name and anything else
  const LEAD_FROM = 15; // pixels from which a line leads to the place
  const ROUNDS = 2; // of placing what is singled out: again once all stand
  const ORDERS = [null, ({ point }) => point[0], ({ point }) => -point[1], ({ point }) => point[1], ({ point }) => -point[0]];
  const TRIES = 12; // more orders while a name has no place
  const GOOD = 120; // cost below which a name stands well
  const MISSING = 5000; // cost of a name that has no place: more than any place costs
  const NARROW = 500; // pixels of a map on which the figure stands under the name
  const LONGEST = 46; // letters of a chosen item's name
  const MOST_KEPT = 24; // placements of all names
  const known = new Map(); // widths of texts
  const pencil = document.createElement("canvas").getContext("2d");

  HPMap.shortName = (commune) => commune.name.replace(/^(Phường|Xã|Đặc khu) /, "");

  /** Write all names that have room, for the map as it stands now. */
  HPMap.drawLabels = function () {
    const { map, data, communes } = state;
    const pane = map.getPane("hp-names");
    pane.replaceChildren();
    if (!data || !communes.length) return;
    const size = map.getSize();
    const page = { size, taken: HPMap.takenBoxes(), items: HPMap.itemBoxes(), lines: [], points: [], busy: [] };
    const wanted = data.pick ? [] : listWanted();
    page.points = wanted.filter((one) => one.style === "named").map((one) => one.point);
    page.busy = listBusy();
    page.middle = [0, 1].map((k) => page.points.reduce((sum, point) => sum + point[k], 0) / (page.points.length || 1));
    const root = HPMap.svg("svg", { class: "hp-names", width: size.x, height: size.y });
    const corner = map.containerPointToLayerPoint([0, 0]);
    root.style.transform = `translate(${corner.x}px, ${corner.y}px)`;
    const leads = root.appendChild(HPMap.svg("g", { class: "hp-leads" }));
    placeOnce(wanted, page).forEach(([one, spot]) => {
      if (spot.lead) {
        const [[x1, y1], [x2, y2]] = spot.lead;
        leads.appendChild(HPMap.svg("line", { x1, y1, x2, y2, class: "hp-lead" }));
        leads.appendChild(HPMap.svg("circle", { cx: x1, cy: y1, r: 2.2, class: "hp-lead-end" }));
      }
      root.appendChild(write(one, spot.box));
    });
    pane.appendChild(root);
  };

  /** Return where names go; found once for the same names in the same room.
   *  The page round the frame keeps it, as text: the frame comes and goes with the map's page. */
  function placeOnce(wanted, page) {
    const around = window.parent;
    const kept = (around.hpPlacements = around.hpPlacements || new around.Map());
    const asked = JSON.stringify([wanted, page]);
    const spots = kept.get(asked) || JSON.stringify(
      Array.from(placeAll(wanted, page), ([one, spot]) => [wanted.indexOf(one), spot])
    );
    kept.delete(asked); // so that it comes last
    kept.set(asked, spots);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
    return JSON.parse(spots).map(([index, spot]) => [wanted[index], spot]);
  }

  /** Return where each name goes: those singled out in the order that leaves them nearest. */
  function placeAll(wanted, page) {
    const boxes = page.taken;
    const put = (one, spots) => {
      spots.delete(one);
      page.taken = [...boxes, ...Array.from(spots.values(), (spot) => spot.box)];
      page.lines = Array.from(spots.values(), (spot) => spot.lead).filter(Boolean);
      const spot = findSpot(one, page);
      if (spot) spots.set(one, spot);
    };
    const named = wanted.filter((one) => one.style === "named");
    let [best, last] = [null, null];
    const place = (order) => {
      const spots = new Map();
      for (let round = 0; round < ROUNDS; round += 1) order.forEach((one) => put(one, spots));
      const costs = new Map(order.map((one) => [one, spots.has(one) ? spots.get(one).cost : MISSING]));
      last = { spots, costs, cost: Array.from(costs.values()).reduce((sum, own) => sum + own * own, 0) };
      if (!best || last.cost < best.cost) best = last;
      return order.every((one) => costs.get(one) < GOOD);
    };
    const inOrder = (rank) => (rank ? [...named].sort((one, other) => rank(one) - rank(other)) : named);
    ORDERS.some((rank) => place(inOrder(rank)));
    // Where a name found no place, those that stand worst choose theirs before the others.
    last = best;
    for (let turn = 0; turn < TRIES && best.cost >= MISSING * MISSING; turn += 1) place(inOrder((one) => -last.costs.get(one)));
    wanted.filter((one) => one.style !== "named").forEach((one) => put(one, best.spots));
    return best.spots;
  }

  /** Return what is to be named, the most important first. */
  function listWanted() {
    const { data, communes } = state;
    const chosen = data.items.find((item) => item.id === data.chosen.item);
    if (data.chosen.item && data.chosen.communes.length) {
      // One name for what is chosen; the rest is dimmed and unnamed.
      if (!chosen) return data.chosen.communes.slice(0, 1).map((index) => makeWanted(communes[index], "named")).filter(Boolean);
      const at = chosen.at || middleOf(data.chosen.communes);
      const short = chosen.name.replace(/^Dự án (đầu tư )?(xây dựng )?/i, "") || chosen.name;
      const bare = short[0].toUpperCase() + short.slice(1);
      const name = bare.length > LONGEST ? bare.slice(0, LONGEST - 1).replace(/[\s,.(–-]+\S*$/, "") + "…" : bare;
      return [makeText(name, "", at, "named", [0, 0])];
    }
    const seen = new Set();
    const wanted = [];
    const add = (commune, style, detail, room) => {
      if (!commune || seen.has(commune.index) || commune.code === data.offshore || HPMap.isDimmed(commune.index)) return;
      const one = makeWanted(commune, style, detail);
      if (!one || (room && one.width > one.body[2] - one.body[0])) return;
      seen.add(commune.index);
      wanted.push(one);
    };
    data.chosen.communes.forEach((index) => add(communes[index], "named"));
    data.named.forEach(([index, detail]) => add(communes[index], "named", detail));
    data.anchors.forEach((code) => add(communes.find((one) => one.code === code), "anchor"));
    communes.forEach((commune) => add(commune, "plain", "", true));
    return wanted;
  }

  /** Return where communes are that are not pale: names keep off them as far as they can. */
  function listBusy() {
    const { data, map, communes } = state;
    return communes.filter(({ index }) => data.classes[index] >= 0 || data.classes[index] === -3).map(({ layer }) => {
      const bounds = layer.getBounds();
      const from = map.latLngToContainerPoint(bounds.getNorthWest());
      const to = map.latLngToContainerPoint(bounds.getSouthEast());
      const [w, h] = [(to.x - from.x) * 0.12, (to.y - from.y) * 0.12];
      return [from.x + w, from.y + h, to.x - w, to.y - h];
    });
  }

  function middleOf(indices) {
    const centre = HPMap.boundsOf(indices).getCenter();
    return [centre.lng, centre.lat];
  }

  function makeWanted(commune, style, detail) {
    if (!commune) return null;
    const { map } = state;
    const bounds = commune.layer.getBounds();
    const from = map.latLngToContainerPoint(bounds.getNorthWest());
    const to = map.latLngToContainerPoint(bounds.getSouthEast());
    const { x, y } = map.getSize();
    if (to.x < 0 || to.y < 0 || from.x > x || from.y > y) return null;
    const made = makeText(HPMap.shortName(commune), detail || "", commune.at, style, [to.x - from.x, to.y - from.y]);
    made.body = [from.x, from.y, to.x, to.y];
    made.code = commune.code;
    return made;
  }

  function makeText(name, detail, at, style, room) {
    const { size, weight } = STYLES[style];
    const under = Boolean(detail) && state.map.getSize().x < NARROW;
    const widths = [measure(name, size, weight), detail ? measure(under ? detail : " · " + detail, size, 500) : 0];
    const width = under ? Math.max(...widths) : widths[0] + widths[1];
    const point = state.map.latLngToContainerPoint([at[1], at[0]]);
    return { name, detail, under, style, width, height: size * (under ? 2.3 : 1.25), point: [point.x, point.y], room, body: [point.x, point.y, point.x, point.y] };
  }

  function measure(text, size, weight) {
    const font = `${weight} ${size}px ${FONT}`;
    const key = font + text;
    if (!known.has(key)) {
      pencil.font = font;
      known.set(key, pencil.measureText(text).width);
    }
    return known.get(key);
  }

  // ---- where a name goes ----------------------------------------------------------------------

  /** Return the cheapest free place of a name: its box, and its line where it stands away. */
  function findSpot(one, page) {
    let best = null;
    const consider = (x, y, far) => {
      const box = [x - one.width / 2, y - one.height / 2, x + one.width / 2, y + one.height / 2];
      if (!isFree(box, one, page)) return;
      const lead = far >= LEAD_FROM ? leadTo(box, one.point) : null;
      const cost = far + costOf(box, lead, one, page) + inwards(x, y, one, page);
      if (Number.isFinite(cost) && (!best || cost < best.cost)) best = { box, lead, cost };
    };
    const [x, y] = one.point;
    const inside = one.width <= one.room[0] * 0.92 && one.height <= one.room[1] * 0.6;
    if (one.style !== "named" || inside || !one.code) consider(x, y, 0);
    if (one.style === "plain") return best;
    for (const far of one.style === "named" ? DISTANCES : NEAR_DISTANCES) {
      if (best && best.cost <= far) break; // no place further off costs less
      for (let turn = 0; turn < TURNS; turn += 1) {
        const angle = (2 * Math.PI * turn) / TURNS;
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        consider(x + cos * far + Math.sign(Math.round(cos * 10)) * (one.width / 2) * Math.min(1, Math.abs(cos) * 1.4),
          y + sin * (far + one.height / 2), far);
      }
    }
    return best;
  }

  function isFree(box, one, page) {
    const { x, y } = page.size;
    if (box[0] < GAP || box[1] < GAP || box[2] > x - GAP || box[3] > y - GAP) return false;
    if (page.taken.some((other) => overlaps(box, other, GAP))) return false;
    if (page.points.some((point) => point !== one.point && isInside(point, box, 4))) return false;
    return !page.lines.some((line) => crosses(line, box));
  }

  function costOf(box, lead, one, page) {
    let cost = 0;
    page.items.forEach((other) => { if (overlaps(box, other, 1)) cost += one.style === "plain" ? Infinity : 60; });
    page.busy.forEach((body) => { cost += 90 * sharedPart(box, body, one); });
    if (!lead) return cost;
    if (page.taken.some((other) => crosses(lead, other))) return Infinity;
    page.lines.forEach((line) => { if (meet(lead, line)) cost += 400; });
    page.points.forEach((point) => { if (point !== one.point && distanceTo(point, lead) < 5) cost += 60; });
    return cost;
  }

  /** How much of a name lies over the middle of something singled out, from 0 to 1. */
  function sharedPart(box, body, one) {
    const w = Math.min(box[2], body[2]) - Math.max(box[0], body[0]);
    const h = Math.min(box[3], body[3]) - Math.max(box[1], body[1]);
    if (w <= 0 || h <= 0) return 0;
    return (w * h) / (one.width * one.height);
  }

  /** A name had rather stand outwards from the middle of all that is singled out. */
  function inwards(x, y, one, page) {
    if (one.style !== "named") return 0;
    const out = [one.point[0] - page.middle[0], one.point[1] - page.middle[1]];
    const way = [x - one.point[0], y - one.point[1]];
    const length = Math.hypot(...out) * Math.hypot(...way);
    return length ? 16 * (1 - (out[0] * way[0] + out[1] * way[1]) / length) : 0;
  }

  function leadTo(box, [x, y]) {
    const end = [Math.min(Math.max(x, box[0]), box[2]), Math.min(Math.max(y, box[1]), box[3])];
    return [[x, y], end];
  }

  const overlaps = (one, other, gap) => one[0] - gap < other[2] && other[0] < one[2] + gap && one[1] - gap < other[3] && other[1] < one[3] + gap;
  const isInside = ([x, y], box, gap) => x > box[0] - gap && x < box[2] + gap && y > box[1] - gap && y < box[3] + gap;

  function meet([a, b], [c, d]) {
    const side = (p, q, r) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
    return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
  }

  function crosses(line, box) {
    const [a, b] = line;
    if (isInside(a, box, 0) || isInside(b, box, -1)) return true;
    const corners = [[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]];
    return corners.some((corner, k) => meet(line, [corner, corners[(k + 1) % 4]]));
  }

  function distanceTo([x, y], [[ax, ay], [bx, by]]) {
    const length = Math.hypot(bx - ax, by - ay) || 1;
    const along = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / (length * length)));
    return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
  }

  function write(one, box) {
    const { size } = STYLES[one.style];
    const text = HPMap.svg("text", {
      x: box[0].toFixed(1), y: (box[1] + size).toFixed(1), "font-size": size, class: "hp-name hp-name-" + one.style,
    });
    if (one.code) text.dataset.code = one.code;
    text.appendChild(HPMap.svg("tspan", {})).textContent = one.name;
    if (one.detail) {
      const line = one.under ? { x: box[0].toFixed(1), dy: "1.1em" } : {};
      const detail = text.appendChild(HPMap.svg("tspan", Object.assign({ class: "hp-name-detail" }, line)));
      detail.textContent = one.under ? one.detail : " · " + one.detail;
    }
    return text;
  }
})();
