import { EVERYTHING, nameChoices, namedChoices } from "./map-choices.js";
import { element } from "./wording.js";

/** Whether anything is left out: then the map must say so. */
const isLimited = ({ hidden, reports }) => hidden.length > 0 || reports.length > 0;

/** Say in which panes a layer is drawn: by them it is hidden, or made faint. */
export function drawnIn(map, name, panes) {
  map.hqLayers ??= new Map();
  map.hqLayers.set(name, panes);
  map.hqChoices ??= namedChoices();
  show(map, name);
}

function show(map, name) {
  const { hidden, opacity } = map.hqChoices;
  for (const pane of map.hqLayers.get(name).map((each) => map.getPane(each))) {
    pane.style.display = hidden.includes(name) ? "none" : "";
    pane.style.opacity = (opacity[name] ?? 100) / 100;
  }
}

/** What tiles of damage reports are asked for. */
export function reportQuery(map, words) {
  const asked = new URLSearchParams();
  for (const chosen of (map.hqChoices ?? EVERYTHING).reports) {
    if (chosen in words.categories) asked.append("category", chosen);
    else if (chosen in words.severities) asked.append("severity", chosen);
    else if (chosen === "unknown") asked.append("severity_unknown", "true");
    else if (chosen === "unconfirmed") asked.append("confirmed", "false");
  }
  return asked.toString();
}

function tick(label, isChecked, choose) {
  const box = Object.assign(element("input", ""), { type: "checkbox", checked: isChecked });
  box.addEventListener("change", () => choose(box.checked));
  return element("label", "hq-tick", box, element("span", "", label));
}

function strength(label, percent, choose) {
  const slider = Object.assign(element("input", ""), { type: "range", min: 10, max: 100, step: 10, value: percent, ariaLabel: label });
  slider.addEventListener("input", () => choose(Number(slider.value)));
  return slider;
}

const without = (list, one) => list.filter((other) => other !== one);

/** Which layers are shown, how strongly, and which damage reports. */
export function addLayerControl(map, { words, layers }) {
  const choices = (map.hqChoices ??= namedChoices());
  const summary = element("summary", "");
  const body = element("div", "hq-layers-body");
  const control = element("details", "hq-layers", summary, body);
  L.DomEvent.disableClickPropagation(control).disableScrollPropagation(control);

  function keep() {
    summary.textContent = isLimited(choices) ? words.layers_limited : words.layers_shown;
    control.classList.toggle("hq-limited", isLimited(choices));
    nameChoices(choices);
  }
  function choose(name, isShown) {
    choices.hidden = isShown ? without(choices.hidden, name) : [...without(choices.hidden, name), name];
    show(map, name);
    keep();
  }
  function dim(name, percent) {
    choices.opacity[name] = percent;
    if (percent === 100) delete choices.opacity[name];
    show(map, name);
    keep();
  }
  function filter(name, isAsked) {
    choices.reports = isAsked ? [...without(choices.reports, name), name] : without(choices.reports, name);
    map.fire("hq:reports-chosen");
    keep();
  }
  function row(name) {
    const label = words.layers[name];
    const chosen = tick(label, !choices.hidden.includes(name), (isShown) => choose(name, isShown));
    return element("li", "", chosen, strength(`${words.opacity}: ${label}`, choices.opacity[name] ?? 100, (percent) => dim(name, percent)));
  }
  function filters(terms) {
    return element("div", "hq-ticks", ...Object.entries(terms).map(([name, label]) => tick(label, choices.reports.includes(name), (isAsked) => filter(name, isAsked))));
  }
  function draw() {
    const reset = Object.assign(element("button", "hq-reset", words.show_everything), { type: "button" });
    reset.addEventListener("click", () => {
      Object.assign(choices, structuredClone(EVERYTHING));
      for (const name of map.hqLayers.keys()) show(map, name);
      map.fire("hq:reports-chosen");
      keep();
      draw();
    });
    body.replaceChildren(
      // What lies on top stands on top.
      element("ul", "", ...layers.filter((name) => map.hqLayers.has(name)).reverse().map(row)),
      element("strong", "", words.only_these_reports),
      filters({ unconfirmed: words.report_states.unconfirmed }),
      filters({ ...words.severities, unknown: words.severity_unknown }),
      filters(words.categories),
      reset,
      element("p", "", words.address_shows_the_same),
    );
  }
  summary.textContent = isLimited(choices) ? words.layers_limited : words.layers_shown;
  control.classList.toggle("hq-limited", isLimited(choices));
  control.addEventListener("toggle", () => control.open && draw());
  map.getContainer().append(control);
}
