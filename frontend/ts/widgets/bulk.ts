import { openDialog } from "../shell";

const BOX = "input[name=pick][form=bulk]";

/** The bar above a list: shown once a row is ticked. A click with Shift ticks a stretch, x the row under the
 *  cursor, Escape gives all of it up. */
export function mount(bar: HTMLElement): void {
  const boxes = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>(BOX)];
  const all = document.querySelector<HTMLInputElement>("[data-all][form=bulk]");
  let last: HTMLInputElement | undefined;

  function show(): void {
    const every = boxes();
    const picked = every.filter((box) => box.checked);
    every.forEach((box) => box.closest("[data-row]")?.classList.toggle("is-picked", box.checked));
    bar.toggleAttribute("data-picked", picked.length > 0);
    (bar.querySelector("[data-count]") as Element).textContent = String(picked.length);
    if (all) all.checked = picked.length === every.length;
    if (all) all.indeterminate = picked.length > 0 && !all.checked;
  }

  function stretch(from: HTMLInputElement, to: HTMLInputElement): void {
    const every = boxes();
    const ends = [every.indexOf(from), every.indexOf(to)];
    every.slice(Math.min(...ends), Math.max(...ends) + 1).forEach((box) => (box.checked = to.checked));
  }

  document.addEventListener("click", (event) => {
    const box = event.target as HTMLInputElement;
    if (box === all) boxes().forEach((one) => (one.checked = box.checked));
    else if (!box.matches(BOX)) return;
    else if (event.shiftKey && last) stretch(last, box);
    if (box !== all) last = box;
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (openDialog() || event.ctrlKey || event.metaKey || document.body.dataset.keys === "off") return;
    if ((event.target as Element).matches("input:not([type=checkbox], [type=radio]), textarea, select")) return;
    if (event.key === "Escape" && bar.hasAttribute("data-picked")) (bar as HTMLFormElement).reset();
    if (event.key === "x") document.querySelector<HTMLElement>(`[data-row].is-cursor ${BOX}`)?.click();
  });
  bar.addEventListener("reset", () => setTimeout(show));
  show(); // what the browser remembers of before a reload
}
