/* Asking the server: patient with a line that is slow, not with one that is dead.
 *
 * A page counts the bytes that leave (XMLHttpRequest): while some do, however few, it waits. A
 * worker cannot count them; it gives a body the time that the slowest line would need.
 */
(function () {
  "use strict";

  const HPPhone = (self.HPPhone = self.HPPhone || {});
  const base = new URL(self.registration ? self.registration.scope : "./", self.location.href);
  const NO_ANSWER = { status: 0 };
  let current = null; // what a worker is sending

  // Milliseconds without a byte sent (`idle`), and from the last byte to the answer (`answer`);
  // `slowest`: bytes a second.
  HPPhone.patience = {
    text: { idle: 30000, answer: 30000 },
    photo: { idle: 60000, answer: 180000 },
    probe: { idle: 10000, answer: 10000 },
    slowest: 2000,
  };

  // What an answer says; {status: 0} where it is not our server's (a portal's or a proxy's page).
  function read(status, words, kind, text) {
    if (!kind.startsWith("application/json")) {
      // Too large for a proxy is a refusal, anything else is no answer of ours.
      if (status === 413) return { status, said: { error: "too_large", message: `413 ${words}` } };
      return { status: status >= 500 ? 503 : 0 };
    }
    try {
      return { status, said: JSON.parse(text) };
    } catch (fault) {
      return NO_ANSWER;
    }
  }

  function askCounting(url, body, headers, patience, progress) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      let timer = 0;
      let sent = -1;
      const wait = (limit) => {
        clearTimeout(timer);
        timer = setTimeout(() => request.abort(), limit);
      };
      request.open("POST", url);
      Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
      request.upload.onprogress = (event) => {
        if (event.loaded <= sent) return;
        sent = event.loaded;
        wait(patience.idle);
        if (progress) progress(event.loaded, event.total);
      };
      request.upload.onload = () => wait(patience.answer);
      request.onloadend = () => {
        clearTimeout(timer);
        // A redirected answer is somebody else's.
        if (!request.status || request.responseURL !== url.href) resolve(NO_ANSWER);
        else resolve(read(request.status, request.statusText, request.getResponseHeader("Content-Type") || "", request.responseText));
      };
      wait(patience.idle);
      request.send(body);
    });
  }

  async function askBlindly(url, body, headers, patience) {
    const stop = new AbortController();
    current = stop;
    const size = body.byteLength || body.length;
    const timer = setTimeout(() => stop.abort(), patience.answer + (size / HPPhone.patience.slowest) * 1000);
    try {
      const answer = await fetch(url, {
        method: "POST", credentials: "same-origin", cache: "no-store", redirect: "error",
        signal: stop.signal, body, headers,
      });
      return read(answer.status, answer.statusText, answer.headers.get("Content-Type") || "", await answer.text());
    } catch (fault) {
      return stop.signal.reason === "left" ? { status: 0, left: true } : NO_ANSWER;
    } finally {
      clearTimeout(timer);
    }
  }

  HPPhone.ask = function (path, body, headers, patience, progress) {
    const own = Object.assign({ "X-Hpmap-Phone": "1" }, headers);
    const counting = typeof XMLHttpRequest !== "undefined";
    return (counting ? askCounting : askBlindly)(new URL(path, base), body, own, patience, progress);
  };

  HPPhone.askJson = (path, text, patience) => HPPhone.ask(
    path, text, { "Content-Type": "application/json" }, patience || HPPhone.patience.text,
  );

  // Whether the server answers at all; any answer of ours will do.
  HPPhone.reachable = async function () {
    const answer = await HPPhone.askJson("confirm", JSON.stringify({ visits: [] }), HPPhone.patience.probe);
    return answer.status !== 0;
  };

  // A page that is in sight sends photos itself, since it can count: the worker leaves off.
  HPPhone.leaveOff = () => { if (current) current.abort("left"); };

  HPPhone.maySendPhotos = async function () {
    if (typeof XMLHttpRequest !== "undefined") return true;
    const pages = await self.clients.matchAll({ type: "window" });
    return !pages.some((page) => page.visibilityState === "visible");
  };
})();
