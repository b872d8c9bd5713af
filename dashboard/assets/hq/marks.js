import { svg } from "./svg.js";

/** The marks of docs/visual-language.md. Colours come by class, from marks.css. */

const BOX = 36;
const RING = 9;
const DESIGNATED = 5;
const OTHER_SITE = 3.5;
const QUIETER = 0.78;

/** The squares' sides in pixels; a worse report is a bigger one. */
export const REPORT_SIDE = { minor: 7, moderate: 9, severe: 12, unknown: 7 };

function frame(className, ...children) {
  const half = BOX / 2;
  return svg(
    "svg",
    { class: `hq-mark ${className}`, viewBox: `${-half} ${-half} ${BOX} ${BOX}`, width: BOX, height: BOX, "aria-hidden": "true" },
    ...children,
  );
}

const circle = (r, className) => svg("circle", { r, class: className });
const path = (d, className) => svg("path", { d, class: className });

function filled(share) {
  const arc = circle(RING, "hq-fill");
  const length = 2 * Math.PI * RING;
  arc.setAttribute("stroke-dasharray", `${length * Math.min(share, 1)} ${length}`);
  arc.setAttribute("transform", "rotate(-90)");
  return arc;
}

function core(selfOrganised) {
  return selfOrganised ? path("M0 -5L5 0L0 5L-5 0Z", "hq-core") : circle(3.2, "hq-core");
}

function gauge({ crowding, share, self_organised }) {
  return [`hq-${crowding}`, circle(12.2, "hq-edge"), circle(RING, "hq-track"), filled(share), core(self_organised)];
}

const preparing = () => ["hq-preparing", circle(RING, "hq-dashed")];

function hatch() {
  // Chords of a circle of radius 11.5 at 45 degrees, so that no pattern or clip needs an id.
  const chords = [-9, -4.5, 0, 4.5, 9].map((offset) => {
    const half = Math.sqrt(11.5 ** 2 - offset ** 2);
    const [x, y, reach] = [offset * Math.SQRT1_2, offset * Math.SQRT1_2, half * Math.SQRT1_2];
    return `M${x - reach} ${y + reach}L${x + reach} ${y - reach}`;
  });
  return path(chords.join(""), "hq-hatch");
}

function questionMark() {
  const text = svg("text", { y: 4.8, class: "hq-question" });
  text.textContent = "?";
  return text;
}

function disc({ self_organised }) {
  const edge = self_organised ? path("M0 -14L14 0L0 14L-14 0Z", "hq-disc") : circle(11.5, "hq-disc");
  return [edge, hatch(), questionMark()];
}

const uncounted = (shelter) => ["hq-unknown", ...disc(shelter)];

/** Whether it is open at all is not known: the same disc, quieter. */
const unclear = (shelter) => ["hq-unclear", svg("g", { transform: `scale(${QUIETER})` }, ...disc(shelter))];

/** People are, or may be, in it. */
const occupied = (shelter) => (shelter.crowding === "unknown" || shelter.share === null ? uncounted(shelter) : gauge(shelter));

function notOpened({ designations }) {
  return ["hq-not-opened", circle(designations.includes("designated_shelter") ? DESIGNATED : OTHER_SITE, "hq-hollow")];
}

const closed = () => ["hq-closed", path("M-4.5 -4.5L4.5 4.5M-4.5 4.5L4.5 -4.5", "hq-cross")];

const SHAPES = { not_opened: notOpened, preparing, open: occupied, permanent: occupied, unknown: unclear, closed };

/** Whether a shelter's people count, as ShelterState.holds_people of the vocabulary says. */
export const holdsPeople = ({ state }) => state === "open" || state === "permanent";

/** Draw a shelter, given its properties and whether its figure is old or missing. */
export function shelterMark(shelter, isOld) {
  const [className, ...parts] = SHAPES[shelter.state](shelter);
  if (isOld && holdsPeople(shelter)) parts.push(circle(15.2, "hq-halo"), circle(15.2, "hq-old"));
  return frame(className, ...parts);
}

/** Whether a report is drawn hollow: nobody has confirmed it. */
export const isHollow = (state) => state === "unconfirmed" || state === "rejected";

/** Draw a damage report for legends and lists; on the map they are drawn on a canvas. */
export function reportMark(severity, state = "unconfirmed") {
  const side = REPORT_SIDE[severity];
  return frame(`hq-report hq-${severity}${isHollow(state) ? "" : " hq-solid"}`, svg("rect", { x: -side / 2, y: -side / 2, width: side, height: side }));
}

