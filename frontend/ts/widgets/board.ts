import htmx from "htmx.org";

const SLOTS = 30; // half hours on the axis, as houqin/work/board/timeline.py counts them
const USUAL = 2; // slots of what has no length yet

/** Lets cards and jobs be dragged onto the lane of a person. Nothing is moved here: a card that waits opens its
 *  dialog with person and time filled in; a job is saved, or its form says what speaks against it. */
export function mount(board: HTMLElement): void {
  const first = Number(board.dataset.start);
  let held: HTMLElement | null = null;
  const ghost = document.createElement("span");
  const laneOf = (event: Event): HTMLElement | null => (event.target as Element).closest?.("[data-lane]") ?? null;
  const length = (): number => Number(held?.dataset.slots ?? USUAL);

  const slotOf = (event: DragEvent, lane: HTMLElement): number => {
    const box = lane.getBoundingClientRect();
    const slot = Math.floor(((event.clientX - box.left) / box.width) * SLOTS);
    return Math.max(0, Math.min(SLOTS - length(), slot));
  };
  const letGo = (): void => {
    held?.classList.remove("is-dragged");
    board.querySelectorAll(".is-over").forEach((lane) => lane.classList.remove("is-over"));
    ghost.remove();
    held = null;
  };

  board.addEventListener("dragstart", (event) => {
    held = (event.target as Element).closest<HTMLElement>("[data-drop]");
    held?.classList.add("is-dragged");
    event.dataTransfer?.setData("text/plain", held?.textContent ?? "");
  });
  board.addEventListener("dragover", (event) => {
    const lane = laneOf(event);
    if (!held || !lane) return;
    event.preventDefault();
    ghost.className = `job job--ghost at-${slotOf(event, lane)} for-${length()}`;
    ghost.textContent = clock(first, slotOf(event, lane));
    if (ghost.parentElement === lane) return;
    board.querySelectorAll(".is-over").forEach((one) => one.classList.remove("is-over"));
    lane.classList.add("is-over");
    lane.append(ghost);
  });
  board.addEventListener("dragend", letGo);
  board.addEventListener("drop", (event) => {
    const lane = laneOf(event);
    if (!held || !lane) return;
    event.preventDefault();
    drop(held, lane, first, slotOf(event, lane), length());
    letGo();
  });
  // What is fetched while something is held would pull it from under the hand.
  document.addEventListener("htmx:before:request", (event) => {
    if (held && (event as CustomEvent).detail.ctx.sourceElement === board) event.preventDefault();
  });
}

function drop(card: HTMLElement, lane: HTMLElement, first: number, slot: number, length: number): void {
  const at = (nth: number): string => `${lane.dataset.day}T${clock(first, nth)}`;
  const placed = { to: lane.dataset.lane ?? "", planned_from: at(slot), planned_to: at(slot + length) };
  const url = card.dataset.drop ?? "";
  const into = { target: "#dialog-body", swap: "innerHTML", source: card };
  const next = location.pathname + location.search;
  if (card.dataset.how === "ask") void htmx.ajax("GET", `${url}?${new URLSearchParams({ ...placed, next })}`, into);
  else void htmx.ajax("POST", url, { ...into, values: { ...placed, next } });
}

function clock(first: number, slot: number): string {
  return `${String(first + Math.floor(slot / 2)).padStart(2, "0")}:${slot % 2 ? "30" : "00"}`;
}
