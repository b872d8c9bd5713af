/**
 * Counts that the server has not confirmed yet, kept in this browser.
 *
 * Each has an entry of its own, so that two tabs never write over each other's.
 */
const PREFIX = "hq-count/";
/** What the browser would not keep: it lives as long as the page does. */
const fleeting = new Map();

/** Keep a count until it is dropped; a later state of the same one takes its place. */
export function keep(count) {
  const text = JSON.stringify(count);
  try {
    localStorage.setItem(PREFIX + count.id, text);
    fleeting.delete(count.id);
  } catch {
    fleeting.set(count.id, text);
  }
}

/** Change a count that is still kept; another tab may have dropped it. */
export function change(id, changes) {
  const count = unsent().find((kept) => kept.id === id);
  if (count) keep({ ...count, ...changes });
}

/** Forget a count: it is recorded, or a person discarded it. */
export function drop(id) {
  fleeting.delete(id);
  try {
    localStorage.removeItem(PREFIX + id);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function storedTexts() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    return keys.map((key) => localStorage.getItem(key));
  } catch {
    return [];
  }
}

/** Return what is kept, in the order in which it was counted. */
export function unsent() {
  const counts = new Map();
  for (const text of [...storedTexts(), ...fleeting.values()]) {
    const count = text && JSON.parse(text);
    if (count) counts.set(count.id, count);
  }
  return [...counts.values()].sort((one, other) => (one.observed_at < other.observed_at ? -1 : 1));
}

/** Whether all of it survives closing the page. */
export const isKept = () => fleeting.size === 0;

/** Whether a count waits for the server, and not for a person. */
export const isReady = (count) => !count.doubt && !count.refusal;

/** Be told when another tab changes what is kept. */
export function onChangeElsewhere(listener) {
  window.addEventListener("storage", ({ key }) => {
    if (key === null || key.startsWith(PREFIX)) listener();
  });
}
