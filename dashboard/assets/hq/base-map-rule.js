/** When a base map is doubted, and what is shown while it is not to be had. Knows no map and no clock. */

export const NONE = "none";
export const FILE = "file";

/** One tile that fails may lie outside of what is covered; so many in a row are looked into. */
const FAILED_MOST = 4;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** How many tiles have failed since one came. */
export const failuresAfter = (failures, came) => (came ? 0 : failures + 1);

/** Whether it is time to ask for a tile that must be there. */
export const isDoubtful = (failures) => failures > 0 && failures % FAILED_MOST === 0;

/** What is shown: what was chosen, else the file, else our own layers alone. Never a stranger unasked. */
export function shownOf(chosen, { hasFile, isDown }) {
  const order = hasFile ? [chosen, FILE] : [chosen];
  return order.find((name) => !isDown(name)) ?? NONE;
}

/** How long to wait before asking again, when it was asked in vain so often. */
export const waitAfter = (tries) => Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);
