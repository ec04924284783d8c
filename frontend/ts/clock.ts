import { say } from "./words";

/** Rewrites the time left in every running clock: `data-due` and `data-amber` are epoch seconds. */
export function tickClocks(): void {
  const now = Date.now() / 1000;
  document.querySelectorAll<HTMLElement>("[data-due]").forEach((chip) => {
    const left = Number(chip.dataset.due) - now;
    const text = chip.querySelector("[data-left]");
    if (text) text.textContent = say(left < 0 ? "over" : "left", spoken(Math.abs(left)));
    chip.classList.toggle("clock-chip--red", left < 0);
    if (chip.dataset.amber) chip.classList.toggle("clock-chip--amber", left >= 0 && now >= Number(chip.dataset.amber));
  });
}

/** Says a duration as houqin/kernel/web/words.py does. */
function spoken(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (minutes < 1) return say("moment");
  if (hours < 1) return say("minutes", minutes);
  if (days < 1) return minutes % 60 ? say("hours_minutes", hours, String(minutes % 60).padStart(2, "0")) : say("hours", hours);
  return days === 1 && hours % 24 ? say("days_hours", days, hours % 24) : say("days", days);
}
