/** The sheets of samples for docs/visual-language.md, drawn by the code that draws the map. */
import { annotationEntries, closureEntries, orderEntries, reportEntries, shelterEntries, shortageEntries, supplyEntries, zoneEntries } from "./legend.js";
import { element } from "./wording.js";

function sheet(...rows) {
  document.body.replaceChildren(element("main", "hq-sheet", ...rows));
}

function row(title, pairs) {
  const items = pairs.map(([mark, label]) => element("li", "", mark, label));
  return element("section", "", element("h2", "", title), element("ul", "", ...items));
}

/** Show every mark with its meaning, and the same marks without hue. */
export function showMarks(words) {
  const rows = () => [
    row(words.shelter, shelterEntries(words)),
    row(words.layers.shortages, shortageEntries(words)),
    row(words.damage_report, reportEntries(words)),
    row(words.road_closure, closureEntries(words)),
    row(words.supplies, supplyEntries(words)),
    row(words.evacuation_order, orderEntries(words)),
    row(words.annotations, annotationEntries(words)),
    row(words.hazard_zone, zoneEntries(words)),
  ];
  sheet(...rows(), element("div", "hq-hueless", ...rows()));
}

function swatch([name, colour]) {
  const field = element("span", "hq-swatch");
  field.style.background = colour;
  return [field, `${name} ${colour}`];
}

/** Show every colour of the palette with its name. */
export function showPalette(palette) {
  sheet(row("", Object.entries(palette).map(swatch)));
}
