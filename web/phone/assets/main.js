/* The page itself: where it is, what it knows of the connection, and when it sends. */
(function () {
  "use strict";

  const HPPhone = (self.HPPhone = self.HPPhone || {});
  const { el, keep } = HPPhone;
  const t = (key, values) => HPPhone.t(key, values);
  const by = (id) => document.getElementById(id);
  const CHECK_S = 20;
  const BUSY_MS = 2000;
  const version = document.body.dataset.version;
  const notices = { net: "", signedOut: false, notAllowed: false, mustChange: false, update: null, kept: false };
  let timer = 0;
  let asking = 0;
  let turn = 0;

  // With trusted types, the worker's address is the one string that may become code.
  const addresses = self.trustedTypes
    ? self.trustedTypes.createPolicy("hpmap-phone", { createScriptURL: (text) => { if (text !== "sw.js") throw new TypeError(text); return text; } })
    : { createScriptURL: (text) => text };

  HPPhone.go = (hash) => { if (location.hash === hash) show(); else location.hash = hash; };

  HPPhone.toast = function (text) {
    by("toast").textContent = text;
    setTimeout(() => { if (by("toast").textContent === text) by("toast").textContent = ""; }, 5000);
  };

  function notice(kind, text, action) {
    return el("p", { class: `notice ${kind}` }, text, " ", action || null);
  }

  function drawNotices() {
    const shown = [];
    if (notices.signedOut) {
      const next = `../../dang-nhap?next=${encodeURIComponent(location.pathname)}&lang=${HPPhone.language()}`;
      shown.push(notice("bad", t("page.signed_out"), el("a", { class: "button", href: next, id: "sign-in" }, t("page.sign_in"))));
    }
    if (notices.mustChange) {
      shown.push(notice("bad", t("page.must_change"), el("a", { class: "button", href: `../../tai-khoan?lang=${HPPhone.language()}` }, t("page.change"))));
    }
    if (notices.notAllowed) shown.push(notice("bad", t("page.not_allowed")));
    if (notices.net === "offline") shown.push(notice("warn", t("page.offline_note")));
    if (notices.update) {
      const use = el("button", { type: "button", id: "update" }, t("page.update"));
      use.addEventListener("click", () => notices.update.postMessage("use-new-version"));
      shown.push(notice("warn", t("page.new_version"), use));
    }
    by("notices").replaceChildren(...shown);
    const away = notices.net === "offline";
    by("net").textContent = t(away ? "page.offline" : "page.online");
    by("net").className = away ? "chip away" : "chip";
  }

  async function drawTabs() {
    const records = await keep.visits();
    const open = records.filter((record) => !["confirmed"].includes(record.state)).length;
    by("tab-queue").textContent = open ? `${t("page.queue")} (${open})` : t("page.queue");
    by("tab-near").textContent = t("page.projects");
    by("name").textContent = t("page.title");
    by("language").textContent = t("page.language");
    by("language").setAttribute("aria-label", t("page.language_hint"));
  }

  async function loadTexts(language) {
    const answer = await fetch(`${version}/texts-${language}.json`);
    HPPhone.useTexts(language, await answer.json());
  }

  // Fetches the list of projects; the worker gives the last one where there is no connection.
  async function loadData() {
    const before = JSON.stringify(HPPhone.data || null);
    try {
      const answer = await fetch(`data?lang=${HPPhone.language()}`, { headers: { "X-Hpmap-Phone": "1" }, redirect: "error" });
      const kept = answer.headers.get("X-Hpmap-Kept") || "";
      notices.net = kept === "offline" || answer.status >= 500 ? "offline" : "online";
      notices.signedOut = answer.status === 401 || kept === "signed-out";
      const refusal = answer.status === 403 ? await answer.json() : {};
      notices.mustChange = refusal.error === "must_change";
      notices.notAllowed = answer.status === 403 && !notices.mustChange;
      if (answer.status === 200) HPPhone.data = await answer.json();
      if (answer.status === 403) HPPhone.data = null;
    } catch (fault) {
      notices.net = "offline";
    }
    drawNotices();
    return before !== JSON.stringify(HPPhone.data || null);
  }

  async function parts(route) {
    const [, view, key] = route.split("/");
    if (view === "queue") return HPPhone.viewQueue();
    if (view === "visit" && key) {
      const record = await keep.visit(key);
      if (record && record.state !== "draft") return HPPhone.viewRecorded(record);
    }
    if (!HPPhone.data) {
      const text = notices.signedOut || notices.notAllowed || notices.mustChange ? "" : t("page.never_loaded");
      return [el("h1", { tabindex: "-1" }, t("page.title")), text ? notice("warn", text) : null];
    }
    if (view === "visit" && key) return HPPhone.viewVisit(HPPhone.data, key);
    if (view === "item" && key) return HPPhone.viewItem(HPPhone.data, decodeURIComponent(key));
    return HPPhone.viewNear(HPPhone.data);
  }

  async function show(quietly) {
    const mine = (turn += 1);
    HPPhone.redraw = null;
    const route = location.hash.replace(/^#/, "") || "/";
    const made = await parts(route);
    if (mine !== turn) return;
    if (!made) { HPPhone.go("#/queue"); return; }
    by("main").replaceChildren(...made.filter(Boolean));
    by("main").dataset.route = route;
    const queue = route.startsWith("/queue") || route.startsWith("/visit");
    by("tab-queue").toggleAttribute("aria-current", queue);
    by("tab-near").toggleAttribute("aria-current", !queue);
    if (queue) by("tab-queue").setAttribute("aria-current", "page");
    else by("tab-near").setAttribute("aria-current", "page");
    document.title = `${by("main").querySelector("h1").textContent} · ${t("page.title")}`;
    if (!quietly) {
      window.scrollTo(0, 0);
      by("main").querySelector("h1").focus({ preventScroll: true });
    }
    await drawTabs();
  }

  async function plan() {
    clearTimeout(timer);
    const { count, next } = await HPPhone.queued();
    if (!count) return;
    const wait = Math.max(1000, Math.min(next - Date.now(), CHECK_S * 1000));
    timer = setTimeout(() => HPPhone.sendSoon(false), wait);
  }

  HPPhone.sendSoon = async function (force) {
    const { count } = await HPPhone.queued();
    let busy = false;
    if (count) {
      const worker = navigator.serviceWorker && (await navigator.serviceWorker.getRegistration());
      if (worker && worker.sync) worker.sync.register("hpmap-send").catch(() => {});
      if (worker && worker.active && !document.hidden) worker.active.postMessage("page-sends");
      const outcome = await HPPhone.send(force);
      busy = outcome === "busy";
      if (outcome === "stop") notices.net = "offline";
      else if (outcome === "sign_in") { notices.signedOut = true; notices.net = "online"; }
      else if (outcome === "on") notices.net = "online";
      drawNotices();
    }
    await plan();
    // Another tab or the worker was at it, perhaps with nothing that was due: what was asked for
    // now is tried again as soon as it may be over.
    if (force && busy) {
      clearTimeout(timer);
      timer = setTimeout(() => HPPhone.sendSoon(true), BUSY_MS);
    }
  };

  function watchWorker(registration) {
    const offer = () => {
      if (registration.waiting && navigator.serviceWorker.controller) {
        notices.update = registration.waiting;
        drawNotices();
      }
    };
    offer();
    registration.addEventListener("updatefound", () => {
      registration.installing.addEventListener("statechange", offer);
    });
  }

  async function startWorker() {
    if (!("serviceWorker" in navigator)) return;
    const before = navigator.serviceWorker.controller;
    navigator.serviceWorker.addEventListener("controllerchange", () => { if (before) location.reload(); });
    watchWorker(await navigator.serviceWorker.register(addresses.createScriptURL("sw.js"), { updateViaCache: "none" }));
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((taken) => navigator.serviceWorker.addEventListener("controllerchange", taken, { once: true }));
    }
    // What was fetched before the worker was there is fetched once more, so that it is kept.
    if (!before) await loadData();
    document.body.dataset.worker = "ready";
  }

  async function refresh() {
    const changed = await loadData();
    askAgain();
    const route = by("main").dataset.route || "/";
    // A form that is being filled is never drawn anew under the inspector's hands.
    if (changed && !route.startsWith("/visit/") && !by("main").contains(document.activeElement)) await show(true);
    await HPPhone.sendSoon(true);
  }

  // While there is nothing to show yet, the server is asked now and then.
  function askAgain() {
    clearTimeout(asking);
    if (!HPPhone.data && !notices.signedOut && !notices.notAllowed && !notices.mustChange) asking = setTimeout(refresh, CHECK_S * 1000);
  }

  async function start() {
    const stored = localStorage.getItem("hpmap-phone-language");
    await loadTexts(stored === "en" ? "en" : "vi");
    if (!self.isSecureContext) { by("main").replaceChildren(notice("bad", t("page.insecure"))); return; }
    try {
      await keep.open();
    } catch (fault) {
      by("main").replaceChildren(notice("bad", t("page.no_storage")));
      return;
    }
    await drawTabs();
    await loadData();
    await show(true);
    document.body.dataset.ready = "yes";
    keep.onChange(async () => { await drawTabs(); if (HPPhone.redraw) await HPPhone.redraw(); });
    window.addEventListener("hashchange", () => show());
    window.addEventListener("online", refresh);
    window.addEventListener("offline", () => { notices.net = "offline"; drawNotices(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
    by("language").addEventListener("click", async () => {
      const other = HPPhone.language() === "vi" ? "en" : "vi";
      localStorage.setItem("hpmap-phone-language", other);
      await loadTexts(other);
      await loadData();
      await show(true);
    });
    askAgain();
    await HPPhone.sendSoon(true);
    await startWorker();
  }

  start();
})();
