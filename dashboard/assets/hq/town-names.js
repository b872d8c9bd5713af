import { addTownNames as writeNames, NAME_PANE } from "./land.js";
import { drawnIn } from "./layer-control.js";

/** Write the names of towns, a layer that can be hidden. */
export async function addTownNames(map, options) {
  await writeNames(map, options);
  drawnIn(map, "towns", [NAME_PANE]);
}
