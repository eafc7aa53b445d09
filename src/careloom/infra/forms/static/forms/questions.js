/* What an answer opens comes back from the server. If somebody went on typing meanwhile, the page is not put in place: it is asked for again. */
(() => {
  "use strict";
  const sent = new WeakMap();
  const told = (part) => new URLSearchParams([...new FormData(part.closest("form"))].filter(([name, value]) => name !== "version" && typeof value === "string")).toString();
  const ours = (part) => part?.id === "questions" && part.closest("form");
  document.addEventListener("htmx:beforeRequest", (event) => { if (ours(event.detail.elt)) sent.set(event.detail.elt, told(event.detail.elt)); });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const part = event.detail.target;
    if (!ours(part) || !event.detail.shouldSwap || sent.get(part) === told(part)) return;
    event.detail.shouldSwap = false;
    setTimeout(() => part.isConnected && part.dispatchEvent(new Event("change", { bubbles: true })), 700);
  });
})();
