import { openDialog } from "./shell";

const QUIET = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";

/** `/` finds, j and k move (the cursor's link has the focus, so Enter opens), a verb's initial presses its
 *  button, Escape goes back. All of it is silent while someone types, and single keys can be switched off. */
export function watchKeys(): void {
  document.addEventListener("keydown", (event) => {
    const held = event.ctrlKey || event.metaKey;
    if (held && event.key.toLowerCase() === "k" && findSearch()) event.preventDefault();
    const typing = event.isComposing || (event.target as Element).closest?.(QUIET);
    if (held || event.altKey || typing || event.defaultPrevented || document.body.dataset.keys === "off") return;
    if (act(event.key)) event.preventDefault();
  });
}

function act(key: string): boolean {
  if (key === "/") return findSearch();
  if (key === "Escape") return back();
  if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
  return key.length === 1 && press(key.toLowerCase());
}

function findSearch(): boolean {
  const box = openDialog() ? null : document.querySelector<HTMLInputElement>("[data-search]");
  box?.select();
  return box !== null;
}

/** Up to where one came from; a dialog or a menu that is open closes first, by itself. */
function back(): boolean {
  const link = openDialog() ? null : document.querySelector<HTMLElement>("[data-back]");
  link?.click();
  return link !== null;
}

function move(step: number): boolean {
  const rows = openDialog() ? [] : [...document.querySelectorAll<HTMLElement>("[data-rows] [data-row]")];
  const at = rows.findIndex((row) => row.classList.contains("is-cursor"));
  const to = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  rows[at]?.classList.remove("is-cursor");
  to?.classList.add("is-cursor");
  to?.querySelector<HTMLElement>("[data-open]")?.focus();
  return to !== undefined;
}

function press(key: string): boolean {
  const named = (openDialog() ?? document).querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  const target = [...named].find((one) => one.getClientRects().length && one.ariaDisabled !== "true");
  target?.click();
  return target !== undefined;
}
