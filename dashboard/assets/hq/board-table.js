import { COLUMNS, makeRow } from "./board-row.js";
import { isSortable } from "./board-order.js";
import { element } from "./wording.js";

/** How long after the hand has moved on the list it is still at work there. */
const HAND_MS = 3000;

function header(words, sortBy, hasEntry) {
  const cells = COLUMNS.map((column) => {
    const made = element("div", `hq-cell hq-of-${column}`);
    made.setAttribute("role", "columnheader");
    if (!isSortable(column)) return made;
    const press = element("button", "hq-sort", words.columns[column]);
    press.type = "button";
    press.addEventListener("click", () => sortBy(column));
    made.dataset.column = column;
    made.append(press);
    return made;
  });
  if (hasEntry) {
    const entry = element("div", "hq-cell hq-of-entry", words.new_count);
    entry.setAttribute("role", "columnheader");
    cells.push(entry);
  }
  const row = element("div", "hq-row hq-head", ...cells);
  row.setAttribute("role", "row");
  return row;
}

/** The list: rows known by id, changed in place, and moved only while nobody is at work in them. */
export class BoardTable {
  constructor(words, { mayCount, select, sortBy }) {
    this.words = words;
    this.row = () => makeRow(words, { mayCount, select });
    this.rows = new Map();
    this.order = [];
    this.movedAt = -Infinity;
    this.head = header(words, sortBy, mayCount);
    this.body = element("div", "hq-body");
    this.body.setAttribute("role", "rowgroup");
    this.body.addEventListener("pointermove", () => (this.movedAt = performance.now()));
    this.body.addEventListener("pointerleave", () => (this.movedAt = -Infinity));
    this.element = element("div", "hq-board", this.head, this.body);
    this.mayCount = mayCount;
    this.offerEntry(true);
    this.element.setAttribute("role", "table");
    this.element.setAttribute("aria-label", words.title);
  }

  /** Let counts be recorded, where the reader may at all. */
  offerEntry(isOffered) {
    this.element.classList.toggle("hq-with-entry", this.mayCount && isOffered);
  }

  /** Show shelters in an order; `atOnce` where the reader has asked for it. */
  show(shelters, incident, { atOnce = false } = {}) {
    const gone = new Set(this.rows.keys());
    for (const shelter of shelters) {
      gone.delete(shelter.id);
      if (!this.rows.has(shelter.id)) this.rows.set(shelter.id, this.row());
      this.rows.get(shelter.id).update(shelter, incident);
    }
    for (const id of gone) this.drop(id);
    this.order = shelters.map(({ id }) => this.rows.get(id).element);
    if (atOnce || !this.isHeld()) this.arrange();
    else this.body.append(...this.order.filter((row) => !row.isConnected));
  }

  /** Follow the clock: ages grow, and rows move once nobody is at work in them. */
  tick() {
    for (const row of this.rows.values()) row.update();
    if (!this.isHeld()) this.arrange();
  }

  focused() {
    return this.body.getRootNode().activeElement;
  }

  /** Whether somebody is recording a count, of one shelter or of any. */
  isAtWork(body = this.body) {
    return body.contains(this.focused()) && this.focused().closest(".hq-of-entry, .hq-of-answer") !== null;
  }

  isAtWorkOn(id) {
    return this.rows.has(id) && this.isAtWork(this.rows.get(id).element);
  }

  isHeld() {
    return this.isAtWork() || performance.now() - this.movedAt < HAND_MS;
  }

  arrange() {
    const focused = this.order.findIndex((row) => row.contains(this.focused()));
    // A row that is moved loses the focus, so the others move around it.
    const held = this.order[focused];
    const [before, after] = held ? [this.order.slice(0, focused), this.order.slice(focused + 1)] : [[], this.order];
    settle(this.body, before, this.body.firstElementChild, held);
    settle(this.body, after, held ? held.nextElementSibling : this.body.firstElementChild, null);
  }

  drop(id) {
    this.rows.get(id).element.remove();
    this.rows.delete(id);
  }

  mark(selected) {
    this.rows.forEach((row, id) => row.select(id === selected));
  }

  say(sort) {
    for (const cell of this.head.querySelectorAll("[data-column]")) {
      const isIt = cell.dataset.column === sort?.column;
      cell.setAttribute("aria-sort", isIt ? (sort.descending ? "descending" : "ascending") : "none");
    }
  }
}

/** Put rows one after the other before `end`, moving only those that stand elsewhere. */
function settle(body, rows, place, end) {
  for (const row of rows) {
    if (row === place) place = place.nextElementSibling;
    else body.insertBefore(row, place ?? end ?? null);
  }
}
