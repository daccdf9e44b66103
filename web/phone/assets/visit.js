/* Recording a visit. Every key pressed and every photo is on the phone at once. */
(function () {
  "use strict";

  const HPPhone = (self.HPPhone = self.HPPhone || {});
  const { el, keep } = HPPhone;
  const t = (key, values) => HPPhone.t(key, values);
  const MAX_HA = 100000;
  const NUMBERS = [["construction", 100, "construction"], ["clearance", 100, "clearance"], ["handed", MAX_HA, null]];
  const clean = (text) => (text.toWellFormed ? text.toWellFormed() : text).normalize("NFC").replace(/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, " ").trim();

  HPPhone.startVisit = async function (item) {
    const visit = crypto.randomUUID();
    const pct = (claim) => (claim ? claim.pct : null);
    const now = new Date().toISOString();
    try {
      await keep.add({
        visit, state: "draft", item: item.item, name: item.name, communes: item.communes,
        by: HPPhone.data.user.name, startedAt: now, savedAt: now,
        claimed: { construction_pct: pct(item.construction), clearance_pct: pct(item.clearance) },
        claims: { construction: HPPhone.claimText(item.construction), clearance: HPPhone.claimText(item.clearance) },
        values: {}, position: null,
      });
    } catch (fault) {
      HPPhone.toast(t("visit.not_saved", { reason: String(fault && fault.name) }));
      return "";
    }
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
    return visit;
  };

  HPPhone.claimHint = (record, name) => (/\d/.test(record.claims[name])
    ? t("visit.claimed_hint", { value: record.claims[name] }) : t("visit.claimed_none"));

  function textField(form, name, long, limit) {
    const field = el(long ? "textarea" : "input", {
      id: `f-${name}`, maxlength: limit, rows: long ? 3 : null, value: form.record.values[name] || "",
    });
    field.addEventListener("input", () => form.set(name, field.value));
    return field;
  }

  function numberField(form, [name, high, claim]) {
    const field = el("input", {
      id: `f-${name}`, inputmode: "decimal", autocomplete: "off", maxlength: 20,
      "aria-describedby": `h-${name}`, value: form.record.values[name] || "",
    });
    const claimed = claim ? HPPhone.claimHint(form.record, claim) : "";
    const hint = el("p", { class: "under", id: `h-${name}` }, claimed);
    const check = () => {
      const value = HPPhone.readNumber(field.value);
      let fault = "";
      if (value === undefined) fault = t("visit.number_doubt", { text: field.value.trim() });
      else if (value !== null && !(value >= 0 && value <= high)) fault = t("visit.number_bad", { low: 0, high });
      hint.textContent = fault || claimed;
      hint.className = fault ? "fault" : "under";
      field.setAttribute("aria-invalid", fault ? "true" : "false");
      return !fault;
    };
    field.addEventListener("input", () => { form.set(name, field.value); if (hint.className === "fault") check(); });
    field.addEventListener("change", check);
    form.checks.push([check, field]);
    return el("div", {}, el("label", { for: `f-${name}` }, t(`visit.${name}`)), field, hint);
  }

  function positionPart(form, limits) {
    const told = el("p", { role: "status", id: "position" });
    const button = el("button", { type: "button", id: "locate" });
    const draw = () => {
      const at = form.record.position;
      told.className = at && at.accuracy_m > limits.accuracy_m ? "notice warn" : "under";
      told.textContent = at ? t("visit.position_is", {
        lat: HPPhone.degrees(at.lat), lon: HPPhone.degrees(at.lon),
        accuracy: HPPhone.number(at.accuracy_m, 0), when: HPPhone.moment(at.at),
      }) : t("visit.position_none");
      if (at && at.accuracy_m > limits.accuracy_m) {
        told.textContent += ` ${t("visit.position_poor", { limit: HPPhone.number(limits.accuracy_m, 0) })}`;
      }
      button.textContent = t(at ? "visit.position_again" : "visit.position_get");
    };
    button.addEventListener("click", async () => {
      button.disabled = true;
      told.textContent = t("near.finding");
      try {
        // Kept as it gets better: whoever is done before that sends the best there was.
        await HPPhone.locate(limits.accuracy_m, (better) => {
          form.record.position = better;
          draw();
          form.change((now) => Object.assign({}, now, { position: better }));
        });
      } catch (fault) {
        draw();
        told.textContent = t(fault.message === "denied" ? "near.denied" : "near.unavailable");
      }
      button.disabled = false;
      if (form.record.position) draw();
    });
    draw();
    // Where the phone may tell its position already, nobody has to press for it.
    if (!form.record.position && navigator.permissions) {
      navigator.permissions.query({ name: "geolocation" })
        .then((answer) => { if (answer.state === "granted" && button.isConnected) button.click(); }).catch(() => {});
    }
    return el("section", {}, el("h2", {}, t("visit.position")), told, button);
  }

  function photosPart(form, limits) {
    const list = el("ul", { class: "photos", id: "photos" });
    const fault = el("p", { class: "fault", role: "alert", id: "photo-fault" });
    const draw = async () => {
      const photos = (await keep.photosOf(form.record.visit)).sort((one, other) => one.order - other.order);
      form.photos = photos;
      list.replaceChildren(...photos.map((photo, at) => el("li", {},
        HPPhone.thumb(photo, t("visit.photo", { number: at + 1 })),
        el("div", {}, el("strong", {}, t("visit.photo", { number: at + 1 })),
          el("span", { class: "under" }, HPPhone.photoFacts(photo)),
          HPPhone.sureButton(t("visit.photo_remove"), t("visit.photo_remove_sure"), async () => {
            await keep.dropPhoto(photo);
            draw();
          })))));
    };
    const input = (id, text, camera) => {
      const file = el("input", {
        type: "file", id, class: "file", accept: "image/jpeg,image/png,image/webp,image/*",
        capture: camera ? "environment" : null, multiple: !camera,
      });
      file.addEventListener("change", async () => {
        const faults = [];
        for (const one of Array.from(file.files)) {
          try {
            const why = await HPPhone.addPhoto(form.record.visit, one, limits);
            if (why) faults.push(why);
          } catch (problem) {
            faults.push(t("visit.not_saved", { reason: String(problem && problem.name) }));
          }
        }
        file.value = "";
        fault.textContent = Array.from(new Set(faults)).join(" ");
        await draw();
        form.saved();
      });
      return el("div", { class: "file-button" }, file, el("label", { for: id, class: camera ? "button main" : "button" }, text));
    };
    draw();
    return el("section", {}, el("h2", {}, t("visit.photos")), list, fault,
      el("div", { class: "row" }, input("take", t("visit.take"), true), input("choose", t("visit.choose"), false)),
      el("p", { class: "under" }, t("visit.photos_limit", {
        count: limits.photos, size: HPPhone.number(limits.photo_mb),
      })));
  }

  function problemPart(form, data) {
    const { values } = form.record;
    const box = el("input", { type: "checkbox", id: "f-problem" });
    box.checked = values.problem === true;
    const category = el("select", { id: "f-category" }, data.categories.map((one) => el("option", { value: one.key }, one.label)));
    category.value = values.category || data.categories[0].key;
    category.addEventListener("change", () => form.set("category", category.value));
    const mine = data.communes.filter((one) => form.record.communes.includes(one.code));
    const offered = mine.length ? mine : data.communes;
    const commune = el("select", { id: "f-problem_commune" },
      mine.length === 1 ? null : el("option", { value: "" }, t("item.unknown")),
      offered.map((one) => el("option", { value: one.code }, one.name)));
    commune.value = values.problem_commune || (mine.length === 1 ? mine[0].code : "");
    commune.addEventListener("change", () => form.set("problem_commune", commune.value));
    const statement = textField(form, "statement", true, 2000);
    const fault = el("p", { class: "fault", id: "h-statement" });
    statement.setAttribute("aria-describedby", "h-statement");
    const inner = el("div", { class: "inner" },
      el("label", { for: "f-category" }, t("visit.category")), category,
      el("label", { for: "f-problem_commune" }, t("visit.problem_commune")), commune,
      el("label", { for: "f-statement" }, t("visit.statement")), statement, fault);
    inner.hidden = !box.checked;
    box.addEventListener("change", () => {
      inner.hidden = !box.checked;
      form.set("problem", box.checked);
      if (box.checked) { form.set("category", category.value); form.set("problem_commune", commune.value); }
    });
    form.checks.push([() => {
      const missing = box.checked && !clean(statement.value);
      fault.textContent = missing ? t("visit.statement_missing") : "";
      return !missing;
    }, statement]);
    return el("section", {}, el("label", { class: "check", for: "f-problem" }, box, el("span", {}, t("visit.problem"))), inner);
  }

  // The visit as it is sent: one text, frozen here, whose hash the server gives back.
  function frozen(record, photos) {
    const { values } = record;
    const number = (name) => HPPhone.readNumber(values[name] || "");
    return JSON.stringify({
      visit: record.visit, by: record.by, item: record.item, at: record.doneAt,
      position: record.position, claimed: record.claimed,
      observed: { construction_pct: number("construction"), clearance_pct: number("clearance"), handed_ha: number("handed") },
      works: clean(values.works || ""), note: clean(values.note || ""),
      problem: values.problem ? {
        category: values.category, commune: values.problem_commune || "", statement: clean(values.statement || ""),
      } : null,
      photos: photos.map((photo) => photo.sha256),
    });
  }

  function isEmpty(record, photos) {
    const { values } = record;
    return !photos.length && !values.problem
      && !["construction", "clearance", "handed", "works", "note"].some((name) => clean(values[name] || ""));
  }

  HPPhone.viewVisit = async function (data, visit) {
    const record = await keep.visit(visit);
    if (!record) return null;
    if (record.state !== "draft") return HPPhone.viewRecorded(record);
    const saved = el("p", { class: "under", role: "status", id: "saved" });
    const fault = el("p", { class: "fault", role: "alert", id: "fault" });
    const form = {
      record, photos: [], checks: [],
      saved: () => { saved.textContent = t("visit.saved", { when: HPPhone.moment(Date.now()) }); saved.className = "under"; },
      change: async (make) => {
        try {
          form.record = (await keep.update(visit, (now) => now && now.state === "draft"
            ? Object.assign(make(now), { savedAt: new Date().toISOString() }) : null)) || form.record;
          form.saved();
        } catch (problem) {
          saved.textContent = t("visit.not_saved", { reason: String(problem && problem.name) });
          saved.className = "fault";
        }
      },
      set: (name, value) => {
        form.record.values[name] = value;
        return form.change((now) => Object.assign({}, now, { values: Object.assign({}, now.values, { [name]: value }) }));
      },
    };
    const done = el("button", { type: "button", class: "main wide", id: "done" }, t("visit.done"));
    done.addEventListener("click", async () => {
      const wrong = form.checks.filter(([check]) => !check());
      fault.textContent = "";
      if (wrong.length) { wrong[0][1].focus(); return; }
      const photos = (await keep.photosOf(visit)).sort((one, other) => one.order - other.order);
      const last = await keep.visit(visit);
      if (isEmpty(last, photos)) { fault.textContent = t("visit.empty"); return; }
      const finished = Object.assign({}, last, { doneAt: new Date().toISOString() });
      const body = frozen(finished, photos);
      const hash = await HPPhone.sha256(new TextEncoder().encode(body));
      await keep.update(visit, (now) => (now && now.state === "draft" ? Object.assign({}, now, {
        state: "waiting", doneAt: finished.doneAt, queuedAt: finished.doneAt, body, hash, tries: 0, why: "",
      }) : null), true);
      HPPhone.toast(t("visit.queued"));
      HPPhone.go("#/queue");
      HPPhone.sendSoon(true);
    });
    const parts = [
      el("a", { class: "back", href: `#/item/${encodeURIComponent(record.item)}` }, t("page.back")),
      el("h1", { tabindex: "-1" }, t("visit.title")),
      el("p", { class: "card-name" }, record.name),
      saved,
      el("h2", {}, t("visit.observed")),
      NUMBERS.map((one) => numberField(form, one)),
      el("label", { for: "f-works" }, t("visit.works")), textField(form, "works", true, 2000),
      photosPart(form, data.limits),
      positionPart(form, data.limits),
      el("label", { for: "f-note" }, t("visit.note")), textField(form, "note", true, 2000),
      problemPart(form, data),
      fault, done,
      HPPhone.sureButton(t("visit.discard"), t("visit.discard_sure"), async () => {
        await keep.drop(visit);
        HPPhone.go("#/queue");
      }),
    ];
    saved.textContent = t("visit.saved", { when: HPPhone.moment(record.savedAt) });
    return parts.flat();
  };
})();
