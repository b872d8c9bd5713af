/** Keys that press the buttons of a page. */

const FIELDS = "input, textarea, select, [contenteditable], [role=combobox], [role=dialog]";

/** Whether somebody types, or means the browser: then a key is not ours. */
function isElsewhere(event) {
  const [target] = event.composedPath();
  return event.isComposing || event.ctrlKey || event.metaKey || event.altKey || target.closest?.(FIELDS) !== null;
}

/** Have keys press buttons; `keys` names for each key the button's own name on the page. */
export function pressByKey(keys) {
  function press(event) {
    const name = keys()[event.key.toLowerCase()];
    if (!name || isElsewhere(event)) return;
    // Streamlit hears single keys on the page as its own commands.
    event.stopPropagation();
    event.preventDefault();
    if (event.repeat) return;
    document.querySelector(`.st-key-${CSS.escape(name)} button:not(:disabled)`)?.click();
  }
  window.addEventListener("keydown", press, { capture: true });
  return () => window.removeEventListener("keydown", press, { capture: true });
}
