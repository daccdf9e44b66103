/* The other layers, fetched while nothing else is to do, so that a press on one shows it at once.
 *
 * The server's own answer to the press comes a moment later and stands, whatever was shown before. Where a
 * filter is set nothing is fetched: the server would have to make for everybody what few ask for.
 */
(function () {
  "use strict";

  const HPMap = window.HPMap;
  const state = HPMap.state;
  const ADDRESS = "../../hpmap/frame/message"; // web/first_map.py
  const USUAL = ["layer", "period", "lang"]; // of the address: a view that is made for all readers
  const ASIDE = ["v", "open"]; // where the map stands, and what is chosen on it, stays as it is
  const PAUSE = 600; // ms after a drawing
  const messages = new Map(); // by layer and the rest of the address
  let timer = null;
  let watched = false;

  /** Return the page's address without what belongs to the map alone, null where a filter is set. */
  function usualQuery() {
    const query = new URLSearchParams(window.parent.location.search);
    ASIDE.forEach((name) => query.delete(name));
    return Array.from(query.keys()).every((name) => USUAL.includes(name)) ? query : null;
  }

  function addressOf(query, layer) {
    const address = new URLSearchParams(query);
    address.set("layer", layer);
    address.sort();
    return ADDRESS + "?" + address;
  }

  /** Fetch the layers that are not shown, a little after one is. */
  HPMap.fetchAhead = function () {
    clearTimeout(timer);
    if (!state.data.ahead || !window.Streamlit) return;
    watch();
    timer = setTimeout(fetchOthers, PAUSE);
  };

  async function fetchOthers() {
    const query = usualQuery();
    if (!query) return;
    if (state.ahead !== state.data.version) messages.clear(); // they are of other facts
    state.ahead = state.data.version;
    for (const layer of Object.keys(state.data.layers)) {
      const address = addressOf(query, layer);
      if (messages.has(address)) continue;
      const answer = await fetch(address).catch(() => null);
      if (!answer || !answer.ok) return;
      const message = await answer.text();
      const { data } = await HPMap.prepareMessage(message);
      if (data.version !== state.ahead) return; // the facts have changed: the page will bring them
      messages.set(address, message);
    }
  }

  const partsOf = (message) => message.split(".");

  function watch() {
    if (watched) return;
    watched = true;
    const page = window.parent.document;
    const leaving = new AbortController();
    page.addEventListener("click", showAhead, { capture: true, signal: leaving.signal });
    window.addEventListener("pagehide", () => leaving.abort());
  }

  /** Show the layer whose button was pressed: with the choice and the place that the map has. */
  function showAhead(event) {
    const button = event.target.closest ? event.target.closest(".st-key-bar-layer [role=radio]") : null;
    const query = button && button.getAttribute("aria-checked") !== "true" ? usualQuery() : null;
    if (!query || state.ahead !== state.data.version) return;
    const name = button.textContent.trim();
    const layer = Object.keys(state.data.layers).find((key) => state.data.layers[key] === name);
    const message = messages.get(addressOf(query, layer));
    if (!message) return;
    HPMap.apply(state.map, [...partsOf(message).slice(0, -1), partsOf(state.packed).pop()].join("."));
  }
})();
