import { now } from "./clock.js";
import { LiveLayer } from "./live-layer.js";
import { shelterMark } from "./marks.js";
import { age, count, fill } from "./wording.js";

const BOX = 36;
/** What needs a look lies over what does not. */
const PRIORITY = { full: 500, crowded: 400, unknown: 300, slightly_crowded: 200, vacant: 100 };

const isOld = ({ stale_at }) => stale_at !== null && Date.parse(stale_at) <= now();

function state(shelter, words) {
  if (shelter.state !== "open") return words.states[shelter.state];
  return `${words.states.open} · ${words.crowding[shelter.crowding]}`;
}

function persons(shelter, words) {
  const shown = fill(words.persons_of_capacity, {
    persons: count(shelter.persons, words),
    capacity: count(shelter.capacity, words),
  });
  return shelter.percent === null ? shown : `${shown} (${shelter.percent}%)`;
}

/** The lines of a shelter's card. */
function describe(shelter, words) {
  const isOpen = shelter.state === "open";
  const observed = shelter.observed_at === null ? words.not_reported : age(shelter.observed_at, words);
  return {
    title: shelter.name,
    lines: [
      state(shelter, words),
      shelter.self_organised && words.self_organised,
      isOpen && persons(shelter, words),
      isOpen && (isOld(shelter) ? `${observed} · ${words.old}` : observed),
      isOpen && shelter.capacity_is_fictitious && shelter.capacity !== null && words.capacity_is_fictitious,
    ],
  };
}

function place(latlng) {
  const icon = L.divIcon({ className: "hq-place", html: document.createElement("span"), iconSize: [BOX, BOX] });
  const marker = L.marker(latlng, { icon, riseOnHover: true });
  marker.on("add", () => {
    const press = ({ key }) => (key === "Enter" || key === " ") && marker.fire("click");
    marker.getElement().addEventListener("keydown", press);
  });
  return marker;
}

function dress(marker, { properties: shelter }, isSelected, words) {
  const element = marker.getElement();
  const { title, lines } = describe(shelter, words);
  element.firstElementChild.replaceChildren(shelterMark(shelter, isOld(shelter)));
  element.classList.toggle("hq-selected", isSelected);
  element.classList.toggle("hq-quiet", shelter.state !== "open");
  element.setAttribute("aria-label", [title, ...lines.filter(Boolean)].join(", "));
  marker.setZIndexOffset(shelter.state === "open" ? PRIORITY[shelter.crowding] : 0);
}

/** Show the shelters, live. */
export function addShelters(map, { words, ...source }) {
  return new LiveLayer(map, source, {
    make: place,
    dress: (marker, feature, { isSelected }) => dress(marker, feature, isSelected, words),
    describe: (feature) => describe(feature.properties, words),
  });
}
