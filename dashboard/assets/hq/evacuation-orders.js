import { drawnIn } from "./layer-control.js";
import { LiveLayer } from "./live-layer.js";
import { orderColour } from "./marks.js";
import { keepNamesClear } from "./names.js";
import { age, clockTime, count, element, fill } from "./wording.js";

const WASH_PANE = "hq-order-washes";
const NAME_PANE = "hq-order-names";
const AREAS_SHOWN = 6;

/** Name an order: its level, where it has one, its kind and its hazard. */
export function orderName({ kind, hazard, level }, words) {
  const message = level === null ? words.order_without_level : words.order_with_level;
  return fill(message, { level, kind: words.order_kinds[kind], hazard: words.hazards[hazard] });
}

function places({ areas, is_whole: isWhole, is_drawn: isDrawn }, words) {
  if (isWhole) return words.whole_municipality;
  const shown = areas.slice(0, AREAS_SHOWN).join("、");
  const more = areas.length > AREAS_SHOWN ? ` ${fill(words.and_more_areas, { count: areas.length - AREAS_SHOWN })}` : "";
  return [isDrawn && words.drawn_area, shown + more].filter(Boolean).join(" · ");
}

function persons({ persons: known, persons_unknown_towns: towns }, words) {
  const shown = known !== null && towns ? fill(words.unknown_in_towns, { known: count(known, words), towns }) : count(known, words);
  return fill(words.persons_concerned, { persons: shown });
}

/** The lines of an order's card. */
export function describeOrder(order, words) {
  const moment = clockTime(order.announced_at);
  return {
    title: orderName(order, words),
    lines: [
      places(order, words),
      fill(words.since, { moment, age: age(order.announced_at, words) }),
      persons(order, words),
      !order.is_drawn && !order.is_whole && words.approximate_area,
    ],
  };
}

/** The name of an order, which can be chosen; its wash lies under everything and catches no pointer. */
function make(map, latlng) {
  const icon = L.divIcon({ className: "hq-order", html: element("span", "hq-order-name"), iconSize: [0, 0] });
  const marker = L.marker(latlng, { icon, pane: NAME_PANE });
  const wash = L.polygon([], { pane: WASH_PANE, className: "hq-wash", interactive: false });
  marker.on("add", () => {
    wash.addTo(map);
    const press = ({ key }) => (key === "Enter" || key === " ") && marker.fire("click");
    marker.getElement().addEventListener("keydown", press);
  });
  marker.on("remove", () => wash.remove());
  return Object.assign(marker, { wash });
}

function dress(marker, { properties: order, geometry }, isSelected, words) {
  const { title, lines } = describeOrder(order, words);
  const name = marker.getElement();
  const colour = orderColour(order.level);
  name.firstElementChild.textContent = title;
  name.setAttribute("class", name.getAttribute("class").replace(/ ?hq-order-\d/, ""));
  name.classList.add(colour);
  name.classList.toggle("hq-selected", isSelected);
  name.setAttribute("aria-label", [title, ...lines.filter(Boolean)].join(", "));
  marker.wash.setLatLngs(L.GeoJSON.coordsToLatLngs(geometry.coordinates, 2));
  marker.wash.getElement().setAttribute("class", `hq-wash ${colour}`);
}

/** Show the evacuation orders in force, live. */
export function addEvacuationOrders(map, { words, ...source }) {
  map.createPane(WASH_PANE).style.zIndex = 300;
  map.createPane(NAME_PANE).style.zIndex = 500;
  drawnIn(map, "evacuation-orders", [WASH_PANE, NAME_PANE]);
  const layer = new LiveLayer(map, source, {
    at: ({ properties: { label } }) => label,
    make: (latlng) => make(map, latlng),
    dress: (marker, feature, { isSelected }) => dress(marker, feature, isSelected, words),
    describe: ({ properties }) => describeOrder(properties, words),
  });
  keepNamesClear(map, layer);
  return layer;
}
