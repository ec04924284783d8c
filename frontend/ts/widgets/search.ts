/** The box that finds: up and down walk from the box through the hits, Enter opens the one that has the focus,
 *  Escape leads back. A panel under the box closes when the focus leaves it, and does not change under the hand:
 *  an answer that comes while one walks through the hits is dropped. */
export function mount(block: HTMLElement): void {
  const box = block.querySelector("input") as HTMLInputElement;
  const panel = block.querySelector<HTMLElement>(".search__panel");
  const open = (yes: boolean): void => {
    if (panel) panel.hidden = !yes || !box.value.trim();
  };
  box.addEventListener("input", () => open(true));
  box.addEventListener("focus", () => open(Boolean(panel?.childElementCount)));
  block.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || !(step || event.key === "Escape")) return;
    if (step) walk(block, box, step);
    else if (panel?.hidden === false || document.activeElement !== box) box.focus();
    if (event.key === "Escape") open(false);
    event.preventDefault();
  });
  box.addEventListener("htmx:before:swap", (event) => {
    if (panel?.contains(document.activeElement)) event.preventDefault();
  });
  block.addEventListener("focusout", (event) => {
    if (!block.contains(event.relatedTarget as Node | null)) open(false);
  });
  if (document.activeElement !== box || !box.value) return;
  open(true); // somebody was faster than this script
  box.dispatchEvent(new Event("typed"));
}

function walk(block: HTMLElement, box: HTMLElement, step: number): void {
  const stops = [box, ...block.querySelectorAll<HTMLElement>(".found a")];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[(at + step + stops.length) % stops.length]?.focus();
}
