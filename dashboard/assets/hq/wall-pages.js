const TURN_MS = 12_000;

/**
 * Show rows in pages of as many as fit, one page after the other.
 *
 * It stops while somebody points at it or holds it with the space key, and where the reader wants
 * no motion; the arrow keys turn by hand. `onTurn` gets `{page, pages, held}`.
 */
export function makePages(list, onTurn) {
  let rows = [];
  let page = 0;
  let perPage = 1;
  let isPointed = false;
  let isStopped = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const pages = () => Math.max(1, Math.ceil(rows.length / perPage));
  const held = () => isPointed || isStopped;

  function show() {
    page %= pages();
    rows.forEach((row, index) => (row.hidden = Math.floor(index / perPage) !== page));
    onTurn({ page: page + 1, pages: pages(), held: held() });
  }
  function measure() {
    // One row's height is every row's: wall.css sees to that, however long a name is.
    const height = rows.find((row) => !row.hidden)?.getBoundingClientRect().height;
    if (height) perPage = Math.max(1, Math.floor(list.clientHeight / height));
    show();
  }
  function turn(way) {
    page = (page + way + pages()) % pages();
    show();
  }
  function hold(news) {
    isPointed = news;
    show();
  }
  list.addEventListener("pointerenter", () => hold(true));
  list.addEventListener("pointerleave", () => hold(false));
  list.addEventListener("focusin", () => hold(true));
  list.addEventListener("focusout", () => hold(false));
  new ResizeObserver(measure).observe(list);
  document.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowRight") turn(1);
    if (key === "ArrowLeft") turn(-1);
    if (key !== " ") return;
    isStopped = !isStopped;
    show();
  });
  setInterval(() => held() || turn(1), TURN_MS);

  return {
    set(latest) {
      rows = latest;
      rows.forEach((row) => (row.hidden = false));
      measure();
    },
  };
}
