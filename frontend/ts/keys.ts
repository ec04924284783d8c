import { openDialog } from "./shell";

/** `/` finds, j and k move, Enter opens, a verb's initial presses its button; silent while someone types. */
export function watchKeys(): void {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && focusSearch()) event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.body.dataset.keys === "off" || typing(event.target)) return;
    if (act(event.key)) event.preventDefault();
  });
}

function typing(target: EventTarget | null): boolean {
  const quiet = "input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select, [contenteditable]";
  return target instanceof Element && target.closest(quiet) !== null;
}

function act(key: string): boolean {
  if (key === "/") return focusSearch();
  if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
  if (key === "Enter") return open();
  return key.length === 1 && press(key);
}

function focusSearch(): boolean {
  const box = document.querySelector<HTMLInputElement>("[data-search]");
  if (!box || openDialog()) return false;
  box.focus();
  box.select();
  return true;
}

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-rows] [data-row]")];

function move(step: number): boolean {
  const all = rows();
  if (!all.length || openDialog()) return false;
  const at = all.findIndex((row) => row.classList.contains("is-cursor"));
  const to = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  all[at]?.classList.remove("is-cursor");
  to?.classList.add("is-cursor");
  to?.querySelector<HTMLElement>("[data-open]")?.focus({ preventScroll: true });
  to?.scrollIntoView({ block: "nearest" });
  return true;
}

/** The cursor's link has the focus, so Enter needs help only where the focus has wandered to nothing. */
function open(): boolean {
  if (document.activeElement !== document.body) return false;
  const link = document.querySelector<HTMLElement>("[data-rows] .is-cursor [data-open]");
  link?.click();
  return link !== null;
}

function press(key: string): boolean {
  const ground: ParentNode = openDialog() ?? document;
  const named = ground.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key.toLowerCase())}"]`);
  const target = [...named].find((one) => one.getClientRects().length && one.ariaDisabled !== "true");
  target?.focus();
  target?.click();
  return target !== undefined;
}
