import "@tabler/core/dist/css/tabler.css";
import "./css/tokens.css";
import "./app.css";
import "htmx.org/dist/htmx.esm.js";
import { tickClocks } from "./ts/clock";
import { keepDrafts, watchForms } from "./ts/forms";
import { watchKeys } from "./ts/keys";
import { shrinkPhotos } from "./ts/photos";
import { fadeToasts, watchDialog, watchShell } from "./ts/shell";

/** What must be done again for content that htmx has just brought. */
function scan(): void {
  tickClocks();
  keepDrafts();
  fadeToasts();
  const pads = document.querySelectorAll<HTMLElement>("[data-signature]:not([data-ready])");
  pads.forEach((pad) => (pad.dataset.ready = "")); // before the import, so that a second scan finds none
  if (pads.length) void import("./ts/signature").then(({ mount }) => pads.forEach(mount));
}

document.documentElement.classList.add("js");
[watchShell, watchDialog, watchKeys, watchForms, shrinkPhotos, scan].forEach((start) => start());
document.addEventListener("htmx:after:swap", scan);
setInterval(tickClocks, 30_000);
