import "@tabler/core/dist/css/tabler.css";
import "./css/tokens.css";
import "./app.css";
import "htmx.org/dist/htmx.esm.js";
import { tickClocks } from "./ts/clock";
import { keepDrafts, watchForms } from "./ts/forms";
import { watchKeys, watchPane } from "./ts/keys";
import { shrinkPhotos } from "./ts/photos";
import { fadeToasts, watchDialog, watchShell, watchSignal } from "./ts/shell";

/** A block with data-widget="name" is handed to `mount` of ts/widgets/name.ts, which only then is loaded. */
const widgets = import.meta.glob<{ mount(block: HTMLElement): void }>("./ts/widgets/*.ts");

/** What must be done again for content that htmx has just brought. */
function scan(): void {
  tickClocks();
  keepDrafts();
  fadeToasts();
  document.querySelectorAll<HTMLElement>("[data-widget]:not([data-ready])").forEach((block) => {
    block.dataset.ready = ""; // before the import, so that a second scan does not find it
    void widgets[`./ts/widgets/${block.dataset.widget}.ts`]?.().then(({ mount }) => mount(block));
  });
}

document.documentElement.classList.add("js");
[watchShell, watchDialog, watchSignal, watchKeys, watchPane, watchForms, shrinkPhotos, scan].forEach((start) => start());
document.addEventListener("htmx:after:swap", scan);
setInterval(tickClocks, 30_000);
