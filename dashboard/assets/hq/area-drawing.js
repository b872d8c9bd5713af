import { addStillFrame } from "./still-frame.js";
import { element } from "./wording.js";

/** About as near as a few streets: to begin around a single place. */
const NEAR_ZOOM = 16;

function press(label, onPress, isMain = false) {
  const button = element("button", isMain ? "hq-draw-main" : "", label);
  button.type = "button";
  button.addEventListener("click", onPress);
  return button;
}

/** Show what is there already, as something that is no part of the drawing. */
function showPresent(map, present) {
  const still = { interactive: false };
  const pointToLayer = (_, latlng) => L.circleMarker(latlng, { ...still, radius: 7 });
  return L.geoJSON(present, { ...still, pointToLayer, style: { className: "hq-filed" } }).addTo(map);
}

/**
 * Let a person draw by tapping corners, and tell the page once it is the one.
 * `pen` says how many corners it takes: `{least, most, is_area}`; `present` is what is there already.
 */
export function addAreaDrawing(map, { words, labels, bounds, pen, present }) {
  const around = present ? { bounds: showPresent(map, present).getBounds(), zoom: NEAR_ZOOM } : { bounds, padding: 0 };
  addStillFrame(map, { words, ...around });
  map.getContainer().classList.add("hq-picking");
  const still = { interactive: false };
  const shape = pen.is_area ? L.polygon([], { ...still, className: "hq-drawn" }) : L.polyline([], { ...still, className: "hq-drawn hq-drawn-line" });
  shape.addTo(map);
  const dots = L.layerGroup().addTo(map);
  let corners = [];
  let isUsed = false;

  const say = element("span", "hq-draw-say");
  say.setAttribute("role", "status");
  const undo = press(labels.undo, () => change(corners.slice(0, -1)));
  const again = press(labels.again, () => change([]));
  const use = press(labels.use, () => finish(), true);
  map.getContainer().before(element("div", "hq-draw", say, undo, again, use));

  function tell(drawn) {
    window.Streamlit?.setComponentValue({ drawn });
  }

  function show() {
    shape.setLatLngs(corners);
    shape.getElement().classList.toggle("hq-used", isUsed);
    dots.clearLayers();
    for (const corner of corners) dots.addLayer(L.circleMarker(corner, { radius: 5, className: "hq-corner", interactive: false }));
    say.textContent = isUsed ? labels.used : labels.begin;
    undo.disabled = again.disabled = corners.length === 0;
    use.disabled = isUsed || corners.length < pen.least;
  }

  function change(changed) {
    if (isUsed) tell(null);
    isUsed = false;
    corners = changed;
    show();
  }

  function finish() {
    isUsed = true;
    tell(corners.map(({ lng, lat }) => [lng, lat]));
    show();
  }

  map.on("click", ({ latlng }) => !isUsed && change([...corners, latlng].slice(-(pen.most ?? Infinity))));
  map.doubleClickZoom.disable();
  show();
}
