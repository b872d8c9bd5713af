import { distanceText, texts } from "./field-texts.js";
import { fill } from "./wording.js";

const GOOD_ENOUGH_M = 15;
const SEEK_MS = 60_000;
const METRES_A_DEGREE = 111_320;
/** Farther than this from any town's point, its name says nothing. */
const TOWN_MOST_M = 1500;

/** Return the metres between two places; over a city, the earth is flat. */
export function metresBetween(one, other) {
  const north = (one.lat - other.lat) * METRES_A_DEGREE;
  const east = (one.lon - other.lon) * METRES_A_DEGREE * Math.cos((one.lat * Math.PI) / 180);
  return Math.hypot(north, east);
}

/** Return the name of the town whose point is nearest; empty where none is near. */
export function townNear(place, towns) {
  const measured = towns.map(({ properties, geometry: { coordinates: [lon, lat] } }) => ({
    name: properties.name,
    distance_m: metresBetween(place, { lon, lat }),
  }));
  const nearest = measured.reduce((best, each) => (each.distance_m < best.distance_m ? each : best), { distance_m: TOWN_MOST_M, name: "" });
  return nearest.name;
}

/** Say where a draft's damage is, in two lines: where, and how we know. */
export function placeText(place, { towns, isSeeking }) {
  if (place === null) return [isSeeking ? texts.seeking : texts.place_unknown, isSeeking ? "" : texts.no_position];
  if (place.by === "unknown") return [texts.place_unknown, ""];
  const town = townNear(place, towns);
  const how = place.by === "gps" ? fill(texts.by_gps, { metres: Math.ceil(place.accuracy_m) }) : texts[`by_${place.by}`];
  return [town ? fill(texts.near_town, { town }) : how, town ? how : ""];
}

/** Say how far a report lies from here, as far as both are known. */
export const awayText = (report, here) =>
  here && report.lon !== null ? distanceText(metresBetween(here, report)) : "";

/** Where the phone was last; null where it never told. */
export class Position {
  /** `found(place)` is called with ever sharper places, `ended()` when it stops looking. */
  constructor({ found, ended }) {
    Object.assign(this, { found, ended, last: null, watch: null });
  }

  get isSeeking() {
    return this.watch !== null;
  }

  /** Look for a while; a position that is sharp enough ends it, which spares the battery. */
  seek() {
    if (!window.isSecureContext || !navigator.geolocation || this.isSeeking) return;
    this.watch = navigator.geolocation.watchPosition(
      ({ coords: { longitude, latitude, accuracy } }) => {
        this.last = { by: "gps", lon: longitude, lat: latitude, accuracy_m: Math.round(accuracy) };
        if (accuracy <= GOOD_ENOUGH_M) this.stop();
        this.found(this.last);
      },
      () => this.stop(),
      { enableHighAccuracy: true, maximumAge: 5000, timeout: SEEK_MS },
    );
    this.timer = setTimeout(() => this.stop(), SEEK_MS);
  }

  stop() {
    if (!this.isSeeking) return;
    navigator.geolocation.clearWatch(this.watch);
    clearTimeout(this.timer);
    this.watch = null;
    this.ended();
  }

  /** Look without a question to the person: only where they have allowed it before. */
  async seekIfAllowed() {
    const permission = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
    if (permission?.state === "granted") this.seek();
  }
}
