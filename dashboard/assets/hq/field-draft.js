import { newId } from "./count-sending.js";

/** What somebody is writing down, and the report that it becomes. */

const OF_BUILDINGS = ["flood_level", "depth_cm"];

/** Begin a draft: `at` is when the damage was seen, `place` where, as far as anybody knows. */
export function newDraft(group, category) {
  return { id: newId(), at: new Date().toISOString(), group, details: { category }, place: null, differs: [] };
}

/** Leave out what is unknown, and what says nothing of such a category. */
function applicable(details, standing) {
  const said = Object.entries(details).filter(([, value]) => value !== null && value !== "");
  const isStanding = standing.includes(details.category);
  const isFlooded = isStanding && details.flood_level === "over_floor";
  return Object.fromEntries(
    said.filter(([name]) => !OF_BUILDINGS.includes(name) || (name === "depth_cm" ? isFlooded : isStanding)),
  );
}

function placed(place) {
  if (typeof place?.lon !== "number") return {};
  const { lon, lat, accuracy_m } = place;
  const by = place.by === "map" ? "map" : "gps";
  return { location: { lon, lat }, located_by: by, ...(accuracy_m === null ? {} : { accuracy_m }) };
}

/** Return a draft as the body of POST /api/damage-reports. */
export function bodyOf(draft, { reporter, standing }) {
  return {
    id: draft.id,
    ...applicable(draft.details, standing),
    ...placed(draft.place),
    ...(reporter ? { reporter } : {}),
    observed_at: draft.at,
    source: "field_app",
  };
}

/**
 * Return which place a draft has once another one is found.
 *
 * What a person tapped or left unknown stands; the phone's position goes before a photograph's, and
 * a sharper position before a blunter one.
 */
export function placeWith(place, found) {
  if (place && (place.by === "map" || place.by === "unknown")) return place;
  if (found.by === "photograph") return place ?? found;
  const isBlunter = place?.by === "gps" && place.accuracy_m < found.accuracy_m;
  return isBlunter ? place : found;
}
