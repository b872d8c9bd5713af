import { figuresText } from "./count-form.js";
import { change, drop, unsent } from "./count-queue.js";
import { saidYes } from "./count-sending.js";
import { element } from "./wording.js";

const clock = new Intl.DateTimeFormat("ja-JP", { timeZone: "Asia/Tokyo", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Say when something was, as a wall clock in Japan does. */
export const timeText = (moment) => clock.format(Date.parse(moment));

function button(text, className, press) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

/** The list of what is unsent: what waits, what the server asks about, what it refused. */
export class UnsentList {
  /**
   * `canCorrect(count)` tells whether its figures can be typed anew on this page, `isCorrected(count)`
   * whether they just are; `changed(count)` is called after each decision, with the count whose
   * figures are to be.
   */
  constructor(list, texts, { shelterId, canCorrect, isCorrected, changed }) {
    Object.assign(this, { list, texts, shelterId, canCorrect, isCorrected, changed, shown: "", asked: null });
  }

  draw() {
    const counts = unsent();
    const state = JSON.stringify([counts, counts.map(this.canCorrect), counts.map(this.isCorrected), this.asked]);
    if (state === this.shown) return;
    this.shown = state;
    this.list.replaceChildren(...counts.map((count) => this.#row(count)));
    this.list.querySelector(".doubt")?.scrollIntoView({ block: "nearest" });
  }

  #row(count) {
    const { texts } = this;
    const place = count.shelter_id === this.shelterId ? "" : ` ${count.shelter}`;
    const title = element("b", "", `${timeText(count.observed_at)} ${figuresText(count.figures, texts)}${place}`);
    if (this.isCorrected(count)) return element("li", "", title, element("p", "", texts.correcting));
    const question = this.asked === count.id ? texts.discard_question : (count.doubt ?? count.refusal)?.text;
    const row = element("li", count.doubt ? "doubt" : "", title, element("p", "", question ?? texts.waiting));
    if (question) row.append(element("div", "choice", ...this.#choice(count)));
    if (question) row.setAttribute("role", "alert");
    return row;
  }

  #choice(count) {
    const { texts } = this;
    if (this.asked === count.id) {
      return [
        button(texts.discard_yes, "", () => this.#settle(() => drop(count.id))),
        button(texts.discard_no, "main", () => this.#settle(() => {})),
      ];
    }
    const discard = button(texts.discard, "", () => this.#ask(count));
    const canCorrect = this.canCorrect(count);
    if (count.doubt) {
      const no = canCorrect ? button(texts.no, "", () => this.#correct(count)) : discard;
      return [no, button(texts.yes, "main", () => this.#confirm(count))];
    }
    // What the figures themselves are refused for, no other moment mends.
    if (canCorrect && count.refusal.status === 422) return [discard, button(texts.correct, "main", () => this.#correct(count))];
    return [discard, button(texts.again, "main", () => this.#settle(() => change(count.id, { refusal: null })))];
  }

  #confirm(count) {
    this.#settle(() => change(count.id, saidYes(count)));
  }

  #correct(count) {
    this.#settle(() => {}, count);
  }

  #ask(count) {
    this.asked = count.id;
    this.draw();
  }

  #settle(decide, slip = null) {
    this.asked = null;
    decide();
    this.changed(slip);
  }
}
