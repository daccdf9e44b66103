/* What lies over the map: its buttons and boxes. */
(function () {
  "use strict";

  const HPMap = (window.HPMap = window.HPMap || {});
  const parts = {};
  const controls = {};

  /** Return the box of that name over the map, built and put there the first time. */
  HPMap.control = function (name, position, build) {
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
    controls[name] = made;
    return parts[name];
  };

  /** Move a box into another corner of the map. */
  HPMap.moveControl = function (name, position) {
    const control = controls[name];
    if (control.getPosition() === position) return;
    control.options.position = position;
    const corner = HPMap.state.map._controlCorners[position];
    if (position.startsWith("bottom")) corner.insertBefore(parts[name], corner.firstChild);
    else corner.appendChild(parts[name]);
  };

  HPMap.drawFurniture = function () {
    const { data, map } = HPMap.state;
    if (parts.map !== map) {
      Object.keys(parts).forEach((name) => delete parts[name]);
      parts.map = map;
      HPMap.drawSearch();
      addZoomButtons();
    }
    HPMap.drawLegend();
    parts.search.classList.toggle("hp-away", Boolean(data.pick));
    map.getContainer().setAttribute("aria-label", data.words.map);
  };

  function addZoomButtons() {
    const { data, map } = HPMap.state;
    const words = data.words;
    L.control.zoom({ position: "topleft", zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
    const box = HPMap.control("home", "topleft", () => {});
    const button = HPMap.element("button", "hp-button", "⤢");
    button.type = "button";
    button.title = words.whole;
    button.setAttribute("aria-label", words.whole);
    button.addEventListener("click", () => {
      map.fitBounds(HPMap.boundsOf(HPMap.mainland()), HPMap.room(6));
    });
    box.appendChild(button);
  }

  /** Return where boxes lie over the map but for the one left out, in container pixels. */
  HPMap.takenBoxes = function (leftOut) {
    const origin = HPMap.state.map.getContainer().getBoundingClientRect();
    const over = HPMap.state.map.getContainer().querySelectorAll(".leaflet-control");
    const some = Array.from(over).filter((box) => !leftOut || !(box.classList.contains(leftOut) || box.classList.contains("leaflet-control-attribution")));
    const boxes = some.map((box) => box.getBoundingClientRect())
      .filter((box) => box.width && box.height)
      .map((box) => [box.left - origin.left, box.top - origin.top, box.right - origin.left, box.bottom - origin.top]);
    const sheet = HPMap.covered();
    return sheet ? [...boxes, [0, origin.height - sheet, origin.width, origin.height]] : boxes;
  };
})();
