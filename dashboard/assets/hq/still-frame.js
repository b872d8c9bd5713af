/** Controls of a map whose contents stand still while it is looked at. */

const DEEPEST_ZOOM = 18;

/** Add zoom, scale and credits, and show `bounds` whatever becomes of the frame's size. */
export function addStillFrame(map, { words, bounds, zoom: nearest = DEEPEST_ZOOM, padding = 40 }) {
  const container = map.getContainer();
  map.setMaxZoom(DEEPEST_ZOOM);
  container.parentElement.classList.add("hq-frame");
  L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.attributionControl.setPrefix(false).addAttribution(words.credits);

  let touched = false;
  for (const touch of ["pointerdown", "wheel", "keydown"]) {
    container.addEventListener(touch, () => (touched = true), { once: true, passive: true });
  }
  new ResizeObserver(() => {
    map.invalidateSize({ animate: false });
    if (!touched) map.fitBounds(bounds, { animate: false, padding: [padding, padding], maxZoom: nearest });
  }).observe(container);
}
