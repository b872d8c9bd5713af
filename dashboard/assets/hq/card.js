/** Photographs stay on the sheet as long as it is one: everything else that is known goes before them. */
function fit() {
  const main = document.querySelector("main");
  const photographs = document.getElementById("photographs");
  // On the screen the sheet is at least as high as the paper; higher, it would be two of them.
  const sheet_px = Number.parseFloat(getComputedStyle(main).minHeight);
  if (photographs) photographs.hidden = main.getBoundingClientRect().height > sheet_px;
}

document.getElementById("print").addEventListener("click", () => window.print());
document.fonts.ready.then(fit);
