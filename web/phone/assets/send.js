/* Sending what is queued: the texts of all visits first, then their photos one by one.
 *
 * A visit's text is frozen when it enters the queue; its SHA-256 is what the server must give back.
 * Nothing of a visit is let go before the server has named the same hash and the same photos. What
 * fails waits for its next turn and goes last then; nothing else waits for it. Texts and photos
 * have a lock each, so that a photo on a slow line holds no later visit's text up.
 */
(function () {
  "use strict";

  const HPPhone = (self.HPPhone = self.HPPhone || {});
  const { askJson, keep } = HPPhone;
  const LOCK = "hpmap-phone-send";
  const WAITS_S = [5, 15, 60, 300, 900];
  const QUEUED = ["waiting", "sending"];
  const PASSING = ["hash", "no_visit"]; // a photo that was hurt on its way, or came too soon
  const FAILED = ["unreachable", "photos_failed"];
  let answers = 0; // how often the server has taken something

  HPPhone.sha256 = async function (bytes) {
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  function later(record, why, more) {
    const tries = (record.tries || 0) + 1;
    const wait = WAITS_S[Math.min(tries, WAITS_S.length) - 1] * (0.8 + 0.4 * Math.random());
    return Object.assign({}, record, {
      state: "waiting", tries, why, nextAt: Date.now() + wait * 1000,
    }, more);
  }

  const isPassing = (answer, error) => answer.status === 0 || answer.status >= 500
    || [408, 425, 429].includes(answer.status) || PASSING.includes(error);

  // What an answer that is no success means: "stop" or "sign_in" (nobody can be reached, or nobody
  // is signed in: the next would fare no better) or "on". The visit waits, or is refused with the
  // reason.
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
    if (isPassing(answer, error)) {
      const anew = error === "no_visit" ? { held: "" } : {}; // the server has lost it: all once more
      await keep.update(visit, (now) => now && later(now, "unreachable", anew));
      return answer.status !== 0 || (await HPPhone.reachable()) ? "on" : "stop";
    }
    const why = String((answer.said && answer.said.message) || answer.status);
    await keep.update(visit, (now) => now && Object.assign({}, now, { state: "refused", why: "", reason: why }), true);
    return "on";
  }

  async function sendPhoto(held, photo) {
    const bytes = await keep.bytes(photo.id);
    if (!bytes) return { status: 200, said: { photo: photo.photo || "" } };
    const headers = { "Content-Type": photo.type, "X-Hpmap-Sha256": photo.sha256 };
    const told = (sent, size) => { if (HPPhone.onUpload) HPPhone.onUpload(photo.visit, sent, size); };
    const path = `visits/${encodeURIComponent(held)}/photos`;
    const answer = await HPPhone.ask(path, bytes, headers, HPPhone.patience.photo, told);
    if (answer.status === 200) {
      const said = answer.said;
      answers += 1;
      await keep.updatePhoto(photo.id, (now) => Object.assign({}, now, {
        state: "sent", photo: said.photo, taken: said.taken, lon: said.lon, lat: said.lat, reason: "",
      }));
    } else if ([413, 415, 422].includes(answer.status) && !PASSING.includes(answer.said.error)) {
      const reason = String((answer.said && answer.said.message) || answer.status);
      await keep.updatePhoto(photo.id, (now) => Object.assign({}, now, { state: "refused", reason }));
      return { status: 200, refused: true };
    } else if (!answer.left) {
      await keep.updatePhoto(photo.id, (now) => Object.assign({}, now, { tries: (now.tries || 0) + 1 }));
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
    answers += 1;
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
    await keep.update(record.visit, (now) => now && later(now, "mismatch", { held: "" }));
    return "on";
  }

  async function sendText(record) {
    await keep.update(record.visit, (now) => now && Object.assign({}, now, { state: "sending" }));
    const answer = await askJson("visits", record.body);
    if (answer.status !== 200) return failed(record.visit, answer);
    const { state, held } = answer.said;
    if (typeof held !== "string" || answer.said.hash !== record.hash) {
      await keep.update(record.visit, (now) => now && later(now, "mismatch"));
      return "on";
    }
    answers += 1;
    const left = (await keep.photosOf(record.visit)).some((photo) => photo.state !== "sent");
    const text = { held, answer: state, nextAt: 0 };
    if (left) Object.assign(text, { state: "waiting", why: "photos_left" });
    const after = await keep.update(record.visit, (now) => now && Object.assign({}, now, text));
    return left || !after ? "on" : finish(after);
  }

  const finish = (record) => confirm(record, record.held, record.answer === "conflict" ? "conflict" : "confirmed");

  // Sends a visit's photos, those that have failed before last, and has the whole confirmed.
  async function sendPhotos(record) {
    await keep.update(record.visit, (now) => now && Object.assign({}, now, { state: "sending", why: "" }));
    const photos = await keep.photosOf(record.visit);
    photos.sort((one, other) => (one.tries || 0) - (other.tries || 0) || one.order - other.order);
    let refused = photos.filter((photo) => photo.state === "refused").length;
    let missing = 0;
    for (const photo of photos.filter((one) => !["sent", "refused"].includes(one.state))) {
      const answer = await sendPhoto(record.held, photo);
      const error = (answer.said && answer.said.error) || "";
      if (answer.refused) refused += 1;
      else if (answer.left) {
        await keep.update(record.visit, (now) => now && Object.assign({}, now, { state: "waiting", why: "photos_left" }));
        return "stop";
      } else if (answer.status !== 200) {
        if (!isPassing(answer, error) || error === "no_visit") return failed(record.visit, answer);
        if (answer.status === 0 && !(await HPPhone.reachable())) {
          await keep.update(record.visit, (now) => now && later(now, "unreachable"));
          return "stop";
        }
        missing += 1;
      }
    }
    if (missing) {
      await keep.update(record.visit, (now) => now && later(now, "photos_failed"));
      return "on";
    }
    if (refused) {
      await keep.update(record.visit, (now) => now && Object.assign({}, now, {
        state: "refused", why: "photos", refused,
      }), true);
      return "on";
    }
    return finish(record);
  }

  async function nextDue(force, wanted, done) {
    const now = Date.now();
    const due = (await keep.visits()).filter((one) => QUEUED.includes(one.state) && wanted(one)
      && !done.has(one.visit) && (force || !one.nextAt || one.nextAt <= now));
    due.sort((one, other) => (one.tries || 0) - (other.tries || 0) || (one.queuedAt < other.queuedAt ? -1 : 1));
    return due[0];
  }

  // Sends all that is due and `wanted`, whatever of it fails; "none" where there was nothing.
  async function sendEach(force, wanted, work) {
    const done = new Set();
    let outcome = "none";
    for (;;) {
      const record = await nextDue(force, wanted, done);
      if (!record) break;
      done.add(record.visit);
      const before = answers;
      try {
        outcome = await work(record);
      } catch (fault) {
        outcome = "on";
        await keep.update(record.visit, (kept) => kept && later(kept, "unreachable"));
      }
      if (answers > before) await wake(done);
      if (outcome !== "on") break;
    }
    return outcome;
  }

  // The server is there again: what waited because it was not need not wait longer.
  async function wake(done) {
    for (const record of await keep.visits()) {
      if (record.state !== "waiting" || done.has(record.visit) || !FAILED.includes(record.why)) continue;
      await keep.update(record.visit, (now) => now && Object.assign({}, now, { nextAt: 0 }));
    }
  }

  function alone(what, work) {
    if (!("locks" in navigator)) return work();
    return navigator.locks.request(`${LOCK}-${what}`, { ifAvailable: true }, (lock) => (lock ? work() : "busy"));
  }

  // Sends what is due, unless another tab or the worker is at it; `force`: also what would wait.
  HPPhone.send = async function (force) {
    const texts = await alone("texts", () => sendEach(force, (one) => !one.held, sendText));
    if (["stop", "sign_in", "busy"].includes(texts) || !(await HPPhone.maySendPhotos())) return texts;
    const photos = await alone("photos", () => sendEach(force, (one) => one.held, sendPhotos));
    return ["none", "busy"].includes(photos) ? texts : photos;
  };

  // What is still queued, and when the first of it is due (milliseconds; 0: nothing waits).
  HPPhone.queued = async function () {
    const queued = (await keep.visits()).filter((one) => QUEUED.includes(one.state));
    return { count: queued.length, next: queued.length ? Math.min(...queued.map((one) => one.nextAt || 0)) || Date.now() : 0 };
  };
})();
