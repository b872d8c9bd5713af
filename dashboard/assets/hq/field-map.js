import { texts } from "./field-texts.js";
import { drawLand, drawTownNames } from "./land.js";
import { svg } from "./svg.js";
import { element } from "./wording.js";

/** The city on the phone: land, towns, shelters, reports, and a finger that says where. */

const MAP_ADDRESS = "/api/field/map";
const AROUND_M = 600;
const DEEPEST_ZOOM = 19;
const PIN = "M0 0C-7-9-11-14-11-20A11 11 0 0 1 11-20C11-14 7-9 0 0Z";
const dialog = document.getElementById("map-screen");
const $ = (name) => dialog.querySelector(name);

let city = null;
let map = null;
let drawn = null;
let pin = null;
let picked = null;

/** Return the city, from this phone where it has it; null where it has not. */
export async function theCity() {
  if (city) return city;
  try {
    const response = await fetch(MAP_ADDRESS);
    if (response.ok) city = await response.json();
  } catch {
    // Without a signal, and never opened with one.
  }
  return city;
}

/** Leaflet is a script of its own; only who opens a map needs it. */
function loadLeaflet() {
  if (window.L) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = element("script", "");
    Object.assign(script, { src: "/assets/leaflet/leaflet.js", onload: resolve, onerror: reject });
    document.head.append(script);
  });
}

function made() {
  const chart = L.map($("#map"), { zoomControl: false, attributionControl: false, maxZoom: DEEPEST_ZOOM });
  chart.setView([0, 0], 12);
  L.control.zoom({ position: "bottomright" }).addTo(chart);
  L.control.scale({ imperial: false }).addTo(chart);
  drawLand(chart, city.boundary.features);
  drawTownNames(chart, city.towns.features);
  for (const { properties, geometry } of city.shelters.features) if (geometry) shelter(chart, properties, geometry.coordinates);
  chart.on("click", ({ latlng }) => pick(latlng));
  drawn = L.layerGroup().addTo(chart);
  return chart;
}

function tip(text) {
  return element("span", "", text);
}

function shelter(chart, { name, state }, [lon, lat]) {
  const isOpen = state === "open" || state === "permanent";
  const mark = { className: isOpen ? "hq-open" : "hq-shut", radius: isOpen ? 8 : 5, weight: 2, color: null, fillColor: null, fillOpacity: 1 };
  L.circleMarker([lat, lon], { ...mark, bubblingMouseEvents: true }).bindTooltip(tip(name)).addTo(chart);
}

function square({ lon, lat, category, severity }) {
  const shape = svg("svg", { class: `hq-square hq-${severity ?? "unknown"}`, viewBox: "-8 -8 16 16", width: 20, height: 20 }, svg("rect", { x: -6, y: -6, width: 12, height: 12 }));
  const icon = L.divIcon({ className: "", html: element("span", "", shape), iconSize: [20, 20] });
  return L.marker([lat, lon], { icon, interactive: true, bubblingMouseEvents: true }).bindTooltip(tip(texts.categories[category]));
}

function pick(latlng) {
  if (!dialog.classList.contains("picking")) return;
  picked = { by: "map", lon: latlng.lng, lat: latlng.lat, accuracy_m: null };
  pin?.remove();
  const shape = svg("svg", { class: "hq-pin", viewBox: "-12 -32 24 34", width: 36, height: 51 }, svg("path", { d: PIN }), svg("circle", { cy: -20, r: 4 }));
  pin = L.marker(latlng, { icon: L.divIcon({ className: "", html: element("span", "", shape), iconSize: [36, 51], iconAnchor: [18, 48] }), interactive: false }).addTo(map);
  $("#use-place").disabled = false;
}

function show(here) {
  map.invalidateSize({ animate: false });
  const around = here ? L.latLng(here.lat, here.lon).toBounds(AROUND_M) : L.geoJSON(city.boundary).getBounds();
  map.fitBounds(around, { animate: false });
  if (here) L.circle([here.lat, here.lon], { radius: here.accuracy_m ?? 10, className: "hq-here", color: null, fillColor: null, interactive: false }).addTo(drawn);
}

/**
 * Show the map around `here` (or the whole city) with `reports`; where `picks`, a tap chooses a place.
 *
 * Resolves to the place, or null where none was chosen.
 */
export async function showMap({ here, reports, picks }) {
  $("#map-news").textContent = picks ? texts.tap_map : "";
  $("#use-place").hidden = !picks;
  $("#use-place").disabled = true;
  dialog.classList.toggle("picking", picks);
  dialog.showModal();
  const closed = new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
  dialog.returnValue = "";
  try {
    await Promise.all([loadLeaflet(), theCity()]);
    map ??= made();
    pin?.remove();
    picked = null;
    drawn.clearLayers();
    for (const report of reports) if (report.lon !== null) drawn.addLayer(square(report));
    show(here);
  } catch {
    $("#map-news").textContent = texts.no_map;
  }
  return (await closed) === "use" ? picked : null;
}

$("#use-place").addEventListener("click", () => dialog.close("use"));
$("#close-map").addEventListener("click", () => dialog.close(""));
