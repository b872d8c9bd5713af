/** Where names and texts stand on the map: beside the shelters' marks, which lie over them, and each other. */

const STEP_PX = 12;
const REACH = { x: 192, y: 96 };
const MARK_PX = 18;
const SIGN_PX = 15;
const QUIET_MARK_PX = 8;
const POINT_PX = 10;
const GAP_PX = 4;

/** Offsets from a name's own place, the nearest first; sideways is nearer than up and down. */
const OFFSETS = [];
for (let x = -REACH.x; x <= REACH.x; x += STEP_PX) {
  for (let y = -REACH.y; y <= REACH.y; y += STEP_PX) OFFSETS.push({ x, y });
}
OFFSETS.sort((a, b) => Math.hypot(a.x, 2 * a.y) - Math.hypot(b.x, 2 * b.y));

const around = ({ x, y }, half) => ({ left: x - half.x, right: x + half.x, top: y - half.y, bottom: y + half.y });
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const within = (box, size) => box.left >= 0 && box.top >= 0 && box.right <= size.x && box.bottom <= size.y;

/** Return the nearest offset at which a box overlaps none that are taken, inside a frame of that size; else one inside it. */
export function clearOffset(point, half, taken, size) {
  const box = ({ x, y }) => around({ x: point.x + x, y: point.y + y }, half);
  const inside = OFFSETS.filter((offset) => within(box(offset), size));
  return inside.find((offset) => !taken.some((other) => overlap(box(offset), other))) ?? inside[0] ?? OFFSETS[0];
}

/** How far a mark reaches that no text may hide, and by which none may be hidden. */
function reach({ classList }) {
  if (classList.contains("hq-at-point")) return POINT_PX;
  if (classList.contains("hq-depot") || classList.contains("hq-dispatch")) return SIGN_PX;
  if (!classList.contains("hq-place")) return 0;
  return classList.contains("hq-quiet") ? QUIET_MARK_PX : MARK_PX;
}

/** The room of a tag, which stands beside its place; none while it is not shown. */
function tag({ x, y }, { offsetWidth, offsetHeight }, [toLeft, up]) {
  return { left: x - toLeft, right: x - toLeft + offsetWidth, top: y - up, bottom: y - up + offsetHeight };
}

function marks(map) {
  const boxes = [];
  map.eachLayer((layer) => {
    const mark = layer.getElement?.();
    const half = mark ? reach(mark) : 0;
    const place = () => map.latLngToContainerPoint(layer.getLatLng());
    if (half) boxes.push(around(place(), { x: half, y: half }));
    if (mark?.classList.contains("hq-shortage")) boxes.push(tag(place(), mark, layer.options.icon.options.iconAnchor));
  });
  return boxes;
}

/** Move the names of some markers to where they can be read. */
function arrangeNames(map, markers) {
  const taken = marks(map);
  for (const marker of markers) {
    const name = marker.getElement().firstElementChild;
    const half = { x: name.offsetWidth / 2 + GAP_PX, y: name.offsetHeight / 2 + GAP_PX };
    const point = map.latLngToContainerPoint(marker.getLatLng());
    const { x, y } = clearOffset(point, half, taken, map.getSize());
    name.style.translate = `${x}px ${y}px`;
    taken.push(around({ x: point.x + x, y: point.y + y }, half));
  }
}

const named = new WeakMap();

/** Keep the names of a live layer's markers where they can be read, those of the first layer nearest to their place. */
export function keepNamesClear(map, layer) {
  if (!named.has(map)) {
    named.set(map, []);
    map.on("zoomend resize hq:shown", () => arrangeNames(map, named.get(map).flatMap(({ shown }) => [...shown.values()])));
  }
  named.get(map).push(layer);
}
