import { EVERYTHING, OPTIONAL, nameChoices, namedChoices } from "./map-choices.js";
import { momentQuery } from "./moment.js";
import { element, fill } from "./wording.js";

/** Whether anything is left out: then the map must say so. */
const isLimited = ({ hidden, reports }) => hidden.some((name) => !OPTIONAL.includes(name)) || reports.length > 0;

/** Layers in another order lie between the land and what opens over the map. */
const LOWEST = 210;
const PANES_MOST = 5;

/** Say in which panes a layer is drawn: by them it is hidden, made faint, or put above others. */
export function drawnIn(map, name, panes) {
  map.hqLayers ??= new Map();
  map.hqLayers.set(name, panes.map((each) => map.getPane(each)).map((pane) => ({ pane, level: pane.style.zIndex })));
  map.hqChoices ??= namedChoices();
  show(map, name);
  stack(map);
}

function show(map, name) {
  const { hidden, opacity } = map.hqChoices;
  for (const { pane } of map.hqLayers.get(name)) {
    pane.style.display = hidden.includes(name) ? "none" : "";
    pane.style.opacity = (opacity[name] ?? 100) / 100;
  }
}

/** Put what was chosen on top, in that order; nothing chosen leaves signs and names above what they mean. */
function stack(map) {
  const order = map.hqChoices.order.filter((name) => map.hqLayers.has(name)).reverse();
  for (const [name, panes] of map.hqLayers) {
    const lowest = LOWEST + PANES_MOST * order.indexOf(name);
    for (const [number, { pane, level }] of panes.entries()) pane.style.zIndex = order.includes(name) ? lowest + number : level;
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

function move(text, label, press) {
  const button = Object.assign(element("button", "hq-move", text), { type: "button", ariaLabel: label, title: label, disabled: !press });
  if (press) button.addEventListener("click", press);
  return button;
}

/** The same in words, on a page of its own. */
function tableLink(name, words) {
  const link = Object.assign(element("a", "hq-table", words.table), { target: "_blank", ariaLabel: fill(words.read_table, { layer: words.layers[name] }) });
  const address = () => (link.href = `/tables/${name}${momentQuery()}`);
  for (const event of ["focus", "pointerenter", "click"]) link.addEventListener(event, address);
  address();
  return link;
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
  /** The layers that are drawn, from the topmost to the lowest. */
  function ordered() {
    const drawn = layers.filter((name) => map.hqLayers.has(name)).reverse();
    const rank = (name) => (choices.order.includes(name) ? choices.order.indexOf(name) : Infinity);
    return drawn.sort((one, other) => rank(one) - rank(other) || 0); // two that are not named: as they are
  }
  function swap(name, way) {
    const names = ordered();
    const at = names.indexOf(name);
    [names[at], names[at + way]] = [names[at + way], names[at]];
    choices.order = names;
    stack(map);
    keep();
    draw();
    const [up, down] = body.querySelectorAll(`[data-layer="${name}"] .hq-move`);
    const [again, back] = way < 0 ? [up, down] : [down, up];
    (again.disabled ? back : again).focus();
  }
  function row(name, place, names) {
    const label = words.layers[name];
    const up = move("▲", fill(words.move_up, { layer: label }), place > 0 && (() => swap(name, -1)));
    const down = move("▼", fill(words.move_down, { layer: label }), place < names.length - 1 && (() => swap(name, 1)));
    const chosen = tick(label, !choices.hidden.includes(name), (isShown) => choose(name, isShown));
    const line = element("li", "", chosen, strengthOf(name, label), element("span", "hq-moves", up, down), tableLink(name, words));
    line.dataset.layer = name;
    return line;
  }
  function strengthOf(name, label) {
    return strength(`${words.opacity}: ${label}`, choices.opacity[name] ?? 100, (percent) => dim(name, percent));
  }
  function filters(terms) {
    return element("div", "hq-ticks", ...Object.entries(terms).map(([name, label]) => tick(label, choices.reports.includes(name), (isAsked) => filter(name, isAsked))));
  }
  function draw() {
    const reset = Object.assign(element("button", "hq-reset", words.show_everything), { type: "button" });
    reset.addEventListener("click", () => {
      Object.assign(choices, structuredClone(EVERYTHING));
      for (const name of map.hqLayers.keys()) show(map, name);
      stack(map);
      map.fire("hq:reports-chosen");
      keep();
      draw();
    });
    body.replaceChildren(
      // What lies on top stands on top.
      element("ul", "", ...ordered().map(row)),
      ...(map.hqBaseMap ? [map.hqBaseMap(strengthOf("base-map", words.base_map))] : []),
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
