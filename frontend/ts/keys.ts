import htmx from "htmx.org";
import { sender } from "./forms";
import { openDialog } from "./shell";

const QUIET = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const STEPS: Record<string, number> = { j: 1, k: -1 };
const held: string[] = []; // keys that wait until the pane shows the row under the cursor

const cursor = (): HTMLElement | null => document.querySelector("[data-row].is-cursor");
const linkOf = (row: HTMLElement | null): HTMLAnchorElement | null => row?.querySelector<HTMLAnchorElement>("[data-open]") ?? null;

/** What shows one of the rows beside them, unless the window is too narrow; its `data-pane` is that row's `data-row`. */
function pane(): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>("[data-pane]")].find((one) => one.firstElementChild?.checkVisibility());
}

/** `/` finds, j and k move (the cursor's link has the focus, so Enter opens), a verb's initial presses its
 *  button, Escape goes back. All of it is silent while someone types, and single keys can be switched off. */
export function watchKeys(): void {
  document.addEventListener("keydown", (event) => {
    const modified = event.ctrlKey || event.metaKey;
    if (modified && event.key.toLowerCase() === "k" && findSearch()) event.preventDefault();
    const typing = event.isComposing || (event.target as Element).closest?.(QUIET);
    if (modified || event.altKey || typing || event.defaultPrevented || document.body.dataset.keys === "off") return;
    if (act(event.key)) event.preventDefault();
  });
}

/** Beside a pane the cursor, what the pane shows and what a verb means are one: a row that is opened is fetched
 *  into the pane, and until it is there the pane rests and keys wait. */
export function watchPane(): void {
  document.addEventListener("click", (event) => {
    const row = (event.target as Element).closest("[data-open]")?.closest<HTMLElement>("[data-row]");
    if (!row?.dataset.row || !pane() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    point(row);
  });
  document.addEventListener("htmx:before:request", (event) => {
    sender(event).closest("[data-pane]")?.toggleAttribute("data-asks", true);
  });
  document.addEventListener("htmx:before:swap", (event) => {
    const [from, { text }] = [sender(event), (event as CustomEvent).detail.ctx];
    const [row, former] = [rowOf(from), from.closest<HTMLElement>("[data-pane]")];
    const wanted = row === cursor() && row?.dataset.row !== pane()?.dataset.pane && text.includes("data-pane");
    const late = row ? !wanted : former && (former.inert || !former.isConnected);
    if (late) event.preventDefault();
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const [from, { request, response }] = [sender(event), (event as CustomEvent).detail.ctx];
    const [row, asking] = [rowOf(from), from.closest("[data-pane]")];
    if (asking?.hasAttribute("data-asks")) held.length = 0; // what was typed before a dialog was there
    asking?.removeAttribute("data-asks");
    if (row && row === cursor() && request.signal?.reason?.name !== "AbortError") settle(row, response?.status < 400);
  });
  window.addEventListener("pageshow", () => (held.length = 0));
}

/** The row whose pane was asked for. */
function rowOf(from: Element): HTMLElement | null {
  return from.matches("[data-open]") && pane() ? from.closest<HTMLElement>("[data-row]") : null;
}

/** What has no pane any more is opened as a page. A pane that did not come is lost: no verb means anything until
 *  the row is opened again, or another one. */
function settle(row: HTMLElement, answered: boolean): void {
  const shown = pane()?.dataset.pane ?? "";
  if (shown === row.dataset.row) history.replaceState(null, "", linkOf(row)?.href);
  else if (answered) location.assign(linkOf(row)?.href ?? "");
  if (shown === row.dataset.row) return replay();
  held.length = 0;
  pane()?.setAttribute("data-lost", "");
}

/** Does what was pressed meanwhile, as if it were pressed now. */
function replay(): void {
  const key = waits(held[0] ?? "") ? undefined : held.shift();
  if (key === undefined) return;
  void (move(key) || press(key.toLowerCase()));
  setTimeout(replay); // a form that is being sent rests only now
}

/** Whether a key has to wait: any while a verb is on its way, a verb while the pane is. */
function waits(key: string): boolean {
  const shown = pane();
  return shown?.matches("[data-asks], :has(form[aria-busy=true])") || (shown?.inert && !STEPS[key]) || false;
}

function act(key: string): boolean {
  if (key === "/") return findSearch();
  if (key === "Escape") return back();
  if (key.length > 1 || key === "x") return false; // x ticks the row under the cursor, widgets/bulk.ts
  if (held.length || waits(key)) return pane()?.hasAttribute("data-lost") || held.push(key) > 0;
  return move(key) || press(key.toLowerCase());
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

function move(key: string): boolean {
  const step = STEPS[key];
  const rows = openDialog() || !step ? [] : [...document.querySelectorAll<HTMLElement>("[data-rows] [data-row]")];
  const at = rows.findIndex((row) => row === cursor());
  const to = rows[Math.min(Math.max(at + (step ?? 0), 0), rows.length - 1)];
  if (to) point(to);
  return to !== undefined;
}

function point(row: HTMLElement): void {
  const [former, shown, link] = [cursor(), pane(), linkOf(row)];
  former?.classList.remove("is-cursor");
  row.classList.add("is-cursor");
  link?.focus();
  if (!shown || !link || !row.dataset.row) return;
  former?.removeAttribute("aria-current");
  row.ariaCurrent = "true";
  shown.inert = shown.dataset.pane !== row.dataset.row;
  shown.removeAttribute("data-lost");
  if (shown.inert) void htmx.ajax("GET", link.href, { source: link, target: shown, select: "[data-pane]", swap: "outerHTML" });
}

function press(key: string): boolean {
  const named = (openDialog() ?? document).querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  const target = [...named].find((one) => one.getClientRects().length && one.ariaDisabled !== "true");
  target?.click();
  return target !== undefined;
}
