/** Base maps as Leaflet layers: images that others serve, and the file of the operator. */
import { coalesce } from "./coalesce.js";

/** Fainter than what lies on it, so that our marks stay legible. */
const OPACITY = 0.8;
export const SILENT_MS = 6000;
const TILE_PX = 256;
/** The zoom of the tile that is asked for to learn whether there are any. */
const PROBE_ZOOM = 12;
const HEADER = "bytes=0-126";
const FONT = '"Noto Sans JP Variable", "Noto Sans JP", "Noto Sans CJK JP", sans-serif';
/** Some providers ask from where their tiles are used; which page it is, they do not learn. */
const REFERRER = "origin";

/** Whom to name, as markup, which Leaflet asks for: made of an element, so that text stays text. */
function creditOf({ credit, credit_url: href }) {
  if (!credit) return "";
  const named = document.createElement(href ? "a" : "span");
  if (href) Object.assign(named, { href, target: "_blank", rel: "noopener noreferrer" });
  named.textContent = credit;
  return new XMLSerializer().serializeToString(named);
}

const loaded = new Map();
function script(source) {
  if (!loaded.has(source)) {
    loaded.set(source, new Promise((resolve, reject) => {
      const made = Object.assign(document.createElement("script"), { src: source, onload: resolve });
      made.onerror = () => {
        loaded.delete(source);
        reject(new Error(source));
      };
      document.head.append(made);
    }));
  }
  return loaded.get(source);
}

function onlineLayer(one, options, heard) {
  const { min_zoom: minNativeZoom, max_zoom: maxNativeZoom } = one;
  const layer = L.tileLayer(one.url, { ...options, minNativeZoom, maxNativeZoom, referrerPolicy: REFERRER });
  return layer.on("tileload", () => heard(true)).on("tileerror", () => heard(false));
}

/** A file that says what it gave and what it could not; a tile that it could not give is blank. */
function listenedTo(archive, heard) {
  return {
    getHeader: () => archive.getHeader(),
    async getZxy(...asked) {
      try {
        const tile = await archive.getZxy(...asked);
        heard(true);
        return tile;
      } catch (error) {
        if (error.name === "AbortError") throw error;
        heard(false);
        return undefined;
      }
    },
  };
}

/** Have labels written in the font of the page. */
function inOurFont(symbolizer) {
  for (const part of [symbolizer.symbolizer, symbolizer.centered, ...(symbolizer.list ?? [])].filter(Boolean)) inOurFont(part);
  const said = symbolizer.font?.font;
  if (said) symbolizer.font.font = (...asked) => (typeof said === "function" ? said(...asked) : said).replace("sans-serif", FONT);
}

async function fileLayer(one, options, heard) {
  await script("/assets/pmtiles/pmtiles.js");
  const archive = listenedTo(new window.pmtiles.PMTiles(one.url), heard);
  const { west, south, east, north } = one.bounds ?? {};
  const bounds = one.bounds ? [[south, west], [north, east]] : undefined;
  if (!one.is_vector) {
    return window.pmtiles.leafletRasterLayer(archive, { ...options, bounds, minNativeZoom: one.min_zoom, maxNativeZoom: one.max_zoom });
  }
  await script("/assets/protomaps-leaflet/protomaps-leaflet.js");
  const layer = window.protomapsL.leafletLayer({ ...options, bounds, url: archive, maxDataZoom: one.max_zoom, flavor: "light", lang: "ja" });
  for (const { symbolizer } of layer.labelRules) inOurFont(symbolizer);
  // The font comes in parts, each when a letter of it is first drawn: in another one until then.
  const rewrite = coalesce(() => layer.clearLayout() ?? layer.rerenderTiles(), { delay_ms: 300, rest: () => 1000 });
  layer.on("add", () => document.fonts.addEventListener("loadingdone", rewrite));
  layer.on("remove", () => document.fonts.removeEventListener("loadingdone", rewrite));
  return layer;
}

/**
 * A base map as a layer of a pane. `heard` is told true when a tile came and false when one did not.
 */
export async function baseLayer(one, pane, heard) {
  const options = { pane, opacity: OPACITY, attribution: creditOf(one) };
  return one.is_vector === undefined ? onlineLayer(one, options, heard) : fileLayer(one, options, heard);
}

function probeAddress({ url, min_zoom: least, max_zoom: most }, { lon, lat }) {
  const z = Math.min(most, Math.max(least, PROBE_ZOOM));
  const { x, y } = L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), z).divideBy(TILE_PX).floor();
  return L.Util.template(url, { z, x, y });
}

/** Ask for a piece of a base map that must be there, past what the browser keeps; throws without. */
export async function probe(one, place) {
  const signal = AbortSignal.timeout(SILENT_MS);
  const asked = { cache: "reload", signal };
  if (one.is_vector !== undefined) {
    const { ok } = await fetch(one.url, { ...asked, headers: { Range: HEADER } });
    if (!ok) throw new Error(one.url);
    return;
  }
  const address = probeAddress(one, place);
  await fetch(address, { ...asked, mode: "no-cors", referrerPolicy: REFERRER });
  // That something answered may have been anybody; a tile is an image.
  const tile = Object.assign(new Image(), { referrerPolicy: REFERRER, src: address });
  const silence = new Promise((_, give) => signal.addEventListener("abort", () => give(signal.reason)));
  await Promise.race([tile.decode(), silence]);
}
