import { drawnIn } from "./layer-control.js";
import { LiveLayer } from "./live-layer.js";
import { closureMark } from "./marks.js";
import { age, clockTime, element, fill } from "./wording.js";

const LINE_PANE = "hq-closure-lines";
const SIGN_PANE = "hq-closure-signs";
const SIGN = [36, 36];

/** The lines of a closure's card. */
export function describeClosure(closure, words) {
  const confirmed = { moment: clockTime(closure.observed_at), age: age(closure.observed_at, words), actor: closure.recorded_by };
  return {
    title: words.closure_grades[closure.grade],
    lines: [
      [closure.road_name, closure.section].filter(Boolean).join(" "),
      closure.reason,
      closure.until_at && fill(words.expected_until, { moment: clockTime(closure.until_at) }),
      fill(words.last_confirmed, confirmed),
    ],
  };
}

/** The sign of a closure, which can be chosen; its line lies under it and catches no pointer. */
function make(map, latlng) {
  const icon = L.divIcon({ className: "hq-closure", html: element("span"), iconSize: SIGN });
  const sign = L.marker(latlng, { icon, pane: SIGN_PANE });
  const edge = L.polyline([], { pane: LINE_PANE, className: "hq-closure-edge", interactive: false });
  const line = L.polyline([], { pane: LINE_PANE, interactive: false });
  sign.on("add", () => {
    edge.addTo(map);
    line.addTo(map);
    const press = ({ key }) => (key === "Enter" || key === " ") && sign.fire("click");
    sign.getElement().addEventListener("keydown", press);
  });
  sign.on("remove", () => [edge, line].forEach((one) => one.remove()));
  return Object.assign(sign, { edge, line });
}

function dress(sign, { properties: closure, geometry }, isSelected, words) {
  const { title, lines } = describeClosure(closure, words);
  const box = sign.getElement();
  box.firstElementChild.replaceChildren(closureMark(closure.grade));
  box.classList.toggle("hq-selected", isSelected);
  box.setAttribute("aria-label", [title, ...lines.filter(Boolean)].join(", "));
  const places = geometry.type === "LineString" ? L.GeoJSON.coordsToLatLngs(geometry.coordinates) : [];
  for (const one of [sign.edge, sign.line]) one.setLatLngs(places);
  sign.line.getElement().setAttribute("class", `hq-closure-line hq-${closure.grade}`);
}

/** Show the road closures in force, live. */
export function addRoadClosures(map, { words, ...source }) {
  map.createPane(LINE_PANE).style.zIndex = 440;
  map.createPane(SIGN_PANE).style.zIndex = 470;
  drawnIn(map, "road-closures", [LINE_PANE, SIGN_PANE]);
  return new LiveLayer(map, source, {
    at: ({ properties: { label } }) => label,
    make: (latlng) => make(map, latlng),
    dress: (sign, feature, { isSelected }) => dress(sign, feature, isSelected, words),
    describe: ({ properties }) => describeClosure(properties, words),
  });
}
