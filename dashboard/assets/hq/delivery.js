import { keepTime } from "./clock.js";

/** How every page that must lose nothing speaks to the server: with patience, and again. */

const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 60_000;
const PATIENCE_MS = 20_000;
/** Client errors that another moment may mend. */
const PASSING = new Set([408, 425, 429]);

/** Ask our server for JSON. Throws where it cannot be reached, or somebody else answers. */
export async function ask(path, { type = "application/json", patience_ms = PATIENCE_MS, also = {}, ...options } = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), patience_ms);
  try {
    const headers = { Accept: "application/json", "Content-Type": type, ...also };
    const response = await fetch(path, { ...options, headers, signal: patience.signal, cache: "no-store" });
    keepTime(response);
    const { status } = response;
    if (status >= 500 || PASSING.has(status)) throw new Error(`${path}: ${status}`);
    return { status, ok: response.ok, said: await response.json() };
  } finally {
    clearTimeout(timer);
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
