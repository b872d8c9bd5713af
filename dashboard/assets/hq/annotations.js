import { drawnIn } from "./layer-control.js";
import { LiveLayer } from "./live-layer.js";
import { keepNamesClear } from "./names.js";
import { age, clockTime, element, fill } from "./wording.js";

const SHAPE_PANE = "hq-annotation-shapes";
const TEXT_PANE = "hq-annotation-texts";
const KINDS = { Point: "hq-point", LineString: "hq-line", MultiPolygon: "hq-area" };

/** The lines of an annotation's card. */
export function describeAnnotation(annotation, words) {
  const { recorded_at: moment, recorded_by: actor } = annotation;
  return {
    title: annotation.text,
    lines: [words.annotation_colours[annotation.colour], fill(words.written, { moment: clockTime(moment), age: age(moment, words), actor })],
  };
}

/** The text, which can be chosen; what was drawn lies under it and catches no pointer. */
function make(map, latlng) {
  const icon = L.divIcon({ className: "hq-annotation", html: element("span", "hq-annotation-text"), iconSize: [0, 0] });
  const marker = L.marker(latlng, { icon, pane: TEXT_PANE });
  const shapes = L.layerGroup();
  marker.on("add", () => {
    shapes.addTo(map);
    const press = ({ key }) => (key === "Enter" || key === " ") && marker.fire("click");
    marker.getElement().addEventListener("keydown", press);
  });
  marker.on("remove", () => shapes.remove());
  return Object.assign(marker, { shapes });
}

/** Draw a point, a line or an area over a light edge of its own. */
function draw(geometry, colour) {
  const still = { pane: SHAPE_PANE, interactive: false };
  const pointToLayer = (_, latlng) => L.circleMarker(latlng, { ...still, radius: 7 });
  return ["hq-annotation-edge", `hq-annotation-shape hq-annotation-${colour}`].map((className) =>
    L.geoJSON(geometry, { ...still, pointToLayer, style: { className: `${className} ${KINDS[geometry.type]}` } }),
  );
}

function dress(marker, { properties: annotation, geometry }, isSelected, words) {
  const { title, lines } = describeAnnotation(annotation, words);
  const box = marker.getElement();
  box.firstElementChild.textContent = title;
  box.classList.toggle("hq-at-point", geometry.type === "Point");
  box.classList.toggle("hq-selected", isSelected);
  box.setAttribute("aria-label", [title, ...lines].join(", "));
  if (marker.drawn === marker.version) return;
  marker.drawn = marker.version;
  marker.shapes.clearLayers();
  for (const part of draw(geometry, annotation.colour)) marker.shapes.addLayer(part);
}

/** Show what is written on the map, live. */
export function addAnnotations(map, { words, ...source }) {
  map.createPane(SHAPE_PANE).style.zIndex = 430;
  map.createPane(TEXT_PANE).style.zIndex = 510;
  drawnIn(map, "annotations", [SHAPE_PANE, TEXT_PANE]);
  const layer = new LiveLayer(map, source, {
    at: ({ properties: { label } }) => label,
    make: (latlng) => make(map, latlng),
    dress: (marker, feature, { isSelected }) => dress(marker, feature, isSelected, words),
    describe: ({ properties }) => describeAnnotation(properties, words),
  });
  keepNamesClear(map, layer);
  return layer;
}
