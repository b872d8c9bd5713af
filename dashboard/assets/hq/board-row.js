import { ageText, changeText, duty, isStale, levelText, NOTHING, percentText, personsText, wantsOf } from "./board-model.js";
import { makeCountEntry } from "./board-entry.js";
import { now } from "./clock.js";
import { holdsPeople, shelterMark } from "./marks.js";
import { sparkline } from "./sparkline.js";
import { count, element, fill } from "./wording.js";

export const COLUMNS = ["mark", "name", "persons", "capacity", "percent", "crowding", "trend", "change", "age", "assignee"];

function cell(column, ...content) {
  const made = element("div", `hq-cell hq-of-${column}`, ...content);
  made.setAttribute("role", "cell");
  return made;
}

function write(part, text) {
  if (part.textContent !== text) part.textContent = text;
}

const drawn = new WeakMap();

/** Draw anew only what looks otherwise now: what is pointed at stays. */
function draw(part, made, facts) {
  const before = drawn.get(part);
  if (before && facts.every((fact, index) => fact === before[index])) return;
  drawn.set(part, facts);
  part.replaceChildren(made());
}

function dress(part, className) {
  if (part.className !== className) part.className = className;
}

function wantsLine(wants) {
  const made = document.createDocumentFragment();
  made.append(...wants.map(({ text, isBad }) => element("span", isBad ? "hq-want hq-bad" : "hq-want", text)));
  return made;
}

function trendLabel({ trend }, words) {
  if (!trend.length) return words.not_reported;
  return fill(words.went, { first: count(trend[0][1], words), last: count(trend.at(-1)[1], words) });
}

function assigneeTexts({ assignee, assigned_by_district }, words) {
  if (assignee === null) return [NOTHING, ""];
  return [assignee, assigned_by_district ? words.by_district : ""];
}

/** One shelter as a row that is changed in place. `select(id)` is called by a press on its name. */
export function makeRow(words, { mayCount, select }) {
  const name = element("button", "hq-row-name");
  name.type = "button";
  const district = element("small", "hq-district");
  const parts = {
    mark: cell("mark"),
    name: cell("name", name, district),
    persons: cell("persons"),
    capacity: cell("capacity", element("span", ""), element("small", "")),
    percent: cell("percent"),
    crowding: cell("crowding", element("span", "hq-level")),
    trend: cell("trend"),
    change: cell("change"),
    age: cell("age", element("span", ""), element("strong", "hq-duty")),
    assignee: cell("assignee", element("span", ""), element("small", "")),
  };
  parts.assignee.dataset.label = words.columns.assignee;
  const row = element("div", "hq-row", ...COLUMNS.map((column) => parts[column]));
  row.setAttribute("role", "row");
  const entry = mayCount ? makeCountEntry(words) : null;
  const wants = cell("wants");
  if (entry) row.append(cell("entry", entry.form));
  row.append(wants);
  if (entry) row.append(cell("answer", entry.answer));
  let shelter = null;
  let startedAt = Infinity;
  // Written out when a board comes, not each time the clock ticks.
  let trend = "";
  name.addEventListener("click", () => select(shelter.id));

  function figures(stale) {
    draw(parts.mark, () => shelterMark({ ...shelter, crowding: shelter.crowding ?? "unknown" }, stale), [shelter.state, shelter.crowding, shelter.share, shelter.self_organised, stale]);
    write(name, shelter.name);
    write(district, shelter.district ?? "");
    write(parts.persons, personsText(shelter, words));
    write(parts.capacity.firstChild, count(shelter.capacity, words));
    write(parts.capacity.lastChild, shelter.capacity !== null && shelter.capacity_is_fictitious ? words.invented : "");
    write(parts.percent, percentText(shelter, words));
    dress(parts.crowding.firstChild, `hq-level hq-${holdsPeople(shelter) ? shelter.crowding : "no-level"}`);
    write(parts.crowding.firstChild, levelText(shelter, words));
  }
  function history() {
    draw(parts.trend, () => sparkline(shelter.trend, startedAt, trendLabel(shelter, words)), [trend, startedAt, Math.floor(now() / 600_000)]);
    write(parts.change, changeText(shelter));
    write(parts.age.firstChild, ageText(shelter, words));
    write(parts.age.lastChild, duty(shelter, words));
    assigneeTexts(shelter, words).forEach((text, index) => write(parts.assignee.children[index], text));
  }
  function wanting() {
    const known = wantsOf(shelter, words);
    draw(wants, () => wantsLine(known), [JSON.stringify(known)]);
    wants.hidden = known.length === 0;
    wants.title = known.map(({ text }) => text).join("\n");
  }
  return {
    element: row,
    entry,
    get shelter() {
      return shelter;
    },
    /** Show a shelter as it is now; without one, what the clock has changed. */
    update(latest = shelter, incident = null) {
      if (latest !== shelter) trend = JSON.stringify(latest.trend);
      shelter = latest;
      if (incident) startedAt = Date.parse(incident.started_at) / 1000;
      const stale = isStale(shelter);
      row.classList.toggle("hq-stale", stale);
      row.dataset.state = shelter.state;
      figures(stale);
      history();
      wanting();
      if (!entry || !incident) return;
      entry.update(shelter, incident);
      row.classList.toggle("hq-takes-no-count", shelter.state === "closed");
    },
    select(isSelected) {
      row.classList.toggle("hq-selected", isSelected);
      name.setAttribute("aria-pressed", String(isSelected));
    },
  };
}
