import { areaOf, areaText, lengthOf, lengthText } from "./ground.js";
import { Pen } from "./map-pen.js";
import { tellPage } from "./selection.js";
import { fill } from "./wording.js";

/** Have an area drawn on the map, and the page say what lies in it for as long as it stands there. */
export function addAreaAsking(map, { words }) {
  function ask(corners) {
    map.hqArea = corners && corners.map(({ lng, lat }) => [lng, lat]);
    map.fire("hq:selected", { layer: null, id: null });
    tellPage(map, {});
  }
  new Pen(map, {
    words,
    name: "area",
    label: words.ask_area,
    icon: "▱",
    begin: words.area_begin,
    least: 3,
    isArea: true,
    say: (corners) => fill(words.area_size, { area: areaText(areaOf(corners)), length: lengthText(lengthOf(map, [...corners, corners[0]])) }),
    onDone: ask,
    onEnd: () => map.hqArea && ask(null),
  });
}
