import { change, drop, isReady, unsent } from "./count-queue.js";
import { refused } from "./count-sending.js";
import { alone, ask, persistently } from "./delivery.js";

function body({ id, figures, observed_at, incident_id, after_id, confirmed }) {
  const content = { id, ...figures, observed_at, incident_id, after_id, confirmed, source: "field_app" };
  return JSON.stringify(content);
}

/** Send one count. Throws where nobody can tell whether it arrived: it is sent again. */
async function send(count) {
  const path = `/api/shelters/${count.shelter_id}/readings`;
  const { status, ok, said } = await ask(path, { method: "POST", body: body(count) });
  if (ok && said.id === count.id) return "recorded";
  // The page of a hotspot answers 200 as well.
  if (ok || !said.errors) throw new Error("this is not our server");
  if (status === 401) return "signed_out";
  change(count.id, refused(status, said));
  return "answered";
}

async function sendAll(tell) {
  for (;;) {
    const count = unsent().find(isReady);
    if (!count) return true;
    const outcome = await send(count);
    if (outcome === "recorded") drop(count.id);
    tell(outcome, count);
    if (outcome === "signed_out") return false;
  }
}

/**
 * Deliver what is kept, one after the other, and again until the server has answered.
 *
 * `tell` gets "recorded", "answered" or "signed_out" with the count, and "lost" when the server
 * cannot be reached. Returns the function that starts at once.
 */
export const delivery = (tell) =>
  persistently(() => alone("hq-count", () => sendAll(tell)), {
    isLeft: () => unsent().some(isReady),
    lost: () => tell("lost"),
  });
