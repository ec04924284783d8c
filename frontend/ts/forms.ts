const WEEK = 7 * 24 * 3600 * 1000;
const SECRET = "[type=hidden], [type=password], [type=file], [data-no-draft]";

type Draft = { at: number; fields: [string, string][] };
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Buttons rest while their form runs; they wake when the answer has come or someone came back to the page. */
export function watchForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "dialog") setTimeout(() => event.defaultPrevented || rest(form, true));
    if (form.dataset.draft) sessionStorage.setItem("draft-sent", keyOf(form));
  });
  document.addEventListener("htmx:before:request", (event) => rest(sender(event), true));
  document.addEventListener("htmx:finally:request", (event) => rest(sender(event), false));
  document.addEventListener("htmx:after:request", (event) => {
    const form = sender(event);
    const status = (event as CustomEvent).detail.ctx.response.status as number;
    if (form instanceof HTMLFormElement && form.dataset.draft && status < 400) localStorage.removeItem(keyOf(form));
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => rest(form, false)));
  document.addEventListener("input", (event) => {
    const form = (event.target as Field).form;
    if (form?.dataset.draft) save(form);
  });
}

export function rest(form: Element | null, resting: boolean): void {
  if (!(form instanceof HTMLFormElement)) return;
  form.ariaBusy = String(resting);
  form.querySelectorAll<HTMLButtonElement>("button[type=submit], button:not([type])").forEach((button) => {
    button.disabled = resting;
  });
}

/** Restores what was typed and never sent; a form that came back with errors already has it. */
export function keepDrafts(): void {
  const sent = sessionStorage.getItem("draft-sent");
  const forms = [...document.querySelectorAll<HTMLFormElement>("form[data-draft]")];
  if (sent && !forms.some((form) => keyOf(form) === sent)) localStorage.removeItem(sent);
  sessionStorage.removeItem("draft-sent");
  forms.filter((form) => !("restored" in form.dataset)).forEach(restore);
}

const keyOf = (form: HTMLFormElement): string => `draft:${document.body.dataset.user ?? ""}:${form.dataset.draft}`;

const sender = (event: Event): Element | null => (event as CustomEvent).detail.ctx.sourceElement as Element | null;

const fieldsOf = (form: HTMLFormElement): Field[] =>
  ([...form.elements] as Field[]).filter((field) => field.name && !field.matches(SECRET));

const ticked = (field: Field): boolean => field.matches("[type=radio], [type=checkbox]");

function save(form: HTMLFormElement): void {
  const kept = fieldsOf(form).filter((field) => !ticked(field) || (field as HTMLInputElement).checked);
  const draft: Draft = { at: Date.now(), fields: kept.map((field) => [field.name, field.value]) };
  localStorage.setItem(keyOf(form), JSON.stringify(draft));
}

function restore(form: HTMLFormElement): void {
  form.dataset.restored = "";
  const note = form.querySelector<HTMLElement>("[data-draft-note]");
  note?.querySelector("button")?.addEventListener("click", () => {
    localStorage.removeItem(keyOf(form));
    form.reset();
    note.hidden = true;
  });
  const text = localStorage.getItem(keyOf(form));
  const draft: Draft | null = text ? JSON.parse(text) : null;
  if (!draft || Date.now() - draft.at > WEEK || form.querySelector("[aria-invalid=true]")) return;
  const values = new Set(draft.fields.map(([name, value]) => `${name}=${value}`));
  for (const field of fieldsOf(form)) {
    if (ticked(field)) (field as HTMLInputElement).checked = values.has(`${field.name}=${field.value}`);
    else field.value = draft.fields.find(([name]) => name === field.name)?.[1] ?? field.value;
  }
  if (note) note.hidden = false;
}
