const CONFLICT = 409;
/** The refusals that a person may answer with yes. */
const DOUBTS = new Set(["far-over-capacity", "ten-times-the-last", "counted-meanwhile"]);

/** Read a count as people type it, full-width digits and commas too; null is no whole number. */
export function countOf(text) {
  const plain = text.normalize("NFKC").replace(/[\s,、]/g, "");
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}

/**
 * Send a count. Resolves to `{}` when it is recorded, `{doubt: code, says}` when it is asked back,
 * `{says}` when it is refused, `{says: null}` when nobody knows what became of it.
 */
export async function sendCount(shelterId, reading) {
  let response, problem;
  try {
    response = await fetch(`/api/shelters/${shelterId}/readings`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ source: "phone", ...reading }),
    });
    if (response.ok) return {};
    problem = await response.json();
  } catch (error) {
    console.warn(error);
    return { says: null };
  }
  const code = problem.errors?.[0]?.code;
  const isDoubt = response.status === CONFLICT && DOUBTS.has(code);
  return { doubt: isDoubt ? code : undefined, says: problem.detail ?? null };
}
