import { serverNow } from "./clock.js";
import { coalesce } from "./coalesce.js";
import { followAddress, forgetMoment, ignoreAddress, jst, onMoment, showMoment, shownMoment } from "./moment.js";
import { element, fill } from "./wording.js";

const TEN_MINUTES_MS = 600_000;
const HOUR_MS = 6 * TEN_MINUTES_MS;
const FIRST_DAYS_MS = 72 * HOUR_MS;
/** How often the page's own figures follow while the slider is dragged. */
const REST_MS = 300;
/** How long each moment is seen when they pass by themselves. */
const PLAY_MS = 1000;
/** Board and map go first: the server answers them before it draws the page's figures. */
const DELAY_MS = 120;

const written = (ms) => jst(ms).slice(0, 16).replace("T", " ");

/** The moments to choose from, on round minutes: fine for the first days, by the hour later on. */
function scaleOf(from, to) {
  const step = to - from > FIRST_DAYS_MS ? HOUR_MS : TEN_MINUTES_MS;
  const last = Math.floor(to / step) * step;
  return { step, last, first: Math.min(Math.ceil(from / step) * step, last) };
}

function button(className, text, press) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

function knownChoice(words, choose) {
  const choices = ["then", "now"].map((known) => {
    const made = button("hq-known", words[known], () => choose(known));
    return { known, made };
  });
  const group = element("div", "hq-knowns", ...choices.map(({ made }) => made));
  group.setAttribute("role", "group");
  return {
    group,
    say: (chosen) => choices.forEach(({ known, made }) => made.setAttribute("aria-pressed", String(known === chosen))),
  };
}

/** A button that has moments pass by themselves; `advance` says whether there are more. */
function makePlayer(words, advance) {
  let ticking = null;
  const made = button("hq-play", words.play, () => (ticking === null ? start() : stop()));
  function start() {
    ticking = setInterval(() => advance() || stop(), PLAY_MS);
    made.textContent = words.pause;
  }
  function stop() {
    clearInterval(ticking);
    ticking = null;
    made.textContent = words.play;
  }
  return { made, stop };
}

function draw(words, { open, close, move, choose, advance }) {
  const slider = element("input", "hq-slider");
  Object.assign(slider, { type: "range" });
  slider.setAttribute("aria-label", words.moment);
  slider.addEventListener("input", () => move(Number(slider.value)));
  const nudge = (text, label, way) => {
    const made = button("hq-nudge", text, () => move(Number(slider.value) + way * Number(slider.step)));
    made.setAttribute("aria-label", label);
    return made;
  };
  const text = element("strong", "hq-past-text");
  text.setAttribute("role", "status");
  const beginning = element("span", "hq-slider-end");
  const known = knownChoice(words, choose);
  const player = makePlayer(words, advance);
  const track = element("div", "hq-track", beginning, nudge("◀", words.earlier, -1), slider, nudge("▶", words.later, 1), element("span", "hq-slider-end", words.today));
  const bar = element("div", "hq-past", element("div", "hq-past-line", text, player.made, known.group, button("hq-to-now", words.to_now, close)), track);
  const opener = button("hq-look-back", words.look_back, open);
  return { bar, opener, slider, text, beginning, known, player };
}

/** The control over a page that follows the moment: off while the page is live. */
function makeLookBack(parent, words) {
  let concern = null;
  const parts = draw(words, {
    open: () => go({ ms: scale().last, known: "then" }),
    close: () => go(null),
    move,
    advance,
    choose: (known) => go({ ...shownMoment(), known }),
  });
  parent.append(parts.opener, parts.bar);
  const root = document.documentElement;
  const sizing = new ResizeObserver(() => root.style.setProperty("--hq-past-height", `${parts.bar.offsetHeight}px`));
  sizing.observe(parts.bar);

  const scale = () => scaleOf(Date.parse(concern.from), serverNow());
  const pulse = coalesce(() => concern.trigger("moved", serverNow()), { delay_ms: DELAY_MS, rest: () => REST_MS });
  function go(moment) {
    showMoment(moment);
    pulse();
  }
  function move(ms) {
    const { first, last } = scale();
    go({ ...shownMoment(), ms: Math.min(Math.max(ms, first), last) });
  }
  /** From the last moment it begins anew with the first one. */
  function advance() {
    const { first, last, step } = scale();
    const { ms } = shownMoment();
    move(ms < last ? ms + step : first);
    return shownMoment().ms < last;
  }
  function say() {
    const moment = shownMoment();
    if (moment === null) parts.player.stop();
    root.toggleAttribute("data-hq-past", moment !== null);
    parts.opener.hidden = moment !== null || concern.from === null;
    parts.bar.hidden = moment === null;
    if (moment !== null) sayMoment(moment);
  }
  function sayMoment({ ms, known }) {
    const { first, last, step } = scale();
    Object.assign(parts.slider, { min: first, max: last, step });
    parts.slider.value = ms;
    parts.slider.setAttribute("aria-valuetext", written(ms));
    parts.beginning.textContent = written(first).slice(5);
    parts.text.textContent = fill(words.banner, { moment: written(ms) });
    parts.known.say(known);
  }
  const stopFollowing = onMoment(() => concern && say());

  return {
    update(latest) {
      concern = latest;
      followAddress();
      if (concern.from === null || concern.refused) ignoreAddress();
      say();
    },
    stop() {
      stopFollowing();
      parts.player.stop();
      sizing.disconnect();
      root.removeAttribute("data-hq-past");
      parts.bar.remove();
      parts.opener.remove();
      forgetMoment();
    },
  };
}

const controls = new WeakMap();

/** Streamlit calls this on the first show and again on each run of the page's script. */
export function showLookBack({ data, parentElement, setTriggerValue }) {
  if (!controls.has(parentElement)) controls.set(parentElement, makeLookBack(parentElement, data.words));
  controls.get(parentElement).update({ ...data, trigger: setTriggerValue });
  return () => {
    controls.get(parentElement)?.stop();
    controls.delete(parentElement);
  };
}
