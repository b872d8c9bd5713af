/**
 * What the server has not confirmed yet, kept in this browser under a name of its kind.
 *
 * Each has an entry of its own, with `id` and `observed_at`, so that two tabs never write over each
 * other's.
 */
export function kept(prefix) {
  /** What the browser would not keep: it lives as long as the page does. */
  const fleeting = new Map();

  /** Keep something until it is dropped; a later state of the same takes its place. */
  function keep(entry) {
    const text = JSON.stringify(entry);
    try {
      localStorage.setItem(prefix + entry.id, text);
      fleeting.delete(entry.id);
    } catch {
      fleeting.set(entry.id, text);
    }
  }

  /** Change what is still kept; another tab may have dropped it. */
  function change(id, changes) {
    const entry = unsent().find((one) => one.id === id);
    if (entry) keep({ ...entry, ...changes });
  }

  /** Forget something: it is recorded, or a person discarded it. */
  function drop(id) {
    fleeting.delete(id);
    try {
      localStorage.removeItem(prefix + id);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }

  function storedTexts() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
      return keys.map((key) => localStorage.getItem(key));
    } catch {
      return [];
    }
  }

  /** Return what is kept, in the order in which it happened. */
  function unsent() {
    const entries = new Map();
    for (const text of [...storedTexts(), ...fleeting.values()]) {
      const entry = text && JSON.parse(text);
      if (entry) entries.set(entry.id, entry);
    }
    return [...entries.values()].sort((one, other) => (one.observed_at < other.observed_at ? -1 : 1));
  }

  /** Whether all of it survives closing the page. */
  const isKept = () => fleeting.size === 0;

  /** Be told when another tab changes what is kept. */
  function onChangeElsewhere(listener) {
    window.addEventListener("storage", ({ key }) => {
      if (key === null || key.startsWith(prefix)) listener();
    });
  }

  return { keep, change, drop, unsent, isKept, onChangeElsewhere };
}
