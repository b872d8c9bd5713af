import { listen } from "./events.js";
import { reader } from "./reader.js";
import { element, fill } from "./wording.js";

const PANE = "hq-hazard-zones";

/** By what a zone is drawn: the class of its depth, or of its warning. */
export function zoneLook({ depth_class: depth, warning }) {
  return `hq-zone hq-zone-${depth ?? warning ?? "unknown"}`;
}

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

/** Show the hazard zones that count, live; under everything but the land, and nothing to choose. */
export function addHazardZones(map, { words, url, subject }) {
  map.createPane(PANE).style.zIndex = 250;
  const zones = L.geoJSON(null, {
    pane: PANE,
    style: ({ properties }) => ({ className: zoneLook(properties) }),
    onEachFeature: ({ properties }, zone) =>
      zone.bindTooltip(() => describeZone(properties, words), { sticky: true, opacity: 1 }),
  }).addTo(map);

  function show(features) {
    zones.clearLayers();
    zones.addData({ type: "FeatureCollection", features });
  }
  const read = reader(url, show, (failed) => map.fire("hq:trouble", { subject, failed }));
  listen(({ connected, change }) => {
    if (connected || change?.subject === subject || change?.subject === "incidents") read();
  });
  read();
}
