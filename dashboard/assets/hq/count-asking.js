import { fill } from "./wording.js";

const MOST = 9_999_999;
const PREFIX = "hq-ask-draft/";

/** Return the number that was typed; telephones offer full-width digits, too. */
export const numberOf = (typed) => Math.min(MOST, Number(typed.normalize("NFKC").replace(/\D/g, "")));

/**
 * The form in which a shelter asks for goods. What is typed stays over a reload, until it is sent.
 *
 * `asked({item_code, quantity, urgency, note})` is called to send it.
 */
export function askingForm(form, texts, { shelterId, goodsText, asked }) {
  const { item_code, quantity, urgency, note } = form.elements;
  const send = form.querySelector("[type=submit]");
  const unit = form.querySelector(".unit");

  const said = () => ({
    item_code: item_code.value,
    quantity: numberOf(quantity.value),
    urgency: urgency.value,
    note: note.value.trim() || null,
  });

  function changed() {
    const now = said();
    const isWhole = Boolean(now.item_code && now.quantity > 0);
    unit.textContent = texts.items[now.item_code]?.unit ?? "";
    send.disabled = !isWhole;
    send.textContent = isWhole ? fill(texts.ask_for, { goods: goodsText(now) }) : texts.ask_nothing;
    keepDraft(shelterId, now);
  }

  for (const button of form.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => {
      const next = numberOf(quantity.value) + Number(button.dataset.step);
      quantity.value = Math.min(MOST, Math.max(0, next)) || "";
      changed();
    });
  }
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (send.disabled) return;
    asked(said());
    form.reset();
    changed();
  });
  const draft = draftOf(shelterId);
  for (const name of ["item_code", "urgency", "note"]) if (draft?.[name]) form.elements[name].value = draft[name];
  quantity.value = draft?.quantity || "";
  changed();
}

function draftOf(shelterId) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + shelterId));
  } catch {
    return null;
  }
}

function keepDraft(shelterId, draft) {
  try {
    localStorage.setItem(PREFIX + shelterId, JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing: the form holds it as long as the page lives.
  }
}
