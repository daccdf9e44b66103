/* The page's worker: opens the page without a connection, and sends when there is one again.
 *
 * The shell (page, script, style, texts, pictures) is kept by its version, whole or not at all. Of
 * what the server answers only the list of projects is kept, for it is needed out of reach.
 */
(function () {
  "use strict";

  const { version, shell } = self.HPPhoneShell;
  const SHELL = `hpmap-phone-shell-${version}`;
  const DATA = "hpmap-phone-data";
  const DATA_MS = 6000;
  const scope = new URL(self.registration.scope);

  self.addEventListener("install", (event) => {
    event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(
      shell.map((path) => new Request(new URL(path, scope), { cache: "reload" })),
    )));
  });

  self.addEventListener("activate", (event) => {
    event.waitUntil((async () => {
      const names = await caches.keys();
      const old = names.filter((name) => name.startsWith("hpmap-phone-shell-") && name !== SHELL);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })());
  });

  // The page asks for the change of version; what is recorded is in the database, not in the page.
  self.addEventListener("message", (event) => {
    if (event.data === "use-new-version") self.skipWaiting();
    if (event.data === "page-sends") self.HPPhone.leaveOff();
  });

  self.addEventListener("sync", (event) => {
    if (event.tag !== "hpmap-send") return;
    event.waitUntil(self.HPPhone.send(true).then(async () => {
      const { count } = await self.HPPhone.queued();
      if (count && !event.lastChance) throw new Error("not all was sent");
    }));
  });

  self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== "GET" || url.origin !== scope.origin) return;
    if (!url.pathname.startsWith(scope.pathname)) return;
    const path = url.pathname.slice(scope.pathname.length);
    if (event.request.mode === "navigate") {
      if (path === "") event.respondWith(fromShell(new URL("./", scope), event.request));
    } else if (path === "data") event.respondWith(data(event.request));
    else if (shell.includes(path)) event.respondWith(fromShell(url, event.request));
  });

  async function fromShell(url, request) {
    const cache = await caches.open(SHELL);
    return (await cache.match(url, { ignoreSearch: true, ignoreVary: true })) || fetch(request);
  }

  // From the server while it answers in time, else what it said last, marked with X-Hpmap-Kept.
  async function data(request) {
    const cache = await caches.open(DATA);
    const stop = new AbortController();
    // Only who has something to fall back on is impatient.
    const before = await cache.match(request, { ignoreVary: true });
    const timer = before ? setTimeout(() => stop.abort(), DATA_MS) : 0;
    try {
      const answer = await fetch(request, { signal: stop.signal, redirect: "error" });
      const kind = answer.headers.get("Content-Type") || "";
      if (answer.status === 403) await caches.delete(DATA);
      if (answer.status === 200 && kind.startsWith("application/json")) {
        await cache.put(request, answer.clone());
        return answer;
      }
      if (answer.status < 500 && kind.startsWith("application/json")) {
        return answer.status === 401 ? kept(cache, request, answer) : answer;
      }
    } catch (fault) {
      // No connection: what is kept answers.
    } finally {
      clearTimeout(timer);
    }
    return kept(cache, request, Response.error());
  }

  async function kept(cache, request, otherwise) {
    const found = await cache.match(request, { ignoreVary: true });
    if (!found) return otherwise;
    const headers = new Headers(found.headers);
    headers.set("X-Hpmap-Kept", otherwise.status === 401 ? "signed-out" : "offline");
    return new Response(found.body, { status: 200, headers });
  }
})();
