import { LiveLayer } from "./live-layer.js";
import { isHollow, REPORT_SIDE } from "./marks.js";
import { age } from "./wording.js";

const PANE = "hq-reports";

/** A square on a canvas: thousands of them cost what a handful of elements would. */
const Square = L.CircleMarker.extend({
  _updatePath() {
    const canvas = this._renderer;
    if (!canvas._drawing || this._empty()) return;
    const { side, isSelected, halo } = this.options;
    if (isSelected) this._square(canvas, side + 9, { stroke: true, color: halo, weight: 3, opacity: 1 });
    this._square(canvas, side, this.options);
  },
  _square(canvas, side, options) {
    const { x, y } = this._point;
    canvas._ctx.beginPath();
    canvas._ctx.rect(x - side / 2, y - side / 2, side, side);
    canvas._fillStroke(canvas._ctx, { options });
  },
});

function colours() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--hq-${name}`).trim();
  return {
    minor: colour("level-2"),
    moderate: colour("level-3"),
    severe: colour("level-4"),
    unknown: colour("unknown"),
    paper: colour("paper"),
    accent: colour("accent"),
  };
}

function describe(report, words) {
  const severity = report.severity === null ? words.severity_unknown : words.severities[report.severity];
  return {
    title: `${words.categories[report.category]} · ${severity}`,
    lines: [report.place_text, report.note, `${age(report.observed_at, words)} · ${words.report_states[report.state]}`, report.team],
  };
}

/** Show the damage reports, live. */
export function addDamageReports(map, { words, ...source }) {
  map.createPane(PANE).style.zIndex = 450;
  const renderer = L.canvas({ pane: PANE, padding: 0.3, tolerance: 6 });
  const palette = colours();
  return new LiveLayer(map, source, {
    make: (latlng) =>
      new Square(latlng, {
        renderer,
        pane: PANE,
        bubblingMouseEvents: false,
        fillOpacity: 1,
        weight: 2.2,
      }),
    dress(square, { properties: { severity, state } }, { isSelected }) {
      const level = severity ?? "unknown";
      const side = REPORT_SIDE[level];
      square.setRadius(side);
      square.setStyle({ side, color: palette[level], fillColor: isHollow(state) ? palette.paper : palette[level], isSelected, halo: palette.accent });
    },
    describe: ({ properties }) => describe(properties, words),
  });
}
