/** What the map's Python elements call (dashboard/maps/elements.py). */
export { addDamageReports } from "./damage-reports.js";
export { addEvacuationOrders } from "./evacuation-orders.js";
export { addFrame } from "./frame.js";
export { addHazardZones } from "./hazard-zones.js";
export { addLand, addTownNames } from "./land.js";
export { addRoadClosures } from "./road-closures.js";
export { addShelters } from "./shelters.js";
