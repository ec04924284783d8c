import { rest } from "./forms";
import { say } from "./words";

const LONGEST = 2000; // pixels
const chosen = new WeakMap<HTMLInputElement, File[]>();

/** Shrinks the photos of input[type=file][data-shrink], adds to those chosen before, and shows them; of other files the names. */
export function shrinkPhotos(): void {
  document.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    if (input.matches("input[type=file][data-shrink]")) void take(input);
    const name = input.closest(".file")?.querySelector("[data-file-name]");
    if (name) name.textContent = [...(input.files ?? [])].map((file) => file.name).join("、");
  });
}

async function take(input: HTMLInputElement): Promise<void> {
  const picked = [...(input.files ?? [])];
  rest(input.form, true);
  const small = await Promise.all(picked.map(shrink));
  rest(input.form, false);
  const all = [...(chosen.get(input) ?? []), ...small];
  keep(input, all.slice(0, Number(input.dataset.max) || all.length));
}

function keep(input: HTMLInputElement, files: File[]): void {
  const hand = new DataTransfer();
  files.forEach((file) => hand.items.add(file));
  chosen.set(input, files);
  input.files = hand.files;
  const place = input.closest("[data-photos]")?.querySelector("[data-previews]");
  place?.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
  place?.replaceChildren(...files.map((file) => preview(input, files, file)));
}

function preview(input: HTMLInputElement, files: File[], file: File): HTMLElement {
  const template = document.getElementById("photo-preview") as HTMLTemplateElement;
  const figure = template.content.firstElementChild?.cloneNode(true) as HTMLElement;
  const image = figure.querySelector("img") as HTMLImageElement;
  image.src = URL.createObjectURL(file);
  image.alt = say("photo", files.indexOf(file) + 1);
  figure.querySelector("button")?.addEventListener("click", () => {
    keep(input, files.filter((one) => one !== file));
    input.focus();
  });
  return figure;
}

/** Returns the photo as a JPEG of at most LONGEST pixels a side; the original when that is smaller or unreadable. */
async function shrink(file: File): Promise<File> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: blob.type, lastModified: file.lastModified });
}
