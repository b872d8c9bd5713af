import { drawnIn } from "./layer-control.js";
import { followFeatures } from "./reader.js";
import { element, fill } from "./wording.js";

const PANE = "hq-hazard-zones";

/** By what a zone is drawn: the class of its depth, or of its warning. */
const zoneLook = ({ depth_class: depth, warning }) => depth ?? warning ?? "unknown";

function depthText({ min_depth_m: least, max_depth_m: most }, words) {
  if (least === null) return words.depth_unknown;
  if (most === null) return fill(words.depth_from, { least });
  return fill(least === 0 ? words.depth_up_to : words.depth_between, { least, most });
}

/** The card of a zone: its hazard, how deep or how grave, and whose word that is. */
function describeZone(zone, words) {
  const grave = zone.warning === null ? depthText(zone, words) : words.zone_warnings[zone.warning];
  const about = [zone.label !== grave && zone.warning !== null && zone.label, zone.name].filter(Boolean).join(" · ");
  const lines = [about, zone.title, zone.source].filter(Boolean).map((line) => element("div", "", line));
  return element("div", "hq-card", element("strong", "", `${words.hazards[zone.hazard]} ${grave}`), ...lines);
}

/** The zone under the pointer, where no mark is: what reports are drawn on lies over it all. */
function zoneUnder({ clientX, clientY }) {
  const [top, ...below] = document.elementsFromPoint(clientX, clientY);
  if (top?.classList.contains("hq-zone")) return top;
  const isEmpty = top?.tagName === "CANVAS" && !top.classList.contains("leaflet-interactive");
  return isEmpty ? below.find((one) => one.classList.contains("hq-zone")) : undefined;
}

/** Have the card of the zone under the pointer follow it. */
function followPointer(map, zones, words) {
  const card = L.tooltip({ direction: "top", offset: [0, -14], opacity: 1 });
  map.on("mouseout zoomstart movestart", () => card.remove());
  map.on("mousemove", ({ latlng, originalEvent }) => {
    const path = zoneUnder(originalEvent);
    const zone = path && zones.getLayers().find((one) => one.getElement() === path);
    if (!zone) card.remove();
    else card.setLatLng(latlng).setContent(describeZone(zone.feature.properties, words)).addTo(map);
  });
}

/** Show the hazard zones that count, live; under everything but the land, and nothing to choose. */
export function addHazardZones(map, { words, url, subject }) {
  map.createPane(PANE).style.zIndex = 250;
  drawnIn(map, "hazard-zones", [PANE]);
  const zones = L.geoJSON(null, {
    pane: PANE,
    style: ({ properties }) => ({ className: `hq-zone hq-zone-${zoneLook(properties)}` }),
  }).addTo(map);
  followPointer(map, zones, words);

  function show(features) {
    zones.clearLayers();
    zones.addData({ type: "FeatureCollection", features });
    const looks = new Set(features.map(({ properties }) => zoneLook(properties)));
    map.fire("hq:shown", { subject, unplaced: 0, looks });
  }
  followFeatures({ url, subject }, show, (failed) => map.fire("hq:trouble", { subject, failed }));
}
