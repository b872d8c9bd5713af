import { element, fill } from "./wording.js";

const PANE = "hq-drawing";
/** As near to a corner as a thumb means it. */
const NEAR_PX = 14;
const CORNERS_MOST = 500;

function press(label, onPress, className = "") {
  const button = Object.assign(element("button", className, label), { type: "button" });
  button.addEventListener("click", onPress);
  return button;
}

/** The buttons under those of the zoom, and the place in which pens say what they do. */
function desk(map) {
  if (!map.hqPens) {
    map.createPane(PANE).style.zIndex = 620;
    const bars = element("div", "hq-pen-bars");
    const cross = element("div", "hq-pen-cross");
    cross.setAttribute("aria-hidden", "true");
    L.DomEvent.disableClickPropagation(bars).disableScrollPropagation(bars);
    map.getContainer().append(bars, cross);
    const corner = L.control({ position: "topleft" });
    const buttons = element("div", "hq-pens");
    L.DomEvent.disableClickPropagation(buttons);
    corner.onAdd = () => buttons;
    corner.addTo(map);
    map.hqPens = { bars, buttons };
  }
  return map.hqPens;
}

/**
 * A pen: corners are tapped on the map, or set at its middle by key. One draws at a time.
 *
 * `say(corners, isClosed)` says in words what is drawn. `least` corners make it whole; `isArea` is
 * closed in any case, a line where its first place is tapped again. `onDone(corners)` hears when it
 * is finished, `onEnd()` when it is taken off the map.
 */
export class Pen {
  constructor(map, { words, name, label, icon, begin, least, isArea = false, say, onDone = () => {}, onEnd = () => {} }) {
    Object.assign(this, { map, words, begin, least, isArea, say, onDone, onEnd });
    this.corners = [];
    this.isClosed = isArea;
    const { bars, buttons } = desk(map);
    this.said = element("span", "");
    this.said.setAttribute("role", "status");
    this.undoing = press(words.pen_undo, () => this.undo());
    this.finishing = press(words.pen_finish, () => this.finish(), "hq-draw-main");
    this.keys = element("small", "hq-pen-keys", words.pen_keys);
    this.bar = element("div", "hq-draw", element("div", "hq-draw-say", this.said, this.keys), this.undoing, this.finishing, press(words.pen_close, () => this.end()));
    this.bar.hidden = true;
    bars.append(this.bar);
    this.button = press("", () => (this.isDrawing ? this.end() : this.start()));
    this.button.append(element("span", "hq-pen-icon", icon), element("span", "hq-pen-label", label));
    this.button.classList.add(`hq-pen-${name}`);
    this.button.title = label;
    this.button.setAttribute("aria-label", label);
    buttons.append(this.button);
    map.on("click", ({ latlng }) => this.isDrawing && this.set(latlng));
    map.getContainer().addEventListener("keydown", (event) => this.isDrawing && this.key(event));
  }

  get isDrawing() {
    return this.map.hqPen === this;
  }

  start() {
    this.map.hqPen?.end();
    this.end();
    this.map.hqPen = this;
    this.drawn = L.layerGroup().addTo(this.map);
    this.isClosed = this.isArea;
    this.map.closePopup();
    this.map.doubleClickZoom.disable();
    this.map.getContainer().classList.add("hq-pen-draws");
    this.map.getContainer().focus({ preventScroll: true });
    this.show();
  }

  /** Put the pen down; what it drew stays. */
  rest() {
    if (!this.isDrawing) return;
    this.map.hqPen = null;
    this.map.doubleClickZoom.enable();
    this.map.getContainer().classList.remove("hq-pen-draws");
  }

  end() {
    const wasThere = this.drawn;
    this.rest();
    this.drawn?.remove();
    this.drawn = null;
    this.corners = [];
    this.show();
    if (wasThere) this.onEnd();
  }

  isNear(latlng, corner) {
    const [one, other] = [latlng, corner].map((each) => this.map.latLngToContainerPoint(each));
    return one.distanceTo(other) <= NEAR_PX;
  }

  /** Set a corner; on the last one, or on the first of an area, it finishes. */
  set(latlng) {
    const { corners, least } = this;
    if (corners.length >= 3 && this.isNear(latlng, corners[0])) this.finish(true);
    else if (corners.length && this.isNear(latlng, corners.at(-1))) this.finish();
    else if (corners.length < CORNERS_MOST) this.corners = [...corners, latlng];
    else this.said.textContent = fill(this.words.pen_enough, { most: CORNERS_MOST });
    if (this.corners.length !== corners.length || corners.length < least) this.show();
  }

  undo() {
    this.corners = this.corners.slice(0, -1);
    this.map.getContainer().focus({ preventScroll: true });
    this.show();
  }

  finish(isClosed = this.isArea) {
    if (this.corners.length < this.least) return;
    this.isClosed = isClosed;
    this.rest();
    this.show();
    this.onDone(this.corners);
  }

  key(event) {
    const keys = { Enter: () => this.finish(), Escape: () => this.end(), Backspace: () => this.undo() };
    const isOnMap = event.target === this.map.getContainer();
    if (event.key === " " && isOnMap) this.set(this.map.getCenter());
    else if (event.key in keys && (isOnMap || event.key === "Escape")) keys[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  show() {
    const { corners, isDrawing, least } = this;
    this.button.setAttribute("aria-pressed", String(isDrawing));
    this.bar.hidden = !this.drawn;
    if (!this.drawn) return;
    this.undoing.hidden = this.finishing.hidden = this.keys.hidden = !isDrawing;
    this.undoing.disabled = corners.length === 0;
    this.finishing.disabled = corners.length < least;
    const told = corners.length < 2 ? "" : this.say(corners, this.isClosed);
    this.said.replaceChildren(element("strong", "", told), isDrawing ? ` ${this.begin}` : "");
    this.draw();
  }

  draw() {
    const still = { pane: PANE, interactive: false };
    const Line = this.isClosed ? L.polygon : L.polyline;
    this.drawn.clearLayers();
    this.drawn.addLayer(Line(this.corners, { ...still, className: `hq-drawn ${this.isClosed ? "" : "hq-drawn-line"} ${this.isDrawing ? "" : "hq-used"}` }));
    for (const corner of this.isDrawing ? this.corners : []) {
      this.drawn.addLayer(L.circleMarker(corner, { ...still, radius: 5, className: "hq-corner" }));
    }
  }
}
