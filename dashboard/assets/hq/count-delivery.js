import { keepTime } from "./clock.js";
import { change, drop, isReady, unsent } from "./count-queue.js";
import { refused } from "./count-sending.js";

const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 60_000;
const PATIENCE_MS = 20_000;
/** Client errors that another moment may mend. */
const PASSING = new Set([408, 425, 429]);

/** Ask our server for JSON. Throws where it cannot be reached, or somebody else answers. */
export async function ask(path, { type = "application/json", patience_ms = PATIENCE_MS, ...options } = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), patience_ms);
  try {
    const headers = { Accept: "application/json", "Content-Type": type };
    const response = await fetch(path, { ...options, headers, signal: patience.signal, cache: "no-store" });
    keepTime(response);
    const { status } = response;
    if (status >= 500 || PASSING.has(status)) throw new Error(`${path}: ${status}`);
    return { status, ok: response.ok, said: await response.json() };
  } finally {
    clearTimeout(timer);
  }
}

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

/** One tab at a time; where browsers offer no locks, the server knows a retry by its id. */
export const alone = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work());

/**
 * Work, and again as long as something is left, ever more rarely while the server cannot be reached.
 *
 * `work` resolves to false where another try makes no sense soon, and throws where the server could
 * not be reached, which `lost` is told. Returns the function that starts at once.
 */
export function persistently(work, { isLeft, lost }) {
  let running = null;
  let timer = null;
  let wait_ms = FIRST_RETRY_MS;

  async function run() {
    clearTimeout(timer);
    let pause_ms = 0;
    try {
      if (!(await work())) pause_ms = LONGEST_RETRY_MS;
      wait_ms = FIRST_RETRY_MS;
    } catch {
      lost();
      pause_ms = wait_ms;
      wait_ms = Math.min(2 * wait_ms, LONGEST_RETRY_MS);
    }
    running = null;
    if (isLeft()) timer = setTimeout(start, pause_ms);
  }
  function start() {
    running ??= run();
  }
  return () => {
    wait_ms = FIRST_RETRY_MS;
    start();
  };
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
