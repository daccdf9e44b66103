/* Where the phone is, and how far from it the projects are. */
(function () {
  "use strict";

  const HPPhone = (self.HPPhone = self.HPPhone || {});
  const EARTH_M = 6371008.8;
  const PATIENCE_MS = 25000;
  const radians = (degrees) => (degrees * Math.PI) / 180;

  // Metres between two points [lon, lat] in degrees, along the sphere.
  HPPhone.metres = function (one, other) {
    const up = Math.sin(radians(other[1] - one[1]) / 2);
    const along = Math.sin(radians(other[0] - one[0]) / 2);
    const part = up * up + Math.cos(radians(one[1])) * Math.cos(radians(other[1])) * along * along;
    return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(part)));
  };

  // Where an item is known to be: its own point, else the nearest middle of its communes.
  HPPhone.placeOf = function (item, communes, from) {
    if (item.at) return { at: item.at, own: true, commune: "" };
    const middles = item.communes.map((code) => communes.get(code)).filter((one) => one && one.at);
    if (!middles.length) return null;
    const ordered = from
      ? middles.slice().sort((one, other) => HPPhone.metres(from, one.at) - HPPhone.metres(from, other.at))
      : middles;
    return { at: ordered[0].at, own: false, commune: ordered[0].name };
  };

  // The position as it gets better, until it is good enough or patience ends; `tell` gets each.
  HPPhone.locate = function (enough, tell) {
    return new Promise((resolve, reject) => {
      if (!("geolocation" in navigator)) { reject(new Error("unavailable")); return; }
      let best = null;
      let watch = null;
      const end = (fault) => {
        clearTimeout(timer);
        if (watch !== null) navigator.geolocation.clearWatch(watch);
        if (best) resolve(best);
        else reject(new Error(fault || "unavailable"));
      };
      const timer = setTimeout(end, PATIENCE_MS);
      watch = navigator.geolocation.watchPosition((found) => {
        const { longitude, latitude, accuracy } = found.coords;
        if (!best || accuracy <= best.accuracy_m) {
          best = {
            lon: Number(longitude.toFixed(7)),
            lat: Number(latitude.toFixed(7)),
            accuracy_m: Math.max(1, Math.round(accuracy)),
            at: new Date(found.timestamp || Date.now()).toISOString(),
          };
          if (tell) tell(best);
        }
        if (best.accuracy_m <= enough) end();
      }, (fault) => {
        if (fault.code === 1) end("denied");
        else if (fault.code === 2 && !best) end("unavailable");
      }, { enableHighAccuracy: true, maximumAge: 5000, timeout: PATIENCE_MS });
    });
  };
})();
