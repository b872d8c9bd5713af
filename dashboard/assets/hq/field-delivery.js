import { serverNow } from "./clock.js";
import { alone, ask, persistently } from "./delivery.js";
import { change, confirm, contentOf, dropPhotograph, read } from "./field-store.js";

/** Sending what this phone keeps: each report first, then its photographs, part by part. */

const PART_BYTES = 256 * 1024;
/** A part over a line of five kilobytes a second. */
const PART_PATIENCE_MS = 90_000;
/** The Date header speaks in whole seconds; below this a clock is not wrong. */
const CLOCK_WRONG_MS = 120_000;

const isReady = (kept) => !kept.refusal;

/** Return what may be sent now; photographs wait for their report, and those of a draft for a person. */
export function sendable({ drafts, reports, photographs }) {
  const waiting = new Set([...drafts, ...reports].map(({ id }) => id));
  const free = photographs.filter(({ report_id }) => !waiting.has(report_id));
  return { reports: reports.filter(isReady), photographs: free.filter(isReady) };
}

/** Return what an answer that is not "recorded" means; throws where it is not our server's. */
function refusalOf({ status, ok, said }) {
  // The page of a hotspot answers 200 as well.
  if (ok || !said.errors) throw new Error("this is not our server");
  return status === 401 ? { isSignedOut: true } : { refusal: said.detail };
}

async function sendReport({ id, body }) {
  const content = { ...body, sent_at: new Date().toISOString() };
  const answer = await ask("/api/damage-reports", { method: "POST", body: JSON.stringify(content) });
  return answer.ok && answer.said.id === id ? { isRecorded: true } : refusalOf(answer);
}

/** Put a moment of this phone's clock right; once, so that a retry says the same. */
async function announced(photograph) {
  if (photograph.announced_at) return photograph;
  const wrong_ms = serverNow() - Date.now();
  const right_ms = Date.parse(photograph.at) + (Math.abs(wrong_ms) > CLOCK_WRONG_MS ? wrong_ms : 0);
  const announced_at = new Date(right_ms).toISOString();
  await change("photographs", photograph.id, { announced_at });
  return { ...photograph, announced_at };
}

const announcement = ({ size, sha256, announced_at, place }) =>
  JSON.stringify({ size, sha256, taken_at: announced_at, ...(place ?? {}) });

function sendPart(id, content, offset) {
  return ask(`/api/photographs/${id}/parts`, {
    method: "PATCH",
    body: content.slice(offset, offset + PART_BYTES),
    type: "application/octet-stream",
    also: { "Upload-Offset": String(offset) },
    patience_ms: PART_PATIENCE_MS,
  });
}

/** Send one photograph from where the last try ended, and tell `progress` of each part. */
async function sendPhotograph(kept, progress) {
  const photograph = await announced(kept);
  const { id, report_id } = photograph;
  const path = `/api/damage-reports/${report_id}/photographs/${id}`;
  let answer = await ask(path, { method: "PUT", body: announcement(photograph) });
  const content = answer.ok ? await contentOf(id) : null;
  let refused = 0;
  while (answer.ok && answer.said.is_complete === false) {
    const { received } = answer.said;
    progress(id, received);
    answer = await sendPart(id, content, received);
    // Somebody else has sent that part meanwhile: the server says how far it is.
    if (answer.status === 409 && Number.isInteger(answer.said.received)) {
      refused += 1;
      if (refused > content.byteLength / PART_BYTES + 2) throw new Error("the parts do not meet");
      answer = { ...answer, ok: true, said: { ...answer.said, is_complete: false } };
    } else if (answer.ok && answer.said.received <= received) throw new Error("no part arrives");
  }
  return answer.ok && answer.said.is_complete ? { isRecorded: true } : refusalOf(answer);
}

/**
 * Deliver what is kept, and again until the server has confirmed each.
 *
 * `tell` gets "recorded", "answered", "signed_out" or "lost", and the report; `progress` the id of a
 * photograph and how many bytes have arrived. Returns the function that starts at once.
 */
export function delivery(tell, progress) {
  let isLeft = false;

  async function settle(name, kept, outcome, recorded) {
    if (outcome.isRecorded) await recorded(kept.id);
    else if (outcome.refusal) await change(name, kept.id, { refusal: outcome.refusal });
    const word = outcome.isRecorded ? "recorded" : outcome.isSignedOut ? "signed_out" : "answered";
    await tell(word, name === "reports" ? kept : null);
    return !outcome.isSignedOut;
  }
  async function sendAll() {
    for (;;) {
      const { reports: [report], photographs: [photograph] } = sendable(await read());
      isLeft = Boolean(report ?? photograph);
      if (!isLeft) return true;
      const goesOn = report
        ? await settle("reports", report, await sendReport(report), confirm)
        : await settle("photographs", photograph, await sendPhotograph(photograph, progress), dropPhotograph);
      if (!goesOn) return false;
    }
  }
  return persistently(() => alone("hq-field", sendAll), { isLeft: () => isLeft, lost: () => tell("lost", null) });
}
