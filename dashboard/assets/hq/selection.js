/** Select `{layer, id}`, or nothing with null: on the map, and in the page that shows the map. */
export function select(map, selection) {
  map.fire("hq:selected", selection ?? { layer: null, id: null });
  window.Streamlit?.setComponentValue({ selected: selection });
}

/** Clicking beside everything takes the selection back, and tells the page where it was. */
export function releaseOnEmptyClick(map) {
  map.on("click", ({ latlng }) => {
    map.fire("hq:selected", { layer: null, id: null });
    window.Streamlit?.setComponentValue({ selected: null, tapped: { lon: latlng.lng, lat: latlng.lat } });
  });
}
