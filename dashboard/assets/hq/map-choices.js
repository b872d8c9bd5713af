/**
 * What somebody has chosen to see on the map: `{hidden, opacity, reports}`.
 *
 * The page's address names it, together with the part of the world that is seen, so that a link shows
 * the same; what was chosen last is also kept by the browser. Text of addresses:
 * `layers=-towns,shelters:60` (not shown; shown at 60 %), `reports=road,fire,severe,unconfirmed`,
 * `view=14/35.3338/139.4035` (zoom, latitude, longitude).
 */
const page = window.frameElement ? window.parent : window;
const KEPT = "hq-map-choices";
const NAMES = ["layers", "reports"];
const DIGITS = 5;

export const EVERYTHING = { hidden: [], opacity: {}, reports: [] };

function read(layers, reports) {
  const choices = structuredClone(EVERYTHING);
  for (const said of (layers ?? "").split(",").filter(Boolean)) {
    const [name, percent] = said.replace(/^-/, "").split(":");
    if (said.startsWith("-")) choices.hidden.push(name);
    else if (percent >= 10 && percent < 100) choices.opacity[name] = Math.round(percent);
  }
  choices.reports = (reports ?? "").split(",").filter(Boolean);
  return choices;
}

function write({ hidden, opacity, reports }) {
  const strengths = Object.entries(opacity).map(([name, percent]) => `${name}:${percent}`);
  return { layers: [...hidden.map((name) => `-${name}`), ...strengths].join(","), reports: reports.join(",") };
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
  return read(String(said.layers ?? ""), String(said.reports ?? ""));
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
