import SignaturePad from "signature_pad";

/** Makes the block writable: the drawing goes as a PNG data URL into its hidden input. */
export function mount(block: HTMLElement): void {
  const canvas = block.querySelector("canvas") as HTMLCanvasElement;
  const hidden = block.querySelector<HTMLInputElement>("input[type=hidden]") as HTMLInputElement;
  const ratio = Math.max(window.devicePixelRatio, 1);
  canvas.width = canvas.offsetWidth * ratio;
  canvas.height = canvas.offsetHeight * ratio;
  canvas.getContext("2d")?.scale(ratio, ratio);
  const pad = new SignaturePad(canvas, { penColor: "#17211f", minWidth: 0.8, maxWidth: 2.6 });
  if (hidden.value) void pad.fromDataURL(hidden.value, { ratio });
  pad.addEventListener("endStroke", () => {
    hidden.value = pad.toDataURL("image/png");
  });
  block.querySelector("[data-clear]")?.addEventListener("click", () => {
    pad.clear();
    hidden.value = "";
  });
}
