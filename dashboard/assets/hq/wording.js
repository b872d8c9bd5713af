import { now } from "./clock.js";

/** Sentences about figures. The words come translated from Python; these only fill them in. */

const MINUTE_MS = 60_000;
const number = new Intl.NumberFormat("en-US");

/** Put values into the {places} of a message. */
export function fill(message, values) {
  return message.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Say how long ago something was, as components/wording.py does. */
export function age(moment, words) {
  const minutes = Math.floor((now() - new Date(moment)) / MINUTE_MS);
  if (minutes < 1) return words.just_now;
  if (minutes < 60) return fill(words.minutes_ago, { minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return fill(words.hours_ago, { hours, minutes: String(minutes % 60).padStart(2, "0") });
  return fill(words.days_ago, { days: Math.floor(hours / 24) });
}

const clock = new Intl.DateTimeFormat("ja-JP", { timeZone: "Asia/Tokyo", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Write a moment as month, day and time of a wall clock in Japan, as components/wording.py does. */
export function clockTime(moment) {
  const parts = Object.fromEntries(clock.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
  return `${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
}

/** Write a count, or that it is not known. */
export const count = (value, words) => (value === null ? words.unknown : number.format(value));

/** Make an element with text in it. */
export function element(tag, className, ...content) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...content);
  return made;
}
