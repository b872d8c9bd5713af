/** What stands still: the municipality's land and the names of its towns. No tiles are needed. */

const LAND_PANE = "hq-land";

async function features(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return (await response.json()).features;
}

/** Draw the municipality's land on the sea. */
export async function addLand(map, { url }) {
  drawLand(map, await features(url));
}

/** Draw land whose GeoJSON features are at hand. */
export function drawLand(map, boundary) {
  map.createPane(LAND_PANE).style.zIndex = 200;
  const land = L.geoJSON(boundary, {
    pane: LAND_PANE,
    interactive: false,
    style: { className: "hq-shore", color: null, fillColor: null, fillOpacity: 1, weight: 1.2 },
  }).addTo(map);
  map.fire("hq:land", { bounds: land.getBounds() });
}

export const NAME_PANE = "hq-place-names";
const NAME_PX = 13;
const LINE_PX = 26;
/** From this zoom on 一丁目, 二丁目, … stand apart; before, they are one town. */
const BLOCK_ZOOM = 15;
const BLOCK = /[一二三四五六七八九十]+丁目$/;

function towns(blocks) {
  const groups = new Map();
  for (const block of blocks) {
    const name = block.name.replace(BLOCK, "");
    groups.set(name, [...(groups.get(name) ?? []), block]);
  }
  const sum = (group, key) => group.reduce((total, block) => total + (block[key] ?? 0), 0);
  return [...groups].map(([name, group]) => ({
    name,
    population: sum(group, "population"),
    lat: sum(group, "lat") / group.length,
    lon: sum(group, "lon") / group.length,
  }));
}

function box(map, { name, lat, lon }) {
  const { x, y } = map.project([lat, lon]);
  const half = (name.length * NAME_PX) / 2 + 10;
  return { left: x - half, right: x + half, top: y - LINE_PX / 2, bottom: y + LINE_PX / 2 };
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Keep the names that do not touch one of a more populous place. */
function legible(map, places) {
  const taken = [];
  return places.filter((place) => {
    const wanted = box(map, place);
    if (taken.some((other) => overlap(wanted, other))) return false;
    taken.push(wanted);
    return true;
  });
}

function nameLabel({ name, lat, lon }) {
  const text = document.createElement("span");
  text.textContent = name;
  const icon = L.divIcon({ className: "hq-place-name", html: text, iconSize: [0, 0] });
  return L.marker([lat, lon], { icon, pane: NAME_PANE, interactive: false, keyboard: false });
}

/** Write the names of towns, as many as fit at each zoom. */
export async function addTownNames(map, { url }) {
  drawTownNames(map, await features(url));
}

/** Write the names of towns whose GeoJSON features are at hand. */
export function drawTownNames(map, named) {
  map.createPane(NAME_PANE).style.zIndex = 350;
  map.fire("hq:towns", { features: named });
  const blocks = named.map(({ properties: { name, population }, geometry: { coordinates: [lon, lat] } }) => ({ name, population, lat, lon }));
  const byPopulation = (places) => places.sort((a, b) => (b.population ?? 0) - (a.population ?? 0));
  const far = byPopulation(towns(blocks));
  const near = byPopulation(blocks);
  const labels = L.layerGroup().addTo(map);

  function write() {
    labels.clearLayers();
    const places = map.getZoom() < BLOCK_ZOOM ? far : near;
    for (const place of legible(map, places)) labels.addLayer(nameLabel(place));
  }
  map.on("zoomend", write);
  write();
}
