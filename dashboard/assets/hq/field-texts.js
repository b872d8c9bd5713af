import { fill } from "./wording.js";

/** The words of the page, in the language that was chosen on this phone. */

const CHOSEN = "hq-field-language";
const PATIENCE_MS = 2000;
const setup = JSON.parse(document.getElementById("setup").textContent);

function chosenLanguage() {
  try {
    return localStorage.getItem(CHOSEN);
  } catch {
    return null;
  }
}

export const language = chosenLanguage() in setup.languages ? chosenLanguage() : setup.language;
export const texts = setup.languages[language];
export const { groups, standing } = setup;

/** Write the words of the template. */
export function writeWords() {
  document.documentElement.lang = language;
  document.title = texts.title;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = texts[element.dataset.word];
}

/** Speak another language from now on; what the server says follows as soon as it can be reached. */
export async function speak(other) {
  try {
    localStorage.setItem(CHOSEN, other);
  } catch {
    // A browser that keeps nothing speaks the language it was opened in.
  }
  await fetch(`/language/${other}?back=/healthz`, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => {});
  location.reload();
}

const clock = new Intl.DateTimeFormat("ja-JP", { timeZone: "Asia/Tokyo", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Say when something was, as a wall clock in Japan does. */
export const timeText = (moment) => clock.format(typeof moment === "number" ? moment : Date.parse(moment));

/** Say how far away something is. */
export function distanceText(distance_m) {
  if (distance_m < 1000) return fill(texts.metres, { metres: Math.round(distance_m / 10) * 10 });
  return fill(texts.kilometres, { kilometres: (distance_m / 1000).toFixed(1) });
}
