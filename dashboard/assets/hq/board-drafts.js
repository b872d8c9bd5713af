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

/** A new UUID, also where a page without HTTPS keeps `crypto.randomUUID` from us. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
