import { bodyOf, placeWith } from "./field-draft.js";
import { chips, detailsForm, writeLabels } from "./field-details.js";
import { showMap, theCity } from "./field-map.js";
import { around, similar } from "./field-nearby.js";
import { photographs } from "./field-photographs.js";
import { awayText, placeText } from "./field-place.js";
import { asked, button } from "./field-question.js";
import { discard, file, keepDraft } from "./field-store.js";
import { groups, standing, texts, timeText } from "./field-texts.js";
import { element } from "./wording.js";

/** The report that is being written. Every change is kept at once. */

const $ = (id) => document.getElementById(id);
const WORDS = { place_text: $("place-text"), note: $("note") };

export class ReportForm {
  /** `reporter()` names the team; `filed(report)` and `left()` say that the form is done with. */
  constructor(position, { reporter, filed, left, changed }) {
    Object.assign(this, { position, reporter, filed, left, changed, draft: null, alike: [], towns: [] });
    this.details = detailsForm($("details"), {
      details: () => this.draft.details,
      say: (changes) => this.#say(changes),
    });
    this.pictures = photographs(
      { camera: $("camera"), album: $("album"), list: $("thumbnails"), count: $("photograph-count"), news: $("photograph-news") },
      { draftId: () => this.draft?.id, added: ({ place }) => place && this.locate({ by: "photograph", accuracy_m: null, ...place }), changed },
    );
    writeLabels($("details"));
    for (const [name, input] of Object.entries(WORDS)) input.addEventListener("input", () => this.#say({ [name]: input.value.trim() }));
    $("locate").addEventListener("click", () => this.#seekAnew());
    $("on-map").addEventListener("click", () => this.#tapMap());
    $("unknown-place").addEventListener("click", () => this.#keep({ place: { by: "unknown" } }));
    $("cancel").addEventListener("click", () => this.#cancel());
    $("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#file();
    });
    theCity().then((city) => {
      this.towns = city?.towns.features ?? [];
      if (this.draft) this.draw();
    });
  }

  /** Show a draft, new or found again. */
  open(draft) {
    this.draft = draft;
    this.alike = [];
    for (const [name, input] of Object.entries(WORDS)) input.value = draft.details[name] ?? "";
    $("more").open = false;
    this.draw({ isNew: true });
    this.#compare();
    // A position from before the last walk is better than none until there is a newer one.
    this.position.seek();
  }

  close() {
    this.draft = null;
  }

  /** Take up a place that was found, if it is a better one. */
  locate(found) {
    if (!this.draft) return;
    const place = placeWith(this.draft.place, found);
    if (place !== this.draft.place) this.#keep({ place });
    else this.draw();
  }

  draw({ isNew = false } = {}) {
    if (!this.draft) return;
    const { group, details, place } = this.draft;
    const offered = Object.fromEntries(groups[group].map((category) => [category, texts.categories[category]]));
    $("form-title").textContent = texts.categories[details.category];
    $("kinds").hidden = groups[group].length < 2;
    chips($("kind-list"), offered, details.category, (category) => this.#say({ category }), { isNeeded: true });
    const [where, how] = placeText(place, { towns: this.towns, isSeeking: this.position.isSeeking });
    [$("where").textContent, $("how").textContent] = [where, how];
    $("locate").disabled = this.position.isSeeking;
    this.details.draw({ isNew });
    this.#drawAlike();
  }

  #say(changes) {
    const details = { ...this.draft.details, ...changes };
    this.#keep({ details }, { isCompared: "category" in changes });
  }

  #keep(changes, { isCompared = "place" in changes } = {}) {
    this.draft = { ...this.draft, ...changes };
    keepDraft(this.draft);
    this.draw();
    if (isCompared) this.#compare();
  }

  async #compare() {
    const draft = this.draft;
    const alike = await similar(draft);
    if (this.draft?.id !== draft.id || this.draft.details.category !== draft.details.category) return;
    this.alike = alike.filter(({ id }) => id !== draft.id);
    this.draw();
  }

  #drawAlike() {
    const [nearest] = this.alike.filter(({ id }) => !this.draft.differs.includes(id));
    $("alike").hidden = !nearest;
    if (!nearest) return;
    const { category, severity, place_text } = nearest;
    const words = [texts.categories[category], texts.severities[severity], timeText(nearest.observed_at), place_text];
    const said = [awayText(nearest, this.draft.place), ...words].filter(Boolean).join(" ");
    // A button that is replaced under the finger is never pressed.
    if ($("alike").dataset.state === nearest.id + said) return;
    $("alike").dataset.state = nearest.id + said;
    $("alike").replaceChildren(
      element("b", "", texts.same_question),
      element("p", "", said),
      element(
        "div",
        "choice",
        button(texts.same, "", () => this.#same()),
        button(texts.different, "", () => this.#keep({ differs: [...this.draft.differs, nearest.id] })),
      ),
    );
  }

  async #same() {
    if (await asked(texts.same_drop, texts.drop, texts.keep)) this.#discard();
  }

  async #cancel() {
    if (await asked(texts.cancel_question, texts.discard_yes, texts.keep)) this.#discard();
  }

  async #discard() {
    await discard(this.draft.id);
    this.left();
  }

  #seekAnew() {
    this.draft.place = null;
    this.position.seek();
    this.#keep({ place: null });
  }

  async #tapMap() {
    const here = this.draft.place?.lon === undefined ? this.position.last : this.draft.place;
    const place = await showMap({ here, reports: around(here).reports, picks: true });
    if (place) this.#keep({ place });
  }

  async #file() {
    const { draft } = this;
    const body = bodyOf(draft, { reporter: this.reporter(), standing });
    await file({ id: draft.id, at: draft.at, body, draft });
    this.filed(draft);
  }
}
