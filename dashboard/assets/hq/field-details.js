import { button } from "./field-question.js";
import { standing, texts } from "./field-texts.js";
import { element } from "./wording.js";

const MOST = 99_999;
const CHOICES = { severity: "severities", phenomenon: "phenomena", flood_level: "flood_levels" };

/** Return the digits of what was typed; telephones offer full-width ones, too. */
const digits = (typed) => typed.normalize("NFKC").replace(/\D/g, "").slice(0, String(MOST).length);

/** Draw options of which one or none is chosen; pressing the chosen one takes it back. */
export function chips(list, labels, chosen, choose, { isNeeded = false } = {}) {
  // A button that is replaced under the finger is never pressed.
  const state = JSON.stringify([labels, chosen]);
  if (list.dataset.state === state) return;
  list.dataset.state = state;
  const made = Object.entries(labels).map(([value, label]) => {
    const isChosen = value === chosen;
    const chip = button(label, isChosen ? "chosen" : "", () => choose(isChosen && !isNeeded ? null : value));
    chip.setAttribute("aria-pressed", String(isChosen));
    return chip;
  });
  list.replaceChildren(...made);
}

/**
 * What else can be said of a draft: choices, counts, words.
 *
 * `details()` returns what is said so far, `say(changes)` takes more.
 */
export function detailsForm(root, { details, say }) {
  const lists = Object.fromEntries([...root.querySelectorAll("[data-choice]")].map((list) => [list.dataset.choice, list]));
  const inputs = [...root.querySelectorAll("[data-number]")];

  for (const input of inputs) {
    const set = (typed) => say({ [input.dataset.number]: typed === "" ? null : Number(typed) });
    input.addEventListener("input", (event) => {
      // A Japanese keyboard composes: what it holds must not be changed under it.
      if (event.isComposing) return;
      input.value = digits(input.value);
      set(input.value);
    });
    input.addEventListener("compositionend", () => {
      input.value = digits(input.value);
      set(input.value);
    });
    for (const step of input.parentElement.querySelectorAll("[data-step]")) {
      step.addEventListener("click", () => {
        input.value = Math.min(MOST, Math.max(0, Number(digits(input.value)) + Number(step.dataset.step)));
        set(input.value);
      });
    }
  }

  /** Show a draft; `isNew` fills in the fields, which are left alone while somebody types. */
  function draw({ isNew }) {
    const said = details();
    for (const [name, list] of Object.entries(lists)) {
      chips(list, texts[CHOICES[name]], said[name] ?? null, (value) => say({ [name]: value }));
    }
    const isStanding = standing.includes(said.category);
    root.querySelector("#of-flood").hidden = !isStanding;
    root.querySelector("#of-depth").hidden = said.flood_level !== "over_floor";
    if (isNew) for (const input of inputs) input.value = said[input.dataset.number] ?? "";
  }
  return { draw };
}

/** Write the names of the fields. */
export function writeLabels(root) {
  for (const label of root.querySelectorAll("[data-detail]")) {
    label.replaceChildren(element("span", "", texts.details_of[label.dataset.detail]));
  }
}
