import { say } from "./words";

/** Rewrites the time left in every running clock; `data-due` is its due time in epoch seconds. */
export function tickClocks(): void {
  document.querySelectorAll<HTMLElement>("[data-due]").forEach((chip) => {
    const left = Number(chip.dataset.due) - Date.now() / 1000;
    const text = chip.querySelector("[data-left]");
    if (text) text.textContent = say(left < 0 ? "over" : "left", spoken(Math.abs(left)));
    if (left < 0) chip.classList.replace("clock-chip--amber", "clock-chip--red");
  });
}

/** Says a duration as houqin/ui/formatting.py does. */
function spoken(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (!minutes) return say("moment");
  if (!hours) return say("minutes", minutes);
  if (days) return days === 1 && hours % 24 ? say("days_hours", days, hours % 24) : say("days", days);
  return minutes % 60 ? say("hours_minutes", hours, String(minutes % 60).padStart(2, "0")) : say("hours", hours);
}
