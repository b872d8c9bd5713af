import { now } from "./clock.js";
import { delivery } from "./count-delivery.js";
import { draftOf, keepDraft } from "./count-draft.js";
import { CountForm, figuresText } from "./count-form.js";
import { lastFigures, withCount } from "./count-last.js";
import { photographs } from "./count-photographs.js";
import { drop, isKept, isReady, keep, onChangeElsewhere, unsent } from "./count-queue.js";
import { newId } from "./count-sending.js";
import { Supplies } from "./count-supplies.js";
import { UnsentList, timeText } from "./count-unsent.js";
import { ask } from "./delivery.js";
import { fill } from "./wording.js";

/** The page of one shelter: reads what is known of it, and sends what is counted in it. */

const READ_MS = 30_000;
/** A slow answer makes a clock look wrong by seconds; the store refuses what is five minutes ahead. */
const CLOCK_WRONG_MS = 120_000;
const $ = (id) => document.getElementById(id);
const { shelter_id, texts } = JSON.parse($("setup").textContent);

/** What the server said last; null until it has answered. */
let told = null;
/** What stands in the form; null while it is empty. */
let draft = draftOf(shelter_id);
/** Why the page is of no use at the moment: two sentences, or null. */
let trouble = null;
let isReached = true;
let recorded = "";
/** How many counts were recorded: an answer from before the last of them is out of date. */
let generation = 0;

const form = new CountForm($("form"), texts, { report, changed: typed });
const list = new UnsentList($("unsent-list"), texts, {
  shelterId: shelter_id,
  canCorrect: (count) => count.shelter_id === shelter_id && !trouble,
  isCorrected: (count) => count.id === draft?.corrects,
  changed: decided,
});
const deliver = delivery((outcome, count) => {
  isReached = outcome !== "lost";
  if (outcome === "signed_out") trouble = [texts.signed_out, ""];
  if (outcome === "recorded") {
    generation += 1;
    if (told && count.shelter_id === shelter_id) told = withCount(told, count, texts.you);
    recorded = fill(texts.recorded, { time: timeText(count.observed_at), figures: figuresText(count.figures, texts) });
  }
  // What was asked back may be asked because of a count that this page has not seen yet.
  if (outcome === "recorded" || outcome === "answered") read();
  draw();
  // What is counted goes first; photographs follow once it is there.
  pictures.deliver();
});
const pictures = photographs(
  { take: $("take"), camera: $("camera"), list: $("photograph-list"), news: $("photograph-news") },
  texts,
  {
    facts: () => ({ shelter_id, taken_at: new Date(tapMoment()).toISOString(), incident_id: told?.incident?.id ?? null }),
    isBusy: () => unsent().some(isReady),
    changed: drawStrip,
  },
);

const supplies = new Supplies($("supplies"), texts, {
  shelterId: shelter_id,
  tapMoment,
  standing: () => told?.shelter.id ?? shelter_id,
});

/** What is on its way from this page, and was neither refused nor asked back. */
const underWay = () => unsent().filter((count) => isReady(count) && count.shelter_id === shelter_id);

/** The device's clock, which keeps the order of its counts; the server's where that is plainly wrong. */
function tapMoment() {
  const device = Date.now();
  return Math.abs(now() - device) > CLOCK_WRONG_MS ? now() : device;
}

/** The count that is shown as the last one: null where nobody has counted, undefined while nobody knows. */
function lastId() {
  const before = underWay().findLast((count) => "persons" in count.figures);
  return before ? before.id : told?.reading_id;
}

/** What is typed follows the count that was shown when typing began; a newer one is asked about. */
function typed(figures) {
  const isEmpty = Object.keys(figures).length === 0;
  draft = isEmpty ? null : { ...(draft ?? { after_id: lastId(), corrects: null }), figures };
  keepDraft(shelter_id, draft);
  list.draw();
}

