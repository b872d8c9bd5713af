import { keepTime } from "./clock.js";
import { coalesce } from "./coalesce.js";
import { listen } from "./events.js";
import { momentQuery, onMoment } from "./moment.js";
import { rest } from "./reader.js";

const URL_ = "/api/board";
const RETRY_MS = 5000;
/** What is said of the last hour moves on without any event. */
const AGEING_MS = 300_000;
const SUBJECTS = new Set(["shelters", "incidents", "places"]);

/**
 * Follow the board of shelters in operation, as of the moment that the page shows.
 *
 * `onBoard` gets each board that differs from the last one, `onState` gets `{connected, failing}`
 * whenever one of the two changes: what is shown may then be out of date. Returns how to stop.
 */
export function followBoard(onBoard, onState) {
  const state = { connected: null, failing: false };
  let seen = null;
  let retry = null;
  let stopped = false;

  function say(news) {
    const before = JSON.stringify(state);
    if (before !== JSON.stringify(Object.assign(state, news))) onState({ ...state });
  }
  async function read() {
    const response = await fetch(`${URL_}${momentQuery()}`, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${URL_}: ${response.status}`);
    keepTime(response);
    const tag = response.headers.get("etag");
    if (!stopped && tag !== seen) onBoard(await response.json());
    seen = tag;
    say({ failing: false });
  }
  const request = coalesce(
    () =>
      read().catch((error) => {
        console.warn(error);
        say({ failing: true });
        clearTimeout(retry);
        if (!stopped) retry = setTimeout(request, RETRY_MS);
      }),
    { delay_ms: 30, rest },
  );
  const stopListening = listen(({ connected, change }) => {
    if (connected !== undefined) say({ connected });
    if (connected || SUBJECTS.has(change?.subject)) request();
  });
  const stopFollowing = onMoment(request);
  const ageing = setInterval(request, AGEING_MS);
  request();

  return () => {
    stopped = true;
    stopListening();
    stopFollowing();
    clearInterval(ageing);
    clearTimeout(retry);
  };
}
