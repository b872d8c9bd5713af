/**
 * Turn any number of calls into few runs, losing none: a call while a run is under way or resting
 * causes exactly one more run, after it.
 *
 * The first run starts after `delay_ms`, so that what arrives together is served together; runs
 * start at least `rest()` milliseconds apart.
 */
export function coalesce(run, { delay_ms = 0, rest = () => 0 } = {}) {
  let busy = false;
  let wanted = false;
  let last = -Infinity;
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  return async function request() {
    wanted = true;
    if (busy) return;
    busy = true;
    try {
      while (wanted) {
        await pause(Math.max(delay_ms, last + rest() - performance.now()));
        wanted = false;
        last = performance.now();
        await run();
      }
    } finally {
      busy = false;
    }
  };
}
