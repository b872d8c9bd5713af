import { keepTime } from "./clock.js";
import { coalesce } from "./coalesce.js";
import { listen } from "./events.js";
import { momentQuery, onMoment, shownMoment } from "./moment.js";

const RETRY_MS = 5000;
/** After a change all browsers read at once; whoever moves a slider is alone and wants to see it. */
export const rest = () => (shownMoment() ? 0 : 250);

/**
 * Read GeoJSON again and again, on request.
 *
 * A burst of requests becomes a handful of reads, an unchanged answer (same ETag) is not looked at
 * twice. `onRead` gets the features; `onTrouble` gets true when a read failed and false when it
 * works again. It reads again by itself when the page shows another moment. Returns the function
 * that requests a read.
 */
export function reader(url, onRead, onTrouble) {
  let seen = null;

  async function read() {
    const response = await fetch(`${url}${momentQuery()}`, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    keepTime(response);
    const tag = response.headers.get("etag");
    if (tag === null || tag !== seen) onRead((await response.json()).features);
    seen = tag;
    onTrouble(false);
  }
  const request = coalesce(
    () =>
      read().catch((error) => {
        console.warn(error);
        onTrouble(true);
        setTimeout(request, RETRY_MS);
      }),
    { delay_ms: 30, rest },
  );
  onMoment(request);
  return request;
}

/**
 * Read GeoJSON whenever the server says that it changed; `onRead` and `onTrouble` as above.
 *
 * `subject` may be several; what the clock alone changes is read again after `again_ms`, too.
 */
export function followFeatures({ url, subject, again_ms = null }, onRead, onTrouble) {
  const read = reader(url, onRead, onTrouble);
  const subjects = ["incidents", subject].flat();
  listen(({ connected, change }) => {
    if (connected || subjects.includes(change?.subject)) read();
  });
  if (again_ms) setInterval(read, again_ms);
  read();
}
