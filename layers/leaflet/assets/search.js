/* The search box: asks the server what is typed, shows the hits, tells the server the choice. */
(function () {
  "use strict";

  const HPMap = (window.HPMap = window.HPMap || {});
  const WAIT = 120; // ms without a key before the server is asked
  const LONGEST_QUERY = 100;

  HPMap.drawSearch = function () {
    const words = HPMap.state.data.words;
    HPMap.control("search", "topleft", (box) => {
      const input = HPMap.element("input", "hp-search-input");
      Object.assign(input, { type: "search", placeholder: words.search, maxLength: LONGEST_QUERY, autocomplete: "off" });
      const list = HPMap.element("ul", "hp-search-list");
      list.id = "hp-search-list";
      list.hidden = true;
      list.setAttribute("role", "listbox");
      list.setAttribute("aria-label", words.search);
      [["role", "combobox"], ["aria-label", words.search], ["aria-autocomplete", "list"],
        ["aria-expanded", "false"], ["aria-controls", list.id]].forEach(([k, v]) => input.setAttribute(k, v));
      const search = { input, list, hits: [], missing: "", at: -1, turn: 0, timer: null };
      input.addEventListener("input", () => {
        clearTimeout(search.timer);
        search.timer = setTimeout(() => ask(search), WAIT);
      });
      input.addEventListener("keydown", (event) => steer(event, search));
      input.addEventListener("blur", () => setTimeout(() => close(search), 150));
      input.addEventListener("focus", () => { if (search.hits.length) open(search); });
      box.append(input, list);
    });
  };

  async function ask(search) {
    const turn = ++search.turn;
    const query = search.input.value.trim();
    if (!query) {
      search.hits = [];
      search.missing = "";
      close(search);
      return;
    }
    const address = HPMap.state.data.suggest + "?q=" + encodeURIComponent(query) +
      "&lang=" + encodeURIComponent(HPMap.state.data.lang);
    const answer = await fetch(address).then((r) => (r.ok ? r.json() : { hits: [] })).catch(() => ({ hits: [] }));
    if (turn !== search.turn) return;
    search.hits = answer.hits;
    search.missing = answer.missing || (answer.hits.length ? "" : HPMap.state.data.words.nothing);
    search.at = -1;
    show(search);
  }

  function show(search) {
    search.list.replaceChildren();
    if (search.missing) {
      const none = HPMap.element("li", "hp-search-none", search.missing);
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      search.list.appendChild(none);
    }
    search.hits.forEach((hit, k) => {
      const row = HPMap.element("li", "hp-search-hit");
      row.id = "hp-hit-" + k;
      row.setAttribute("role", "option");
      row.appendChild(HPMap.element("span", "hp-search-label", hit.label));
      row.appendChild(HPMap.element("span", "hp-search-kind", hit.note));
      row.addEventListener("mousedown", (event) => { event.preventDefault(); choose(search, k); });
      search.list.appendChild(row);
    });
    open(search);
  }

  function steer(event, search) {
    if (event.key === "Escape") { close(search); return; }
    if (event.key === "Enter") {
      event.preventDefault();
      if (search.hits.length && (!search.missing || search.at >= 0)) choose(search, Math.max(search.at, 0));
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !search.hits.length) return;
    event.preventDefault();
    search.at = (search.at + step + search.hits.length) % search.hits.length;
    search.list.querySelectorAll(".hp-search-hit").forEach((row, k) => {
      row.setAttribute("aria-selected", String(k === search.at));
      row.classList.toggle("hp-search-at", k === search.at);
      if (k === search.at) row.scrollIntoView({ block: "nearest" });
    });
    search.input.setAttribute("aria-activedescendant", "hp-hit-" + search.at);
  }

  function choose(search, k) {
    const hit = search.hits[k];
    if (!hit) return;
    search.input.value = hit.label;
    search.hits = [];
    close(search);
    HPMap.send({ t: "place", kind: hit.kind, id: hit.key });
  }

  function open(search) {
    search.list.hidden = false;
    search.input.setAttribute("aria-expanded", "true");
  }

  function close(search) {
    search.list.hidden = true;
    search.input.setAttribute("aria-expanded", "false");
    search.input.removeAttribute("aria-activedescendant");
  }
})();
