/** What has the focus, also inside of components; undefined if nothing has. */
export function focused(): HTMLElement | SVGElement | undefined {
  let at: Element | null = document.activeElement;
  while (at?.shadowRoot?.activeElement) {
    at = at.shadowRoot.activeElement;
  }
  const nothing = at === document.body;
  return !nothing && (at instanceof HTMLElement || at instanceof SVGElement) ? at : undefined;
}

/** Removes an element; if the focus was in it, that goes elsewhere rather than nowhere. */
export function removeFocused(element: Element | undefined, elsewhere: () => void): void {
  const root = element?.getRootNode();
  const had = root instanceof ShadowRoot && root.activeElement === element;
  element?.remove();
  if (had) {
    elsewhere();
  }
}
