import { openStream } from "./event-stream.js";

/** What pages know of the event stream. */

const listeners = new Set();
let connected = null;
let started = false;

function tell(message) {
  for (const listener of listeners) listener(message);
}

function hear(message) {
  if ("connected" in message) {
    if (message.connected === connected) return;
    ({ connected } = message);
  }
  tell(message);
}

function start() {
  started = true;
  // A tab in the background may have been frozen: on return it reads again.
  document.addEventListener("visibilitychange", () => {
    if (connected && !document.hidden) tell({ connected });
  });
  if (!("SharedWorker" in window)) return void openStream(hear);
  new BroadcastChannel("hq-events").addEventListener("message", ({ data }) => hear(data));
  const worker = new SharedWorker(new URL("events-worker.js", import.meta.url), { type: "module" });
  worker.port.addEventListener("message", ({ data }) => hear(data));
  worker.port.start();
  worker.addEventListener("error", () => openStream(hear), { once: true });
}

/**
 * Hear of changes (`{change: {subject, ids}}`) and of the connection (`{connected}`).
 *
 * Each connection is told, the first one too: what was missed before it must be read again.
 * Returns a function that stops listening.
 */
export function listen(listener) {
  listeners.add(listener);
  if (!started) start();
  else if (connected !== null) listener({ connected });
  return () => listeners.delete(listener);
}
