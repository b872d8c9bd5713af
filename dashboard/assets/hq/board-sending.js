import { refused } from "./count-sending.js";

/** Read a count as people type it, full-width digits and commas too; null is no whole number. */
export function countOf(text) {
  const plain = text.normalize("NFKC").replace(/[\s,、]/g, "");
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}

/**
 * Send a count. Resolves to `{}` when it is recorded, `{doubt, says}` when it is asked back, `{says}`
 * when it is refused, `{says: null}` when nobody knows what became of it.
 */
export async function sendCount(shelterId, reading) {
  try {
    const response = await fetch(`/api/shelters/${shelterId}/readings`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ source: "phone", ...reading }),
    });
    if (response.ok) return {};
    const { doubt, refusal } = refused(response.status, await response.json());
    return { doubt, says: (doubt ?? refusal).text };
  } catch (error) {
    console.warn(error);
    return { says: null };
  }
}
