import { askPosition } from "./my-position.js";
import { find, indexed, placeNamed } from "./place-index.js";
import { select, tapAt } from "./selection.js";
import { element, fill } from "./wording.js";

const NEAR_ZOOM = 16;
const LIST_ID = "hq-places-found";

const placesOf = (features, kind) =>
  indexed(features.map(({ id, geometry, properties: { name } }) => ({ kind, id, name, at: geometry?.coordinates ?? null })));

function draw(words) {
  const input = Object.assign(element("input", ""), { type: "search", placeholder: words.search_place, ariaLabel: words.search_place, autocomplete: "off", maxLength: 100 });
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": LIST_ID, "aria-expanded": "false" })) {
    input.setAttribute(name, value);
  }
  const list = Object.assign(element("ul", ""), { id: LIST_ID, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.places_found);
  const locate = Object.assign(element("button", "", "◎"), { type: "button", title: words.my_position, ariaLabel: words.my_position });
  const said = element("div", "hq-search-said");
  said.setAttribute("role", "status");
  return { box: element("div", "hq-search", element("div", "hq-search-line", input, locate), list, said), input, list, locate, said };
}

function option(place, number, words, choose) {
  const { [place.kind]: kind } = { town: words.town, shelter: words.shelter, coordinates: words.coordinates };
  const made = element("li", "", element("span", "", place.name), element("small", "", kind));
  made.id = `${LIST_ID}-${number}`;
  made.setAttribute("role", "option");
  // Before the field loses the focus, which would take the list away.
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", (event) => {
    // It is taken away at once: the map would not know any more that it lay in the box.
    event.stopPropagation();
    choose(place);
  });
  return made;
}

/** Find a place over the map: towns, shelters and coordinates, from what the map has read. */
export function addPlaceSearch(map, { words }) {
  const { box, input, list, locate, said } = draw(words);
  const known = { town: [], shelter: [] };
  let found = [];
  let chosen = -1;

  function point(number) {
    chosen = number;
    [...list.children].forEach((each, place) => each.setAttribute("aria-selected", String(place === chosen)));
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[chosen].id);
  }
  function show(places) {
    found = places;
    list.replaceChildren(...found.map((place, number) => option(place, number, words, go)));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    point(found.length ? 0 : -1);
  }
  function search() {
    const named = placeNamed(input.value);
    const coordinates = named && { kind: "coordinates", name: `${named.lat}, ${named.lon}`, at: [named.lon, named.lat] };
    show(coordinates ? [coordinates] : find(input.value, [...known.town, ...known.shelter]));
    said.textContent = input.value.trim() && !found.length ? words.no_place_found : "";
  }
  function move(lat, lon) {
    map.setView([lat, lon], NEAR_ZOOM);
  }
  function go(place) {
    input.value = place.name;
    show([]);
    said.textContent = place.at ? "" : words.not_on_the_map;
    if (place.at) move(place.at[1], place.at[0]);
    if (place.kind === "shelter") select(map, { layer: "shelters", id: place.id });
    else tapAt(map, L.latLng(place.at[1], place.at[0]));
  }
  const keys = {
    ArrowDown: () => point((chosen + 1) % found.length),
    ArrowUp: () => point((chosen - 1 + found.length) % found.length),
    Enter: () => go(found[chosen]),
    Escape: () => show([]),
  };
  input.addEventListener("input", search);
  input.addEventListener("focus", () => input.value && search());
  input.addEventListener("blur", () => show([]));
  input.addEventListener("keydown", (event) => {
    // An Enter that ends the conversion of kana chooses no place.
    if (event.isComposing || !found.length || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  locate.addEventListener("click", () => {
    said.textContent = words.position_sought;
    askPosition(
      words,
      ({ lat, lon, accuracy_m }) => {
        said.textContent = fill(words.position_found, { metres: accuracy_m });
        move(lat, lon);
        tapAt(map, L.latLng(lat, lon));
      },
      (reason) => (said.textContent = reason),
    );
  });
  map.on("hq:towns", ({ features }) => (known.town = placesOf(features, "town")));
  map.on("hq:shown", ({ subject, features }) => {
    if (subject === "shelters") known.shelter = placesOf(features, "shelter");
  });
  map.on("click", () => (said.textContent = ""));
  L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
  map.getContainer().append(box);
}
