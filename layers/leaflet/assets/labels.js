/* Names of communes on the map, from the zoom at which they fit. */
(function () {
  "use strict";

  const HPMap = (window.HPMap = window.HPMap || {});
  const NAMES_FROM_ZOOM = 11;

  /** Write every commune's short name under its label point; styles show them from near only. */
  HPMap.drawLabels = function () {
    const { map, communes } = HPMap.state;
    communes.forEach((commune) => {
      const words = HPMap.element("span", "", commune.name.replace(/^(Phường|Xã|Đặc khu) /, ""));
      const icon = L.divIcon({ html: words, className: "hp-name", iconSize: [0, 0] });
      const made = L.marker([commune.at[1], commune.at[0]], {
        icon, pane: "hp-names", interactive: false, keyboard: false,
      });
      made.toGeoJSON = () => null;
      made.addTo(map);
      commune.label = words;
    });
    map.on("zoomend", showNames);
    showNames();
  };

  /** Move a name down, clear of what is spread round the label point; ``down`` is in pixels. */
  HPMap.moveLabel = function (commune, down) {
    if (commune.label) commune.label.style.marginTop = down + "px";
  };

  function showNames() {
    const { map } = HPMap.state;
    map.getPane("hp-names").hidden = map.getZoom() < NAMES_FROM_ZOOM;
  }
})();
