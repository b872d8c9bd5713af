import { shownMoment } from "./moment.js";

/** The server's moment: an office computer's clock may be wrong, and a figure's age must not be. */
let ahead_ms = 0;

/** Learn from a response's Date header how far the server is ahead of this browser. */
export function keepTime(response) {
  const said = Date.parse(response.headers.get("date") ?? "");
  const difference_ms = said - Date.now();
  // The header speaks in whole seconds: below that there is nothing to correct.
  if (Number.isFinite(difference_ms)) ahead_ms = Math.abs(difference_ms) < 2000 ? 0 : difference_ms;
}

/** What time it is, whatever moment the page shows. */
export const serverNow = () => Date.now() + ahead_ms;

/** The moment from which ages count: the one that the page shows. */
export const now = () => shownMoment()?.ms ?? serverNow();
