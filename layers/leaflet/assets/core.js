/* What the parts of the map share: what is known so far, elements, and the way back to the server. */
(function () {
  "use strict";

  const HPMap = (window.HPMap = window.HPMap || {});
  const PHONE_WIDTH = 640;
  const SVG_NS = "http://www.w3.org/2000/svg";

  const state = {
    map: null,
    communes: [], // {layer, code, name, kind, at: [lon, lat]} in the order of the file
    data: null, // the last message
    picked: [], // what is drawn of a point being chosen
    arrived: 0, // messages seen, so that a slow older one never overwrites a newer
    geometryUrl: null,
    geometry: null,
    fitted: null, // which request of the server the map has followed; null: none yet
    room: "", // the size in which it was last placed
    opened: "", // the view it was opened on
    unmoved: false, // while the room changes of a map that nobody has moved
    reach: null, // what the map was asked to go to: it may lie beyond the city
    asked: false, // whether somebody has just chosen something in the map
    above: "", // what was moved above the sheet of a phone: sheet.js
    clicks: 0,
    drawings: 0, // how often a message was drawn
    ahead: "", // the version of the facts of which layers are fetched ahead
    unsent: null, // what was chosen where no server is told: in the map shown while the page loads
  };
  HPMap.state = state;

  /** Return an element with a class and, as text and nothing else, its words. */
  HPMap.element = function (tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = String(text);
    return node;
  };

  HPMap.svg = function (tag, attributes) {
    const node = document.createElementNS(SVG_NS, tag);
    Object.entries(attributes || {}).forEach(([key, value]) => node.setAttribute(key, value));
    return node;
  };

  /** Tell the server what was chosen. ``n`` makes two equal clicks two messages. */
  HPMap.send = function (message) {
    state.clicks += 1;
    state.asked = message.t !== "point";
    const feature = {
      type: "Feature",
      geometry: null,
      properties: Object.assign({ n: Date.now() * 100 + (state.clicks % 100) }, message),
    };
    const shared = window.__GLOBAL_DATA__;
    const value = { last_active_drawing: feature };
    if (shared) {
      // streamlit-folium compares with what it sent last; ours counts as sent.
      shared.last_active_drawing = feature;
      shared.previous_data = value;
    }
    if (window.Streamlit) window.Streamlit.setComponentValue(value);
    else state.unsent = message;
  };

  HPMap.phone = () => window.innerWidth <= PHONE_WIDTH;
})();
