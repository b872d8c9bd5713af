/**
 * Photographs that the server has not confirmed yet, kept in this browser.
 *
 * A browser keeps five megabytes of text and hundreds of bytes like these: so they lie in IndexedDB.
 */
const NAME = "hq-photographs";
const STORE = "unsent";
/** What the browser would not keep: it lives as long as the page does. */
const fleeting = new Map();

const answerOf = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function opened() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
  return answerOf(request);
}

/** Do something to the store, and return its answer once all of it is on the disk. */
async function within(mode, work) {
  const database = await opened();
  try {
    const transaction = database.transaction(STORE, mode);
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const [answer] = await Promise.all([answerOf(work(transaction.objectStore(STORE))), done]);
    return answer;
  } finally {
    database.close();
  }
}

/** Keep a photograph until it is dropped; a later state of the same one takes its place. */
export async function keep(photograph) {
  try {
    await within("readwrite", (store) => store.put(photograph));
    fleeting.delete(photograph.id);
  } catch {
    fleeting.set(photograph.id, photograph);
  }
}

/** Forget a photograph: it is recorded, or a person discarded it. */
export async function drop(id) {
  fleeting.delete(id);
  // A browser that keeps nothing has nothing to forget.
  await within("readwrite", (store) => store.delete(id)).catch(() => {});
}

/** Return what is kept, in the order in which it was taken. */
export async function unsent() {
  const stored = await within("readonly", (store) => store.getAll()).catch(() => []);
  const all = new Map([...stored, ...fleeting.values()].map((photograph) => [photograph.id, photograph]));
  return [...all.values()].sort((one, other) => (one.taken_at < other.taken_at ? -1 : 1));
}

/** Whether all of it survives closing the page. */
export const isKept = () => fleeting.size === 0;
