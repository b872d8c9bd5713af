/*
 * The field app's service worker: keeps the page on the phone, so that it opens without a signal and
 * with a sign-in that has ended. The server writes VERSION, HOME, CITY_MAP and FILES above this.
 */
const PREFIX = "hq-field-";
const CACHE = PREFIX + VERSION;

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll([HOME, CITY_MAP, ...FILES]);
  await self.skipWaiting();
}

async function takeOver() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(address) {
  const cache = await caches.open(CACHE);
  return cache.match(address);
}

/** Ask for it anew, and keep it for the next time. */
async function renewed(address) {
  const response = await fetch(address);
  // Neither a refusal nor the page of a hotspot may take its place.
  const isOurs = response.ok && !response.redirected && response.headers.get("content-type") === "application/json";
  if (isOurs) await (await caches.open(CACHE)).put(address, response.clone());
  return response;
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname === CITY_MAP) {
    const fresh = renewed(CITY_MAP);
    event.waitUntil(fresh.catch(() => {}));
    event.respondWith(kept(CITY_MAP).then((found) => found ?? fresh));
  } else if (pathname === HOME || FILES.includes(pathname)) {
    event.respondWith(kept(pathname).then((found) => found ?? fetch(event.request)));
  }
});
