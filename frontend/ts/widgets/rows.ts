/** A row of a table opens wherever it is clicked, but for its controls and for text that is being marked. */
export function mount(table: HTMLElement): void {
  table.addEventListener("click", (event) => {
    const clicked = event.target as Element;
    const link = clicked.closest("tr[data-row]")?.querySelector<HTMLAnchorElement>("[data-open]");
    if (!link || clicked.closest("a, button, input, label, summary, form") || getSelection()?.toString()) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href);
    else link.click();
  });
}
