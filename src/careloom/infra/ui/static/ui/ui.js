/* Careloom's own script. Every page works without it. No eval, no inline style, nothing from another host. */
(() => {
  "use strict";
  const words = document.body.dataset;
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const token = (form) => form?.querySelector("[name=csrfmiddlewaretoken]")?.value || words.csrf || "";
  const clock = () => new Date().toLocaleTimeString(document.documentElement.lang || "en", { hour: "numeric", minute: "2-digit" });

  /* --- a form that left and met the sign-in, the lock, an error or no connection waits; the next page with a key sends it (queue.js) --- */
  try {
    const going = sessionStorage.getItem("careloom-going");
    if (going && !words.queueKey) {
      localStorage.setItem("careloom-waits", [localStorage.getItem("careloom-waits"), going].filter(Boolean).join(" "));
      sessionStorage.removeItem("careloom-going");
    }
    /* A draft that was sent goes once it was answered, or is kept under the lock. At the sign-in it stays on this device for its writer. */
    const sent = sessionStorage.getItem("careloom-draft-going");
    if (sent) {
      sessionStorage.removeItem("careloom-draft-going");
      if (words.queueKey || location.pathname.startsWith("/unlock/")) { localStorage.removeItem(sent); sessionStorage.removeItem(sent); }
    }
  } catch { /* storage is off: nothing was kept */ }

  /* --- save state: one polite line per form, words only --- */
  function stateOf(form) {
    let line = form.id ? document.querySelector(`[data-save-state="${CSS.escape(form.id)}"]`) : null;
    line = line || form.querySelector("[data-save-state]");
    if (!line) {
      line = document.createElement("p");
      line.className = "cl-small cl-quiet";
      line.dataset.saveState = form.id || "";
      form.append(line);
    }
    line.setAttribute("role", "status");
    return line;
  }
  const say = (form, text) => { const line = stateOf(form); (line.querySelector("[data-save-words]") || line).textContent = text; };

  /* --- autosave: posts as one types; offline the open form (and only it) is kept on this device --- */
  function autosave(form) {
    const url = form.dataset.autosaveUrl || form.action;
    /* A worker's draft outlives the tab, sealed with the key of her sign-in (queue.js); anybody else's ends with it. */
    const sealed = window.careloom, store = sealed ? localStorage : sessionStorage;
    const key = "careloom-draft:" + (words.owner || "") + ":" + location.pathname + ":" + (form.id || form.dataset.autosave || "form");
    let timer = 0, wait = 2000, busy = false, dirty = false, stopped = false;
    const fields = () => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
    /* One after the other: an older text never takes the place of a newer one, and what was saved is forgotten after it was kept. */
    let turn = Promise.resolve();
    const keep = () => (turn = turn.then(async () => {
      if (words.owner && !sealed) return false;
      try { store.setItem(key, sealed ? await sealed.seal(fields()) : JSON.stringify(fields())); } catch { return false; }
      return true;
    }));
    const forget = () => (turn = turn.then(() => { try { store.removeItem(key); } catch { /* storage is off: nothing was kept */ } }));
    async function restore() {
      let kept = null;
      try { const text = store.getItem(key); kept = text ? (sealed ? await sealed.open(text) : JSON.parse(text)) : null; } catch { kept = null; }
      if (!kept) return;
      const place = () => kept.filter(([name, value]) => {
        const found = $$(`[name="${CSS.escape(name)}"]`, form);
        for (const field of found) {
          if (field.type === "password" || (field.type === "hidden" && name !== "version")) continue; // an old version must meet a conflict
          if (field.type === "checkbox" || field.type === "radio") { if (field.value === value) field.checked = true; } else field.value = value;
        }
        return !found.length;
      });
      kept = place();
      /* An answer may open a further question; what was written there finds its place when it is on the page. */
      const more = () => { if (kept.length && (kept = place()).length === 0) later(100); };
      for (const swapped of ["htmx:afterSettle", "htmx:oobAfterSwap"]) document.addEventListener(swapped, more);
      form.querySelector("input[type=radio]:checked, select, textarea")?.dispatchEvent(new Event("change", { bubbles: true }));
      say(form, words.kept || "Kept on this tablet");
      later(100);
    }
    const later = (ms) => { clearTimeout(timer); timer = setTimeout(send, ms); };
    async function send() {
      if (busy || stopped) return;
      busy = true; dirty = false;
      say(form, (words.saving || "Saving") + "…");
      try {
        const body = new FormData(form);
        const answer = await fetch(url, { method: "POST", body, credentials: "same-origin", headers: { "X-CSRFToken": token(form), "X-Autosave": "1", Accept: "application/json" } });
        if (answer.status === 409) { await conflict(answer); return; }
        if (!answer.ok) throw new Error(String(answer.status));
        const said = await answer.json().catch(() => ({}));
        if (said.version) { const version = form.querySelector("[name=version]"); if (version) version.value = said.version; }
        form.dataset.unsaved = dirty ? "1" : "";
        if (!dirty) forget();
        wait = 2000;
        say(form, `${words.saved || "Saved"} ${said.at || clock()}`);
        if (dirty) later(800);
      } catch {
        say(form, (await keep()) ? (words.kept || "Kept on this tablet") : (words.notsaved || "Not saved yet"));
        wait = Math.min(wait * 2, 60000);
        later(wait);
      } finally { busy = false; }
    }
    async function conflict(answer) {
      stopped = true; await keep();
      const said = await answer.json().catch(() => ({}));
      const link = document.createElement("a");
      link.href = said.url || location.href;
      link.textContent = words.conflict || "Someone else changed this. See both texts";
      const line = stateOf(form);
      (line.querySelector("[data-save-words]") || line).replaceChildren(link);
      form.dataset.unsaved = "";
    }
    form.addEventListener("input", () => { dirty = true; form.dataset.unsaved = "1"; keep(); later(800); });
    form.addEventListener("submit", async (event) => {
      if (!navigator.onLine) {
        event.preventDefault();
        say(form, (await keep()) ? (words.kept || "Kept on this tablet") : (words.notsaved || "Not saved yet"));
        return;
      }
      stopped = true; clearTimeout(timer);
      try { sessionStorage.setItem("careloom-draft-going", key); } catch { /* storage is off: nothing was kept */ }
    });
    window.addEventListener("online", () => { if (form.dataset.unsaved) later(100); });
    restore();
  }

  /* --- leaving with unsaved text; submitting twice --- */
  window.addEventListener("beforeunload", (event) => {
    if ($$("form[data-unsaved='1']").length) event.preventDefault();
  });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && "warn" in form.dataset) form.dataset.unsaved = "1";
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.unsaved = "";
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    form.dataset.sent = "1";
    $$("button[type=submit], button:not([type])", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
  });
  window.addEventListener("pageshow", () => $$("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    $$("button[aria-disabled]", form).forEach((button) => button.removeAttribute("aria-disabled"));
  }));

  /* --- leave fast: end the session and put a neutral page in place of this one --- */
  document.addEventListener("click", (event) => {
    const exit = event.target.closest("[data-exit]");
    if (!exit) return;
    event.preventDefault();
    $$("form").forEach((form) => { form.dataset.unsaved = ""; });
    try { sessionStorage.clear(); sessionStorage.setItem("careloom-left", "1"); } catch { /* nothing was kept */ }
    if (!navigator.sendBeacon || !navigator.sendBeacon(exit.href, leaving(exit))) { location.replace(exit.href); return; }
    document.body.hidden = true;
    location.replace(exit.dataset.exit || exit.href);
  });
  function leaving(exit) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", exit.dataset.csrf || "");
    return body;
  }
  /* Who goes back faster than the session ends sees nothing: it is ended again first, and the page is asked for anew. */
  window.addEventListener("pageshow", () => {
    const exit = document.querySelector("[data-exit]");
    try { if (!sessionStorage.getItem("careloom-left")) return; sessionStorage.removeItem("careloom-left"); } catch { return; }
    if (!exit || location.pathname.endsWith("/sign-in/")) return;
    document.body.hidden = true;
    fetch(exit.href, { method: "POST", body: leaving(exit), redirect: "manual" }).finally(() => location.reload());
  });

  /* --- hide names on a shared screen: initials stand in, until it is turned off --- */
  const hidden = () => sessionStorage.getItem("careloom-names") === "hidden";
  function showNames(root = document) {
    for (const name of $$("[data-name]", root)) {
      if (!name.dataset.full) name.dataset.full = name.textContent;
      const letters = (part) => part.replace(/(\p{L})[\p{L}'’-]*/gu, "$1.");
      name.textContent = hidden() ? (name.dataset.name || letters(name.dataset.full)) : name.dataset.full;
    }
    for (const button of $$("[data-hide-names]", root)) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(hidden()));
    }
  }
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-hide-names]")) return;
    try { sessionStorage.setItem("careloom-names", hidden() ? "shown" : "hidden"); } catch { return; }
    showNames();
  });

  /* --- menus close when one leaves them or presses Escape --- */
  const closeMenus = (but) => $$("details[data-menu][open]").forEach((menu) => { if (menu !== but) menu.open = false; });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
  document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details[data-menu][open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  /* --- after an htmx swap: the reader's place is kept, or moved to what the server marked --- */
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token(event.target.closest("form"));
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const root = event.detail.elt;
    showNames(root);
    $$("form[data-autosave]", root).forEach((form) => { if (!form.dataset.ready) { form.dataset.ready = "1"; autosave(form); } });
    const goal = root.matches?.("[data-focus]") ? root : root.querySelector?.("[data-focus], .usa-error-summary");
    if (goal) { if (!goal.hasAttribute("tabindex")) goal.setAttribute("tabindex", "-1"); goal.focus(); }
  });
  document.addEventListener("htmx:responseError", (event) => {
    const form = event.detail.elt.closest?.("form");
    if (form) say(form, words.notsaved || "Not saved yet. Try again.");
  });

  /* --- person-first words: seen under the field as one writes, so the server does not ask again --- */
  function wordsSeen(root = document) {
    for (const named of $$("input[name=free_text]", root)) {
      const form = named.form;
      if (!form || form.querySelector("[name=words_seen]")) continue;
      const seen = document.createElement("input");
      seen.type = "hidden"; seen.name = "words_seen"; seen.value = "1";
      form.append(seen);
    }
  }
  document.addEventListener("click", (event) => {
    const part = event.target.closest(".cl-words");
    if (!part) return;
    const use = event.target.closest("[data-words-use]");
    const field = document.getElementById(part.id.replace(/_words$/, ""));
    if (use && field) {
      const { start, end, said, better } = use.dataset;
      if (field.value.slice(Number(start), Number(end)) === said) field.setRangeText(better, Number(start), Number(end), "end");
      else field.value = field.value.replace(said, () => better);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      part.replaceChildren();
      field.focus();
    } else if (event.target.closest("[data-words-keep]")) { part.replaceChildren(); field?.focus(); }
  });
  document.addEventListener("htmx:afterSettle", (event) => wordsSeen(event.detail.elt));
  wordsSeen();

  $$("[data-needs-js]").forEach((control) => { control.hidden = false; });
  $$("form[data-autosave]").forEach((form) => { form.dataset.ready = "1"; autosave(form); });
  showNames();
  const summary = document.querySelector(".usa-error-summary");
  if (summary) summary.focus();
})();
