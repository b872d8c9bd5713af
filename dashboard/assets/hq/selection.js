/** Tell the page what is asked of the map; an area that is asked about stays so meanwhile. */
export function tellPage(map, told) {
  window.Streamlit?.setComponentValue({ selected: null, ...told, area: map.hqArea ?? null });
}

/** Select `{layer, id}`, or nothing with null: on the map, and in the page that shows the map. */
export function select(map, selection) {
  // While a pen draws, nothing is selected.
  if (map.hqPen) return;
  map.fire("hq:selected", selection ?? { layer: null, id: null });
  tellPage(map, { selected: selection });
}

const HERE_PX = 18;

/** Tell the page a place beside everything, and mark it; what was selected no longer is. */
export function tapAt(map, latlng) {
  if (map.hqPen) return;
  map.fire("hq:selected", { layer: null, id: null });
  const icon = L.divIcon({ className: "hq-here", iconSize: [HERE_PX, HERE_PX] });
  const mark = L.marker(latlng, { icon, interactive: false, keyboard: false }).addTo(map);
  map.once("hq:selected", () => mark.remove());
  tellPage(map, { tapped: { lon: latlng.lng, lat: latlng.lat } });
}

/** Clicking beside everything takes the selection back, and tells the page where it was. */
export function releaseOnEmptyClick(map) {
  map.on("click", ({ latlng }) => tapAt(map, latlng));
}
