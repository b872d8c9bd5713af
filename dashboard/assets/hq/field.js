import { ask } from "./delivery.js";
import { delivery } from "./field-delivery.js";
import { newDraft } from "./field-draft.js";
import { ReportForm } from "./field-form.js";
import { showMap, theCity } from "./field-map.js";
import { around, learnAround, recall } from "./field-nearby.js";
import { Position } from "./field-place.js";
import { queueScreen } from "./field-queue.js";
import { drawLists, drawTiles } from "./field-start.js";
import { begin, change, known, learn, onChangeElsewhere, read } from "./field-store.js";
import { language, speak, texts, timeText, writeWords } from "./field-texts.js";
import { fill } from "./wording.js";

/** The field app: which screen is shown, what is known, and when it is sent. */

const READ_MS = 60_000;
const SCREENS = ["start", "form", "queue"];
const $ = (id) => document.getElementById(id);

let screen = "start";
let kept = { drafts: [], reports: [], photographs: [] };
let assigned = { at: null, team: "", incident: undefined, reports: [] };
/** Why nothing goes through at the moment: two sentences, or null. */
let trouble = null;
let isReached = navigator.onLine;
let news = "";
const sent = new Map();

const position = new Position({
  found: (place) => {
    form.locate(place);
    if (!position.isSeeking) hear();
    draw();
  },
  ended: () => {
    form.draw();
    hear();
  },
});
const form = new ReportForm(position, {
  reporter: () => assigned.team,
  filed: () => {
    news = "";
    leave();
    deliver();
  },
  left: leave,
  changed: refresh,
});
const queue = queueScreen({
  changed: () => refresh().then(deliver),
  corrected: (draft) => refresh().then(() => open(draft)),
  mayCorrect: () => kept.drafts.length === 0,
});
const deliver = delivery(
  async (outcome, report) => {
    isReached = outcome !== "lost";
    if (outcome === "signed_out") trouble = [texts.signed_out, ""];
    if (outcome === "recorded" && report) {
      news = fill(texts.recorded, { time: timeText(report.at), figures: texts.categories[report.body.category] });
    }
    await refresh();
  },
  (id, received) => {
    sent.set(id, received);
    draw();
  },
);

function show(name) {
  screen = name;
  draw();
  scrollTo(0, 0);
}

function open(draft) {
  form.open(draft);
  show("form");
  refresh();
}

async function start(group, category) {
  const draft = newDraft(group, category);
  draft.place = position.isSeeking ? position.last : null;
  await begin(draft);
  news = "";
  open(draft);
}

function leave() {
  form.close();
  refresh();
  show("start");
}

/** Read what this phone keeps, and show it. */
async function refresh() {
  kept = await read();
  form.pictures.draw(kept.photographs);
  draw();
}

/** Ask what is new, as far as there is anybody to ask. */
async function hear() {
  try {
    const { ok, status, said } = await ask("/api/field/assignments");
    isReached = true;
    if (ok && Array.isArray(said.reports)) {
      assigned = { at: new Date().toISOString(), ...said };
      trouble = said.incident ? null : [texts.no_incident, texts.no_incident_yet];
      await learn("assigned", assigned);
      if (position.last) await learnAround(position.last);
    } else if (status === 401) trouble = [texts.signed_out, ""];
    else if (said.errors) trouble = [said.title, said.errors[0].remedy ?? ""];
  } catch {
    isReached = false;
  }
  draw();
}

function draw() {
  for (const name of SCREENS) $(name).hidden = name !== screen;
  document.body.classList.toggle("drill", Boolean(assigned.is_drill));
  $("drill").hidden = !assigned.is_drill;
  $("team").textContent = assigned.team;
  $("incident").textContent = assigned.incident?.name ?? "";
  $("demonstration").hidden = !assigned.incident?.is_demonstration;
  const isUp = isReached && navigator.onLine;
  $("connection").textContent = isUp ? texts.connected : texts.no_signal;
  $("connection").classList.toggle("down", !isUp);
  drawStrip();
  const [title, remedy] = trouble ?? (window.isSecureContext ? ["", ""] : [texts.insecure, texts.insecure_why]);
  $("trouble").hidden = !title || screen !== "start";
  [$("trouble").children[0].textContent, $("trouble").children[1].textContent] = [title, remedy];
  if (screen === "start") drawLists(assigned, position.last);
  if (screen === "queue") queue.draw(kept, sent);
  form.draw();
}

function drawStrip() {
  const drafted = new Set(kept.drafts.map(({ id }) => id));
  const pictures = kept.photographs.filter(({ report_id }) => !drafted.has(report_id)).length;
  const some = kept.reports.length + pictures;
  $("strip").classList.toggle("some", some > 0);
  $("unsent").textContent = fill(texts.unsent, { count: kept.reports.length });
  $("unsent-photographs").textContent = pictures ? fill(texts.and_photographs, { count: pictures }) : "";
  $("news").textContent = some ? texts.kept : news || texts.all_sent;
}

function wake() {
  if (document.hidden) return;
  hear();
  deliver();
}

/** What was refused is tried once more whenever the page is opened: the reason may be gone. */
async function retryRefused() {
  const { reports, photographs } = await read();
  for (const [name, all] of Object.entries({ reports, photographs })) {
    for (const { id, refusal } of all) if (refusal) await change(name, id, { refusal: null });
  }
}

function listen() {
  for (const [target, name] of [[window, "online"], [window, "pageshow"], [document, "visibilitychange"]]) {
    target.addEventListener(name, wake);
  }
  window.addEventListener("offline", draw);
  onChangeElsewhere(refresh);
  $("strip").addEventListener("click", () => show(screen === "queue" ? (form.draft ? "form" : "start") : "queue"));
  $("queue-back").addEventListener("click", () => show(form.draft ? "form" : "start"));
  $("look").addEventListener("click", () =>
    showMap({ here: position.last, reports: [...around(null).reports, ...assigned.reports], picks: false }),
  );
  $("language").textContent = language === "ja" ? "English" : "日本語";
  $("language").lang = language === "ja" ? "en" : "ja";
  $("language").addEventListener("click", () => speak($("language").lang));
  setInterval(() => (document.hidden ? null : hear()), READ_MS);
}

async function run() {
  writeWords();
  drawTiles(start);
  try {
    await retryRefused();
    assigned = (await known("assigned")) ?? assigned;
    await recall();
    kept = await read();
  } catch {
    trouble = [texts.not_kept, texts.not_kept_why];
    $("tiles").hidden = true;
    listen();
    draw();
    return;
  }
  const [draft] = kept.drafts;
  if (draft) open(draft);
  await refresh();
  // Before that, nobody knows how much is unsent.
  listen();
  await position.seekIfAllowed();
  theCity();
  wake();
}

if ("serviceWorker" in navigator) navigator.serviceWorker.register("/field/sw.js", { scope: "/field" }).catch(() => {});
// What waits here must not be the first to go when the phone is full.
navigator.storage?.persist?.().catch(() => {});
run();
