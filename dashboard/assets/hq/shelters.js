import { now } from "./clock.js";
import { drawnIn } from "./layer-control.js";
import { LiveLayer } from "./live-layer.js";
import { holdsPeople, shelterMark } from "./marks.js";
import { age, count, fill } from "./wording.js";

const PANE = "hq-shelters";
const BOX = 36;
/** What needs a look lies over what does not. */
const PRIORITY = { full: 500, crowded: 400, unknown: 300, slightly_crowded: 200, vacant: 100 };
const OTHER_PRIORITY = { unknown: 60, preparing: 30, closed: 0, not_opened: 0 };
/** They take no part in the incident, not yet or no longer. */
const QUIET = ["not_opened", "closed"];

const isOld = ({ stale_at }) => stale_at !== null && Date.parse(stale_at) <= now();

function state(shelter, words) {
  const told = words.states[shelter.state];
  return holdsPeople(shelter) ? `${told} · ${words.crowding[shelter.crowding]}` : told;
}

function persons(shelter, words) {
  const shown = fill(words.persons_of_capacity, {
    persons: count(shelter.persons, words),
    capacity: count(shelter.capacity, words),
  });
  return shelter.percent === null ? shown : `${shown} (${shelter.percent}%)`;
}

/** Say of when the figure is; one that is missing is no old figure. */
function observed(shelter, words) {
  if (shelter.observed_at === null) return words.not_reported;
  const told = age(shelter.observed_at, words);
  return isOld(shelter) ? `${told} · ${words.old}` : told;
}

/** The lines of a shelter's card. */
export function describe(shelter, words) {
  const isOpen = holdsPeople(shelter);
  return {
    title: shelter.name,
    lines: [
      state(shelter, words),
      shelter.self_organised && words.self_organised,
      isOpen && persons(shelter, words),
      isOpen && observed(shelter, words),
      isOpen && shelter.capacity_is_fictitious && shelter.capacity !== null && words.capacity_is_fictitious,
    ],
  };
}

function place(latlng) {
  const icon = L.divIcon({ className: "hq-place", html: document.createElement("span"), iconSize: [BOX, BOX] });
  const marker = L.marker(latlng, { icon, pane: PANE, riseOnHover: true });
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
  element.classList.toggle("hq-quiet", QUIET.includes(shelter.state));
  element.setAttribute("aria-label", [title, ...lines.filter(Boolean)].join(", "));
  marker.setZIndexOffset(holdsPeople(shelter) ? PRIORITY[shelter.crowding] : OTHER_PRIORITY[shelter.state]);
}

/** Show the shelters, live. */
export function addShelters(map, { words, ...source }) {
  map.createPane(PANE).style.zIndex = 600;
  drawnIn(map, "shelters", [PANE]);
  return new LiveLayer(map, source, {
    make: place,
    dress: (marker, feature, { isSelected }) => dress(marker, feature, isSelected, words),
    describe: (feature) => describe(feature.properties, words),
  });
}
