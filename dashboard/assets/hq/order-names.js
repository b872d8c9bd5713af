/** Where the names of orders stand: beside the shelters' marks, which lie over them, and each other. */

const STEP_PX = 12;
const REACH = { x: 192, y: 96 };
const MARK_PX = 18;
const QUIET_MARK_PX = 8;
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

/** Return the nearest offset at which a box overlaps none that are taken, inside a frame of that size. */
export function clearOffset(point, half, taken, size) {
  const fits = ({ x, y }) => {
    const box = around({ x: point.x + x, y: point.y + y }, half);
    return within(box, size) && !taken.some((other) => overlap(box, other));
  };
  return OFFSETS.find(fits) ?? OFFSETS[0];
}

function marks(map) {
  const boxes = [];
  map.eachLayer((layer) => {
    const mark = layer.getElement?.();
    if (!mark?.classList.contains("hq-place")) return;
    const half = mark.classList.contains("hq-quiet") ? QUIET_MARK_PX : MARK_PX;
    boxes.push(around(map.latLngToContainerPoint(layer.getLatLng()), { x: half, y: half }));
  });
  return boxes;
}

/** Move the names of some markers to where they can be read. */
export function arrangeNames(map, markers) {
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
