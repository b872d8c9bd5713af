import { element } from "./wording.js";

const dialog = document.getElementById("question");

/** Make a button that does something when it is pressed. */
export function button(text, className, press) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

/** Ask a person under the thumb; resolves to whether they said yes. */
export function asked(question, yes, no) {
  const answered = new Promise((resolve) => {
    const choose = (said) => () => {
      resolve(said);
      dialog.close();
    };
    dialog.oncancel = () => resolve(false);
    dialog.replaceChildren(
      element("p", "", question),
      element("div", "choice", button(yes, "", choose(true)), button(no, "main", choose(false))),
    );
  });
  dialog.showModal();
  return answered;
}
