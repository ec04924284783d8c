const WEEK = 7 * 24 * 3600 * 1000; // milliseconds
const KEPT = ":is(input, textarea, select)[name]:not([type=hidden], [type=password], [type=file], [data-no-draft])";

type Field = HTMLInputElement; // the part that inputs, areas and selects share, and `checked`
type Draft = { at: number; fields: [string, string][] };

/** Buttons rest while their form runs, and wake when the answer is there or someone comes back to the page. */
export function watchForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "dialog") setTimeout(() => event.defaultPrevented || rest(form, true));
  });
  document.addEventListener("formdata", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.dataset.draft) event.formData.set("draft_key", keyOf(form));
  });
  document.addEventListener("input", (event) => {
    const form = (event.target as Field).form;
    if (form?.dataset.draft) save(form);
  });
  document.addEventListener("htmx:before:request", (event) => rest(sender(event), true));
  document.addEventListener("htmx:finally:request", (event) => {
    rest(sender(event), false);
    endAccepted();
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(comeBackTo));
}

export function rest(form: Element | null, resting: boolean): void {
  if (!(form instanceof HTMLFormElement)) return;
  form.ariaBusy = String(resting);
  form.querySelectorAll<HTMLButtonElement>("button[type=submit]").forEach((button) => (button.disabled = resting));
}

/** Restores what was typed and not accepted yet; a form that came back with errors already has it. */
export function keepDrafts(): void {
  endAccepted();
  document.querySelectorAll<HTMLFormElement>("form[data-draft]:not([data-restored])").forEach(restore);
}

/** Drops the draft that the server says it has accepted (houqin/ui/drafts.py); nothing else ends one. */
function endAccepted(): void {
  const key = document.cookie.match(/(?:^|; )draft_accepted=([^;]+)/)?.[1];
  if (!key) return;
  localStorage.removeItem(decodeURIComponent(key));
  document.cookie = "draft_accepted=;path=/;max-age=0";
}

/** A browser that goes back shows a form as it was left; one whose draft has ended is empty again. */
function comeBackTo(form: HTMLFormElement): void {
  rest(form, false);
  if (form.dataset.draft && !localStorage.getItem(keyOf(form))) form.reset();
}

const keyOf = (form: HTMLElement): string => `draft:${document.body.dataset.user}:${form.dataset.draft}`;

export const sender = (event: Event): Element => (event as CustomEvent).detail.ctx.sourceElement;

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
  let changed = false;
  for (const field of form.querySelectorAll<Field>(KEPT)) {
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    const former = [field.checked, field.value];
    if (isTick(field)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? field.value;
    changed ||= field.checked !== former[0] || field.value !== former[1];
  }
  const note = form.querySelector<HTMLElement>("[data-draft-note]");
  if (note) note.hidden = !changed;
  note?.querySelector("button")?.addEventListener("click", () => {
    localStorage.removeItem(keyOf(form));
    form.reset();
    note.hidden = true;
    form.querySelector<HTMLElement>("[autofocus]")?.focus();
  });
}
