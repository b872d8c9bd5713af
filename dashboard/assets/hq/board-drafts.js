const KEY = "hq-board-drafts";

/**
 * Counts that were typed and are not recorded yet, by opening. They live in the browser's session:
 * neither a live change nor a reload takes them from anybody.
 */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

const drafts = read();
const keep = () => sessionStorage.setItem(KEY, JSON.stringify(drafts));

export const draftOf = (opening) => drafts[opening] ?? null;

export function keepDraft(opening, draft) {
  drafts[opening] = draft;
  keep();
}

export function dropDraft(opening) {
  delete drafts[opening];
  keep();
}
