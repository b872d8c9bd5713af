import { drawnIn } from "./layer-control.js";
import { LiveLayer } from "./live-layer.js";
import { shortageMark } from "./marks.js";
import { shownMoment } from "./moment.js";
import { followFeatures } from "./reader.js";
import { select } from "./selection.js";
import { CHANGES, pressedByKey } from "./supplies.js";
import { clockTime, element, fill } from "./wording.js";

const PANE = "hq-shortages";
/** From its upper left corner to the shelter, whose gauge it leaves free. */
const ANCHOR = [-9, 33];
const CARD_AT = [26, -20];
/** From here on shelters of a city lie apart. */
const NEAR_ZOOM = 14;
const DAY_HOURS = 24;
/** As long as the server keeps an answer: what was expected and did not come is to be seen. */
const AGAIN_MS = 5 * 60_000;

function line({ item, hours, runs_out_at, bound }, words) {
  const name = words.items[item]?.name ?? item;
  if (hours === 0) return fill(words.item_none_left, { item: name });
  return fill(words.lasts_until[bound], { item: name, moment: clockTime(runs_out_at) });
}

/** The lines of the card of a shelter in which something runs out. */
export function describeShortage(shortage, words) {
  const items = [shortage, ...shortage.further];
  return {
    title: shortage.name,
    lines: [
      ...items.map((item) => line(item, words)),
      shortage.kinds > items.length && fill(words.kinds_more, { count: shortage.kinds - items.length }),
      shownMoment() && words.no_dates_then,
    ],
  };
}

function make(latlng) {
  const icon = L.divIcon({ className: "hq-shortage", html: element("span"), iconSize: null, iconAnchor: ANCHOR, tooltipAnchor: CARD_AT });
  return pressedByKey(L.marker(latlng, { icon, pane: PANE, riseOnHover: true }));
}

function dress(marker, { properties: shortage }, words) {
  const { title, lines } = describeShortage(shortage, words);
  const box = marker.getElement();
  box.firstElementChild.replaceChildren(shortageMark(shortage.step, shortage.tag));
  box.classList.toggle("hq-later", shortage.step === "today");
  box.setAttribute("aria-label", [words.layers.shortages, title, ...lines.filter(Boolean)].join(", "));
  // What runs out sooner lies on top, wherever it is.
  marker.setZIndexOffset(Math.round((DAY_HOURS - shortage.hours) * 100));
}

/** Show what runs out first beside the shelters in which it does, live. Pressing it selects the shelter. */
export function addShortages(map, { words, subject, shelters, ...source }) {
  const pane = map.createPane(PANE);
  pane.style.zIndex = 610;
  drawnIn(map, "shortages", [PANE]);
  const thin = () => pane.classList.toggle("hq-far", map.getZoom() < NEAR_ZOOM);
  map.on("zoom", thin);
  thin();
  const follow = (...heard) => followFeatures({ ...source, subject: [CHANGES, shelters], again_ms: AGAIN_MS }, ...heard);
  return new LiveLayer(map, { ...source, subject, follow }, {
    make,
    dress: (marker, feature) => dress(marker, feature, words),
    describe: ({ properties }) => describeShortage(properties, words),
    press: ({ feature }) => {
      select(map, { layer: shelters, id: feature.id });
      return false;
    },
  });
}
