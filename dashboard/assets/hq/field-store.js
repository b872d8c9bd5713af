import { openDB } from "../idb/index.js";

/**
 * What this phone keeps until the server has confirmed it.
 *
 * `drafts` are being written; `reports` are filed and unconfirmed; `photographs` belong to either by
 * `report_id`, their bytes lie in `contents`; `known` is what the server said last. Whatever belongs
 * together changes in one transaction, so that a battery may die at any moment.
 */
const NAME = "hq-field";
const VERSION = 1;
const ON_DISK = { durability: "strict" };

const database = openDB(NAME, VERSION, {
  upgrade(made) {
    for (const name of ["drafts", "reports", "photographs"]) made.createObjectStore(name, { keyPath: "id" });
    made.createObjectStore("contents");
    made.createObjectStore("known");
  },
});
// Whoever uses it is told; nobody may use it at all.
database.catch(() => {});

const elsewhere = "BroadcastChannel" in window ? new BroadcastChannel(NAME) : null;

/** Be told when another tab has changed what is kept. */
export function onChangeElsewhere(listener) {
  elsewhere?.addEventListener("message", listener);
}

async function within(names, work) {
  const transaction = (await database).transaction(names, "readwrite", ON_DISK);
  const [answer] = await Promise.all([work((name) => transaction.objectStore(name)), transaction.done]);
  elsewhere?.postMessage("changed");
  return answer;
}

const byTime = (one, other) => (one.at < other.at ? -1 : 1);

/** Return everything but the bytes of photographs, in the order in which it was begun. */
export async function read() {
  const transaction = (await database).transaction(["drafts", "reports", "photographs"]);
  const [drafts, reports, photographs] = await Promise.all(
    ["drafts", "reports", "photographs"].map((name) => transaction.objectStore(name).getAll()),
  );
  return { drafts: drafts.sort(byTime), reports: reports.sort(byTime), photographs: photographs.sort(byTime) };
}

export const contentOf = async (photographId) => (await database).get("contents", photographId);
export const known = async (name) => (await database).get("known", name);
export const learn = async (name, said) => (await database).put("known", said, name);

/** Keep a new draft. */
export const begin = (draft) => within(["drafts"], (store) => store("drafts").put(draft));

/** Keep a draft's later state, unless it has been filed or discarded since. */
export const keepDraft = (draft) =>
  within(["drafts"], async (store) => {
    if (await store("drafts").getKey(draft.id)) await store("drafts").put(draft);
  });

/** Keep a photograph with its bytes. */
export const addPhotograph = (photograph, content) =>
  within(["photographs", "contents"], async (store) => {
    await store("contents").put(content, photograph.id);
    await store("photographs").put(photograph);
  });

async function forget(store, photographId) {
  await store("contents").delete(photographId);
  await store("photographs").delete(photographId);
}

/** Forget a photograph: it is recorded, or a person removed it. */
export const dropPhotograph = (id) => within(["photographs", "contents"], (store) => forget(store, id));

async function forgetAll(store, reportId) {
  const photographs = await store("photographs").getAll();
  for (const { id, report_id } of photographs) if (report_id === reportId) await forget(store, id);
}

/** Forget what a person discarded, a draft or a filed report, with its photographs. */
export const discard = (id) =>
  within(["drafts", "reports", "photographs", "contents"], async (store) => {
    await store("drafts").delete(id);
    await store("reports").delete(id);
    await forgetAll(store, id);
  });

/** Make a draft a report to be sent; false where another tab did already. */
export const file = (report) =>
  within(["drafts", "reports"], async (store) => {
    if (!(await store("drafts").getKey(report.id))) return false;
    await store("drafts").delete(report.id);
    await store("reports").put(report);
    return true;
  });

/** Make a report that the server refused a draft again. */
export const reopen = ({ id, draft }) =>
  within(["drafts", "reports"], async (store) => {
    await store("reports").delete(id);
    await store("drafts").put(draft);
  });

/** Forget a report: the server has confirmed it. */
export const confirm = (id) => within(["reports"], (store) => store("reports").delete(id));

/** Change something that is still kept; another tab may have dropped it. */
export const change = (name, id, changes) =>
  within([name], async (store) => {
    const kept = await store(name).get(id);
    if (kept) await store(name).put({ ...kept, ...changes });
  });
