import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { keepTime } from "./clock.js";
import { coalesce } from "./coalesce.js";
import { listen } from "./events.js";
import { momentQuery, onMoment } from "./moment.js";
import { rest } from "./reader.js";

const TILE_PX = 256;
const DEEPEST_ZOOM = 18;
/** Of which zoom a change names the cells. */
const CELL_ZOOM = 16;
const RETRY_MS = 5000;
/** Tiles beside the view are kept, so that going back shows them at once. */
const KEPT_MOST = 200;

const name = ({ x, y, z }) => `${z}/${x}/${y}`;

/** The tiles of the view: of the whole zoom at or above it, where counts have room. */
export function tilesInView(map) {
  const z = Math.min(DEEPEST_ZOOM, Math.max(0, Math.floor(map.getZoom())));
  const last = 2 ** z - 1;
  const column = (x) => Math.min(last, Math.max(0, Math.floor(x / TILE_PX)));
  const bounds = map.getBounds();
  const from = map.project(bounds.getNorthWest(), z);
  const to = map.project(bounds.getSouthEast(), z);
  const tiles = [];
  for (let y = column(from.y); y <= column(to.y); y += 1) {
    for (let x = column(from.x); x <= column(to.x); x += 1) tiles.push({ x, y, z });
  }
  return tiles;
}

/** Whether a cell that changed lies in a tile, or the tile in the cell. */
export function touches({ x, y, z }, [column, row]) {
  const [down, up] = z <= CELL_ZOOM ? [CELL_ZOOM - z, 0] : [0, z - CELL_ZOOM];
  return column >> down === x >> up && row >> down === y >> up;
}

function features(bytes, { x, y, z }) {
  const layers = Object.values(new VectorTile(new PbfReader(bytes)).layers);
  return layers.flatMap((layer) =>
    Array.from({ length: layer.length }, (_, index) => {
      const feature = layer.feature(index).toGeoJSON(x, y, z);
      return { ...feature, id: feature.properties.id };
    }),
  );
}

/**
 * Read the vector tiles of what the map shows, live: a change reads just the tiles that it touches.
 *
 * `onRead` gets the features of the view, whenever they may have changed; never of half a view.
 * `onTrouble` gets true when a read failed and false when it works again. `query` says what is asked
 * beside the moment. Returns a function that reads everything anew.
 */
export function followTiles(map, { url, subject, query = () => "" }, onRead, onTrouble) {
  const kept = new Map();
  let era = 0;

  function entry(tile) {
    const key = name(tile);
    const known = kept.get(key) ?? { tile, found: [], version: 0, read: null };
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const isOld = ({ version, read }) => version !== read;

  async function readTile(one, asked) {
    const { version } = one;
    const response = await fetch(`${url}/${name(one.tile)}.mvt${asked}`, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    keepTime(response);
    one.found = features(await response.arrayBuffer(), one.tile);
    // Where a change came meanwhile, it is old already.
    one.read = version;
  }

  async function read() {
    const begun = era;
    const view = tilesInView(map).map(entry);
    const asked = [momentQuery().slice(1), query()].filter(Boolean).join("&");
    await Promise.all(view.filter(isOld).map((one) => readTile(one, asked && `?${asked}`)));
    onTrouble(false);
    if (begun !== era) return;
    onRead(view.flatMap(({ found }) => found));
    for (const key of kept.keys()) if (kept.size > Math.max(KEPT_MOST, view.length)) kept.delete(key);
    if (view.some(isOld)) request();
  }
  const request = coalesce(
    () =>
      read().catch((error) => {
        console.warn(error);
        onTrouble(true);
        setTimeout(request, RETRY_MS);
      }),
    { delay_ms: 10, rest },
  );

  function forget() {
    era += 1;
    kept.clear();
    request();
  }

  listen(({ connected, change }) => {
    const isOurs = change?.subject === subject;
    if (!connected && !isOurs && change?.subject !== "incidents") return;
    // What is shown stays until the new has come.
    for (const one of kept.values()) {
      if (!isOurs || !change.cells || change.cells.some((cell) => touches(one.tile, cell))) one.version += 1;
    }
    if ([...kept.values()].some(isOld)) request();
  });
  onMoment(forget);
  map.on("moveend resize", request);
  request();
  return forget;
}
