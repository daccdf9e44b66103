/* Sending what is queued: one visit at a time, one photo at a time, whoever sends (page, worker).
 *
 * A visit's text is frozen when it enters the queue; its SHA-256 is what the server must give back.
 * Nothing of a visit is let go before the server has named the same hash and the same photos.
 */
(function () {
  "use strict";

  const HPPhone = (self.HPPhone = self.HPPhone || {});
  const keep = HPPhone.keep;
  const LOCK = "hpmap-phone-send";
  const WAITS_S = [5, 15, 60, 300, 900];
  const QUEUED = ["waiting", "sending"];
  const PASSING = ["hash", "no_visit"]; // a photo that was hurt on its way, or came too soon
  const TEXT_MS = 30000;
  const PHOTO_MS = 180000;
  const base = new URL(self.registration ? self.registration.scope : "./", self.location.href);

  HPPhone.sha256 = async function (bytes) {
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  // Asks the server; {status: 0} when there was no answer of our server (none, or a portal's page).
  async function ask(path, options, limit) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), limit);
    try {
      const answer = await fetch(new URL(path, base), Object.assign({
        method: "POST", credentials: "same-origin", cache: "no-store", redirect: "error",
        signal: stop.signal,
      }, options, { headers: Object.assign({ "X-Hpmap-Phone": "1" }, options.headers) }));
      const kind = answer.headers.get("Content-Type") || "";
      if (!kind.startsWith("application/json")) {
        // A proxy's own page: too large for it is a refusal, anything else is no answer of ours.
        if (answer.status === 413) return { status: 413, said: { error: "too_large", message: `413 ${answer.statusText}` } };
        return { status: answer.status >= 500 ? 503 : 0 };
      }
      return { status: answer.status, said: await answer.json() };
    } catch (fault) {
      return { status: 0 };
    } finally {
      clearTimeout(timer);
    }
  }

  function askJson(path, text) {
    const headers = { "Content-Type": "application/json" };
    return ask(path, { body: text, headers }, TEXT_MS);
  }

  function later(record, why, more) {
    const tries = (record.tries || 0) + 1;
    const wait = WAITS_S[Math.min(tries, WAITS_S.length) - 1] * (0.8 + 0.4 * Math.random());
    return Object.assign({}, record, {
      state: "waiting", tries, why, nextAt: Date.now() + wait * 1000,
    }, more);
  }

  // What an answer that is no success means: "stop" (nobody can be reached, or nobody is signed
  // in: the next would fare no better) or "on". The visit waits, or is refused with the reason.
  async function failed(visit, answer) {
    const error = (answer.said && answer.said.error) || "";
    if (answer.status === 401 || error === "must_change") {
      await keep.update(visit, (now) => now && Object.assign({}, now, { state: "waiting", why: "sign_in" }));
      return "sign_in";
    }
    if (error === "other_account") {
      const reason = String(answer.said.message);
      await keep.update(visit, (now) => now && later(now, "", { reason }));
      return "on";
    }
    const passing = answer.status === 0 || answer.status >= 500
      || [408, 425, 429].includes(answer.status) || PASSING.includes(error);
    if (passing) {
      await keep.update(visit, (now) => now && later(now, "unreachable"));
      return answer.status === 0 ? "stop" : "on";
    }
    const why = String((answer.said && answer.said.message) || answer.status);
    await keep.update(visit, (now) => now && Object.assign({}, now, { state: "refused", why: "", reason: why }), true);
    return "on";
  }

  async function sendPhoto(held, photo) {
    const bytes = await keep.bytes(photo.id);
    if (!bytes) return { status: 200, said: { photo: photo.photo || "" } };
    const answer = await ask(`visits/${encodeURIComponent(held)}/photos`, {
      body: bytes,
      headers: { "Content-Type": photo.type, "X-Hpmap-Sha256": photo.sha256 },
    }, PHOTO_MS);
    if (answer.status === 200) {
      const said = answer.said;
      await keep.updatePhoto(photo.id, (now) => Object.assign({}, now, {
        state: "sent", photo: said.photo, taken: said.taken, lon: said.lon, lat: said.lat, reason: "",
      }));
    } else if ([413, 415, 422].includes(answer.status) && !PASSING.includes(answer.said.error)) {
      const reason = String((answer.said && answer.said.message) || answer.status);
      await keep.updatePhoto(photo.id, (now) => Object.assign({}, now, { state: "refused", reason }));
      return { status: 200, refused: true };
    }
    return answer;
  }

  function sameSet(some, others) {
    const one = Array.from(new Set(some)).sort();
    const other = Array.from(new Set(others)).sort();
    return one.length === other.length && one.every((text, at) => text === other[at]);
  }

  // Asks what the server holds of a visit and lets the bytes go when it is all that is here.
  async function confirm(record, held, state) {
    const asked = JSON.stringify({ visits: [held] });
    const answer = await askJson("confirm", asked);
    if (answer.status !== 200) return failed(record.visit, answer);
    const [kept] = (answer.said.visits || []).filter((one) => one.visit === held);
    const photos = await keep.photosOf(record.visit);
    const here = photos.map((photo) => photo.sha256);
    const there = kept && kept.held ? kept.photos : [];
    const count = new Set(here).size;
    if (kept && kept.held && kept.hash === record.hash && kept.count === count && sameSet(here, there)) {
      await keep.settle(record.visit, (now) => Object.assign({}, now, {
        state, why: "", reason: "", held, flags: kept.flags || [], confirmedAt: new Date().toISOString(),
      }));
      return "on";
    }
    for (const photo of photos) {
      if (!there.includes(photo.sha256)) {
        await keep.updatePhoto(photo.id, (now) => Object.assign({}, now, { state: "waiting" }));
      }
    }
    await keep.update(record.visit, (now) => now && later(now, "mismatch"));
    return "on";
  }

  async function sendOne(record) {
    await keep.update(record.visit, (now) => now && Object.assign({}, now, { state: "sending" }));
    const answer = await askJson("visits", record.body);
    if (answer.status !== 200) return failed(record.visit, answer);
    const { state, held } = answer.said;
    if (typeof held !== "string" || answer.said.hash !== record.hash) {
      await keep.update(record.visit, (now) => now && later(now, "mismatch"));
      return "on";
    }
    await keep.update(record.visit, (now) => now && Object.assign({}, now, { held, answer: state }));
    let refused = 0;
    for (const photo of await keep.photosOf(record.visit)) {
      if (photo.state === "sent") continue;
      const outcome = await sendPhoto(held, photo);
      if (outcome.refused) refused += 1;
      else if (outcome.status !== 200) return failed(record.visit, outcome);
    }
    if (refused) {
      await keep.update(record.visit, (now) => now && Object.assign({}, now, {
        state: "refused", why: "photos", refused,
      }), true);
      return "on";
    }
    return confirm(record, held, state === "conflict" ? "conflict" : "confirmed");
  }

  async function sendAll(force) {
    const now = Date.now();
    const queued = (await keep.visits()).filter((one) => QUEUED.includes(one.state));
    const due = queued.filter((one) => force || !one.nextAt || one.nextAt <= now);
    due.sort((one, other) => (one.queuedAt < other.queuedAt ? -1 : 1));
    for (const record of due) {
      let outcome = "on";
      try {
        outcome = await sendOne(record);
      } catch (fault) {
        await keep.update(record.visit, (kept) => kept && later(kept, "unreachable"));
      }
      HPPhone.lastOutcome = outcome;
      if (outcome !== "on") return outcome;
    }
    return "on";
  }

  // Sends what is due, unless another tab or the worker is at it; `force`: also what would wait.
  HPPhone.send = async function (force) {
    if (!("locks" in navigator)) return sendAll(force);
    return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? sendAll(force) : "busy"));
  };

  // What is still queued, and when the first of it is due (milliseconds; 0: nothing waits).
  HPPhone.queued = async function () {
    const queued = (await keep.visits()).filter((one) => QUEUED.includes(one.state));
    return { count: queued.length, next: queued.length ? Math.min(...queued.map((one) => one.nextAt || 0)) || Date.now() : 0 };
  };
})();
