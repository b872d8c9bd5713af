import { followBoard } from "./board-source.js";
import { followAddress, onMoment, shownMoment } from "./moment.js";
import { makeFilter } from "./board-filter.js";
import { fits, nextSort, sorted } from "./board-order.js";
import { BoardTable } from "./board-table.js";
import { makeTotals, totalsOf } from "./board-totals.js";
import { element, fill } from "./wording.js";

const TICK_MS = 2000;

/** Streamlit hears single keys on the page as its own commands; what is typed here is not for it. */
function keepKeys(part) {
  part.addEventListener("keydown", (event) => event.stopPropagation());
}

/** Say why no row is shown. */
function emptyText({ incident, shelters, as_of: asOf }, words) {
  if (shelters.length || shownMoment() === null) return words.none_fits;
  return Date.parse(asOf) < Date.parse(incident.started_at) ? words.not_begun : words.none_then;
}

function makeBoard(parent, { words, may_count: mayCount, selected: chosen }) {
  let board = null;
  let selected = chosen;
  let tell = () => {};
  let isMoved = false;

  const totals = makeTotals("hq-figures");
  const notice = element("div", "hq-notice", words.loading);
  notice.setAttribute("role", "status");
  const filter = makeFilter(words, () => show({ atOnce: true }));
  const urgent = element("button", "hq-toggle hq-urgent", words.most_urgent);
  urgent.type = "button";
  urgent.addEventListener("click", () => filter.change({ sort: null }));
  filter.element.prepend(urgent);
  const table = new BoardTable(words, {
    mayCount,
    select: (id) => choose(id === selected ? null : id),
    sortBy: (column) => filter.change({ sort: nextSort(filter.view.sort, column) }),
  });
  const empty = element("p", "hq-empty", words.none_fits);
  const whole = element("section", "hq-board-whole", totals.element, notice, element("div", "hq-list", filter.element, table.element, empty));
  keepKeys(whole);
  parent.append(whole);

  function choose(id) {
    selected = id;
    table.mark(selected);
    tell(id);
  }
  function show({ atOnce = false } = {}) {
    if (!board?.incident) return;
    totals.show(totalsOf(board, words));
    filter.offer(board.shelters);
    const { sort } = filter.view;
    const shown = sorted(board.shelters.filter((shelter) => fits(shelter, filter.view) || table.isAtWorkOn(shelter.id)), sort);
    table.show(shown, board.incident, { atOnce });
    table.say(sort);
    table.mark(selected);
    table.offerEntry(shownMoment() === null);
    urgent.setAttribute("aria-pressed", String(sort === null));
    filter.say(fill(words.shown, { shown: shown.length, count: board.shelters.length }));
    empty.hidden = shown.length > 0;
    empty.textContent = emptyText(board, words);
  }
  followAddress();
  table.offerEntry(shownMoment() === null);
  const stopHearing = onMoment(() => {
    isMoved = true;
    table.offerEntry(shownMoment() === null);
  });
  const stopFollowing = followBoard(
    (latest) => {
      board = latest;
      notice.textContent = "";
      // Whoever moves the slider has asked for the new order.
      show({ atOnce: isMoved });
      isMoved = false;
    },
    ({ connected, failing }) => {
      notice.classList.toggle("hq-alarm", connected === false || failing);
      if (connected === false) notice.textContent = words.disconnected;
      else notice.textContent = failing ? words.unreadable : board === null ? words.loading : "";
    },
  );
  // Figures grow old without any event.
  function tick() {
    if (!board?.incident || document.hidden) return;
    if (filter.view.only) show();
    else table.tick();
    totals.show(totalsOf(board, words));
  }
  const ticking = setInterval(tick, TICK_MS);

  return {
    hear(listener) {
      tell = listener;
    },
    stop() {
      stopHearing();
      stopFollowing();
      clearInterval(ticking);
      whole.remove();
    },
  };
}

const boards = new WeakMap();

/** Streamlit calls this on the first show and again on each run of the page's script. */
export function showBoard({ data, parentElement, setStateValue }) {
  if (!boards.has(parentElement)) boards.set(parentElement, makeBoard(parentElement, data));
  boards.get(parentElement).hear((id) => setStateValue("selected", id));
  return () => {
    boards.get(parentElement)?.stop();
    boards.delete(parentElement);
  };
}
