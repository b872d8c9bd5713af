import { countOf, sendCount } from "./board-sending.js";
import { draftOf, dropDraft, keepDraft } from "./board-drafts.js";
import { newId, saidYes } from "./count-sending.js";
import { element } from "./wording.js";

/** How long a row shows that its count was recorded. */
const RECORDED_MS = 3000;

function button(className, label) {
  const made = element("button", className, label);
  made.type = "button";
  return made;
}

/** A key that is held is one press, not many. */
function onlyPressed(event) {
  if (event.key === "Enter" && event.repeat) event.preventDefault();
}

function draw(words) {
  const field = element("input", "hq-count-field");
  Object.assign(field, { inputMode: "numeric", autocomplete: "off", maxLength: 12 });
  const record = element("button", "hq-press hq-count-record", words.record);
  const form = element("form", "hq-count-entry", field, record);
  const question = element("span", "hq-answer-text");
  const [yes, no] = [button("hq-press", words.yes), button("hq-quiet-press", words.no)];
  const answer = element("div", "hq-answer", question, yes, no);
  answer.setAttribute("role", "alert");
  answer.hidden = true;
  return { field, record, form, question, yes, no, answer };
}

/**
 * The field of a row in which a count is recorded: `form`, and `answer` for what is said about it.
 *
 * What is typed is kept until the server has it, with the id under which it is sent: sending it
 * again is harmless. Another number is another reading and gets another id.
 */
export function makeCountEntry(words) {
  const parts = draw(words);
  const { field, record, form, question, yes, no, answer } = parts;
  let shelter = null;
  let incidentId = null;
  let isSending = false;

  function show() {
    const draft = draftOf(shelter.opening_id);
    if (field.value !== (draft?.text ?? "")) field.value = draft?.text ?? "";
    form.classList.toggle("hq-has-draft", draft !== null);
    record.disabled = isSending;
    answer.hidden = !draft?.says;
    if (question.textContent !== (draft?.says ?? "")) question.textContent = draft?.says ?? "";
    yes.hidden = no.hidden = !draft?.doubt;
  }
  function change(news) {
    keepDraft(shelter.opening_id, { ...draftOf(shelter.opening_id), ...news });
    show();
  }
  function type() {
    const before = draftOf(shelter.opening_id);
    if (field.value === "") dropDraft(shelter.opening_id);
    // What was shown when typing began is what this count follows; a newer one is asked about.
    else change({ text: field.value, id: newId(), after_id: before ? before.after_id : shelter.reading_id, confirmed: [], doubt: null, says: null });
    show();
  }
  async function send() {
    const { opening_id: opening, id: shelterId } = shelter;
    const draft = draftOf(opening);
    if (!draft || isSending) return;
    const persons = countOf(draft.text);
    if (persons === null) return void change({ says: words.no_number, doubt: null });
    const { id, after_id, confirmed } = draft;
    isSending = true;
    show();
    const { doubt = null, says } = await sendCount(shelterId, { id, persons, after_id, confirmed, incident_id: incidentId });
    isSending = false;
    finish(opening, id, { doubt, says: says === null ? words.not_sent : says });
  }
  function finish(opening, id, { doubt, says }) {
    const draft = draftOf(opening);
    // Whoever typed on while it was sent goes on typing.
    if (draft?.id === id) {
      if (says === undefined) recorded(opening);
      else keepDraft(opening, { ...draft, doubt, says });
    }
    // The focus stays where it is: whoever presses Enter twice has answered nothing.
    show();
  }
  function recorded(opening) {
    dropDraft(opening);
    form.classList.add("hq-recorded");
    setTimeout(() => form.classList.remove("hq-recorded"), RECORDED_MS);
  }
  function confirm() {
    const draft = draftOf(shelter.opening_id);
    change({ ...saidYes(draft), says: null });
    field.focus();
    send();
  }
  function decline() {
    // Who was asked has seen the newest count.
    change({ after_id: shelter.reading_id, doubt: null, says: null });
    field.focus();
    field.select();
  }

  field.addEventListener("input", type);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  for (const part of [form, answer]) part.addEventListener("keydown", onlyPressed);
  yes.addEventListener("click", confirm);
  no.addEventListener("click", decline);
  return {
    form,
    answer,
    update(latest, incident) {
      shelter = latest;
      incidentId = incident.id;
      field.setAttribute("aria-label", `${words.new_count}: ${shelter.name}`);
      record.setAttribute("aria-label", `${words.record}: ${shelter.name}`);
      show();
    },
  };
}
