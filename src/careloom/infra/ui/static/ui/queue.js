/* What a worker wrote while there was no connection, or after her sign-in had ended: sealed on this device, sent when both are back.
   The key comes with each page of her open sign-in and is never stored, so nobody else opens what waits here. Every page works without this. */
(() => {
  "use strict";
  const words = document.body.dataset;
  const panel = document.getElementById("cl-waiting");
  if (!panel || !words.queueKey || !window.crypto?.subtle || !window.indexedDB) return;
  const WEEK = 7 * 86400000, MOST = 50, text = (name) => panel.dataset[name] || "";
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* --- sealing: AES-GCM with the key of this worker in this agency --- */
  const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
  const key = crypto.subtle.importKey("raw", bytes(words.queueKey), "AES-GCM", false, ["encrypt", "decrypt"]);
  const owner = crypto.subtle.digest("SHA-256", bytes(words.queueKey)).then((hash) => base64(hash).slice(0, 16));
  async function seal(value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, new TextEncoder().encode(JSON.stringify(value)));
    let out = "";
    for (const byte of new Uint8Array(data)) out += String.fromCharCode(byte);
    return `${base64(iv)}.${btoa(out)}`;
  }
  async function open(sealed) {
    try {
      const [iv, data] = sealed.split(".").map(bytes);
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key, data)));
    } catch { return null; }
  }
  window.careloom = { seal, open };

  /* --- the queue: one sealed row for each form --- */
  const wish = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
  const store = new Promise((done, failed) => {
    const asked = indexedDB.open("careloom", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const rows = async (mode = "readonly") => (await store).transaction("waiting", mode).objectStore("waiting");
  async function all() {
    const mine = await owner, found = [];
    for (const row of await wish((await rows()).getAll())) {
      if (row.owner !== mine) continue;
      if (Date.now() - row.at > WEEK) { await drop(row.id); continue; }
      const entry = await open(row.sealed);
      if (entry) found.push({ ...entry, id: row.id, at: row.at });
    }
    return found.sort((a, b) => a.at - b.at);
  }
  const put = async (entry, at = Date.now()) => wish((await rows("readwrite")).put({ id: entry.id, owner: await owner, at, sealed: await seal(entry) }));
  const drop = async (id) => wish((await rows("readwrite")).delete(id));

  /* --- a form is sealed as one types. It goes as forms go; what the server did not answer waits (ui.js says so on the pages without a key) --- */
  const target = (form) => form.action.replace(/#.*$/, "");
  const keyOf = (form) => form.querySelector("[name=request_key]")?.value || "";
  const kept = (form) => form?.method === "post" && keyOf(form) && !form.hasAttribute("hx-post") && !form.hasAttribute("data-online-only");
  const here = location.pathname + location.search;
  const busy = new Map();
  function written(form, draft, button = null) {
    const fields = [...new FormData(form, button)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
    return { id: keyOf(form), url: target(form), page: here, label: form.dataset.label || document.querySelector("h1")?.textContent.trim() || document.title, fields, draft };
  }
  async function note(form) {
    if (busy.has(form)) { busy.set(form, true); return; }
    busy.set(form, false);
    try { await put(written(form, true)); } catch { /* this browser keeps nothing; the form goes as it would */ }
    const again = busy.get(form);
    busy.delete(form);
    if (again) note(form);
  }
  document.addEventListener("input", (event) => { if (kept(event.target.form)) note(event.target.form); });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post") || "autosave" in form.dataset) return;
    if (navigator.onLine) { if (kept(form)) sessionStorage.setItem("careloom-going", keyOf(form)); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!kept(form) || $$("input[type=file]", form).some((field) => field.files.length)) { tell(text("onlineOnly")); return; }
    hold(form, event.submitter);
  }, true);

  async function hold(form, button) {
    try {
      const waiting = (await all()).filter((entry) => !entry.draft && entry.id !== keyOf(form));
      if (waiting.length >= MOST) { tell(text("full")); return; }
      await put(written(form, false, button));
    } catch { tell(text("notkept")); return; }
    form.dataset.unsaved = "";
    await draw();
    tell(text("kept"));
  }

  /* --- what the last page sent was answered, or waits --- */
  async function settle() {
    const going = sessionStorage.getItem("careloom-going");
    if (going) {
      sessionStorage.removeItem("careloom-going");
      await drop(going);
      const form = $$("main form").find((one) => keyOf(one) === going);
      if (form && kept(form)) await note(form); // it came back to be mended
    }
    const waits = new Set((localStorage.getItem("careloom-waits") || "").split(" ").filter(Boolean));
    for (const entry of await all()) if (waits.delete(entry.id) && entry.draft) await put({ ...entry, draft: false }, entry.at);
    // What is left is a colleague's on this device, and stays for her.
    localStorage.setItem("careloom-waits", [...waits].slice(-MOST).join(" "));
  }

  /* --- the list at the top of each page --- */
  const line = panel.querySelector("[data-said]");
  function tell(sentence) { panel.hidden = false; line.textContent = sentence; panel.focus(); }
  const time = (at) => new Date(at).toLocaleString(document.documentElement.lang || "en", { weekday: "short", hour: "numeric", minute: "2-digit" });
  async function draw() {
    const open = new Set($$("main form").map(keyOf));
    const waiting = (await all()).filter((entry) => !entry.draft || (entry.page === here && !open.has(entry.id))), list = panel.querySelector("[data-list]"), model = panel.querySelector("template");
    list.replaceChildren(...waiting.map((entry) => {
      const row = model.content.cloneNode(true);
      row.querySelector("[data-label]").textContent = entry.label;
      row.querySelector("[data-when]").textContent = [time(entry.at), entry.draft && text("began"), entry.needs && text(entry.needs === 404 ? "gone" : "look")].filter(Boolean).join(". ");
      const link = row.querySelector("a");
      link.href = `${entry.page}#waiting=${entry.id}`;
      const button = row.querySelector("button");
      button.addEventListener("click", async () => {
        if (!button.dataset.sure) { button.dataset.sure = "1"; button.textContent = text("sure"); return; }
        await drop(entry.id);
        await draw();
      });
      return row;
    }));
    list.hidden = waiting.length === 0;
    panel.querySelector("[data-send]").hidden = !waiting.some((entry) => !entry.draft);
    panel.hidden = waiting.length === 0 && !line.textContent;
    return waiting;
  }

  /* --- sending: one tab at a time, the oldest first; the request key makes one record however often it arrives --- */
  async function send() {
    const waiting = (await all()).filter((entry) => !entry.needs && !entry.draft);
    let sent = 0, ended = false;
    for (const entry of waiting) {
      const body = new URLSearchParams([...entry.fields, ["csrfmiddlewaretoken", words.csrf || ""]]);
      let answer;
      try {
        answer = await fetch(entry.url, { method: "POST", body, credentials: "same-origin", headers: { "X-CSRFToken": words.csrf || "", "X-Waited": "1" } });
      } catch { break; }
      if (answer.redirected && new URL(answer.url).pathname.match(/^\/(account\/login|unlock)\//)) { ended = true; break; }
      if (answer.ok) { await drop(entry.id); sent += 1; continue; }
      if (answer.status >= 500) break;
      await put({ ...entry, needs: answer.status }, entry.at);
    }
    await draw();
    if (ended) tell(text("endedKept"));
    else if (sent) tell(text(sent === 1 ? "sentOne" : "sentMany").replace("{n}", sent));
  }
  const sendAlone = () => (navigator.locks ? navigator.locks.request("careloom-waiting", send) : send());

  /* --- "Look at it": the form as it was written, in its own page; an old version meets the conflict that shows both texts --- */
  async function fill() {
    const id = location.hash.match(/^#waiting=([\w-]+)$/)?.[1];
    const entry = id && (await all()).find((one) => one.id === id);
    if (!entry) return;
    const form = $$("main form").find((one) => target(one) === entry.url);
    if (!form) return;
    const names = new Set(entry.fields.map(([name]) => name));
    for (const field of $$("input[type=checkbox], input[type=radio]", form)) if (names.has(field.name)) field.checked = false;
    for (const [name, value] of entry.fields) {
      for (const field of $$(`[name="${CSS.escape(name)}"]`, form)) {
        if (field.type === "checkbox" || field.type === "radio") { if (field.value === value) field.checked = true; } else if (field.type !== "file") field.value = value;
      }
    }
    form.addEventListener("submit", () => { if (navigator.onLine && id !== keyOf(form)) drop(id); });
    tell(text("filled"));
  }

  panel.querySelector("[data-send]").addEventListener("click", sendAlone);
  window.addEventListener("online", sendAlone);
  window.addEventListener("hashchange", fill);
  settle().then(draw).then((waiting) => { if (waiting.some((entry) => !entry.needs && !entry.draft) && navigator.onLine) sendAlone(); }).then(fill).catch(() => { /* this browser keeps nothing */ });
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(panel.dataset.worker, { scope: "/" }).catch(() => { /* pages work without it */ });
})();
