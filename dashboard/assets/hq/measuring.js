import { areaOf, areaText, lengthOf, lengthText } from "./ground.js";
import { Pen } from "./map-pen.js";
import { fill } from "./wording.js";

/** Have distances measured on the map, and areas where the first place is tapped again. */
export function addMeasuring(map, { words }) {
  function say(places, isClosed) {
    const way = isClosed ? [...places, places[0]] : places;
    const told = { area: areaText(areaOf(places)), length: lengthText(lengthOf(map, way)) };
    return fill(isClosed ? words.measured_area : words.measured, told);
  }
  new Pen(map, { words, name: "measure", label: words.measure, icon: "⟷", begin: words.measure_begin, least: 2, say });
}
