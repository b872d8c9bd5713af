import { now } from "./clock.js";
import { holdsPeople } from "./marks.js";
import { age, count, fill } from "./wording.js";

/** What list and wall say of shelters: the same words for the same thing. */

/** What does not apply; unknown is another thing, and is written out. */
export const NOTHING = "—";

const isPast = (moment) => moment !== null && Date.parse(moment) <= now();
const number = new Intl.NumberFormat("en-US");

const mayHoldPeople = (shelter) => holdsPeople(shelter) || shelter.state === "unknown";

/** Its figure is old, or there is none: somebody has to ask. The clock tells, without the server. */
export const isStale = ({ stale_at }) => isPast(stale_at);
export const isEscalated = ({ escalates_at }) => isPast(escalates_at);

export function personsText(shelter, words) {
  return shelter.persons === null && !mayHoldPeople(shelter) ? NOTHING : count(shelter.persons, words);
}

export function percentText(shelter, words) {
  if (shelter.percent !== null) return `${number.format(shelter.percent)}%`;
  // People in a place that is meant for nobody: full, and no figure for it.
  return holdsPeople(shelter) && shelter.share === null ? words.unknown : NOTHING;
}

/** Its crowding while it is open, its state otherwise. */
export function levelText(shelter, words) {
  return holdsPeople(shelter) ? words.crowding[shelter.crowding] : words.states[shelter.state];
}

export function changeText({ change }) {
  if (change === null) return NOTHING;
  if (change === 0) return "±0";
  return change > 0 ? `+${number.format(change)}` : `−${number.format(-change)}`;
}

export function ageText(shelter, words) {
  if (!mayHoldPeople(shelter)) return age(shelter.since_at, words);
  return shelter.observed_at === null ? words.not_reported : age(shelter.observed_at, words);
}

/** What has to be done about its figure's age; nothing while it is fresh. */
export function duty(shelter, words) {
  if (isEscalated(shelter)) return words.escalated;
  return isStale(shelter) ? words.to_ask : "";
}

/** Whether anything is wanting there, as far as anybody knows. */
export const isWanting = ({ need, lacks }) => need !== null || lacks.length > 0;

/** The states in which there is nothing left of something, or not enough for today. */
const BAD = new Set(["unusable", "not_today"]);

/** What is wanting as `{text, isBad}`, the worst first, then what people ask for; each with its age. */
export function wantsOf({ need, lacks }, words) {
  const wants = lacks.map(({ item, state, observed_at }) => {
    const lack = fill(words.lack, { item: words.items[item], state: words.lacks[state], age: age(observed_at, words) });
    return { text: `${words.signs[state]} ${lack}`, isBad: BAD.has(state) };
  });
  if (!need) return wants;
  const text = fill(words.lack, { item: words.items.needs, state: need.text, age: age(need.observed_at, words) });
  return [...wants, { text, isBad: false }];
}

/** A sum and what it lacks, as components/wording.py says it. */
export function tallyTexts({ known, unknown_places: places }, words) {
  const lacking = known === null ? words.at_places : words.and_unknown_at;
  return [count(known, words), places ? fill(lacking, { places: number.format(places) }) : ""];
}

/** How many of the open shelters have to be asked, and of how many more than their assignee must know. */
export function duties(shelters) {
  const stale = shelters.filter(isStale);
  return { stale: stale.length, escalated: stale.filter(isEscalated).length };
}

export function crowdingCounts(shelters) {
  const counts = { full: 0, crowded: 0, unknown: 0 };
  for (const shelter of shelters) if (shelter.crowding in counts) counts[shelter.crowding] += 1;
  return counts;
}
