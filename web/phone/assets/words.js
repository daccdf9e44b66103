/* Texts of the catalogue, and how numbers, moments and elements are written. */
(function () {
  "use strict";

  const HPPhone = (self.HPPhone = self.HPPhone || {});
  let texts = {};
  let language = "vi";

  HPPhone.useTexts = function (chosen, given) {
    language = chosen;
    texts = given;
    document.documentElement.lang = chosen;
  };

  HPPhone.language = () => language;

  HPPhone.t = function (key, values) {
    const text = texts[key] === undefined ? key : texts[key];
    return text.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
  };

  HPPhone.number = (value, decimals) => new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB", {
    maximumFractionDigits: decimals === undefined ? 1 : decimals,
  }).format(value);

  HPPhone.percent = (value) => `${HPPhone.number(value)} %`;

  HPPhone.distance = (metres) => (metres < 950
    ? `${HPPhone.number(Math.round(metres / 10) * 10, 0)} m`
    : `${HPPhone.number(metres / 1000, metres < 9500 ? 1 : 0)} km`);

  HPPhone.size = (bytes) => (bytes < 1e6
    ? `${HPPhone.number(Math.max(1, Math.round(bytes / 1000)), 0)} kB` : `${HPPhone.number(bytes / 1e6)} MB`);

  HPPhone.moment = function (when) {
    const date = new Date(when);
    if (Number.isNaN(date.getTime())) return "";
    const two = (number) => String(number).padStart(2, "0");
    const day = `${two(date.getDate())}/${two(date.getMonth() + 1)}/${date.getFullYear()}`;
    return `${two(date.getHours())}:${two(date.getMinutes())} ${day}`;
  };

  HPPhone.degrees = (value) => value.toFixed(6);

  // A number as people here write it: 45,5 or 45.5. Gives null for '', NaN for what is none, and
  // undefined for what can be read two ways (1.200 is 1200 to some and 1,2 to others).
  HPPhone.readNumber = function (text) {
    const said = text.trim().replace(/\s/g, "");
    if (said === "") return null;
    if (/^\d{1,3}([.,]\d{3})+$/.test(said) && !/^0[.,]/.test(said)) return undefined;
    if (!/^\d+([.,]\d+)?$/.test(said)) return NaN;
    return Number(said.replace(",", "."));
  };

  HPPhone.fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

  // An element with attributes, listeners (`onclick`) and children; a text stays a text.
  HPPhone.el = function (tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (name === "value") made.value = value;
      else made.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children.flat()) {
      if (child === null || child === undefined || child === "") continue;
      made.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
    return made;
  };

  // A button that does what it says at the second press only.
  HPPhone.sureButton = function (text, sure, act) {
    const button = HPPhone.el("button", { type: "button", class: "quiet" }, text);
    let asked = 0;
    button.addEventListener("click", () => {
      if (Date.now() - asked < 6000) {
        button.classList.remove("sure");
        act();
        return;
      }
      asked = Date.now();
      button.textContent = sure;
      button.classList.add("sure");
      setTimeout(() => {
        button.textContent = text;
        button.classList.remove("sure");
        if (HPPhone.redraw) HPPhone.redraw();
      }, 6000);
    });
    return button;
  };
})();
