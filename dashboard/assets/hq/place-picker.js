import { addStillFrame } from "./still-frame.js";
import { svg } from "./svg.js";
import { element } from "./wording.js";

const PIN = "M0 0C-7-9-11-14-11-20A11 11 0 0 1 11-20C11-14 7-9 0 0Z";

/** Make a pin whose point stands on a place. */
export function pin(latlng, label, options = {}) {
  const shape = svg("svg", { class: "hq-mark hq-pin", viewBox: "-12 -32 24 34", width: 36, height: 51 }, svg("path", { d: PIN }), svg("circle", { cy: -20, r: 4 }));
  const icon = L.divIcon({ className: "hq-picked", html: element("span", "", shape), iconSize: [36, 51], iconAnchor: [18, 48] });
  return L.marker(latlng, { icon, title: label, alt: label, keyboard: false, ...options });
}

/** Let a person tap one place, and tell the page that shows the map. */
export function addPlacePicker(map, { words, labels, bounds, near }) {
  const around = near ? L.latLng(near.lat, near.lon).toBounds(1200) : bounds;
  addStillFrame(map, { words, bounds: around });
  map.getContainer().classList.add("hq-picking");
  let picked = null;
  map.on("click", ({ latlng }) => {
    picked?.remove();
    picked = pin(latlng, labels.picked).addTo(map);
    window.Streamlit?.setComponentValue({ picked: { lon: latlng.lng, lat: latlng.lat } });
  });
}
