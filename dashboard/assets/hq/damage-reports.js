import { drawnIn, reportQuery } from "./layer-control.js";
import { LiveLayer } from "./live-layer.js";
import { followTiles } from "./live-tiles.js";
import { isHollow, REPORT_SIDE } from "./marks.js";
import { listReports } from "./report-list.js";
import { age, fill } from "./wording.js";

const PANE = "hq-reports";
const NEAR_PX = 8;
/** Up to so many reports are listed where they lie; more, and one looks nearer first. */
const LISTED_MOST = 20;
const CELL_HEIGHT = 22;
const DIGIT_PX = 8;
const SEVERITIES = ["severe", "moderate", "minor"];

/** A mark on a canvas: thousands of them cost what a handful of elements would. */
const Mark = L.CircleMarker.extend({
  _updatePath() {
    const canvas = this._renderer;
    if (!canvas._drawing || this._empty()) return;
    const { side, width, label, isSelected, halo, paper, ink } = this.options;
    const { x, y } = this._point;
    if (isSelected) this._box(canvas, [x, y], [side + 9, side + 9], { stroke: true, color: halo, weight: 3, opacity: 1 });
    if (!label) return void this._box(canvas, [x, y], [side, side], this.options);
    this._box(canvas, [x, y], [width, CELL_HEIGHT], { stroke: true, fill: true, color: this.options.edge, fillColor: paper, fillOpacity: 1, opacity: 1, weight: 1 });
    this._box(canvas, [x - width / 2 + 12, y], [side, side], this.options);
    Object.assign(canvas._ctx, { fillStyle: ink, font: `700 13px ${this.options.font}`, textAlign: "left", textBaseline: "middle" });
    canvas._ctx.fillText(label, x - width / 2 + 21, y + 1);
  },
  _box(canvas, [x, y], [width, height], options) {
    canvas._ctx.beginPath();
    canvas._ctx.rect(x - width / 2, y - height / 2, width, height);
    canvas._fillStroke(canvas._ctx, { options });
  },
  _containsPoint(point) {
    const { width, side } = this.options;
    const { x, y } = point.subtract(this._point);
    const slack = this._clickTolerance();
    return Math.abs(x) <= (width ?? side) / 2 + slack && Math.abs(y) <= (width ? CELL_HEIGHT : side) / 2 + slack;
  },
});

function looks() {
  const style = getComputedStyle(document.documentElement);
  const said = (name) => style.getPropertyValue(`--hq-${name}`).trim();
  return {
    levels: { minor: said("level-2"), moderate: said("level-3"), severe: said("level-4"), unknown: said("unknown") },
    constant: { paper: said("paper"), ink: said("ink"), edge: said("ink-soft"), halo: said("accent"), font: said("font") },
  };
}

/** The worst severity that anybody told of in a cell. */
const worst = (cell) => SEVERITIES.find((severity) => cell[severity] > 0) ?? "unknown";

/** How a mark looks: a square, or for many a box with a square and their number. */
function appearance({ properties: told }) {
  if (!told.n) return { level: told.severity ?? "unknown", isOpen: isHollow(told.state), label: null, width: null };
  const label = told.n.toLocaleString("en-US");
  return { level: worst(told), isOpen: !told.is_confirmed, label, width: 30 + label.length * DIGIT_PX };
}

function describeCell(cell, words) {
  const unknown = cell.n - SEVERITIES.reduce((sum, severity) => sum + cell[severity], 0);
  const split = [...SEVERITIES.map((severity) => [words.severities[severity], cell[severity]]), [words.severity_unknown, unknown]];
  return {
    title: fill(words.reports_here, { count: cell.n.toLocaleString("en-US") }),
    lines: split.filter(([, count]) => count > 0).map(([label, count]) => `${label} ${count.toLocaleString("en-US")}`),
  };
}

function describeReport(report, details, words) {
  const severity = words.severities[report.severity] ?? words.severity_unknown;
  return {
    title: `${words.categories[report.category]} · ${severity}`,
    lines: [details?.place_text, details?.note, `${age(report.observed * 1000, words)} · ${words.report_states[report.state]}`, details?.team],
  };
}

async function fetchReport(id) {
  const response = await fetch(`/api/damage-reports/${encodeURIComponent(id)}`, { cache: "no-cache" });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return response.json();
}

/** A report as a tile tells it; null where it is on no map. */
function asFeature(report) {
  if (!report || report.lon === null || report.merged_into_id !== null || report.state === "rejected") return null;
  const { id, category, severity, state, lon, lat, observed_at } = report;
  const properties = { id, category, severity: severity ?? undefined, state, observed: Date.parse(observed_at) / 1000 };
  return { id, geometry: { type: "Point", coordinates: [lon, lat] }, properties };
}

/** Show the damage reports, live: singly where they are few, else counted. */
export function addDamageReports(map, { words, url, subject, tiles }) {
  map.createPane(PANE).style.zIndex = 450;
  drawnIn(map, "damage-reports", [PANE]);
  const renderer = L.canvas({ pane: PANE, padding: 0.3, tolerance: 6 });
  const { levels, constant } = looks();
  const details = new Map();
  const query = () => reportQuery(map, words);
  const follow = (...heard) => map.on("hq:reports-chosen", followTiles(map, { url, subject: tiles, query }, ...heard));

  function detailsOf(id) {
    if (!details.has(id)) {
      details.set(id, null);
      const tell = (report) => {
        details.set(id, report);
        if (layer.shown.has(id)) layer.refresh(layer.shown.get(id));
      };
      fetchReport(id).then(tell, () => details.delete(id));
    }
    return details.get(id);
  }

  /** The marks that lie on each other where one of them is pressed. */
  function pile(mark) {
    const at = map.latLngToLayerPoint(mark.getLatLng());
    return [...layer.shown.values()].filter((other) => map.latLngToLayerPoint(other.getLatLng()).distanceTo(at) < NEAR_PX);
  }

  function press(mark) {
    const here = pile(mark);
    const cells = here.map(({ feature: { id, properties } }) => (properties.n ? id : null)).filter(Boolean);
    const count = here.reduce((sum, { feature }) => sum + (feature.properties.n ?? 1), 0);
    if (count === 1) return true;
    if (cells.length && count > LISTED_MOST && map.getZoom() < map.getMaxZoom()) {
      map.setView(mark.getLatLng(), Math.min(map.getMaxZoom(), Math.round(map.getZoom()) + 2));
    } else {
      const singles = here.filter(({ feature }) => !feature.properties.n).map(({ feature }) => feature);
      listReports(map, mark.getLatLng(), { singles, cells, words, subject });
    }
    return false;
  }

  const layer = new LiveLayer(map, { subject, follow }, {
    make: (latlng) => new Mark(latlng, { renderer, pane: PANE, bubblingMouseEvents: false, fillOpacity: 1, weight: 2.2, ...constant }),
    dress(mark, feature, { isSelected }) {
      const { level, isOpen, label, width } = appearance(feature);
      const side = REPORT_SIDE[level];
      const colour = levels[level];
      mark.setRadius((width ?? side) / 2 + 6);
      mark.setStyle({ side, width, label, color: colour, fillColor: isOpen ? constant.paper : colour, isSelected });
    },
    describe: ({ id, properties }) => (properties.n ? describeCell(properties, words) : describeReport(properties, detailsOf(id), words)),
    press,
    find: (id) => fetchReport(id).then(asFeature),
  });
  return layer;
}
