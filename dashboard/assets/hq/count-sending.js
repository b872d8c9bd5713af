/** What every page that sends counts does with one: its id, what the server answers, a person's yes. */

/** What the server asks a person about before it records a count. */
const DOUBTS = new Set(["far-over-capacity", "ten-times-the-last", "counted-meanwhile"]);

/** Return a new UUID; over plain HTTP browsers offer no randomUUID. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Return what the server's refusal means: `{doubt}` or `{refusal}`, each `{code, status, text}`. */
export function refused(status, { errors, detail }) {
  const answer = { code: errors[0].code, status, text: detail };
  return DOUBTS.has(answer.code) ? { doubt: answer } : { refusal: answer };
}

/** Return what changes of a count when a person says yes to what was asked. */
export const saidYes = ({ confirmed, doubt }) => ({ confirmed: [...confirmed, doubt.code], doubt: null });
