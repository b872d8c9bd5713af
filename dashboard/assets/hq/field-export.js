import { contentOf } from "./field-store.js";

/** What this phone keeps as a file, for a phone that finds no signal at all. */

const FORMAT = "disaster-hq-field-queue";
const VERSION = 1;
/** What a function call takes as arguments is limited. */
const CHUNK = 0x8000;

function base64(content) {
  const bytes = new Uint8Array(content);
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

/**
 * Return what is filed and unsent as the pieces of a file; drafts stay with whoever writes them.
 *
 * Picture by picture: all of them at once as text would not fit a phone.
 */
export async function queueFile({ drafts, reports, photographs }) {
  const drafted = new Set(drafts.map(({ id }) => id));
  const head = JSON.stringify({ format: FORMAT, version: VERSION, reports: reports.map(({ body }) => body) });
  const pieces = [`${head.slice(0, -1)},"photographs":[`];
  for (const { id, report_id, at } of photographs.filter((each) => !drafted.has(each.report_id))) {
    const photograph = { id, report_id, taken_at: at, jpeg_base64: base64(await contentOf(id)) };
    pieces.push(new Blob([pieces.length > 1 ? "," : "", JSON.stringify(photograph)]));
  }
  return new Blob([...pieces, "]}"], { type: "application/json" });
}

/** Hand a file to the person who holds the phone. */
export function save(blob, moment) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `hq-field-${moment.replace(/[-:]/g, "").slice(0, 15)}.json`;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
