const WEEK = 7 * 24 * 3600 * 1000; // milliseconds
const KEPT = ":is(input, textarea, select)[name]:not([type=hidden], [type=password], [type=file], [data-no-draft])";

type Field = HTMLInputElement; // the part that inputs, areas and selects share, and `checked`
type Draft = { at: number; fields: [string, string][] };

/** Buttons rest while their form runs, and wake when the answer is there or someone comes back to the page. */
export function watchForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "dialog") setTimeout(() => event.defaultPrevented || rest(form, true));
    if (form.dataset.draft) sessionStorage.setItem("draft-sent", keyOf(form));
  });
  document.addEventListener("input", (event) => {
    const form = (event.target as Field).form;
    if (form?.dataset.draft) save(form);
  });
  document.addEventListener("htmx:before:request", (event) => rest(sender(event), true));
  document.addEventListener("htmx:finally:request", (event) => rest(sender(event), false));
  document.addEventListener("htmx:after:request", (event) => {
    const form = sender(event) as HTMLElement;
    const done = (event as CustomEvent).detail.ctx.response.status < 400;
    if (done && form.dataset.draft) localStorage.removeItem(keyOf(form));
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => rest(form, false)));
}

export function rest(form: Element | null, resting: boolean): void {
  if (!(form instanceof HTMLFormElement)) return;
  form.ariaBusy = String(resting);
  form.querySelectorAll<HTMLButtonElement>("button[type=submit]").forEach((button) => (button.disabled = resting));
}

/** Restores what was typed and never sent; a form that came back with errors already has it. */
export function keepDrafts(): void {
  const forms = [...document.querySelectorAll<HTMLFormElement>("form[data-draft]")];
  const sent = sessionStorage.getItem("draft-sent");
  if (sent && !forms.some((form) => keyOf(form) === sent)) localStorage.removeItem(sent);
  sessionStorage.removeItem("draft-sent");
  forms.filter((form) => !("restored" in form.dataset)).forEach(restore);
}

const keyOf = (form: HTMLElement): string => `draft:${document.body.dataset.user}:${form.dataset.draft}`;

const sender = (event: Event): Element => (event as CustomEvent).detail.ctx.sourceElement;

const isTick = (field: Field): boolean => field.matches("[type=radio], [type=checkbox]");

function save(form: HTMLFormElement): void {
  const kept = [...form.querySelectorAll<Field>(KEPT)].filter((field) => field.checked || !isTick(field));
  const draft: Draft = { at: Date.now(), fields: kept.map((field) => [field.name, field.value]) };
  localStorage.setItem(keyOf(form), JSON.stringify(draft));
}

function restore(form: HTMLFormElement): void {
  form.dataset.restored = "";
  const { at, fields }: Draft = JSON.parse(localStorage.getItem(keyOf(form)) ?? '{"at": 0, "fields": []}');
  if (Date.now() - at > WEEK || form.querySelector("[aria-invalid=true]")) return;
  for (const field of form.querySelectorAll<Field>(KEPT)) {
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (isTick(field)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? field.value;
  }
  const note = form.querySelector<HTMLElement>("[data-draft-note]");
  if (note) note.hidden = false;
  note?.querySelector("button")?.addEventListener("click", () => {
    localStorage.removeItem(keyOf(form));
    form.reset();
    note.hidden = true;
  });
}
