import { now } from "./clock.js";
import { svg } from "./svg.js";

const WIDTH = 88;
const HEIGHT = 26;
const SPAN_S = 24 * 3600;
const SHORTEST_S = 3600;
const EDGE = 3;

/**
 * Draw counts `[[epoch_seconds, persons], …]`: time from left to right up to now, persons from 0 up.
 * After the last count nobody knows: there the line is dotted. It begins with the incident, and not
 * before the last 24 hours.
 */
export function sparkline(trend, startedAt, label) {
  const frame = { class: "hq-spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": label };
  if (!trend.length) return svg("svg", frame);
  const most = Math.max(1, ...trend.map(([, persons]) => persons));
  const end = now() / 1000;
  const start = Math.max(end - SPAN_S, Math.min(startedAt, end - SHORTEST_S));
  const points = trend.map(([moment, persons]) => [
    EDGE + Math.min(1, Math.max(0, (moment - start) / (end - start))) * (WIDTH - 2 * EDGE),
    HEIGHT - EDGE - (persons / most) * (HEIGHT - 2 * EDGE),
  ]);
  const [x, y] = points.at(-1);
  return svg(
    "svg",
    frame,
    svg("path", { class: "hq-spark-since", d: `M${x} ${y}H${WIDTH - EDGE}` }),
    svg("polyline", { class: "hq-spark-line", points: points.map((point) => point.join(",")).join(" ") }),
    // A line without length and round ends is a dot that stays round when the picture is stretched.
    svg("path", { class: "hq-spark-last", d: `M${x} ${y}h0` }),
  );
}
