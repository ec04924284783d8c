import { say } from "./words";

const YEAR = 365 * 24 * 3600; // seconds

export const openDialog = (): HTMLDialogElement | null => document.querySelector("dialog[open]");

/** Theme, the switch of the shortcuts, menus and their folds, copying, toasts. */
export function watchShell(): void {
  document.addEventListener("click", (event) => {
    const clicked = <T extends HTMLElement>(what: string) => (event.target as Element).closest<T>(what);
    closeMenus(clicked("details.menu"));
    const theme = clicked<HTMLButtonElement>("[data-theme-set]");
    if (theme) event.preventDefault();
    if (theme) setTheme(theme);
    const group = clicked<HTMLDetailsElement>("summary.rail__group")?.closest("details");
    if (group) keepFold(group);
    const keys = clicked("[data-keys-switch]");
    if (keys) keys.ariaPressed = String(remember("keys", document.body.dataset.keys === "off" ? "on" : "off") === "on");
    const copied = clicked("[data-copy]");
    if (copied) void copy(copied.dataset.copy || location.href).then(() => toast(say("copied")));
    clicked("[data-dismiss]")?.closest(".toast-x")?.remove();
    const closing = clicked("[data-close]") && openDialog();
    if (closing) event.preventDefault();
    if (closing) closing.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector<HTMLElement>("details.menu[open] > summary");
    if (menu) event.preventDefault();
    menu?.focus();
    closeMenus(null);
  });
}

/** What htmx brings into #dialog-body opens the dialog; what it brings elsewhere from inside closes it. A
 *  refusal is shown where the person looks: in the dialog while that is open. */
export function watchDialog(): void {
  const dialog = document.getElementById("dialog") as HTMLDialogElement | null;
  const body = document.querySelector("#dialog #dialog-body");
  if (!dialog || !body) return;
  document.addEventListener("htmx:after:swap", (event) => {
    const { target, response, sourceElement } = (event as CustomEvent).detail.ctx;
    const inside = target === "#dialog-body" || body.contains(target);
    const refusal = document.querySelector("#toasts [role=alert]");
    if (refusal && dialog.open) body.prepend(refusal);
    else if (inside && body.childElementCount && !dialog.open) dialog.showModal();
    else if (!inside && response.status < 400 && dialog.contains(sourceElement)) dialog.close();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => body.replaceChildren());
}

/** Good news goes by itself; a refusal stays until it is closed. */
export function fadeToasts(): void {
  document.querySelectorAll<HTMLElement>(".toast-x[data-brief]:not([data-ready])").forEach((one) => {
    one.dataset.ready = "";
    const go = (): unknown => (one.matches(":hover, :focus-within") ? setTimeout(go, 2000) : one.remove());
    setTimeout(go, 8000);
  });
}

/** A form that found no network keeps what it holds and says so, until it is sent again. */
export function watchSignal(): void {
  const former = (): unknown => document.querySelector("[data-unsent]")?.remove();
  document.addEventListener("htmx:before:request", former);
  document.addEventListener("htmx:error", (event) => {
    const { ctx } = (event as CustomEvent).detail;
    if (!ctx || ctx.response) return;
    former();
    const note = toast(say("unsent"), true);
    note.dataset.unsent = "";
    openDialog()?.querySelector("#dialog-body")?.prepend(note);
  });
}

function toast(text: string, stays = false): HTMLElement {
  const template = document.querySelector("#toast") as HTMLTemplateElement;
  const made = template.content.firstElementChild?.cloneNode(true) as HTMLElement;
  (made.querySelector("[data-text]") as Element).textContent = text;
  if (stays) made.removeAttribute("data-brief");
  if (stays) made.role = "alert";
  document.getElementById("toasts")?.append(made);
  fadeToasts();
  return made;
}

function closeMenus(except: Element | null): void {
  const others = [...document.querySelectorAll("details.menu[open]")].filter((menu) => menu !== except);
  others.forEach((menu) => menu.removeAttribute("open"));
}

function remember(name: string, value: string): string {
  document.cookie = `${name}=${value};path=/;max-age=${YEAR};samesite=lax`;
  if (name === "keys") document.body.dataset.keys = value;
  return value;
}

/** A group of the menu stays as it was left; at the click it is still as it was before. */
function keepFold(group: HTMLDetailsElement): void {
  const form = group.closest("nav")?.querySelector("form") as HTMLFormElement;
  const body = new FormData(form);
  body.set("verb", group.open ? "fold" : "open");
  body.set("key", group.dataset.fold as string);
  void fetch(form.action, { method: "POST", body, redirect: "manual" });
}

/** Shows the theme at once; the form around the button tells the account. */
function setTheme(button: HTMLButtonElement): void {
  document.documentElement.dataset.bsTheme = remember("theme", button.value);
  document.querySelectorAll<HTMLButtonElement>("[data-theme-set]").forEach((one) => {
    one.ariaPressed = String(one.value === button.value);
  });
  if (button.form) void fetch(button.form.action, { method: "POST", body: new FormData(button.form, button) });
}

/** On plain http inside an organisation there is no clipboard API; the old command still works there. */
async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const carrier = document.body.appendChild(document.createElement("textarea"));
  carrier.value = text;
  carrier.select();
  document.execCommand("copy");
  carrier.remove();
}
