/* Without a connection this shows one page that says so. It keeps the look (style, fonts, script) and that page: never a page about a family.
   Her own pages and a partner's one-time page are left alone. */
const KEPT = "careloom-look-1";
const AWAY = "/offline/";
const LEFT_ALONE = /^\/(my|r|static\/admin)\//;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.add(new Request(AWAY, { credentials: "omit" }))).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if ((event.request.method !== "GET" && event.request.mode !== "navigate") || url.origin !== location.origin || LEFT_ALONE.test(url.pathname)) return;
  if (event.request.mode === "navigate") {
    event.respondWith(fetch(event.request).catch(() => caches.match(AWAY)));
  } else if (url.pathname.startsWith("/static/")) {
    event.respondWith(fetch(event.request).then((answer) => {
      if (answer.ok) { const copy = answer.clone(); caches.open(KEPT).then((kept) => kept.put(event.request, copy)); }
      return answer;
    }).catch(() => caches.match(event.request).then((kept) => kept || Response.error())));
  }
});
