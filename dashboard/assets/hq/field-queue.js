import { queueFile, save } from "./field-export.js";
import { asked, button } from "./field-question.js";
import { change, discard, dropPhotograph, read, reopen } from "./field-store.js";
import { texts, timeText } from "./field-texts.js";
import { element, fill } from "./wording.js";

/** What is unsent, one by one: what waits, what was refused and why, and all of it as a file. */

const $ = (id) => document.getElementById(id);

/** `changed()` is called after each decision, `corrected(draft)` when a report is to be written anew. */
export function queueScreen({ changed, corrected, mayCorrect }) {
  async function settle(decided) {
    await decided;
    changed();
  }
  async function drop(question, forget) {
    if (await asked(question, texts.discard_yes, texts.keep)) settle(forget());
  }
  async function correct(report) {
    if (!mayCorrect()) return void ($("queue-news").textContent = texts.correct_later);
    await reopen(report);
    corrected(report.draft);
  }
  function row(title, text, ...choice) {
    const made = element("li", "", element("b", "", title), element("p", "", text));
    if (choice.length) made.append(element("div", "choice", ...choice));
    if (choice.length) made.setAttribute("role", "alert");
    return made;
  }
  function again(name, { id }) {
    return button(texts.again, "main", () => settle(change(name, id, { refusal: null })));
  }
  function reportRow(report) {
    const title = `${timeText(report.at)} ${texts.categories[report.body.category]}`;
    if (!report.refusal) return row(title, texts.waiting);
    return row(
      title,
      report.refusal,
      button(texts.cancel, "", () => drop(texts.cancel_question, () => discard(report.id))),
      button(texts.correct, "", () => correct(report)),
      again("reports", report),
    );
  }
  function photographRow(photograph, sent) {
    const title = fill(texts.photograph_of, { time: timeText(photograph.at) });
    const percent = Math.floor((100 * (sent.get(photograph.id) ?? 0)) / photograph.size);
    if (!photograph.refusal) return row(title, percent ? fill(texts.part_sent, { percent }) : texts.waiting);
    const away = button(texts.cancel, "", () => drop(texts.cancel_question, () => dropPhotograph(photograph.id)));
    return row(title, photograph.refusal, away, again("photographs", photograph));
  }

  /** Show what is kept, drafts apart; `sent` says how many bytes of a photograph have arrived. */
  function draw({ drafts, reports, photographs }, sent) {
    // A button that is replaced under the finger is never pressed.
    const state = JSON.stringify([drafts.length, reports, photographs, [...sent]]);
    if ($("queue-list").dataset.state === state) return;
    $("queue-list").dataset.state = state;
    const drafted = new Set(drafts.map(({ id }) => id));
    const pictures = photographs.filter(({ report_id }) => !drafted.has(report_id));
    const rows = [...reports.map(reportRow), ...pictures.map((each) => photographRow(each, sent))];
    $("queue-list").replaceChildren(...(rows.length ? rows : [element("li", "empty", texts.queue_empty)]));
    $("save-part").hidden = !rows.length;
  }
  $("save").addEventListener("click", async () => save(await queueFile(await read()), new Date().toISOString()));
  return { draw };
}
