/* What is kept on the phone: visits, their photos, the photos' bytes. Used by page and worker.
 *
 * Every change is one transaction, so that a phone that dies half way keeps what was there before
 * or what came after, and nothing between. Bytes of a photo leave only through `settle`, which is
 * called once the server has confirmed count and hashes, or when the inspector drops the photo.
 */
(function () {
  "use strict";

  const HPPhone = (self.HPPhone = self.HPPhone || {});
  const NAME = "hpmap-phone";
  const STORES = ["visits", "photos", "files"];
  const channel = "BroadcastChannel" in self ? new BroadcastChannel(NAME) : null;
  const listeners = [];
  let opened = null;

  function open() {
    opened = opened || new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("visits", { keyPath: "visit" });
        request.result.createObjectStore("photos", { keyPath: "id" }).createIndex("visit", "visit");
        request.result.createObjectStore("files");
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => { request.result.close(); opened = null; };
        resolve(request.result);
      };
      request.onerror = () => { opened = null; reject(request.error); };
    });
    return opened;
  }

  // `work` gets the stores and may give back a function that is asked once all is written.
  async function within(mode, work, strict) {
    const db = await open();
    return new Promise((resolve, reject) => {
      const options = strict ? { durability: "strict" } : {};
      const transaction = db.transaction(STORES, mode, options);
      const [visits, photos, files] = STORES.map((name) => transaction.objectStore(name));
      let answer;
      transaction.oncomplete = () => resolve(answer && answer());
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
      answer = work(visits, photos, files, transaction);
    });
  }

  function read(work) {
    return within("readonly", (...stores) => {
      const request = work(...stores);
      return () => request.result;
    });
  }

  function told(what) {
    if (channel) channel.postMessage(what);
    listeners.forEach((listener) => listener(what));
  }

  if (channel) channel.onmessage = (event) => listeners.forEach((listener) => listener(event.data));

  // Changes what is kept of a visit; `change` gets the record and gives back the new one, or null.
  function update(visit, change, strict) {
    let after = null;
    return within("readwrite", (visits) => {
      const request = visits.get(visit);
      request.onsuccess = () => {
        after = change(request.result);
        if (after) visits.put(after);
      };
      return () => after;
    }, strict).then((kept) => { told({ visit }); return kept; });
  }

  HPPhone.keep = {
    open,
    update,
    onChange: (listener) => listeners.push(listener),
    visits: () => read((visits) => visits.getAll()),
    visit: (visit) => read((visits) => visits.get(visit)),
    photosOf: (visit) => read((_, photos) => photos.index("visit").getAll(visit)),
    photos: () => read((_, photos) => photos.getAll()),
    bytes: (id) => read((_, __, files) => files.get(id)),

    add: (record) => within("readwrite", (visits) => { visits.add(record); }, true)
      .then(() => told({ visit: record.visit })),

    addPhoto: (photo, bytes) => within("readwrite", (visits, photos, files) => {
      photos.add(photo);
      files.add(bytes, photo.id);
    }, true).then(() => told({ visit: photo.visit })),

    updatePhoto: (id, change) => within("readwrite", (visits, photos) => {
      const request = photos.get(id);
      request.onsuccess = () => {
        const after = request.result && change(request.result);
        if (after) photos.put(after);
      };
    }, true),

    dropPhoto: (photo) => within("readwrite", (visits, photos, files) => {
      photos.delete(photo.id);
      files.delete(photo.id);
    }, true).then(() => told({ visit: photo.visit })),

    // The server holds it all: the bytes may go, what is shown of the visit stays.
    settle: (visit, change) => within("readwrite", (visits, photos, files) => {
      const mine = photos.index("visit").getAllKeys(visit);
      mine.onsuccess = () => mine.result.forEach((id) => files.delete(id));
      const request = visits.get(visit);
      request.onsuccess = () => visits.put(change(request.result));
    }, true).then(() => told({ visit })),

    drop: (visit) => within("readwrite", (visits, photos, files) => {
      visits.delete(visit);
      const mine = photos.index("visit").getAllKeys(visit);
      mine.onsuccess = () => mine.result.forEach((id) => { photos.delete(id); files.delete(id); });
    }, true).then(() => told({ visit })),
  };
})();
