import { keepTime } from "./clock.js";
import { coalesce } from "./coalesce.js";

const RETRY_MS = 5000;

/**
 * Read GeoJSON again and again, on request.
 *
 * A burst of requests becomes a handful of reads, an unchanged answer (same ETag) is not looked at
 * twice. `onRead` gets the features; `onTrouble` gets true when a read failed and false when it
 * works again. Returns the function that requests a read.
 */
export function reader(url, onRead, onTrouble) {
  let seen = null;

  async function read() {
    const response = await fetch(url, { cache: "no-cache" });
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
    { delay_ms: 30, rest_ms: 250 },
  );
  return request;
}
