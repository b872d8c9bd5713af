import { element } from "./wording.js";

const KEY = "hq-board-view";
const ALL = { sort: null, text: "", district: "", state: "", hazard: "", only: false, wanting: false };

/** How the reader looks at the list: it lives in this browser alone. */
export function readView() {
  try {
    return { ...ALL, ...JSON.parse(sessionStorage.getItem(KEY)) };
  } catch {
    return { ...ALL };
  }
}

const keepView = (view) => sessionStorage.setItem(KEY, JSON.stringify(view));

function choice(label, value, change) {
  const made = element("select", "hq-choice");
  made.setAttribute("aria-label", label);
  made.addEventListener("change", () => change(made.value));
  return {
    element: made,
    /** Offer some values, by value and word, and always what is chosen at the moment. */
    offer(words) {
      const offered = JSON.stringify([value(), ...Object.entries(words)]);
      if (made.dataset.offered === offered) return;
      made.dataset.offered = offered;
      const all = { "": label, ...words };
      if (!(value() in all)) all[value()] = value();
      made.replaceChildren(...Object.entries(all).map(([code, word]) => new Option(word, code)));
      made.value = value();
    },
  };
}

function searchField(words, view, change) {
  const made = element("input", "hq-search");
  Object.assign(made, { type: "search", value: view.text, placeholder: words.search });
  made.setAttribute("aria-label", words.search);
  made.addEventListener("input", () => change({ text: made.value }));
  return made;
}

/** A press that narrows the list to some shelters, and widens it again. */
function toggle(label, name, view, change) {
  const made = element("button", "hq-toggle", label);
  made.type = "button";
  const say = () => made.setAttribute("aria-pressed", String(view[name]));
  made.addEventListener("click", () => {
    change({ [name]: !view[name] });
    say();
  });
  say();
  return made;
}

const named = (codes, words) => Object.fromEntries(codes.map((code) => [code, words[code]]));
const distinct = (values) => [...new Set(values)].filter(Boolean).sort((a, b) => a.localeCompare(b, "ja"));

/** The line over the list with which a reader narrows it. `onChange` gets the view. */
export function makeFilter(words, onChange) {
  const view = readView();
  function change(news) {
    keepView(Object.assign(view, news));
    onChange(view);
  }
  const district = choice(words.district, () => view.district, (value) => change({ district: value }));
  const state = choice(words.state, () => view.state, (value) => change({ state: value }));
  const hazard = choice(words.hazard, () => view.hazard, (value) => change({ hazard: value }));
  const count = element("span", "hq-shown");
  count.setAttribute("role", "status");
  const line = element(
    "div", "hq-filter", searchField(words, view, change), district.element, state.element, hazard.element,
    toggle(words.only_to_ask, "only", view, change), toggle(words.only_wanting, "wanting", view, change), count,
  );
  return {
    element: line,
    view,
    change,
    offer(shelters) {
      const districts = distinct(shelters.map((shelter) => shelter.district));
      district.offer(Object.fromEntries(districts.map((name) => [name, name])));
      state.offer(named(distinct(shelters.map((shelter) => shelter.state)), words.states));
      hazard.offer(named(Object.keys(words.hazards), words.hazards));
    },
    say(text) {
      if (count.textContent !== text) count.textContent = text;
    },
  };
}
