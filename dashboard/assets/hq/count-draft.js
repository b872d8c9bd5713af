/**
 * What stands in the form of a shelter and is not reported yet: `figures`, `after_id` as it was when
 * typing began, and the id of the unsent count that it `corrects`, or null.
 */
const PREFIX = "hq-count-draft/";

export function draftOf(shelterId) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + shelterId));
  } catch {
    return null;
  }
}

/** Keep a draft over a reload; null is none. */
export function keepDraft(shelterId, draft) {
  try {
    if (draft) localStorage.setItem(PREFIX + shelterId, JSON.stringify(draft));
    else localStorage.removeItem(PREFIX + shelterId);
  } catch {
    // A browser that keeps nothing: the form holds it as long as the page lives.
  }
}
