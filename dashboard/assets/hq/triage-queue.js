import { reportMark } from "./marks.js";
import { pressByKey } from "./triage-keys.js";
import { element } from "./wording.js";

/** One report of the queue: how bad, what, where, since when, and who looks at it. */
function makeRow(report, isOpen, open) {
  const row = element(
    "button",
    "hq-waiting",
    reportMark(report.severity, report.state),
    element("span", "hq-waiting-what", report.title),
    element("span", "hq-waiting-age", report.age),
    element("span", "hq-waiting-place", report.place),
    ...[report.danger, report.sources].filter(Boolean).map((text) => element("span", "hq-waiting-flag", text)),
    ...(report.claim ? [element("span", "hq-waiting-claim", report.claim)] : []),
  );
  row.type = "button";
  row.dataset.id = report.id;
  row.setAttribute("aria-current", String(isOpen));
  row.addEventListener("click", () => open(report.id));
  return row;
}

function makeQueue(parent) {
  const list = element("div", "hq-queue");
  parent.append(list);
  let latest = null;
  let drawn = "";
  const stopHearing = pressByKey(() => latest.keys);

  function update(data, tell) {
    latest = data;
    const { reports, open } = data;
    const version = JSON.stringify([reports, open]);
    if (version === drawn) return;
    drawn = version;
    const focused = list.getRootNode().activeElement?.dataset?.id;
    list.replaceChildren(...reports.map((report) => makeRow(report, report.id === open, tell)));
    const find = (id) => [...list.children].find((row) => row.dataset.id === id);
    if (focused) find(focused)?.focus({ preventScroll: true });
    if (open) find(open)?.scrollIntoView({ block: "nearest" });
  }
  return {
    update,
    stop() {
      stopHearing();
      list.remove();
    },
  };
}

const queues = new WeakMap();

/** Streamlit calls this on the first show and again on each run of the page's script. */
export function showQueue({ data, parentElement, setTriggerValue }) {
  if (!queues.has(parentElement)) queues.set(parentElement, makeQueue(parentElement));
  queues.get(parentElement).update(data, (id) => setTriggerValue("opened", id));
  return () => {
    queues.get(parentElement)?.stop();
    queues.delete(parentElement);
  };
}
