import { FILE, NONE, failuresAfter, isDoubtful, shownOf, waitAfter } from "./base-map-rule.js";
import { baseLayer, probe, SILENT_MS } from "./base-map-tiles.js";
import { listen } from "./events.js";
import { drawnIn } from "./layer-control.js";
import { nameChoices } from "./map-choices.js";
import { element, fill } from "./wording.js";

const PANE = "hq-base-map";
const RETRY_MS = 5000;

/** Read which base maps there are, until the server answers. */
async function offered(url) {
  for (;;) {
    const response = await fetch(url, { cache: "no-cache" }).catch(() => null);
    if (response?.ok) return response.json();
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** Keep one layer of a pane: `put(name)` draws the base map of that name instead, or nothing. */
function drawer(map, maps, heard) {
  let shown = NONE;
  let layer = null;
  let silence = null;
  const cover = (isCovered) => map.getContainer().classList.toggle("hq-on-base-map", isCovered);

  return async function put(name) {
    if (name === shown) return;
    shown = name;
    clearTimeout(silence);
    layer?.remove();
    layer = null;
    cover(false);
    if (name === NONE) return;
    const made = await baseLayer(maps.get(name), PANE, (came) => shown === name && heard(name, came)).catch(() => null);
    if (shown !== name) return;
    if (!made) {
      shown = NONE;
      return void heard(name, null);
    }
    cover(true);
    layer = made;
    layer.on("loading", () => {
      clearTimeout(silence);
      silence = setTimeout(() => heard(name, null), SILENT_MS);
    });
    layer.on("tileload tileerror load", () => clearTimeout(silence));
    layer.addTo(map);
  };
}

/**
 * Show the base map that is chosen, and another one while it is not to be had.
 *
 * `tell({chosen, shown, isDown})` hears whenever that has changed. Returns `choose(name)`.
 */
function follow(map, maps, place, tell) {
  const down = new Map();
  const asked = new Set();
  let chosen = NONE;
  let failures = 0;

  const isDown = (name) => down.has(name);
  const isWanted = (name) => name === chosen || name === FILE;
  const put = drawer(map, maps, (name, came) => {
    failures = came === null ? failures : failuresAfter(failures, came);
    if (came === null || isDoubtful(failures)) examine(name);
  });

  function show() {
    const shown = shownOf(chosen, { hasFile: maps.has(FILE), isDown });
    failures = 0;
    put(shown);
    tell({ chosen, shown, isDown: isDown(chosen) });
  }
  /** Ask for what must be there: only its absence says that there is nothing to be had. */
  async function examine(name) {
    if (name === NONE || asked.has(name)) return;
    asked.add(name);
    const works = await probe(maps.get(name), place).then(() => true, () => false);
    asked.delete(name);
    if (!isWanted(name)) return;
    const was = isDown(name);
    clearTimeout(down.get(name)?.timer);
    if (works) down.delete(name);
    else later(name, (down.get(name)?.tries ?? 0) + 1);
    if (works === was) show();
  }
  function later(name, tries) {
    down.set(name, { tries, timer: setTimeout(() => examine(name), waitAfter(tries)) });
  }
  const examineAll = () => [...down.keys()].forEach(examine);
  window.addEventListener("online", examineAll);
  window.addEventListener("offline", () => examine(chosen));
  listen(({ connected }) => connected && examineAll());

  return function choose(name) {
    chosen = name;
    // Whom nobody chooses any more, nobody asks any more.
    for (const [other, { timer }] of down) {
      if (isWanted(other)) continue;
      clearTimeout(timer);
      down.delete(other);
    }
    show();
    examine(name);
  };
}

/** Draw what can be chosen; returns what ticks one of them and says beneath what is wrong. */
function drawChoice(box, options, choose) {
  const said = element("p", "");
  const ticks = options.map(({ name, isThere }) => {
    const tick = Object.assign(element("input", ""), { type: "radio", name: PANE, value: name, disabled: !isThere });
    tick.addEventListener("change", () => choose(name));
    return tick;
  });
  box.replaceChildren(...options.map(({ title }, index) => element("label", "hq-tick", ticks[index], element("span", "", title))), said);
  return (chosen, problem) => {
    for (const tick of ticks) tick.checked = tick.value === chosen;
    said.textContent = problem;
  };
}

/**
 * A map beneath all layers, as far as somebody wants one: what others serve, or a file of ours.
 *
 * `url` says what there is; `place` lies where each of them must have a tile.
 */
export async function addBaseMap(map, { words, url, place }) {
  map.createPane(PANE).style.zIndex = 150;
  drawnIn(map, "base-map", [PANE]);
  const box = element("div", "hq-base-maps");
  map.hqBaseMap = (strength) => element("fieldset", "", element("legend", "", words.base_map, strength), box);

  const { default: initial, online, file, problem } = await offered(url);
  const maps = new Map(online.map((one) => [one.name, one]));
  if (file) maps.set(FILE, file);
  const options = [
    { name: NONE, title: words.base_map_none, isThere: true },
    ...(file || problem ? [{ name: FILE, title: words.base_map_file, isThere: Boolean(file) }] : []),
    ...online.map(({ name, title }) => ({ name, title, isThere: true })),
  ];
  const titleOf = (wanted) => options.find(({ name }) => name === wanted).title;
  let wasDown = false;

  function tell({ chosen, shown, isDown }) {
    const names = { chosen: titleOf(chosen), shown: titleOf(shown) };
    const lost = isDown ? fill(words.base_map_lost, names) : "";
    if (isDown || wasDown) map.fire("hq:base-map", { said: lost || fill(words.base_map_back, names) });
    wasDown = isDown;
    mark(chosen, lost || problem || "");
  }
  const choose = follow(map, maps, place, tell);
  const mark = drawChoice(box, options, (name) => {
    wasDown = false;
    map.hqChoices.base = name === initial ? "" : name;
    nameChoices(map.hqChoices);
    choose(name);
  });
  const named = map.hqChoices.base || initial;
  choose(named === NONE || maps.has(named) ? named : initial);
}
