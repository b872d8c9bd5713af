import { svg } from "./svg.js";

/** What kind of thing happened, as a sign beside its word; drawn in a box of 20 pixels. */

const line = (d) => svg("path", { d, class: "hq-sign-line" });
const filled = (d) => svg("path", { d, class: "hq-sign-fill" });

const flag = () => [line("M5 18V2"), filled("M5 3H16L13 6.5L16 10H5Z")];

const SIGNS = {
  entry: () => [line("M3 17L4 13L14 3L17 6L7 16Z")],
  state: () => [line("M3 9.5L10 3L17 9.5M5 8V17H15V8")],
  reading: () => [svg("circle", { cx: 10, cy: 5.5, r: 3.2, class: "hq-sign-fill" }), filled("M3.5 18C3.5 8 16.5 8 16.5 18Z")],
  damage_report: () => [svg("rect", { x: 4, y: 4, width: 12, height: 12, class: "hq-sign-square" })],
  assignment: () => [line("M3 10H15M10.5 5L16 10L10.5 15")],
  evacuation_order: () => [filled("M2.5 8H6.5L15 3V17L6.5 12H2.5Z"), line("M17.5 7V13")],
  road_closure: () => [svg("circle", { cx: 10, cy: 10, r: 7.5, class: "hq-sign-fill" }), svg("path", { d: "M6 10H14", class: "hq-sign-gap" })],
  incident_opened: flag,
  incident_closed: () => [...flag(), line("M3 3L17 17")],
};

/** Draw the sign of a kind; a damage report's square takes the colour of its severity. */
export function sign(kind, severity) {
  const colour = severity ? ` hq-${severity}` : "";
  return svg("svg", { class: `hq-sign${colour}`, viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" }, ...SIGNS[kind]());
}
