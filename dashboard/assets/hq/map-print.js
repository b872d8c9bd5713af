import { write } from "./map-choices.js";
import { momentQuery } from "./moment.js";
import { element, fill } from "./wording.js";

const DIGITS = 6;

/** What the address of the PDF says: exactly what is seen now. */
function asked(map, paper) {
  const bounds = map.getBounds();
  const sides = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const query = new URLSearchParams(momentQuery());
  const said = { bounds: sides.map((side) => side.toFixed(DIGITS)).join(), paper, ...write(map.hqChoices) };
  for (const [name, value] of Object.entries(said)) if (value) query.set(name, value);
  return query;
}

/** The file name that the server gives; it stands there in letters of any script. */
const nameOf = (response) => decodeURIComponent(response.headers.get("content-disposition").split("UTF-8''")[1]);

function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A control that hands out the map as a PDF, on paper that lies or stands as the map does. */
export function addMapPrint(map, { words, url }) {
  const said = element("div", "hq-print-said");
  said.setAttribute("role", "status");
  const papers = Object.entries({ a4: words.print_small, a3: words.print_large }).map(([paper, label]) => {
    const button = Object.assign(element("button", "", label), { type: "button" });
    button.addEventListener("click", () => print(paper));
    return button;
  });
  const body = element("div", "hq-print-body", element("strong", "", words.print_what), element("div", "hq-papers", ...papers), said);
  const control = element("details", "hq-print leaflet-bar", element("summary", "", words.print), body);
  L.DomEvent.disableClickPropagation(control).disableScrollPropagation(control);

  function say(text, isBusy = false) {
    said.textContent = text;
    for (const button of papers) button.disabled = isBusy;
  }
  async function print(paper) {
    say(words.print_making, true);
    try {
      const response = await fetch(`${url}?${asked(map, paper)}`, { cache: "no-store" });
      if (!response.ok) return say((await response.json()).detail);
      save(await response.blob(), nameOf(response));
      return say(fill(words.print_made, { name: nameOf(response) }));
    } catch (error) {
      console.warn(error);
      return say(words.print_failed);
    }
  }
  control.addEventListener("toggle", () => control.open && say(""));
  control.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    control.open = false;
    control.firstElementChild.focus();
  });
  const place = L.control({ position: "topleft" });
  place.onAdd = () => control;
  place.addTo(map);
}
