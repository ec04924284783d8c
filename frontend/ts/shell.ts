import { say } from "./words";

const YEAR = 365 * 24 * 3600; // seconds

export const openDialog = (): HTMLDialogElement | null => document.querySelector("dialog[open]");

/** Theme, shortcut switch, menus, copying and toasts. */
export function watchShell(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    closeMenus(target.closest("details.menu"));
    const theme = target.closest<HTMLButtonElement>("[data-theme-set]");
    if (theme) event.preventDefault();
    if (theme) setTheme(theme);
    const keys = target.closest("[data-keys-switch]");
    if (keys) setKeys(keys, document.body.dataset.keys === "off" ? "on" : "off");
    const copied = target.closest<HTMLElement>("[data-copy]");
    if (copied) void copy(copied.dataset.copy || location.href).then(() => toast(say("copied")));
    target.closest("[data-dismiss]")?.closest(".toast-x")?.remove();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelector<HTMLElement>("details.menu[open] > summary")?.focus();
    closeMenus(null);
  });
  document.querySelectorAll<HTMLElement>(".toast-x[data-brief]").forEach(fade);
  new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach((node) => node instanceof HTMLElement && fade(node));
  }).observe(document.getElementById("toasts") ?? document.body, { childList: true });
}

/** What htmx brings into #dialog-body opens the dialog; what it brings elsewhere from inside closes it. */
export function watchDialog(): void {
  const dialog = document.getElementById("dialog") as HTMLDialogElement | null;
  const body = document.getElementById("dialog-body");
  if (!dialog || !body) return;
  document.addEventListener("htmx:after:swap", (event) => {
    const { target, response, sourceElement } = (event as CustomEvent).detail.ctx;
    const inside = target === body || body.contains(target) || target === "#dialog-body";
    const refusal = document.querySelector("#toasts [role=alert]");
    if (refusal && dialog.open) body.prepend(refusal);
    else if (inside && body.childElementCount && !dialog.open) dialog.showModal();
    else if (!inside && response.status < 400 && dialog.contains(sourceElement)) dialog.close();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => body.replaceChildren());
}

export function toast(text: string): void {
  const template = document.getElementById("toast") as HTMLTemplateElement | null;
  const made = template?.content.cloneNode(true) as DocumentFragment | undefined;
  const place = made?.querySelector("[data-text]");
  if (place) place.textContent = text;
  if (made) document.getElementById("toasts")?.append(made);
}

function fade(one: HTMLElement): void {
  if (!("brief" in one.dataset)) return;
  setTimeout(() => (one.matches(":hover, :focus-within") ? fade(one) : one.remove()), 8000);
}

function closeMenus(except: Element | null): void {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== except) menu.removeAttribute("open");
  });
}

function remember(name: string, value: string): void {
  document.cookie = `${name}=${value};path=/;max-age=${YEAR};samesite=lax`;
}

/** Shows the theme at once; the form behind the button, if there is one, tells the account. */
function setTheme(button: HTMLButtonElement): void {
  const theme = button.value;
  document.documentElement.dataset.bsTheme = theme;
  remember("theme", theme);
  document.querySelectorAll<HTMLButtonElement>("[data-theme-set]").forEach((one) => {
    one.ariaPressed = String(one.value === theme);
  });
  if (button.form) void fetch(button.form.action, { method: "POST", body: new FormData(button.form, button) });
}

function setKeys(button: Element, keys: string): void {
  document.body.dataset.keys = keys;
  remember("keys", keys);
  button.ariaPressed = String(keys === "on");
}

/** On plain http inside an organisation there is no clipboard API; the old command still works there. */
async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const carrier = document.createElement("textarea");
  carrier.value = text;
  document.body.append(carrier);
  carrier.select();
  document.execCommand("copy");
  carrier.remove();
}
