import { ask } from "./delivery.js";
import { metresBetween } from "./field-place.js";
import { known, learn } from "./field-store.js";

/** What is reported around here: by the server, or as this phone heard it last. */

const CARRIED = { within_m: 3000, limit: 200 };
const SAME_M = 100;
const SHOWN = 3;

let told = { at: null, reports: [] };

/** Remember what this phone heard before it lost its signal. */
export async function recall() {
  told = (await known("nearby")) ?? told;
}

async function query(facts) {
  const { ok, said } = await ask(`/api/field/nearby?${new URLSearchParams(facts)}`);
  if (!ok || !Array.isArray(said)) throw new Error("no list");
  return said;
}

/** Ask what is reported around a place, to have it along. */
export async function learnAround({ lon, lat }) {
  const reports = await query({ lon, lat, ...CARRIED });
  told = { at: new Date().toISOString(), reports };
  await learn("nearby", told);
}

/** Return what this phone knows, the nearest first, and when it heard it. */
export function around(here) {
  const measured = told.reports.map((report) => ({ ...report, distance_m: here ? metresBetween(here, report) : null }));
  if (here) measured.sort((one, other) => one.distance_m - other.distance_m);
  return { at: told.at, reports: measured };
}

/** Return the reports that a draft may be the same as, the nearest first. */
export async function similar({ place, details: { category } }) {
  if (typeof place?.lon !== "number") return [];
  const { lon, lat } = place;
  const heard = () => around(place).reports.filter((report) => report.category === category && report.distance_m <= SAME_M);
  return query({ lon, lat, category, within_m: SAME_M, limit: SHOWN }).catch(() => heard().slice(0, SHOWN));
}
