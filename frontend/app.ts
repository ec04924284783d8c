import "@tabler/core/dist/css/tabler.css";
import "./css/tokens.css";
import "./css/ground.css";
import "./css/controls.css";
import "./css/forms.css";
import "./css/shell.css";
import "./css/signals.css";
import "./css/numbers.css";
import "./css/lists.css";
import "./css/card.css";
import "./css/boards.css";
import "./css/phone.css";
import "./css/overlay.css";
import "./css/narrow.css";
import "./css/print.css";
import "htmx.org/dist/htmx.esm.js";
import { tickClocks } from "./ts/clock";
import { keepDrafts, watchForms } from "./ts/forms";
import { watchKeys } from "./ts/keys";
import { shrinkPhotos } from "./ts/photos";
import { watchDialog, watchShell } from "./ts/shell";

/** What must be done again for content that htmx has just brought. */
function scan(): void {
  tickClocks();
  keepDrafts();
  const pads = document.querySelectorAll<HTMLElement>("[data-signature]:not([data-ready])");
  pads.forEach((pad) => (pad.dataset.ready = "")); // before the import, so that a second scan finds none
  if (pads.length) void import("./ts/signature").then(({ mount }) => pads.forEach(mount));
}

document.documentElement.classList.add("js");
watchShell();
watchDialog();
watchKeys();
watchForms();
shrinkPhotos();
scan();
document.addEventListener("htmx:after:swap", scan);
setInterval(tickClocks, 30_000);
