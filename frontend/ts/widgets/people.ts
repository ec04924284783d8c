type Person = { name: string; note: string; mention: string; entry: string };

/** Offers colleagues while their names are typed: after an @ in a text, or, with data-people="list", for each
 *  name of a list. Up and down choose, Enter takes, Escape closes; without a script one types the name. */
export function mount(field: HTMLElement): void {
  const input = field as HTMLInputElement;
  const whole = input.dataset.people === "list";
  const started = whole ? /[^、，,;；\s]+$/ : /(?<![\w.])@([^\s@]*)$/;
  const list = document.createElement("ul");
  let found: Person[] = [];
  let asked = 0;
  let at = 0;
  Object.assign(list, { className: "picker", id: `picker-${input.name}`, role: "listbox", hidden: true });
  list.ariaLabel = input.ariaLabel ?? input.labels?.[0]?.textContent ?? "";
  Object.assign(input, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" });
  input.setAttribute("aria-controls", list.id);
  input.parentElement?.classList.add("picker-box");
  input.after(list);

  const typed = (): RegExpMatchArray | null => input.value.slice(0, input.selectionStart ?? 0).match(started);

  function show(people: Person[]): void {
    found = people;
    at = 0;
    list.replaceChildren(...people.map(row));
    list.hidden = people.length === 0;
    input.ariaExpanded = String(!list.hidden);
    mark();
  }

  function row(person: Person, nth: number): HTMLElement {
    const item = document.createElement("li");
    const note = document.createElement("span");
    Object.assign(item, { role: "option", id: `${list.id}-${nth}`, textContent: person.name });
    Object.assign(note, { className: "tiny muted", textContent: person.note });
    item.append(" ", note);
    item.addEventListener("mousedown", (event) => (event.preventDefault(), take(person)));
    return item;
  }

  function mark(): void {
    [...list.children].forEach((item, nth) => (item.ariaSelected = String(nth === at)));
    if (found.length) input.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function take(person?: Person): void {
    const match = typed();
    if (!match || !person) return;
    const end = input.selectionStart ?? 0;
    input.setRangeText(whole ? `${person.entry}、` : `@${person.mention} `, end - match[0].length, end, "end");
    show([]);
  }

  async function ask(): Promise<void> {
    const words = typed()?.at(-1);
    const mine = ++asked;
    if (!words) return show([]);
    const answer = await fetch(`${input.dataset.url}?q=${encodeURIComponent(words)}`).catch(() => null);
    if (mine === asked) show(answer?.ok ? await answer.json() : []);
  }

  input.addEventListener("input", (event) => (event as InputEvent).isComposing || setTimeout(() => void ask(), 120));
  input.addEventListener("compositionend", () => void ask());
  input.addEventListener("blur", () => show([]));
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (list.hidden || event.isComposing) return;
    if (step) at = (at + step + found.length) % found.length;
    else if (event.key === "Enter") take(found[at]);
    else if (event.key === "Escape") show([]);
    else return;
    event.preventDefault();
    mark();
  });
}