/** The sign of a closure by its grade, the gravest first: a barrier, or a sign of a shape of its own. */
const SIGNS = {
  closed: () => [path("M-8 6V10M8 6V10", "hq-sign-leg"), path("M-12 -6H12V6H-12Z", "hq-sign-ring"), path("M-9 6L-3 -6M-1 6L5 -6M7 6L12 -4", "hq-sign-stripe")],
  no_heavy: () => [circle(10, "hq-sign-ring"), path("M-6 -3.5H1.5V3H-6ZM2.5 -1H5L6.5 1V3H2.5Z", "hq-sign-glyph"), path("M-7 -7L7 7", "hq-sign-slash")],
  one_lane: () => [path("M0 -10L10 0L0 10L-10 0Z", "hq-sign-ring"), path("M-2.6 4V-3M-4.6 -1L-2.6 -3.6L-0.6 -1M2.6 -4V3M0.6 1L2.6 3.6L4.6 1", "hq-sign-arrow")],
  caution: () => [path("M0 -10L10.5 8.5H-10.5Z", "hq-sign-ring"), path("M0 -4V2.5M0 4.6V6.6", "hq-sign-arrow")],
};

export const CLOSURE_GRADES = Object.keys(SIGNS);

/** Draw the sign of a road closure by its grade. */
export function closureMark(grade) {
  return frame(`hq-closure-sign hq-${grade}`, ...SIGNS[grade]());
}

/** Draw a depot: a triangle with a box in it, or hollow with a cross where it is not in use. */
export function depotMark(isClosed) {
  const edge = path("M0 -13L14 11H-14Z", "hq-depot-edge");
  if (isClosed) return frame("hq-depot-closed", edge, path("M-3.6 0.6L3.6 7.8M-3.6 7.8L3.6 0.6", "hq-cross"));
  return frame("", edge, path("M-4 1H4V8H-4Z", "hq-depot-box"), path("M-4 3.4H4M0 1V3.4", "hq-depot-tape"));
}

/** Draw a vehicle on the road with a tip that points where it goes, `heading` degrees from the right; one that is late says so. */
export function dispatchMark(isLate, heading = 0) {
  const tip = path("M15.5 0L8.5 -5.5V5.5Z", "hq-dispatch-tip");
  tip.setAttribute("transform", `rotate(${heading})`);
  const lorry = [path("M-7 -4H1.5V3H-7ZM2.5 -1.5H5.2L7 1V3H2.5Z", "hq-sign-glyph"), path("M-5.5 4.2H-2.5M2.8 4.2H5.8", "hq-dispatch-wheels")];
  const late = [circle(6, "hq-late-badge"), path("M0 -3.4V0.8M0 2.4V3.8", "hq-late-sign")];
  const parts = isLate ? [svg("g", { transform: "translate(9 -9)" }, ...late)] : [];
  return frame(`hq-dispatch-mark${isLate ? " hq-late" : ""}`, tip, circle(11, "hq-dispatch-ring"), ...lorry, ...parts);
}

/** The steps of what runs out in a shelter, the most urgent first. */
export const SHORTAGE_STEPS = ["none_left", "soon", "today"];

/** Draw what runs out first in a shelter: a tag with an hourglass and how long it lasts. Its size is that of its text. */
export function shortageMark(step, said) {
  const width = 19 + 7.6 * said.length;
  const text = svg("text", { x: 15, y: 14.6, class: "hq-shortage-text" });
  text.textContent = said;
  return svg(
    "svg",
    { class: `hq-mark hq-shortage-mark hq-${step}`, viewBox: `-2 -2 ${width + 4} 24`, width: width + 4, height: 24, "aria-hidden": "true" },
    svg("rect", { width, height: 20, rx: 5, class: "hq-shortage-halo" }),
    svg("rect", { width, height: 20, rx: 5, class: "hq-shortage-tag" }),
    path("M4.5 4.5H12.5L8.5 10L12.5 15.5H4.5L8.5 10Z", "hq-shortage-glass"),
    text,
  );
}

/** By whose colour an order is drawn: for a tsunami, which has no level, that of the evacuation instruction. */
export const orderColour = (level) => `hq-order-${level ?? 4}`;

/** Draw the wash of an evacuation order for the legend. */
export function zoneMark(look) {
  return frame("", svg("rect", { x: -12, y: -8, width: 24, height: 16, class: `hq-zone hq-zone-${look}` }));
}

/** A piece of an order's wash. */
export function orderMark(level) {
  return frame(orderColour(level), svg("rect", { x: -12, y: -8, width: 24, height: 16, class: "hq-wash" }));
}

/** The colours of annotations, in the order in which they are offered. */
export const ANNOTATION_COLOURS = ["remark", "danger", "activity", "safe"];

/** Draw a piece of line in the colour of an annotation, with its end as a point has it. */
export function annotationMark(colour) {
  const line = "M-13 0H5";
  return frame(`hq-annotation-${colour}`, path(line, "hq-annotation-edge"), path(line, "hq-annotation-shape"), svg("circle", { cx: 9, cy: 0, r: 5, class: "hq-annotation-shape hq-point" }));
}
