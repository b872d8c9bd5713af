import { followFeatures } from "./reader.js";
import { count, fill } from "./wording.js";

/** Goods in words, as gis/reports/supply_wording.py says them, and how layers of supplies are read. */

/** All of them change with one subject, and are called apart when one is selected. */
export const CHANGES = "supplies";

/** How a layer of supplies is read anew: whenever any of them changes. */
export const followSupplies = ({ url }) => (...heard) => followFeatures({ url, subject: CHANGES }, ...heard);

/** Say how much of an item there is; one that left the item list is called by its code. */
export function goods({ item, quantity }, words) {
  const { name, unit } = words.items[item] ?? { name: item, unit: "" };
  return fill(words.goods, { item: name, quantity: count(quantity, words), unit }).trimEnd();
}

/** Have a mark that is focused be pressed by key as by the pointer. */
export function pressedByKey(marker) {
  marker.on("add", () => {
    const press = ({ key }) => (key === "Enter" || key === " ") && marker.fire("click");
    marker.getElement().addEventListener("keydown", press);
  });
  return marker;
}
