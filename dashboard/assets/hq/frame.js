import { addLegend } from "./legend.js";
import { addNotice } from "./notice.js";
import { namedView, nameView } from "./map-choices.js";
import { releaseOnEmptyClick } from "./selection.js";

/** Deeper than a house there is nothing to see. */
const DEEPEST_ZOOM = 18;

/** Show the whole city until somebody moves the map, whatever becomes of the frame's size. */
function keepWhole(map, bounds) {
  const container = map.getContainer();
  const named = namedView();
  let whole = bounds;
  let touched = false;
  for (const touch of ["pointerdown", "wheel", "keydown"]) {
    container.addEventListener(touch, () => (touched = true), { once: true, passive: true });
  }
  const fit = () => touched || named || map.fitBounds(whole, { animate: false });
  map.on("hq:land", (land) => {
    whole = land.bounds;
    fit();
  });
  new ResizeObserver(() => {
    // What somebody looks at stays where it is when the legend grows.
    map.invalidateSize({ animate: false, pan: !touched });
    fit();
  }).observe(container);
  if (named) map.setView(named.center, named.zoom, { animate: false });
  // Only what somebody has looked for is worth a link.
  map.on("moveend", () => touched && nameView(map));
  return () => map.fitBounds(whole);
}

/** A third button under + and −. */
function addWholeButton(zoom, title, showWhole) {
  const button = L.DomUtil.create("a", "hq-whole", zoom.getContainer());
  Object.assign(button, { href: "#", title, textContent: "⌂", role: "button", ariaLabel: title });
  L.DomEvent.disableClickPropagation(button);
  L.DomEvent.on(button, "click", (event) => {
    L.DomEvent.preventDefault(event);
    showWhole();
  });
}

/** Everything around the map itself: controls, credits, legend and notices. */
export function addFrame(map, options) {
  const { words, bounds } = options;
  map.setMaxZoom(DEEPEST_ZOOM);
  map.getContainer().parentElement.classList.add("hq-frame");
  const zoom = L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.attributionControl.setPrefix(false).addAttribution(words.credits);
  addLegend(map, options);
  addNotice(map, options);
  releaseOnEmptyClick(map);
  addWholeButton(zoom, words.zoom_whole, keepWhole(map, bounds));
}
