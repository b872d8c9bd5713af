import { COLUMNS, makeRow } from "./board-row.js";
import { followBoard } from "./board-source.js";
import { makeTotals, totalsOf } from "./board-totals.js";
import { now } from "./clock.js";
import { holdsPeople } from "./marks.js";
import { makePages } from "./wall-pages.js";
import { element } from "./wording.js";

const words = JSON.parse(document.getElementById("words").textContent);
const part = (name) => document.querySelector(`.hq-wall-${name}`);
const clock = new Intl.DateTimeFormat("ja-JP", { timeZone: "Asia/Tokyo", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

const known = new Map();
const totals = makeTotals("hq-figures");
const heading = element("div", "hq-row hq-head", ...COLUMNS.map((column) => element("div", `hq-cell hq-of-${column}`, words.columns[column] ?? "")));
const list = element("div", "hq-body");
const empty = element("p", "hq-wall-empty");
part("totals").append(totals.element);
part("list").append(heading, list, empty);

const pages = makePages(list, ({ page, pages: count, held }) => {
  part("page").textContent = count > 1 ? `${page} / ${count}${held ? ` ${words.held}` : ""}` : "";
});
let board = null;

function rowOf(shelter, incident) {
  if (!known.has(shelter.id)) known.set(shelter.id, makeRow(words, { mayCount: false, select: () => {} }));
  const row = known.get(shelter.id);
  row.update(shelter, incident);
  return row.element;
}

function show() {
  const { incident } = board;
  part("incident").textContent = incident?.name ?? words.no_incident;
  part("demonstration").textContent = incident?.is_demonstration ? words.demonstration : "";
  const shelters = board.shelters.filter((shelter) => holdsPeople(shelter) || shelter.state === "unknown");
  heading.hidden = shelters.length === 0;
  empty.textContent = incident && !shelters.length ? words.none_open : "";
  list.replaceChildren(...shelters.map((shelter) => rowOf(shelter, incident)));
  tick();
  pages.set([...list.children]);
}

function tick() {
  part("clock").textContent = `${clock.format(now())} JST`;
  part("totals").hidden = !board?.incident;
  if (!board?.incident) return;
  totals.show(totalsOf(board, words));
  for (const row of known.values()) row.update();
}

function say({ connected, failing }) {
  const isLost = connected === false || failing;
  part("connection").textContent = isLost ? words.disconnected : connected ? words.connected : words.connecting;
  document.body.classList.toggle("hq-lost", isLost);
}

say({ connected: null, failing: false });
followBoard((latest) => {
  board = latest;
  show();
}, say);
setInterval(tick, 1000);
document.fonts.ready.then(() => pages.set([...list.children]));
