/* What was recorded on this phone and how far each of it has come. */
(function () {
  "use strict";

  const HPPhone = (self.HPPhone = self.HPPhone || {});
  const { el, keep } = HPPhone;
  const t = (key, values) => HPPhone.t(key, values);
  const SIGNS = { draft: "✎", waiting: "…", sending: "↑", confirmed: "✓", conflict: "≠", refused: "✕" };

  function why(record) {
    const told = [];
    if (record.state === "conflict") told.push(t(record.answer === "item_gone" ? "queue.item_gone" : "queue.conflict_why"));
    if (record.why === "photos") told.push(t("queue.photos_refused", { count: record.refused }));
    else if (record.why === "sign_in") told.push(t("page.signed_out"));
    else if (record.why) told.push(t(`queue.${record.why}`));
    if (record.reason) told.push(record.reason);
    if (record.state === "waiting" && record.nextAt > Date.now()) {
      told.push(t("queue.again_at", { when: HPPhone.moment(record.nextAt) }));
    }
    return told;
  }

  function flags(record) {
    return (record.flags || []).map((flag) => t(`flag.${flag.flag}`, {
      accuracy: HPPhone.number(flag.accuracy || 0, 0), limit: HPPhone.number(flag.limit || 0, 0),
      distance: HPPhone.number(flag.distance || 0, 0),
    }));
  }

  function actions(record, alone) {
    const { visit } = record;
    if (record.state === "draft") return [el("a", { class: "button", href: `#/visit/${visit}` }, t("queue.edit"))];
    const made = alone ? [] : [el("a", { class: "button", href: `#/visit/${visit}` }, t("queue.open"))];
    if (record.state === "refused") {
      const again = el("button", { type: "button" }, t("queue.retry"));
      again.addEventListener("click", async () => {
        for (const photo of await keep.photosOf(visit)) {
          if (photo.state === "refused") await keep.updatePhoto(photo.id, (now) => Object.assign({}, now, { state: "waiting" }));
        }
        await keep.update(visit, (now) => Object.assign({}, now, { state: "waiting", why: "", reason: "", nextAt: 0 }), true);
        HPPhone.sendSoon(true);
      });
      made.push(again);
      if (record.why === "photos") {
        made.push(HPPhone.sureButton(t("queue.drop_photo"), t("visit.photo_remove_sure"), async () => {
          for (const photo of await keep.photosOf(visit)) if (photo.state === "refused") await keep.dropPhoto(photo);
          await keep.update(visit, (now) => Object.assign({}, now, { state: "waiting", why: "", nextAt: 0 }), true);
          HPPhone.sendSoon(true);
        }));
      } else made.push(HPPhone.sureButton(t("visit.discard"), t("visit.discard_sure"), () => keep.drop(visit)));
    }
    if (record.state === "confirmed" || record.state === "conflict") {
      made.push(HPPhone.sureButton(t("queue.clear"), t("visit.discard_sure"), () => keep.drop(visit)));
    }
    return made;
  }

  function line(record, photos, alone) {
    const mine = photos.filter((photo) => photo.visit === record.visit);
    const done = mine.filter((photo) => photo.state === "sent").length;
    const reasons = Array.from(new Set(mine.filter((photo) => photo.state === "refused").map((photo) => photo.reason)));
    return el("li", { class: `record ${record.state}`, "data-visit": record.visit, "data-state": record.state },
      el("p", { class: "state" }, el("span", { "aria-hidden": "true" }, SIGNS[record.state]), " ", t(`state.${record.state}`)),
      el("p", { class: "card-name" }, record.name),
      el("p", { class: "under" }, t("queue.made", { when: HPPhone.moment(record.doneAt || record.startedAt) }),
        HPPhone.data && record.by !== HPPhone.data.user.name ? ` · ${t("queue.by", { name: record.by })}` : "",
        mine.length ? ` · ${t("queue.photos", { done, count: mine.length })}` : ""),
      el("p", { class: "under upload" }),
      why(record).concat(reasons).map((text) => el("p", { class: record.state === "waiting" ? "under" : "fault" }, text)),
      flags(record).map((text) => el("p", { class: "notice warn" }, text)),
      el("div", { class: "row" }, actions(record, alone)));
  }

  // Said beside the visit while a photo of it is on its way; nothing else is drawn anew for it.
  HPPhone.onUpload = function (visit, sent, size) {
    const place = document.querySelector(`[data-visit="${CSS.escape(visit)}"] .upload`);
    if (place) place.textContent = t("queue.upload", { sent: HPPhone.size(sent), size: HPPhone.size(size) });
  };

  HPPhone.viewQueue = async function () {
    const list = el("ul", { class: "records", id: "records" });
    const none = el("p", {}, t("queue.none"));
    const store = el("p", { class: "under", id: "storage" });
    const send = el("button", { type: "button", class: "main wide", id: "send" }, t("queue.send"));
    send.addEventListener("click", () => HPPhone.sendSoon(true));
    const draw = async () => {
      const [records, photos] = await Promise.all([keep.visits(), keep.photos()]);
      const when = (record) => record.doneAt || record.savedAt;
      records.sort((one, other) => (when(one) < when(other) ? 1 : -1));
      none.hidden = records.length > 0;
      send.hidden = !records.some((record) => ["waiting", "sending"].includes(record.state));
      const focused = document.activeElement && document.activeElement.closest("#records");
      if (!focused || !list.querySelector(".sure")) list.replaceChildren(...records.map((record) => line(record, photos)));
    };
    HPPhone.redraw = draw;
    await draw();
    if (navigator.storage && navigator.storage.persisted) {
      const [kept, estimate] = await Promise.all([navigator.storage.persisted(), navigator.storage.estimate()]);
      store.textContent = `${t("queue.storage_used", { used: HPPhone.number(estimate.usage / 1e6) })} ${t(kept ? "queue.storage_kept" : "queue.storage_loose")}`;
    }
    return [el("h1", { tabindex: "-1" }, t("queue.title")), send, none, list, store];
  };

  // A visit that has left the hand: what was written, as it was.
  HPPhone.viewRecorded = async function (record) {
    const said = JSON.parse(record.body);
    const photos = (await keep.photosOf(record.visit)).sort((one, other) => one.order - other.order);
    const category = HPPhone.data && said.problem
      ? HPPhone.data.categories.find((one) => one.key === said.problem.category) : null;
    const shown = (value, unit) => (value === null || value === undefined ? t("visit.unrecorded") : `${HPPhone.number(value, 3)} ${unit}`);
    const row = (label, text) => (text ? [el("dt", {}, label), el("dd", {}, text)] : []);
    return [
      el("a", { class: "back", href: "#/queue" }, t("page.back")),
      el("h1", { tabindex: "-1" }, t("visit.title")),
      el("ul", { class: "records" }, line(record, photos, true)),
      el("dl", { class: "facts" },
        row(t("visit.construction"), `${shown(said.observed.construction_pct, "%")}\n${HPPhone.claimHint(record, "construction")}`),
        row(t("visit.clearance"), `${shown(said.observed.clearance_pct, "%")}\n${HPPhone.claimHint(record, "clearance")}`),
        row(t("visit.handed"), shown(said.observed.handed_ha, "ha")),
        row(t("visit.works"), said.works), row(t("visit.note"), said.note),
        row(t("visit.position"), said.position ? t("visit.position_is", {
          lat: HPPhone.degrees(said.position.lat), lon: HPPhone.degrees(said.position.lon),
          accuracy: HPPhone.number(said.position.accuracy_m, 0), when: HPPhone.moment(said.position.at),
        }) : t("visit.position_none")),
        said.problem ? row(t("visit.problem"), `${category ? category.label : said.problem.category}: ${said.problem.statement}`) : []),
      el("ul", { class: "photos" }, photos.map((photo, at) => el("li", {},
        HPPhone.thumb(photo, t("visit.photo", { number: at + 1 })),
        el("div", {}, el("strong", {}, t("visit.photo", { number: at + 1 })),
          el("span", { class: "under" }, HPPhone.photoFacts(photo)),
          photo.state === "refused" ? el("span", { class: "fault" }, photo.reason) : null)))),
    ].flat();
  };
})();
