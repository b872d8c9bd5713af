import { momentQuery } from "./moment.js";
import { reportMark } from "./marks.js";
import { select } from "./selection.js";
import { age, element, fill } from "./wording.js";

/** As the queue has them: nobody knows how grave an unknown one is. */
const GRAVITY = ["severe", "unknown", "moderate", "minor"];
const gravity = ({ severity }) => GRAVITY.indexOf(severity ?? "unknown");
const byGravity = (one, other) => gravity(one) - gravity(other) || Date.parse(other.observed_at) - Date.parse(one.observed_at);

async function reportsOf(cell) {
  const response = await fetch(`/api/damage-reports/in-cell/${cell}${momentQuery()}`, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return response.json();
}

function entry(report, words, choose) {
  const severity = words.severities[report.severity] ?? words.severity_unknown;
  const button = element(
    "button",
    "hq-report-entry",
    reportMark(report.severity ?? "unknown", report.state),
    element("strong", "", `${words.categories[report.category]} · ${severity}`),
    element("span", "", [report.place_text, `${age(report.observed_at, words)} · ${words.report_states[report.state]}`].filter(Boolean).join(" · ")),
  );
  button.type = "button";
  button.addEventListener("click", choose);
  return element("li", "", button);
}

const asTold = ({ id, properties: { observed, ...told } }) => ({ id, ...told, observed_at: new Date(observed * 1000).toISOString() });

/** List the reports that lie at one place, the gravest first; choosing one selects it. */
export async function listReports(map, latlng, { singles, cells, words, subject }) {
  const list = element("ul", "hq-report-list", element("li", "", words.loading));
  const popup = L.popup({ className: "hq-popup", minWidth: 280, maxHeight: 200 }).setLatLng(latlng).setContent(list).openOn(map);
  try {
    const answers = await Promise.all(cells.map(reportsOf));
    const reports = [...singles.map(asTold), ...answers.flatMap((answer) => answer.reports)].sort(byGravity);
    const choose = ({ id }) => () => {
      popup.close();
      select(map, { layer: subject, id });
    };
    const more = answers.some((answer) => answer.has_more) ? [element("li", "", words.more_reports)] : [];
    const title = element("li", "hq-report-list-title", fill(words.reports_here, { count: reports.length }));
    list.replaceChildren(title, ...reports.map((report) => entry(report, words, choose(report))), ...more);
  } catch (error) {
    console.warn(error);
    list.replaceChildren(element("li", "", words.unreadable));
  }
  popup.update();
}
