import { addStillFrame } from "./still-frame.js";
import { element } from "./wording.js";

const AREA = { least: 3, draw: () => L.polygon([], { className: "hq-drawn", interactive: false }) };
/** A single place is a stretch, too: a sign on the road. */
const LINE = { least: 1, draw: () => L.polyline([], { className: "hq-drawn hq-drawn-line", interactive: false }) };

function press(label, onPress, isMain = false) {
  const button = element("button", isMain ? "hq-draw-main" : "", label);
  button.type = "button";
  button.addEventListener("click", onPress);
  return button;
}

/** Let a person draw an area, or a line, by tapping its corners, and tell the page once it is the one. */
export function addAreaDrawing(map, { words, labels, bounds, is_line: isLine }) {
  const { least, draw } = isLine ? LINE : AREA;
  addStillFrame(map, { words, bounds, padding: 0 });
  map.getContainer().classList.add("hq-picking");
  const shape = draw().addTo(map);
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
    use.disabled = isUsed || corners.length < least;
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

  map.on("click", ({ latlng }) => !isUsed && change([...corners, latlng]));
  map.doubleClickZoom.disable();
  show();
}
