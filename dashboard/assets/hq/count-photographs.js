import { newId } from "./count-sending.js";
import { timeText } from "./count-unsent.js";
import { alone, ask, persistently } from "./delivery.js";
import { shrunk } from "./photograph-shrink.js";
import { drop, isKept, keep, unsent } from "./photograph-store.js";
import { element, fill } from "./wording.js";

/** A photograph of half a megabyte over a line of five kilobytes a second. */
const PATIENCE_MS = 120_000;

/** Send one photograph. Throws where nobody can tell whether it arrived: it is sent again. */
async function send({ id, shelter_id, taken_at, incident_id, content }) {
  const facts = new URLSearchParams({ id, taken_at, source: "field_app" });
  if (incident_id) facts.set("incident_id", incident_id);
  const { status, ok, said } = await ask(`/api/shelters/${shelter_id}/photographs?${facts}`, {
    method: "POST",
    body: content,
    type: "image/jpeg",
    patience_ms: PATIENCE_MS,
  });
  if (ok && said.id === id) return { isRecorded: true };
  // The page of a hotspot answers 200 as well.
  if (ok || !said.errors) throw new Error("this is not our server");
  return status === 401 ? { isSignedOut: true } : { refusal: said.detail };
}

/**
 * The photographs of a count: taken, kept until the server has them, sent after the counts.
 *
 * `parts` are the elements of the page; `facts()` returns what is known of the moment when one is
 * taken; `isBusy()` tells whether counts are still under way, which go first; `changed()` is called
 * after each change. Returns how to start sending, how many are unsent, and whether all of them
 * survive closing the page.
 */
export function photographs(parts, texts, { facts, isBusy, changed }) {
  let kept = [];
  let asked = null;

  const isReady = (photograph) => !photograph.refusal;
  const deliver = persistently(() => alone("hq-photographs", sendAll), {
    isLeft: () => kept.some(isReady) && !isBusy(),
    lost: () => {},
  });

  async function sendAll() {
    await refresh();
    for (const photograph of kept.filter(isReady)) {
      if (isBusy()) return true;
      const { isRecorded, isSignedOut, refusal } = await send(photograph);
      if (isSignedOut) return false;
      if (isRecorded) await drop(photograph.id);
      else await keep({ ...photograph, refusal });
      if (isRecorded) parts.news.textContent = fill(texts.photograph_sent, { time: timeText(photograph.taken_at) });
      await refresh();
    }
    return true;
  }
  async function refresh() {
    kept = await unsent();
    draw();
    changed();
  }
  async function take(file) {
    const about = { id: newId(), ...facts() };
    parts.news.textContent = "";
    await keep({ ...about, content: await shrunk(file) });
    await refresh();
    deliver();
  }

  function button(text, className, press) {
    const made = element("button", className, text);
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  }
  function question(photograph) {
    if (asked !== photograph.id) {
      const discard = button(texts.discard, "", () => askAbout(photograph.id));
      return [photograph.refusal, discard, button(texts.again, "main", () => settle(keep({ ...photograph, refusal: null })))];
    }
    const yes = button(texts.discard_yes, "", () => settle(drop(photograph.id)));
    return [texts.discard_photograph, yes, button(texts.discard_no, "main", () => settle(null))];
  }
  function askAbout(id) {
    asked = id;
    draw();
  }
  async function settle(decided) {
    asked = null;
    await decided;
    await refresh();
    deliver();
  }
  function row(photograph) {
    const [text, ...choice] = question(photograph);
    const title = element("b", "", fill(texts.photograph_of, { time: timeText(photograph.taken_at) }));
    const made = element("li", "", title, element("p", "", text), element("div", "choice", ...choice));
    made.setAttribute("role", "alert");
    return made;
  }
  function draw() {
    parts.list.replaceChildren(...kept.filter((photograph) => !isReady(photograph)).map(row));
  }

  parts.take.addEventListener("click", () => parts.camera.click());
  parts.camera.addEventListener("change", () => {
    for (const file of parts.camera.files) take(file);
    parts.camera.value = "";
  });
  refresh();
  return { deliver, count: () => kept.length, isKept };
}
