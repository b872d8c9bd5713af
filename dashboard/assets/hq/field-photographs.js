import { newId } from "./count-sending.js";
import { placeOfPhotograph } from "./exif-place.js";
import { button } from "./field-question.js";
import { addPhotograph, contentOf, dropPhotograph } from "./field-store.js";
import { texts } from "./field-texts.js";
import { shrunk } from "./photograph-shrink.js";
import { sha256 } from "./sha256.js";
import { element, fill } from "./wording.js";

/** What a camera writes about a picture stands at its beginning. */
const HEAD_BYTES = 256 * 1024;

/** Return when a file was made, by the phone's clock; never later than now. */
const madeAt = (file) => new Date(Math.min(file.lastModified || Date.now(), Date.now())).toISOString();

/** Keep a picture, small and without what the camera wrote; return it with its place, if it told one. */
async function keep(file, reportId) {
  const place = placeOfPhotograph(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const content = await shrunk(file);
  const photograph = {
    id: newId(),
    report_id: reportId,
    at: madeAt(file),
    place,
    size: content.byteLength,
    sha256: sha256(content),
  };
  await addPhotograph(photograph, content);
  return photograph;
}

async function thumbnail({ id }, remove) {
  const address = URL.createObjectURL(new Blob([await contentOf(id)], { type: "image/jpeg" }));
  const picture = element("img", "");
  picture.src = address;
  picture.alt = "";
  picture.addEventListener("load", () => URL.revokeObjectURL(address));
  const away = button("×", "", remove);
  away.setAttribute("aria-label", texts.remove_photograph);
  return element("li", "", picture, away);
}

/**
 * The photographs of the draft at hand.
 *
 * `draftId()` names it; `added(photograph)` is called for each new one, `changed()` after all that changes.
 */
export function photographs(parts, { draftId, added, changed }) {
  let shown = "";

  async function take(files) {
    parts.news.textContent = "";
    const reportId = draftId();
    for (const file of files) {
      try {
        added(await keep(file, reportId));
      } catch {
        parts.news.textContent = texts.photograph_failed;
      }
    }
    changed();
  }
  for (const input of [parts.camera, parts.album]) {
    input.addEventListener("change", () => {
      // The list empties with the field.
      take([...input.files]);
      input.value = "";
    });
  }
  const remove = (id) => async () => {
    await dropPhotograph(id);
    changed();
  };

  /** Show the photographs of the draft; pictures that stand there already stay. */
  async function draw(all) {
    const own = all.filter(({ report_id }) => report_id === draftId());
    parts.count.textContent = own.length ? fill(texts.photographs, { count: own.length }) : "";
    const state = own.map(({ id }) => id).join();
    if (state === shown) return;
    shown = state;
    const made = await Promise.all(own.map((each) => thumbnail(each, remove(each.id))));
    // Meanwhile another one may have been taken, or another report begun.
    if (state === shown) parts.list.replaceChildren(...made);
  }
  return { draw };
}
