/**
 * What somebody has chosen to see on the map: `{hidden, opacity, order, reports, base}`.
 *
 * The page's address names it, together with the part of the world that is seen, so that a link shows
 * the same; what was chosen last is also kept by the browser. Text of addresses:
 * `layers=-towns,shelters:60,population` (not shown; shown at 60 %; shown though it is not by itself), `order=hazard-zones,shelters` (these on top),
 * `reports=road,fire,severe,unconfirmed`, `base=gsi_pale` (the map beneath; left out: as the city has it),
 * `view=14/35.3338/139.4035` (zoom, latitude, longitude).
 */
const page = window.frameElement ? window.parent : window;
const KEPT = "hq-map-choices";
const NAMES = ["layers", "order", "reports", "base"];
const DIGITS = 5;

/** Layers that are shown to those who ask for them. */
export const OPTIONAL = ["population"];
export const EVERYTHING = { hidden: OPTIONAL, opacity: {}, order: [], reports: [] };

const listed = (said) => String(said ?? "").split(",").filter(Boolean);

function read({ layers, order, reports, base }) {
  const choices = structuredClone(EVERYTHING);
  for (const said of listed(layers)) {
    const [name, percent] = said.replace(/^-/, "").split(":");
    if (said.startsWith("-")) choices.hidden.push(name);
    else if (OPTIONAL.includes(name)) choices.hidden = choices.hidden.filter((other) => other !== name);
    if (said.startsWith("-")) continue;
    if (percent >= 10 && percent < 100) choices.opacity[name] = Math.round(percent);
  }
  return Object.assign(choices, { order: listed(order), reports: listed(reports), base: String(base ?? "") });
}

/** What is chosen, as addresses say it: `{layers, order, reports, base}`. */
export function write({ hidden, opacity, order, reports, base }) {
  const isHidden = (name) => hidden.includes(name);
  const left = hidden.filter((name) => !OPTIONAL.includes(name)).map((name) => `-${name}`);
  const shown = OPTIONAL.filter((name) => !isHidden(name));
  const strengths = Object.entries(opacity).filter(([name]) => !OPTIONAL.includes(name) || !isHidden(name));
  return { layers: [...left, ...shown, ...strengths.map(([name, percent]) => `${name}:${percent}`)].join(","), order: order.join(","), reports: reports.join(","), base };
}

function name(values) {
  const address = new URL(page.location.href);
  for (const [key, value] of Object.entries(values)) {
    if (value) address.searchParams.set(key, value);
    else address.searchParams.delete(key);
  }
  page.history.replaceState(page.history.state, "", address);
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {}; // the browser keeps nothing, or something else
  }
}

/** What the address says, else what was chosen last. */
export function namedChoices() {
  const asked = new URLSearchParams(page.location.search);
  const said = NAMES.some((each) => asked.has(each)) ? Object.fromEntries(asked) : kept();
  return read(said);
}

/** Keep what is chosen now. */
export function nameChoices(choices) {
  const values = write(choices);
  name(values);
  try {
    localStorage.setItem(KEPT, JSON.stringify(values));
  } catch {
    // A browser that keeps nothing shows it as long as the address does.
  }
}

/** The view that the address names: `{zoom, center}`, or null. */
export function namedView() {
  const parts = (new URLSearchParams(page.location.search).get("view") ?? "").split("/");
  const [zoom, lat, lon] = parts.map(Number);
  const isSome = parts.length === 3 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= 24;
  return isSome ? { zoom, center: [lat, lon] } : null;
}

/** Keep the view in the address. */
export function nameView(map) {
  const { lat, lng } = map.getCenter();
  name({ view: [map.getZoom(), lat.toFixed(DIGITS), lng.toFixed(DIGITS)].join("/") });
}
