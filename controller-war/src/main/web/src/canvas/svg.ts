const SVG = 'http://www.w3.org/2000/svg';

type Values = Record<string, string | number | undefined>;

export function set(element: Element, values: Values): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === '') {
      element.removeAttribute(name);
    } else {
      element.setAttribute(name, String(value));
    }
  }
}

export function make<K extends keyof SVGElementTagNameMap>(
  name: K,
  values: Values = {},
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  set(element, values);
  return element;
}
