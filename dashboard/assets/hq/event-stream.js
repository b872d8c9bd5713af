/** One server-sent event stream that never gives up. Runs in the worker, or in a page without one. */

const RETRY_MS = 3000;
/** The server speaks at least this often; a longer silence is a dead line that looks alive. */
const SILENCE_MS = 45000;

/**
 * Open the stream and tell of everything that happens on it.
 *
 * `tell` gets `{connected: true|false}` whenever that changes, and `{change: {subject, ids}}`.
 * Returns a function that closes the stream.
 */
export function openStream(tell) {
  let source, retry, silence;
  let hasHeartbeat = false;
  let connected = null;

  function say(state) {
    if (state !== connected) tell({ connected: (connected = state) });
  }
  function heard() {
    say(true);
    clearTimeout(silence);
    if (hasHeartbeat) silence = setTimeout(reopen, SILENCE_MS);
  }
  function reopen() {
    close();
    say(false);
    retry = setTimeout(open, RETRY_MS);
  }
  function open() {
    source = new EventSource("/api/events");
    source.addEventListener("open", heard);
    source.addEventListener("heartbeat", () => {
      hasHeartbeat = true;
      heard();
    });
    source.addEventListener("change", (event) => {
      heard();
      tell({ change: JSON.parse(event.data) });
    });
    // The browser itself gives up on an HTTP error, and waits as long as it likes on others.
    source.addEventListener("error", reopen);
  }
  function close() {
    clearTimeout(retry);
    clearTimeout(silence);
    source?.close();
  }
  open();
  return close;
}
