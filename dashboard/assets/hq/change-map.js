import { addStillFrame } from "./still-frame.js";
import { svg } from "./svg.js";
import { element, fill } from "./wording.js";

const BOX = 26;
/** One facility alone is shown with its neighbourhood. */
const NEAREST_ZOOM = 16;
const KINDS = ["added", "changed", "missing"];

const SHAPES = {
  added: () => [svg("circle", { r: 8 }), svg("path", { d: "M-4 0H4M0-4V4" })],
  changed: () => [svg("path", { d: "M0-9 9 0 0 9-9 0Z" })],
  missing: () => [svg("circle", { r: 6.5 })],
};

/** Draw what becomes of a shelter: told apart by shape as well as by colour. */
export function changeMark(kind) {
  const shapes = SHAPES[kind]();
  return svg("svg", { class: `hq-mark hq-change-${kind}`, viewBox: "-13 -13 26 26", width: BOX, height: BOX }, ...shapes);
}

function marker({ kind, name, address, lon, lat }, labels) {
  const html = element("span", "", changeMark(kind));
  const icon = L.divIcon({ className: "hq-change", html, iconSize: [BOX, BOX] });
  // The lists beside the map say the same; hundreds of stops on the way there would help nobody.
  const made = L.marker([lat, lon], { icon, keyboard: false, zIndexOffset: -KINDS.indexOf(kind) * 1000 });
  const lines = [labels[kind], address].filter(Boolean).map((line) => element("div", "", line));
  return made.bindTooltip(element("div", "hq-card", element("strong", "", name), ...lines), {
    direction: "top",
    offset: [0, -10],
    opacity: 1,
  });
}

function legend(places, labels) {
  const items = KINDS.map((kind) => {
    const count = places.filter((place) => place.kind === kind).length;
    return element("li", "", changeMark(kind), `${labels[kind]} ${count}`);
  });
  const absent = places.filter((place) => place.lon === null).length;
  const note = absent ? [element("li", "hq-legend-title", fill(labels.unplaced, { count: absent }))] : [];
  return element("div", "hq-legend", element("ul", "", ...items, ...note));
}

/** Show what an import would add, change, and not find in its file. */
export function addChanges(map, { words, labels, places, bounds }) {
  const placed = places.filter((place) => place.lon !== null);
  const marks = L.featureGroup(placed.map((place) => marker(place, labels))).addTo(map);
  map.getContainer().after(legend(places, labels));
  addStillFrame(map, { words, bounds: placed.length ? marks.getBounds() : bounds, zoom: NEAREST_ZOOM });
}
