import { awayText } from "./field-place.js";
import { around } from "./field-nearby.js";
import { groups, texts } from "./field-texts.js";
import { svg } from "./svg.js";
import { age, element, fill } from "./wording.js";

/** The first screen: what the team is to do, what is reported nearby, and six big buttons. */

const SHOWN = 5;
const $ = (id) => document.getElementById(id);
const SIGNS = {
  building: "M4 15L16 4L28 15M7 13V28H25V13M13 28V19H19V28",
  road: "M11 4L4 28M21 4L28 28M16 5V9M16 13V18M16 22V28",
  slope_and_water: "M3 22L12 6L18 16L22 11L29 20M3 27Q6 23 9.500 27T16 27T22.500 27T29 27",
  fire: "M16 3C18 9 25 12 25 20A9 9 0 0 1 7 20C7 16 9 14 11 12C11 15 12 16 14 17C13 12 13 8 16 3Z",
  lifeline: "M18 3L7 18H15L13 29L25 13H17Z",
  other: "M16 5V20M16 25V27",
};

function tile(group, category, choose) {
  const sign = svg("svg", { viewBox: "0 0 32 32", "aria-hidden": "true" }, svg("path", { d: SIGNS[group] }));
  const label = texts.categories[category];
  const also = texts.groups[group];
  const made = element("button", "tile", sign, element("b", "", label), ...(also === label ? [] : [element("span", "", also)]));
  made.type = "button";
  made.dataset.group = group;
  made.addEventListener("click", () => choose(group, category));
  return made;
}

/** Draw the six buttons; each begins with the category that its group is named after. */
export function drawTiles(choose) {
  $("tiles").replaceChildren(...Object.entries(groups).map(([group, [category]]) => tile(group, category, choose)));
}

function row(report, here) {
  const { category, severity, state, place_text, note, observed_at } = report;
  const square = svg("svg", { class: `hq-square hq-${severity ?? "unknown"}`, viewBox: "-8 -8 16 16", "aria-hidden": "true" }, svg("rect", { x: -6, y: -6, width: 12, height: 12 }));
  const title = [texts.categories[category], texts.severities[severity]].filter(Boolean).join(" ");
  const where = [awayText(report, here), place_text].filter(Boolean).join(" ");
  const about = [where, age(observed_at, texts), texts.states[state]].filter(Boolean).join(" · ");
  const lines = [element("b", "", title), element("p", "", about), ...(note ? [element("p", "", note)] : [])];
  return element("li", "", square, element("div", "", ...lines));
}

function fillList(list, rows, empty) {
  list.replaceChildren(...(rows.length ? rows : [element("li", "empty", empty)]));
}

/** Draw both lists, as of the last time the phone heard of them. */
export function drawLists(assigned, here) {
  fillList($("assignment-list"), assigned.reports.map((report) => row(report, here)), texts.no_assignments);
  $("assignment-age").textContent = assigned.at ? fill(texts.as_of, { age: age(assigned.at, texts) }) : "";
  const { at, reports } = around(here);
  fillList($("nearby-list"), reports.slice(0, SHOWN).map((report) => row(report, here)), at ? texts.no_nearby : texts.nowhere);
  $("nearby-age").textContent = at ? fill(texts.as_of, { age: age(at, texts) }) : "";
}
