/** One of many by typing a part of it: the options of a select, or what `data-source` answers for a text. Arrows
 *  move, Enter takes (for a select Tab does too), Escape closes. `fill` of an answer goes into the other fields in
 *  which nobody has typed, and out of them when the text is changed to somebody else's. */
type Option = { value: string; label: string; note: string; fill?: Record<string, string> };

let count = 0;

export function mount(block: HTMLElement): void {
  const select = block.querySelector("select"), input = select ? boxFor(select) : (block.querySelector("input") as HTMLInputElement);
  const target = select ?? (document.getElementById(block.dataset.value ?? "") as HTMLInputElement);
  const list = Object.assign(document.createElement("ul"), { id: `pick-${++count}`, role: "listbox", hidden: true });
  block.append(list);
  list.ariaLabel = block.parentElement?.querySelector("label")?.textContent ?? "";
  Object.assign(input, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false", autocomplete: "off" }).setAttribute("aria-controls", list.id);
  let shown: Option[] = [], at = 0, asked = 0, filled: Record<string, string> = {};

  const draw = (options: Option[], from = ++asked): void => {
    if (from !== asked) return; // somebody has typed on meanwhile
    [shown, at] = [options, 0];
    list.replaceChildren(...options.map((one, nth) => row(one, `${list.id}-${nth}`)));
    list.hidden = options.length === 0;
    mark();
  };
  const mark = (): void => {
    [...list.children].forEach((one, nth) => (one.ariaSelected = String(nth === at)));
    input.ariaExpanded = String(!list.hidden);
    input.setAttribute("aria-activedescendant", list.hidden ? "" : `${list.id}-${at}`);
  };
  const fill = (known: Record<string, string>): void => {
    for (const name of Object.keys((filled = known))) {
      const field = input.form?.elements.namedItem(name) as HTMLInputElement;
      if (field.value && "byHand" in field.dataset) continue;
      delete field.dataset.byHand;
      field.value = known[name] as string;
      field.dispatchEvent(new Event("change"));
    }
  };
  const say = (label: string, value: string): void => {
    [input.value, target.value] = [label, value];
    target.dispatchEvent(new Event("change", { bubbles: true }));
    draw([]);
  };
  const take = (one: Option): void => {
    fill(one.fill ?? {});
    target.dataset.byHand = "";
    say(one.label, one.value);
  };
  const ask = async (from: number): Promise<void> => {
    await new Promise((done) => setTimeout(done, 120));
    const answer = from === asked && (await fetch(`${block.dataset.source}?q=${encodeURIComponent(input.value)}`));
    draw(answer && answer.ok ? (await answer.json()).found : [], from);
  };
  input.addEventListener("input", () => {
    if (select) return draw(matching(select, input.value));
    if (target.value) fill(Object.fromEntries(Object.keys(filled).map((name) => [name, ""])));
    target.value = "";
    void ask(++asked);
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], takes = event.key === "Enter" || (select && event.key === "Tab");
    if (event.isComposing || (list.hidden && !(select && step))) return;
    if (list.hidden && select) draw(matching(select, ""));
    else if (takes) take(shown[at] as Option);
    else if (step) at = Math.min(Math.max(at + step, 0), shown.length - 1);
    else if (event.key === "Escape") draw([]);
    else return;
    if (event.key !== "Tab") event.preventDefault();
    mark();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the focus stays in the box
    shown.filter((_, nth) => list.children[nth]?.contains(event.target as Node)).forEach(take);
  });
  input.addEventListener("blur", () => draw([]));
  input.form?.addEventListener("input", (event) => ((event.target as HTMLElement).dataset.byHand = ""));
  input.form?.addEventListener("reset", () => setTimeout(() => say("", select?.value ?? "")));
}

/** A text box that stands for the select and has its label. */
function boxFor(select: HTMLSelectElement): HTMLInputElement {
  const box = Object.assign(document.createElement("input"), { id: select.id, className: "form-control", autofocus: select.autofocus });
  const say = (): unknown => (box.value = select.value ? (select.selectedOptions[0]?.text ?? "") : "");
  if (select.ariaInvalid) box.classList.add("is-invalid");
  Object.assign(select, { id: "", hidden: true });
  select.before(box);
  for (const [one, event] of [[select, "change"], [box, "blur"]] as const) one.addEventListener(event, say);
  say();
  return box;
}

/** The options whose text or group holds every typed word. */
function matching(select: HTMLSelectElement, typed: string): Option[] {
  const group = (one: HTMLOptionElement): string => (one.parentElement as HTMLOptGroupElement).label ?? "";
  const fits = (one: Option) => typed.toLowerCase().split(/\s+/).every((word) => `${one.note} ${one.label}`.toLowerCase().includes(word));
  const all = [...select.options].map((one) => ({ value: one.value, label: one.text, note: group(one) }));
  return all.filter((one) => one.value && fits(one)).slice(0, 8);
}

function row(one: Option, id: string): HTMLElement {
  const made = Object.assign(document.createElement("li"), { id, role: "option" });
  made.append(one.label, Object.assign(document.createElement("span"), { textContent: one.note }));
  return made;
}
