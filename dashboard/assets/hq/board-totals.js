import { crowdingCounts, duties, tallyTexts } from "./board-model.js";
import { count, element, fill } from "./wording.js";

/** The totals, as [label, figure, what it lacks, note]; the clock counts those to ask. */
export function totalsOf({ totals, shelters }, words) {
  const { stale, escalated } = duties(shelters);
  const [over, overLacking] = tallyTexts(totals.persons_over_capacity, words);
  const [households, householdsLacking] = tallyTexts(totals.households, words);
  const is_fictitious = shelters.some((one) => one.crowding !== null && one.capacity !== null && one.capacity_is_fictitious);
  return [
    [words.persons, ...tallyTexts(totals.persons, words), fill(words.households, { count: `${households} ${householdsLacking}`.trim() })],
    [
      words.open,
      count(totals.open, words),
      `/ ${count(totals.registered, words)}`,
      `${fill(words.levels, crowdingCounts(shelters))}${totals.preparing || totals.unknown ? fill(words.others, totals) : ""}`,
    ],
    [
      words.free,
      ...tallyTexts(totals.free_places, words),
      `${fill(words.over, { count: `${over} ${overLacking}`.trim() })}${is_fictitious ? words.fictitious : ""}`,
    ],
    [words.asking, count(stale, words), "", fill(words.escalated_of_them, { count: count(escalated, words) })],
  ];
}

/** Tiles of totals, changed in place. */
export function makeTotals(className) {
  const tiles = element("div", className);
  return {
    element: tiles,
    show(totals) {
      while (tiles.children.length < totals.length) tiles.append(tile());
      totals.forEach((texts, index) => fillTile(tiles.children[index], texts));
    },
  };
}

function tile() {
  const value = element("div", "hq-figure-value", element("b", ""), element("small", ""));
  return element("div", "hq-figure", element("div", "hq-figure-label"), value, element("div", "hq-figure-note"));
}

function fillTile(made, [label, figure, lacking, note]) {
  const [labelled, value, noted] = made.children;
  const parts = [labelled, value.firstChild, value.lastChild, noted];
  [label, figure, lacking, note].forEach((text, index) => {
    if (parts[index].textContent !== text) parts[index].textContent = text;
  });
}
