import { age, fill } from "./wording.js";

const MOST = 99_999;
const number = new Intl.NumberFormat("en-US");

/** Return the digits of what was typed; telephones offer full-width ones, too. */
const digits = (typed) => typed.normalize("NFKC").replace(/\D/g, "").slice(0, String(MOST).length);

/** Say figures in words: those that are named, in their order. */
export function figuresText(figures, texts) {
  const phrases = texts.figures
    .filter((name) => name in figures)
    .map((name) => fill(texts[name] ?? texts.figure, { figure: texts.labels[name], count: number.format(figures[name]) }));
  return phrases.reduce((some, more) => fill(texts.joined, { some, more }));
}

/**
 * The fields of a count. An empty one shows in grey what was counted last and is not sent: only
 * what somebody touched is.
 */
export class CountForm {
  /** `report(figures)` is called to send them, `changed(figures)` whenever they are others. */
  constructor(form, texts, { report, changed }) {
    Object.assign(this, { form, texts, changed, last: {} });
    this.entries = [...form.querySelectorAll("[data-figure]")];
    this.same = form.querySelector(".same");
    this.send = form.querySelector("#send");
    this.clearing = form.querySelector("#clear");
    for (const entry of this.entries) this.#listen(entry);
    this.same.addEventListener("click", () => this.fill({ persons: this.last.persons.count }));
    this.clearing.addEventListener("click", () => this.clear());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const figures = this.figures();
      if (Object.keys(figures).length) report(figures);
    });
  }

  #listen(entry) {
    const input = entry.querySelector("input");
    input.addEventListener("input", (event) => {
      // A Japanese keyboard composes: what it holds must not be changed under it.
      if (!event.isComposing) input.value = digits(input.value);
      this.#change();
    });
    input.addEventListener("compositionend", () => {
      input.value = digits(input.value);
      this.#change();
    });
    for (const button of entry.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => this.#step(entry.dataset.figure, input, Number(button.dataset.step)));
    }
  }

  #step(name, input, step) {
    const from = input.value === "" ? this.last[name]?.count : Number(digits(input.value));
    if (from === undefined && step < 0) return;
    input.value = Math.min(MOST, Math.max(0, (from ?? 0) + step));
    this.#change();
  }

  /** Show what was counted last, `{figure: {count, observed_at, recorded_by, isUnsent}}`, if that is known. */
  showLast(last, { isKnown }) {
    this.last = last;
    this.never = isKnown ? this.texts.never : "";
    for (const entry of this.entries) {
      const figure = last[entry.dataset.figure];
      entry.querySelector("input").placeholder = figure ? figure.count : "";
      entry.querySelector(".last").textContent = this.#lastText(figure);
    }
    this.#say();
  }

  #lastText(figure) {
    if (!figure) return this.never;
    return fill(figure.isUnsent ? this.texts.last_unsent : this.texts.last, {
      count: number.format(figure.count),
      age: age(figure.observed_at, this.texts),
      actor: figure.recorded_by,
    });
  }

  /** Return what was touched, by figure. */
  figures() {
    const touched = this.entries.map((entry) => [entry.dataset.figure, digits(entry.querySelector("input").value)]);
    return Object.fromEntries(touched.filter(([, typed]) => typed !== "").map(([name, typed]) => [name, Number(typed)]));
  }

  fill(figures) {
    for (const entry of this.entries) {
      const count = figures[entry.dataset.figure];
      if (count !== undefined) entry.querySelector("input").value = count;
      if (count !== undefined) entry.closest("details")?.setAttribute("open", "");
    }
    this.#change();
  }

  clear() {
    for (const entry of this.entries) entry.querySelector("input").value = "";
    this.#change();
  }

  #change() {
    this.#say();
    this.changed(this.figures());
  }

  #say() {
    const figures = this.figures();
    const isEmpty = Object.keys(figures).length === 0;
    for (const entry of this.entries) entry.classList.toggle("touched", entry.dataset.figure in figures);
    this.send.disabled = isEmpty;
    this.send.textContent = isEmpty ? this.texts.nothing : fill(this.texts.report, { figures: figuresText(figures, this.texts) });
    this.clearing.hidden = isEmpty;
    const persons = this.last.persons?.count;
    this.same.hidden = persons === undefined;
    const count = persons === undefined ? "" : figuresText({ persons }, this.texts);
    this.same.textContent = fill(this.texts.same, { count });
  }
}
