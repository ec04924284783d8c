import htmx from "htmx.org";

const SLOTS = 30; // half hours on the axis, as houqin/lines/rooms/grid.py counts them

/** Lets a meeting be dragged to another time or room, and a stretch of free slots be drawn. Nothing is written here:
 *  a drop opens the form of the move with everything filled in, a stretch the form that books. */
export function mount(grid: HTMLElement): void {
  const first = Number(grid.dataset.start);
  showFirstFree(grid);
  moveMeetings(grid, first);
  drawStretches(grid, first);
}

/** On a phone the hours before the rooms open would fill half the screen. */
function showFirstFree(grid: HTMLElement): void {
  const starts = [...grid.querySelectorAll<HTMLElement>("[data-slot]")].map((slot) => slot.offsetLeft);
  if (starts.length) grid.parentElement!.scrollLeft = Math.min(...starts);
}

function moveMeetings(grid: HTMLElement, first: number): void {
  let held: HTMLElement | null = null;
  let grip = 0; // in slots, from the start of the meeting to the hand
  const ghost = document.createElement("span");
  const laneOf = (event: Event): HTMLElement | null => (event.target as Element).closest("[data-lane]");
  const length = (): number => Number(held?.dataset.slots ?? 2);
  const slotOf = (event: DragEvent, lane: HTMLElement): number => {
    const box = lane.getBoundingClientRect();
    const slot = Math.floor(((event.clientX - box.left) / box.width) * SLOTS) - grip;
    return Math.max(0, Math.min(SLOTS - length(), slot));
  };

  grid.addEventListener("dragstart", (event) => {
    held = (event.target as Element).closest<HTMLElement>("[data-move]");
    if (!held) return;
    grip = Math.floor((event.offsetX / held.offsetWidth) * length());
    held.classList.add("is-dragged");
    event.dataTransfer?.setData("text/plain", held.textContent ?? "");
  });
  grid.addEventListener("dragover", (event) => {
    const lane = laneOf(event);
    if (!held || !lane) return;
    event.preventDefault();
    ghost.className = `job job--ghost at-${slotOf(event, lane)} for-${length()}`;
    ghost.textContent = clock(first, slotOf(event, lane));
    if (ghost.parentElement !== lane) lane.append(ghost);
  });
  grid.addEventListener("dragend", () => {
    held?.classList.remove("is-dragged");
    ghost.remove();
    held = null;
  });
  grid.addEventListener("drop", (event) => {
    const lane = laneOf(event);
    if (!held || !lane) return;
    event.preventDefault();
    const slot = slotOf(event, lane);
    const next = location.pathname + location.search;
    const query = new URLSearchParams({ ...goal(lane, first, slot, slot + length()), next });
    void htmx.ajax("GET", `${held.dataset.move}?${query}`, { target: "#dialog-body", swap: "innerHTML", source: held });
  });
}

function drawStretches(grid: HTMLElement, first: number): void {
  let lane: HTMLElement | null = null;
  let from = 0;
  let to = 0;
  const slotOf = (event: Event): number => Number((event.target as HTMLElement).dataset?.slot ?? NaN);
  const picked = (): HTMLElement[] =>
    [...(lane?.querySelectorAll<HTMLElement>("[data-slot]") ?? [])].filter((one) => {
      const slot = Number(one.dataset.slot);
      return slot >= Math.min(from, to) && slot <= Math.max(from, to);
    });
  const clear = (): void => grid.querySelectorAll(".is-picked").forEach((one) => one.classList.remove("is-picked"));

  grid.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button || Number.isNaN(slotOf(event))) return;
    lane = (event.target as Element).closest<HTMLElement>("[data-lane]");
    from = to = slotOf(event);
  });
  grid.addEventListener("pointerover", (event) => {
    if (!lane || !lane.contains(event.target as Node) || Number.isNaN(slotOf(event))) return;
    to = slotOf(event);
    clear();
    picked().forEach((one) => one.classList.add("is-picked"));
  });
  document.addEventListener("pointerup", () => {
    const [start, end] = [Math.min(from, to), Math.max(from, to)];
    // What lies over somebody else's meeting is no stretch; a plain click is the link's own.
    if (lane && end > start && picked().length === end - start + 1) {
      const query = new URLSearchParams(goal(lane, first, start, end + 1));
      location.assign(`${picked()[0]?.getAttribute("href")?.split("?")[0]}?${query}`);
    }
    clear();
    lane = null;
  });
}

function goal(lane: HTMLElement, first: number, start: number, end: number): Record<string, string> {
  return { room: lane.dataset.lane ?? "", day: lane.dataset.day ?? "", starts: clock(first, start), ends: clock(first, end) };
}

function clock(first: number, slot: number): string {
  return `${String(first + Math.floor(slot / 2)).padStart(2, "0")}:${slot % 2 ? "30" : "00"}`;
}