function report(figures) {
  const slip = unsent().find(list.isCorrected);
  const { after_id = lastId() } = draft;
  keep({
    id: newId(),
    shelter_id,
    shelter: told?.shelter.name ?? "",
    figures,
    observed_at: slip?.observed_at ?? new Date(tapMoment()).toISOString(),
    incident_id: slip?.incident_id ?? told?.incident?.id ?? null,
    after_id,
    confirmed: [],
  });
  if (slip) drop(slip.id);
  recorded = "";
  form.clear();
  draw();
  deliver();
}

function decided(slip) {
  if (slip) {
    form.clear();
    draft = { after_id: lastId(), corrects: slip.id };
    form.fill(slip.figures);
  }
  draw();
  deliver();
}

async function read() {
  const begun = generation;
  try {
    const { status, ok, said } = await ask(`/api/shelters/${shelter_id}/count`);
    isReached = true;
    if (begun !== generation) return void read();
    // One that has been joined with another answers as that one.
    if (ok && said.shelter?.id) {
      told = said;
      trouble = whyNot(said);
    } else if (status === 401) trouble = [texts.signed_out, ""];
    else if (said.errors) trouble = [said.title, said.errors[0].remedy];
  } catch {
    isReached = false;
  }
  draw();
}

/** Return why nothing can be counted now, and what to do; null where it can. */
function whyNot({ shelter, incident }) {
  if (shelter.takes_part) return null;
  const state = texts.states[shelter.state];
  return [incident ? fill(texts.not_open, { shelter: shelter.name, state }) : texts.no_incident, texts.what_to_do];
}

function draw() {
  drawHeader();
  drawStrip();
  list.draw();
  $("trouble").hidden = !trouble;
  const [title, remedy] = $("trouble").children;
  [title.textContent, remedy.textContent] = trouble ?? ["", ""];
  // Without an answer yet the count is taken all the same: the server decides when it arrives.
  $("form").hidden = Boolean(trouble);
  $("ask").hidden = Boolean(trouble);
  form.showLast(lastFigures(told, underWay()), { isKnown: told !== null });
  drawDue();
}

function drawHeader() {
  if (told) {
    $("shelter").textContent = told.shelter.name;
    document.title = told.shelter.name;
    $("incident").textContent = told.incident?.name ?? "";
    $("demonstration").hidden = !told.incident?.is_demonstration;
    $("joined").hidden = told.shelter.id === shelter_id;
  }
  const isUp = isReached && navigator.onLine;
  $("connection").textContent = isUp ? texts.connected : texts.no_signal;
  $("connection").classList.toggle("down", !isUp);
}

function drawStrip() {
  const { length } = unsent();
  const kept = isKept() && pictures.isKept() ? texts.kept : texts.not_kept;
  const waiting = pictures.count();
  $("strip").classList.toggle("some", length + waiting > 0);
  $("unsent-photographs").textContent = waiting ? fill(texts.unsent_photographs, { count: waiting }) : "";
  $("unsent").textContent = fill(texts.unsent, { count: length });
  $("news").textContent = length + waiting ? kept : recorded;
}

function drawDue() {
  const due_at = told?.due_at;
  const isOver = due_at && Date.parse(due_at) < now();
  $("due").textContent = due_at ? fill(isOver ? texts.overdue : texts.due, { time: timeText(due_at) }) : "";
  $("due").classList.toggle("over", Boolean(isOver));
}

function wake() {
  if (document.hidden) return;
  readAll();
  deliver();
  pictures.deliver();
}

/** What the shelter is now called on the register is known before its supplies are asked for. */
const readAll = () => read().then(() => supplies.read());

for (const [target, name] of [[window, "online"], [window, "pageshow"], [document, "visibilitychange"]]) {
  target.addEventListener(name, wake);
}
window.addEventListener("offline", draw);
onChangeElsewhere(draw);
setInterval(() => (document.hidden ? null : readAll()), READ_MS);
if (draft) form.fill(draft.figures);
draw();
wake();
