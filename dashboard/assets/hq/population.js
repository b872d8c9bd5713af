import { drawnIn } from "./layer-control.js";
import { followFeatures } from "./reader.js";
import { count, element, fill } from "./wording.js";

const PANE = "hq-population";
/** The area of a circle goes by how many people live in the town: a thousand, 158 m around its point. */
const M_PER_ROOT = 5;

function describe({ name, population }, words) {
  return element("div", "hq-card", element("strong", "", name), element("div", "", fill(words.people_live_here, { persons: count(population, words) })));
}

/** Show how many people live where; where that is unknown, nothing is drawn. */
export function addPopulation(map, { words, url, subject }) {
  map.createPane(PANE).style.zIndex = 260;
  drawnIn(map, "population", [PANE]);
  const circles = L.layerGroup().addTo(map);

  function circle({ geometry: { coordinates }, properties }) {
    const [lon, lat] = coordinates;
    const look = { pane: PANE, className: "hq-people", radius: M_PER_ROOT * Math.sqrt(properties.population), bubblingMouseEvents: true };
    return L.circle([lat, lon], look).bindTooltip(describe(properties, words), { sticky: true, opacity: 1 });
  }
  function show(features) {
    circles.clearLayers();
    for (const feature of features) if (feature.properties.population) circles.addLayer(circle(feature));
  }
  followFeatures({ url, subject }, show, (failed) => map.fire("hq:trouble", { subject, failed }));
}
