import { sign } from "./chronology-signs.js";
import { element } from "./wording.js";

/** The lines of a chronology under their days. The texts come worded from Python, and stay text. */

function whatOf(line) {
  const what = element("span", "hq-what");
  if (line.subject) what.append(element("b", "hq-subject", line.subject), " ");
  what.append(line.what);
  return what;
}

function detail(name, value) {
  return element("span", "hq-detail", element("span", "hq-soft", name), ` ${value}`);
}

function detailsOf(line, words) {
  const details = element("span", "hq-details");
  if (line.who) details.append(element("span", "hq-detail", line.who));
  if (line.action) details.append(detail(words.action, line.action));
  if (line.assignee) details.append(detail(words.assignee, line.assignee));
  if (line.standing) details.append(element("span", `hq-standing hq-is-${line.mark}`, line.standing));
  details.append(element("span", "hq-detail hq-soft", line.recorded));
  return details;
}

function row(line, words, choose) {
  const kind = element("span", "hq-kind", sign(line.kind, line.severity), element("span", "", line.kind_label));
  const made = element(
    line.opens ? "button" : "div", "hq-row",
    element("time", "hq-time", line.time), kind, element("span", "hq-text", whatOf(line), detailsOf(line, words)),
  );
  made.classList.toggle("hq-void", line.mark === "void");
  made.dataset.line = line.id;
  if (line.opens) {
    made.type = "button";
    made.dataset.opens = line.opens;
    made.addEventListener("click", () => choose(line.opens));
  }
  return element("li", "", made);
}

function day(lines, words, choose) {
  const list = element("ol", "hq-lines", ...lines.map((line) => row(line, words, choose)));
  return element("section", "hq-day", element("h3", "hq-date", lines[0].day), list);
}

function days(lines) {
  const found = [];
  for (const line of lines) {
    if (found.at(-1)?.[0].day !== line.day) found.push([]);
    found.at(-1).push(line);
  }
  return found;
}

function press(label, act) {
  const made = element("button", "hq-press", label);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function link({ label, href }) {
  const made = element("a", "hq-press", label);
  made.href = href;
  made.download = "";
  return made;
}

function draw(whole, { lines, words, files, selected, newer, older }, { choose, turn }) {
  const pager = element("div", "hq-foot");
  if (newer) pager.append(press(words.newer, () => turn("newer")));
  if (older) pager.append(press(words.older, () => turn("older")));
  pager.append(element("span", "hq-files", element("span", "hq-soft", words.internal), ...files.map(link)));
  const focused = whole.getRootNode().activeElement?.dataset?.line;
  whole.replaceChildren(...days(lines).map((each) => day(each, words, choose)), pager);
  mark(whole, selected);
  if (focused) whole.querySelector(`[data-line="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function mark(whole, selected) {
  for (const each of whole.querySelectorAll("[data-opens]")) {
    each.setAttribute("aria-pressed", String(each.dataset.opens === selected));
  }
}

const lists = new WeakMap();

/** Streamlit calls this on the first show and again on each run of the page's script. */
export function showChronology({ data, parentElement, setStateValue, setTriggerValue }) {
  if (!lists.has(parentElement)) {
    const whole = element("section", "hq-chronology");
    parentElement.append(whole);
    lists.set(parentElement, { whole, drawn: "" });
  }
  const list = lists.get(parentElement);
  Object.assign(list, { setStateValue, setTriggerValue });
  const drawn = JSON.stringify(data);
  if (list.drawn !== drawn) {
    list.drawn = drawn;
    let { selected } = data;
    const choose = (opens) => {
      selected = opens === selected ? null : opens;
      mark(list.whole, selected);
      list.setStateValue("selected", selected);
    };
    draw(list.whole, data, { choose, turn: (way) => list.setTriggerValue("turned", way) });
  }
  return () => {
    list.whole.remove();
    lists.delete(parentElement);
  };
}
