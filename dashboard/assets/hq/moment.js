/**
 * The moment that a page shows: `{ms, known}`, or null, which is now.
 *
 * The page's address names it, so that a link and a reload show it again. The frame of a page's map
 * shows the moment of the page.
 */
const page = window.frameElement ? window.parent : window;
const MOVED = "hq:moment";
const JST_MS = 9 * 3_600_000;
/** An address may have turned the plus sign of an offset into a blank. */
const BLANK_OF_OFFSET = / (?=\d\d:?\d\d$)/;

/** Write a moment as Japan's clocks show it, with its offset. */
export const jst = (ms) => `${new Date(ms + JST_MS).toISOString().slice(0, 19)}+09:00`;

function named() {
  const asked = new URLSearchParams(page.location.search);
  const ms = Date.parse((asked.get("at") ?? "").replace(BLANK_OF_OFFSET, "+"));
  return Number.isNaN(ms) ? null : { ms, known: asked.get("known") ?? "then" };
}

const tell = () => page.dispatchEvent(new page.Event(MOVED));

/** Begin with what the address says; only what can be looked back at asks for this. */
export function followAddress() {
  if (page.hqMoment === undefined) page.hqMoment = named();
}

export const shownMoment = () => page.hqMoment ?? null;

/** What an address of the API gets so that it tells of the moment. */
export function momentQuery() {
  const moment = shownMoment();
  return moment ? `?${new URLSearchParams({ at: jst(moment.ms), known: moment.known })}` : "";
}

/** Show a moment, or with null what is now. */
export function showMoment(moment) {
  page.hqMoment = moment;
  const address = new URL(page.location.href);
  const named = moment ? { at: jst(moment.ms), known: moment.known } : { at: null, known: null };
  for (const [name, value] of Object.entries(named)) {
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  page.history.replaceState(page.history.state, "", address);
  tell();
}

/** Show now, whatever the address says: it makes no sense, and is left for the reader to see. */
export function ignoreAddress() {
  if (page.hqMoment === null) return;
  page.hqMoment = null;
  tell();
}

/** Leave a page that looks back; the next one begins with its own address. */
export function forgetMoment() {
  delete page.hqMoment;
  tell();
}

/** Hear whenever another moment is shown. Returns a function that stops listening. */
export function onMoment(listener) {
  page.addEventListener(MOVED, listener);
  const stop = () => page.removeEventListener(MOVED, listener);
  window.addEventListener("pagehide", stop, { once: true });
  return stop;
}
