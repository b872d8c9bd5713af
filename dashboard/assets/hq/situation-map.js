/** What the map's Python elements call (dashboard/maps/elements.py). */
export { addAnnotations } from "./annotations.js";
export { addAreaAsking } from "./area-asking.js";
export { addBaseMap } from "./base-map.js";
export { addDamageReports } from "./damage-reports.js";
export { addEvacuationOrders } from "./evacuation-orders.js";
export { addFrame } from "./frame.js";
export { addHazardZones } from "./hazard-zones.js";
export { addLand } from "./land.js";
export { addLayerControl } from "./layer-control.js";
export { addMapPrint } from "./map-print.js";
export { addMeasuring } from "./measuring.js";
export { addPlaceSearch } from "./place-search.js";
export { addPopulation } from "./population.js";
export { addRoadClosures } from "./road-closures.js";
export { addShelters } from "./shelters.js";
export { addTownNames } from "./town-names.js";
