import { listen } from "./events.js";
import { element } from "./wording.js";

/** What needs nobody's help goes by itself. */
const TOLD_MS = 20_000;

/** Say over the map what is wrong with it, and nothing while all is well. */
export function addNotice(map, { words }) {
  const notice = element("div", "hq-notice");
  notice.setAttribute("role", "status");
  map.getContainer().append(notice);
  const waiting = new Set(["evacuation_orders", "shelters", "damage_reports", "road_closures", "annotations", "depots", "dispatches", "shortages"]);
  const failing = new Set();
  let connected = null;
  let aboutBaseMap = "";

  function say() {
    if (connected === false) notice.textContent = words.disconnected;
    else if (failing.size) notice.textContent = words.unreadable;
    else notice.textContent = aboutBaseMap || (waiting.size ? words.loading : "");
    notice.classList.toggle("hq-alarm", connected === false || failing.size > 0);
  }
  listen((message) => {
    if ("connected" in message) ({ connected } = message);
    say();
  });
  map.on("hq:shown", ({ subject }) => {
    waiting.delete(subject);
    say();
  });
  map.on("hq:trouble", ({ subject, failed }) => {
    if (failed) failing.add(subject);
    else failing.delete(subject);
    say();
  });
  map.on("hq:base-map", ({ said }) => {
    aboutBaseMap = said;
    say();
    setTimeout(() => {
      if (aboutBaseMap === said) aboutBaseMap = "";
      say();
    }, TOLD_MS);
  });
  say();
}
