/** Select `{layer, id}`, or nothing with null: on the map, and in the page that shows the map. */
export function select(map, selection) {
  map.fire("hq:selected", selection ?? { layer: null, id: null });
  window.Streamlit?.setComponentValue({ selected: selection });
}

const HERE_PX = 18;

/** Tell the page a place beside everything, and mark it; what was selected no longer is. */
export function tapAt(map, latlng) {
  map.fire("hq:selected", { layer: null, id: null });
  const icon = L.divIcon({ className: "hq-here", iconSize: [HERE_PX, HERE_PX] });
  const mark = L.marker(latlng, { icon, interactive: false, keyboard: false }).addTo(map);
  map.once("hq:selected", () => mark.remove());
  window.Streamlit?.setComponentValue({ selected: null, tapped: { lon: latlng.lng, lat: latlng.lat } });
}

/** Clicking beside everything takes the selection back, and tells the page where it was. */
export function releaseOnEmptyClick(map) {
  map.on("click", ({ latlng }) => tapAt(map, latlng));
}
