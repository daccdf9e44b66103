/* Photos on the phone: known by their first bytes, kept as they are, shown small. */
(function () {
  "use strict";

  const HPPhone = (self.HPPhone = self.HPPhone || {});
  const HEIC = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis"];

  function kindOf(bytes) {
    const head = new Uint8Array(bytes, 0, Math.min(12, bytes.byteLength));
    const text = String.fromCharCode(...head);
    if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
    if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
    if (text.slice(0, 4) === "RIFF" && text.slice(8, 12) === "WEBP") return "image/webp";
    if (text.slice(4, 8) === "ftyp" && HEIC.includes(text.slice(8, 12))) return "image/heic";
    return "";
  }

  // Keeps a photo; gives back why not, '' when it is kept.
  HPPhone.addPhoto = async function (visit, file, limits) {
    const { t, keep } = HPPhone;
    const there = await keep.photosOf(visit);
    if (there.length >= limits.photos) return t("photo.too_many", { limit: limits.photos });
    if (file.size > limits.photo_mb * 1e6) return t("photo.too_large", { limit: HPPhone.number(limits.photo_mb) });
    const bytes = await file.arrayBuffer();
    const type = kindOf(bytes);
    if (type === "image/heic") return t("photo.heic");
    if (!type) return t("photo.kind");
    const sha256 = await HPPhone.sha256(bytes);
    if (there.some((photo) => photo.sha256 === sha256)) return "";
    await keep.addPhoto({
      id: crypto.randomUUID(), visit, sha256, type, size: bytes.byteLength, state: "waiting",
      order: there.length, fileAt: file.lastModified ? new Date(file.lastModified).toISOString() : "",
      addedAt: new Date().toISOString(),
    }, bytes);
    return "";
  };

  // A small picture of a photo, drawn from its bytes; from the server's once they have gone.
  HPPhone.thumb = function (photo, label) {
    const canvas = HPPhone.el("canvas", { width: 96, height: 96, class: "thumb", role: "img", "aria-label": label });
    (async () => {
      let bytes = await HPPhone.keep.bytes(photo.id);
      if (!bytes && photo.photo) {
        const answer = await fetch(`../photo/${photo.photo}/thumb`);
        if (answer.ok) bytes = await answer.arrayBuffer();
      }
      if (!bytes || !("createImageBitmap" in self)) return;
      const image = await createImageBitmap(new Blob([bytes]));
      const scale = Math.max(96 / image.width, 96 / image.height);
      const [wide, high] = [image.width * scale, image.height * scale];
      canvas.getContext("2d").drawImage(image, (96 - wide) / 2, (96 - high) / 2, wide, high);
      image.close();
    })().catch(() => canvas.classList.add("unseen"));
    return canvas;
  };

  HPPhone.photoFacts = function (photo) {
    const { t } = HPPhone;
    const told = [t("visit.photo_facts", {
      size: HPPhone.size(photo.size), when: HPPhone.moment(photo.fileAt || photo.addedAt),
    })];
    if (photo.taken) told.push(t("visit.photo_read", { when: HPPhone.moment(photo.taken) }));
    if (typeof photo.lat === "number") {
      told.push(t("visit.photo_at", { lat: HPPhone.degrees(photo.lat), lon: HPPhone.degrees(photo.lon) }));
    }
    return told.join(" · ");
  };
})();
