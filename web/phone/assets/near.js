/* The list of projects by distance or by commune, and the page of one project. */
(function () {
  "use strict";

  const HPPhone = (self.HPPhone = self.HPPhone || {});
  const { el } = HPPhone;
  const t = (key, values) => HPPhone.t(key, values);
  const STEP = 25;
  const chosen = { from: null, commune: "", words: "", shown: STEP };

  const communeNames = (item, communes) => item.communes.map((code) => (communes.get(code) || { name: code }).name);

  function distanceText(item, communes) {
    const place = HPPhone.placeOf(item, communes, chosen.from);
    if (!place) return t("near.unplaced");
    if (!chosen.from) return communeNames(item, communes).join(", ");
    const distance = HPPhone.distance(HPPhone.metres(chosen.from, place.at));
    const how = place.own ? t("near.own") : t("near.centre", { commune: place.commune });
    return `${t("near.away", { distance })}, ${how}`;
  }

  function matching(data, communes) {
    const words = HPPhone.fold(chosen.words.trim());
    const found = data.items.filter((item) => (!chosen.commune || item.communes.includes(chosen.commune))
      && (!words || HPPhone.fold(`${item.item} ${item.name}`).includes(words)));
    if (!chosen.from) return found;
    const away = new Map(found.map((item) => {
      const place = HPPhone.placeOf(item, communes, chosen.from);
      return [item.item, place ? HPPhone.metres(chosen.from, place.at) : Infinity];
    }));
    return found.sort((one, other) => away.get(one.item) - away.get(other.item));
  }

  function card(item, communes) {
    return el("li", {}, el("a", { class: "card", href: `#/item/${encodeURIComponent(item.item)}` },
      el("span", { class: "card-name" }, item.name),
      el("span", { class: "card-line" }, item.kind, " · ", item.item),
      el("span", { class: "card-line strong" }, item.status || t("near.no_status")),
      el("span", { class: "card-line" }, distanceText(item, communes))));
  }

  HPPhone.viewNear = function (data) {
    const communes = new Map(data.communes.map((one) => [one.code, one]));
    const list = el("ul", { class: "cards", id: "cards" });
    const count = el("p", { class: "under", role: "status", id: "count" });
    const here = el("p", { class: "under", role: "status", id: "here" });
    const more = el("button", { type: "button", class: "wide" });

    function draw() {
      const found = matching(data, communes);
      count.textContent = found.length ? t("near.count", { count: found.length }) : t("near.none");
      list.replaceChildren(...found.slice(0, chosen.shown).map((item) => card(item, communes)));
      more.hidden = found.length <= chosen.shown;
      more.textContent = t("near.more", { count: Math.min(STEP, found.length - chosen.shown) });
    }
    more.addEventListener("click", () => { chosen.shown += STEP; draw(); });

    const button = el("button", { type: "button", class: "main wide", id: "find" }, t("near.find"));
    async function find() {
      button.disabled = true;
      here.textContent = t("near.finding");
      const tell = (found) => {
        chosen.from = [found.lon, found.lat];
        here.textContent = t("near.here", { accuracy: found.accuracy_m });
        draw();
      };
      try {
        tell(await HPPhone.locate(200, tell));
      } catch (fault) {
        here.textContent = t(fault.message === "denied" ? "near.denied" : "near.unavailable");
      }
      button.disabled = false;
    }
    button.addEventListener("click", find);

    const inUse = new Set(data.items.flatMap((item) => item.communes));
    const commune = el("select", { id: "commune" }, el("option", { value: "" }, t("near.all")),
      data.communes.filter((one) => inUse.has(one.code)).map((one) => el("option", { value: one.code }, one.name)));
    commune.value = chosen.commune;
    commune.addEventListener("change", () => { chosen.commune = commune.value; chosen.shown = STEP; draw(); });
    const words = el("input", { type: "search", id: "words", value: chosen.words, autocomplete: "off" });
    words.addEventListener("input", () => { chosen.words = words.value; chosen.shown = STEP; draw(); });
    draw();
    return [
      el("h1", { tabindex: "-1" }, t("near.title")),
      button, here,
      el("div", { class: "pair" },
        el("div", {}, el("label", { for: "commune" }, t("near.commune")), commune),
        el("div", {}, el("label", { for: "words" }, t("near.search")), words)),
      count, list, more,
      el("p", { class: "under" }, t("page.fresh", { when: HPPhone.moment(data.at), period: data.period })),
      el("p", {}, el("a", { href: "../../" }, t("page.app"))),
    ];
  };

  HPPhone.claimText = (claim) => (claim ? claim.text : t("item.unknown"));

  function claimRow(label, claim) {
    return [el("dt", {}, label), el("dd", {}, el("strong", {}, HPPhone.claimText(claim)),
      claim && claim.note ? el("span", { class: "under" }, claim.note) : null,
      claim ? el("span", { class: "under" }, t("item.source", { period: claim.period, source: claim.source })) : null)];
  }

  HPPhone.claimed = (item) => el("dl", { class: "facts" },
    claimRow(t("item.construction"), item.construction), claimRow(t("item.clearance"), item.clearance));

  function directions(item, communes) {
    const place = HPPhone.placeOf(item, communes, chosen.from);
    if (!place) return el("p", { class: "notice warn" }, t("item.no_point"));
    const [lon, lat] = place.at;
    const text = `${HPPhone.degrees(lat)}, ${HPPhone.degrees(lon)}`;
    const copy = el("button", { type: "button" }, t("item.copy"));
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      HPPhone.toast(t("item.copied"));
    });
    return el("div", {},
      el("p", {}, t("item.coordinates"), ": ", el("code", { class: "coordinates" }, text)),
      el("p", { class: place.own ? "under" : "notice warn" },
        place.own ? t("item.point_own")
          : t(item.communes.length > 1 ? "item.point_one_of" : "item.point_commune", { commune: place.commune, count: item.communes.length })),
      el("div", { class: "row" },
        el("a", { class: "button", href: `geo:${HPPhone.degrees(lat)},${HPPhone.degrees(lon)}?q=${HPPhone.degrees(lat)},${HPPhone.degrees(lon)}` }, t("item.directions")),
        copy));
  }

  HPPhone.viewItem = async function (data, code) {
    const item = data.items.find((one) => one.item === code);
    const drafts = (await HPPhone.keep.visits()).filter((one) => one.item === code && one.state === "draft");
    if (!item) {
      return [el("h1", { tabindex: "-1" }, code), el("p", { class: "notice warn" }, t("item.gone")),
        startButtons({ item: code, name: code, communes: [] }, drafts)];
    }
    const communes = new Map(data.communes.map((one) => [one.code, one]));
    const names = communeNames(item, communes);
    return [
      el("a", { class: "back", href: "#/" }, t("page.back")),
      el("h1", { tabindex: "-1" }, item.name),
      el("p", { class: "under" }, item.kind, " · ", item.item),
      el("dl", { class: "facts" },
        el("dt", {}, t("item.status")), el("dd", {}, el("strong", {}, item.status || t("near.no_status"))),
        el("dt", {}, t("item.communes")), el("dd", {}, names.join(", ") || t("near.unplaced"))),
      el("h2", {}, t("item.claimed")),
      HPPhone.claimed(item),
      startButtons(item, drafts),
      el("h2", {}, t("item.directions")),
      directions(item, communes),
    ];
  };

  function startButtons(item, drafts) {
    const start = el("button", { type: "button", class: "main wide", id: "start" }, t("item.start"));
    start.addEventListener("click", async () => {
      start.disabled = true;
      const visit = await HPPhone.startVisit(item);
      if (visit) HPPhone.go(`#/visit/${visit}`);
      start.disabled = false;
    });
    return el("div", {}, drafts.map((draft) => el("a", { class: "button main wide", href: `#/visit/${draft.visit}` },
      t("item.resume"))), start);
  }
})();
