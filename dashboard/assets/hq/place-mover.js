import { pin } from "./place-picker.js";
import { addStillFrame } from "./still-frame.js";

const AROUND_M = 600;

/** Let a person drag a mark, or tap, to where something really was, and tell the page. */
export function addPlaceMover(map, { words, labels, bounds, place, filed }) {
  const around = place ? L.latLng(place.lat, place.lon).toBounds(AROUND_M) : bounds;
  addStillFrame(map, { words, bounds: around });
  map.getContainer().classList.add("hq-picking");
  if (filed) L.circleMarker([filed.lat, filed.lon], { radius: 7, className: "hq-filed" }).bindTooltip(labels.filed).addTo(map);
  let mark = null;

  function tell() {
    const { lat, lng } = mark.getLatLng();
    window.Streamlit?.setComponentValue({ picked: { lon: lng, lat } });
  }
  function put(latlng) {
    mark ??= pin(latlng, labels.place, { draggable: true }).addTo(map).on("dragend", tell);
    mark.setLatLng(latlng);
  }
  if (place) put([place.lat, place.lon]);
  map.on("click", ({ latlng }) => {
    put(latlng);
    tell();
  });
}
