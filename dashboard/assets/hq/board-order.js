import { isEscalated, isStale, isWanting } from "./board-model.js";

const rise = ({ trend }) => (trend.length ? trend.at(-1)[1] - trend[0][1] : null);
const moment = (text) => (text === null ? null : Date.parse(text));
const LEVELS = ["vacant", "slightly_crowded", "crowded", "full"];

function level({ crowding }) {
  const rank = LEVELS.indexOf(crowding);
  return rank < 0 ? null : rank;
}

/** What each column is sorted by; null, what is not known or does not apply, always comes last. */
const VALUES = {
  name: ({ name }) => name,
  persons: ({ persons }) => persons,
  capacity: ({ capacity }) => capacity,
  percent: ({ share }) => share,
  crowding: level,
  trend: rise,
  change: ({ change }) => change,
  age: ({ observed_at }) => moment(observed_at),
  assignee: ({ assignee }) => assignee,
};
/** Columns whose smallest values come first at the first press. */
const ASCENDING = new Set(["name", "age", "assignee"]);

export const isSortable = (column) => column in VALUES;

/** What a press on a header makes of the order: its way, the other way, the most urgent first. */
export function nextSort(sort, column) {
  const first = { column, descending: !ASCENDING.has(column) };
  if (sort?.column !== column) return first;
  return sort.descending === first.descending ? { column, descending: !first.descending } : null;
}

function compare(one, other) {
  if (typeof one === "string") return one.localeCompare(other, "ja");
  return one - other;
}

/** Return shelters in an order; without one as the server sent them, the most urgent first. */
export function sorted(shelters, sort) {
  if (!sort) return shelters;
  const valueOf = VALUES[sort.column];
  const way = sort.descending ? -1 : 1;
  return shelters.slice().sort((a, b) => {
    const [one, other] = [valueOf(a), valueOf(b)];
    if (one === null || other === null) return (one === null) - (other === null);
    return way * compare(one, other);
  });
}

/** Tell whether a shelter is among those that a filter asks for. */
export function fits(shelter, { text, district, state, hazard, only, wanting }) {
  const wanted = text.normalize("NFKC").trim();
  return (
    `${shelter.name} ${shelter.address ?? ""}`.normalize("NFKC").includes(wanted) &&
    (!district || shelter.district === district) &&
    (!state || shelter.state === state) &&
    (!hazard || (shelter.hazards ?? []).includes(hazard)) &&
    (!only || isStale(shelter) || isEscalated(shelter)) &&
    (!wanting || isWanting(shelter))
  );
}
