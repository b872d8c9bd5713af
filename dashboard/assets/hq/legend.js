import { ANNOTATION_COLOURS, annotationMark, CLOSURE_GRADES, closureMark, depotMark, dispatchMark, orderMark, reportMark, shelterMark, SHORTAGE_STEPS, shortageMark, zoneMark } from "./marks.js";
import { element, fill } from "./wording.js";

const PHONE_PX = 520;
const example = { state: "open", crowding: "vacant", share: 0.25, self_organised: false, designations: ["designated_shelter"] };

const SHELTERS = {
  vacant: { share: 0.3 },
  slightly_crowded: { share: 0.55 },
  crowded: { share: 0.8 },
  full: { share: 1 },
  unknown: { share: null },
};

/** The states in which nobody is counted; an open and a permanent shelter show how full they are. */
const UNOCCUPIED = ["preparing", "unknown", "not_opened", "closed"];

/** Pairs of mark and meaning for shelters. */
export function shelterEntries(words) {
  const shelter = (looks, isOld = false) => shelterMark({ ...example, ...looks }, isOld);
  return [
    ...Object.entries(SHELTERS).map(([crowding, looks]) => [shelter({ crowding, ...looks }), words.crowding[crowding]]),
    [shelter({ crowding: "slightly_crowded", share: 0.55 }, true), words.old],
    [shelter({ share: 0.3, self_organised: true }), words.self_organised],
    ...UNOCCUPIED.map((state) => [shelter({ state }), words.states[state]]),
  ];
}

/** Pairs of mark and meaning for damage reports. */
export function reportEntries(words) {
  const severities = Object.entries(words.severities).map(([severity, label]) => [reportMark(severity, "confirmed"), label]);
  return [
    ...severities,
    [reportMark("unknown", "confirmed"), words.severity_unknown],
    [reportMark("severe"), words.report_states.unconfirmed],
  ];
}

/** Pairs of mark and meaning for evacuation orders, the most urgent first. */
export function orderEntries(words) {
  const { emergency, evacuate, elderly } = words.order_kinds;
  return [[5, emergency], [4, evacuate], [3, elderly]].map(([level, kind]) => [
    orderMark(level),
    fill(words.order_in_legend, { level, kind }),
  ]);
}

/** Pairs of mark and meaning for road closures, the gravest first. */
export function closureEntries(words) {
  return CLOSURE_GRADES.map((grade) => [closureMark(grade), words.closure_grades[grade]]);
}

/** Pairs of mark and meaning for supplies: depots, in use and not, and what is on the road. */
export function supplyEntries(words, explained = { depots: true, closed: true, dispatches: true }) {
  return [
    [explained.depots, depotMark(false), words.depot],
    [explained.closed, depotMark(true), words.depot_closed],
    [explained.dispatches, dispatchMark(false), words.on_the_road],
    [explained.dispatches, dispatchMark(true), words.on_the_road_late],
  ].flatMap(([isExplained, ...pair]) => (isExplained ? [pair] : []));
}

/** Pairs of mark and meaning for what runs out first. */
export function shortageEntries(words) {
  const examples = { none_left: "0", soon: "5h", today: "20h" };
  return SHORTAGE_STEPS.map((step) => [shortageMark(step, examples[step]), words.shortage_steps[step]]);
}

/** Pairs of mark and meaning for what is written on the map. */
export function annotationEntries(words) {
  return ANNOTATION_COLOURS.map((colour) => [annotationMark(colour), words.annotation_colours[colour]]);
}

/** The looks of hazard zones: by depth, then by the warning of a slope. */
const ZONES = ["under_0_5", "to_3", "to_5", "to_10", "to_20", "over_20", "warning", "special", "warning_planned", "special_planned", "unknown"];

/** Pairs of mark and meaning for hazard zones; `looks` are those to explain. */
export function zoneEntries(words, looks = new Set(ZONES)) {
  const labels = { ...words.depth_classes, ...words.zone_warnings, unknown: words.depth_unknown };
  return ZONES.filter((look) => looks.has(look)).map((look) => [zoneMark(look), labels[look]]);
}

/** Its title stands with the first mark, so that no line ends with it. */
function list(title, pairs) {
  const items = pairs.map(([mark, label]) => element("li", "", mark, label));
  items[0].prepend(element("strong", "hq-legend-title", title));
  return element("ul", "", ...items);
}

/** Explain the marks under the map; folded on a phone. */
export function addLegend(map, { words }) {
  const unplaced = element("span", "hq-unplaced");
  const shelters = list(words.shelter, shelterEntries(words));
  const reports = list(words.damage_report, reportEntries(words));
  const orders = list(words.evacuation_order, orderEntries(words));
  const closures = list(words.road_closure, closureEntries(words));
  const annotations = list(words.annotations, annotationEntries(words));
  // Only what is there is explained: the map has the room that is left.
  const explained = { evacuation_orders: orders, road_closures: closures, annotations };
  // They stand beside shelters, and in the legend behind them: a line of their own would take it from the map.
  const shortages = shortageEntries(words).map(([mark, step]) => element("li", "", mark, fill(words.shortage_in_legend, { step })));
  shelters.append(...shortages);
  for (const one of [...Object.values(explained), ...shortages]) one.hidden = true;
  const [zones, supplies] = [element("div"), element("div")];
  const supplied = {};
  const lists = [shelters, reports, supplies, closures, orders, annotations, zones];
  const legend = element("details", "hq-legend", element("summary", "", words.legend), ...lists, unplaced);
  legend.open = window.innerWidth > PHONE_PX;
  map.getContainer().after(legend);
  map.on("hq:shown", ({ subject, features, unplaced: count, isEmpty, looks }) => {
    if (subject in explained) explained[subject].hidden = isEmpty;
    if (subject === "depots" || subject === "dispatches") {
      supplied[subject] = !isEmpty;
      if (subject === "depots") supplied.closed = features.some(({ properties, geometry }) => geometry && properties.closed_at);
      const entries = supplyEntries(words, supplied);
      supplies.replaceChildren(...(entries.length ? [list(words.supplies, entries)] : []));
    }
    if (subject === "shortages") for (const one of shortages) one.hidden = isEmpty;
    if (looks) zones.replaceChildren(...(looks.size ? [list(words.hazard_zone, zoneEntries(words, looks))] : []));
    if (subject === "shelters") unplaced.textContent = count ? fill(words.unplaced, { count }) : "";
  });
}
