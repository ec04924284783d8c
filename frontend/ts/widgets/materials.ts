/** The name of a material that was used before brings its unit and its price, where those are still empty. */
export function mount(block: HTMLElement): void {
  block.addEventListener("change", (event) => {
    const named = event.target as HTMLInputElement;
    const known = [...(named.list?.options ?? [])].find((option) => option.value === named.value);
    if (!known) return;
    for (const part of ["unit", "price"]) {
      const field = block.querySelector<HTMLInputElement>(`[name="${named.name.replace(/name$/, part)}"]`);
      if (field && !field.value) field.value = known.dataset[part] ?? "";
    }
  });
}
