import { drawnIn } from "./layer-control.js";
import { LiveLayer } from "./live-layer.js";
import { depotMark } from "./marks.js";
import { followSupplies, goods, pressedByKey } from "./supplies.js";
import { age, clockTime, count, element, fill } from "./wording.js";

const PANE = "hq-depots";
const SIGN = [32, 32];

/** A line of stock: what nobody has counted there may be more of. */
function lying(line, words) {
  const there = goods(line, words);
  const said = line.is_counted ? there : fill(words.or_more, { number: there });
  return line.reserved ? `${said} (${fill(words.reserved, { quantity: count(line.reserved, words) })})` : said;
}

/** Of how many kinds some is reserved; of a past moment nobody knows. */
function kindsReserved(depot, words) {
  if (depot.reserved_kinds === null) {
    return depot.stock.length > 0 && words.reserved_unknown;
  }
  return depot.reserved_kinds > 0 && fill(words.kinds_reserved, { count: depot.reserved_kinds });
}

/** The lines of a depot's card. */
export function describeDepot(depot, words) {
  const invented = depot.is_fictitious ? words.fictitious_depot : depot.is_stock_fictitious && words.fictitious_stock;
  return {
    title: depot.name,
    lines: [
      depot.closed_at && words.depot_closed,
      invented,
      [depot.address, depot.phone].filter(Boolean).join(" · "),
      fill(words.kinds_there, { count: depot.kinds }),
      ...depot.stock.map((line) => lying(line, words)),
      kindsReserved(depot, words),
      depot.told_at && fill(words.last_told, { moment: clockTime(depot.told_at), age: age(depot.told_at, words) }),
    ],
  };
}

function make(latlng) {
  const icon = L.divIcon({ className: "hq-depot", html: element("span"), iconSize: SIGN });
  return pressedByKey(L.marker(latlng, { icon, pane: PANE, riseOnHover: true }));
}

function dress(marker, { properties: depot }, isSelected, words) {
  const { title, lines } = describeDepot(depot, words);
  const box = marker.getElement();
  box.firstElementChild.replaceChildren(depotMark(depot.closed_at !== null));
  box.classList.toggle("hq-selected", isSelected);
  box.setAttribute("aria-label", [words.depot, title, ...lines.filter(Boolean)].join(", "));
  // One that is in use lies over one that is not.
  marker.setZIndexOffset(depot.closed_at === null ? 100 : 0);
}

/** Show the depots, live. */
export function addDepots(map, { words, ...source }) {
  map.createPane(PANE).style.zIndex = 490;
  drawnIn(map, "depots", [PANE]);
  return new LiveLayer(map, { ...source, follow: followSupplies(source) }, {
    make,
    beside: true,
    dress: (marker, feature, { isSelected }) => dress(marker, feature, isSelected, words),
    describe: ({ properties }) => describeDepot(properties, words),
  });
}
