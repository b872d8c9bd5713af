import { now } from "./clock.js";
import { drawnIn } from "./layer-control.js";
import { LiveLayer } from "./live-layer.js";
import { dispatchMark } from "./marks.js";
import { followSupplies, goods, pressedByKey } from "./supplies.js";
import { clockTime, count, element, fill } from "./wording.js";

const LINE_PANE = "hq-dispatch-lines";
const SIGN_PANE = "hq-dispatch-signs";
const SIGN = [32, 32];
const MINUTE_MS = 60_000;

const isLate = ({ expected_at }) => expected_at !== null && Date.parse(expected_at) < now();

function expected(dispatch, words) {
  if (dispatch.expected_at === null) return words.expected_unknown;
  const said = fill(words.arrival_expected, { moment: clockTime(dispatch.expected_at) });
  if (!isLate(dispatch)) return said;
  const minutes = Math.floor((now() - Date.parse(dispatch.expected_at)) / MINUTE_MS);
  return `${said} · ${fill(words.minutes_late, { minutes: count(minutes, words) })}`;
}

/** The lines of a dispatch's card. */
export function describeDispatch(dispatch, words) {
  return {
    title: fill(words.from_to, { origin: dispatch.origin, destination: dispatch.destination }),
    lines: [
      ...dispatch.loads.map((load) => goods(load, words)),
      [dispatch.vehicle, dispatch.team].filter(Boolean).join(" · "),
      dispatch.left_at && fill(words.left_at, { moment: clockTime(dispatch.left_at) }),
      expected(dispatch, words),
    ],
  };
}

/** The sign of a vehicle, which can be chosen; its line lies under it and catches no pointer. */
function make(map, latlng) {
  const icon = L.divIcon({ className: "hq-dispatch", html: element("span"), iconSize: SIGN });
  const sign = pressedByKey(L.marker(latlng, { icon, pane: SIGN_PANE, riseOnHover: true }));
  const edge = L.polyline([], { pane: LINE_PANE, className: "hq-dispatch-edge", interactive: false });
  const line = L.polyline([], { pane: LINE_PANE, interactive: false });
  sign.on("add", () => [edge, line].forEach((one) => one.addTo(map)));
  sign.on("remove", () => [edge, line].forEach((one) => one.remove()));
  return Object.assign(sign, { edge, line });
}

/** Whither it goes on the screen, in degrees clockwise from the right; the same at every zoom. */
function heading(map, [from, to]) {
  const way = map.project(to).subtract(map.project(from));
  return (Math.atan2(way.y, way.x) * 180) / Math.PI;
}

function dress(map, sign, { properties: dispatch, geometry }, isSelected, words) {
  const { title, lines } = describeDispatch(dispatch, words);
  const late = isLate(dispatch);
  const ends = L.GeoJSON.coordsToLatLngs(geometry.coordinates);
  const box = sign.getElement();
  box.firstElementChild.replaceChildren(dispatchMark(late, heading(map, ends)));
  box.classList.toggle("hq-selected", isSelected);
  box.setAttribute("aria-label", [words.on_the_road, title, ...lines.filter(Boolean)].join(", "));
  for (const one of [sign.edge, sign.line]) one.setLatLngs(ends);
  sign.line.getElement().setAttribute("class", `hq-dispatch-line${late ? " hq-late" : ""}`);
  sign.setZIndexOffset(late ? 100 : 0);
}

/** Show what is on the road, live. */
export function addDispatches(map, { words, ...source }) {
  map.createPane(LINE_PANE).style.zIndex = 445;
  map.createPane(SIGN_PANE).style.zIndex = 480;
  drawnIn(map, "dispatches", [LINE_PANE, SIGN_PANE]);
  return new LiveLayer(map, { ...source, follow: followSupplies(source) }, {
    at: ({ properties: { label } }) => label,
    make: (latlng) => make(map, latlng),
    dress: (sign, feature, { isSelected }) => dress(map, sign, feature, isSelected, words),
    describe: ({ properties }) => describeDispatch(properties, words),
  });
}
