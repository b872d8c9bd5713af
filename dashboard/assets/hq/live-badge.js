import { serverNow } from "./clock.js";
import { coalesce } from "./coalesce.js";
import { listen } from "./events.js";
import { element, fill } from "./wording.js";

const REST_MS = 500;
const AGEING_MS = 60_000;
const clock = new Intl.DateTimeFormat("ja-JP", {
  timeZone: "Asia/Tokyo",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

function sinceText(moment, words) {
  const seconds = Math.max(0, Math.floor((serverNow() - moment) / 1000));
  if (seconds < 60) return fill(words.seconds_ago, { seconds });
  return fill(words.minutes_ago, { minutes: Math.floor(seconds / 60) });
}

function draw() {
  const time = element("span", "hq-time");
  const since = element("span", "hq-since");
  const connection = element("span", "hq-connection");
  connection.setAttribute("role", "status");
  const badge = element("div", "hq-badge", time, since, connection);
  return { badge, time, since, connection };
}

function connectionWord(connected, words) {
  if (connected === null) return words.connecting;
  return connected ? words.connected : words.disconnected;
}

/** A badge with its own state; `concern` is replaced on each run of the page's script. */
function makeBadge(parent) {
  const { badge, time, since, connection } = draw();
  parent.append(badge);
  let concern = null;
  let connected = null;
  let changedAt = null;

  function say() {
    if (concern === null || document.hidden) return;
    time.textContent = `${clock.format(serverNow())} JST`;
    since.textContent = changedAt === null ? "" : sinceText(changedAt, concern.words);
    const word = connectionWord(connected, concern.words);
    if (connection.textContent !== word) connection.textContent = word;
    badge.classList.toggle("hq-up", connected === true);
    badge.classList.toggle("hq-down", connected === false);
  }
  const pulse = coalesce(() => concern.trigger("changed", serverNow()), { delay_ms: 20, rest: () => REST_MS });
  const concerns = ({ subject }) => subject === "incidents" || concern.subjects.includes(subject);

  const stopListening = listen((message) => {
    if ("connected" in message) ({ connected } = message);
    const isConcerned = message.change && concerns(message.change);
    if (isConcerned) changedAt = serverNow();
    if (isConcerned || message.connected) pulse();
    say();
  });
  const ticking = setInterval(say, 1000);
  // Figures grow old without any event: their ages, and who has to be asked, follow the clock.
  const ageing = setInterval(pulse, AGEING_MS);

  return {
    update(latest) {
      concern = latest;
      say();
    },
    stop() {
      stopListening();
      clearInterval(ticking);
      clearInterval(ageing);
      badge.remove();
    },
  };
}

const badges = new WeakMap();

/** Streamlit calls this on the first show and again whenever the data may have changed. */
export function showBadge({ data, parentElement, setTriggerValue }) {
  if (!badges.has(parentElement)) badges.set(parentElement, makeBadge(parentElement));
  badges.get(parentElement).update({ ...data, trigger: setTriggerValue });
  return () => {
    badges.get(parentElement)?.stop();
    badges.delete(parentElement);
  };
}
