import { html, type TemplateResult } from 'lit';

/** The line through values that lie side by side, in a box of this size; the highest touches its top. */
export function sparkPath(values: number[], width: number, height: number, slots = values.length): string {
  const most = Math.max(1, ...values);
  const step = width / Math.max(1, slots - 1);
  const first = slots - values.length;
  return values
    .map((value, index) => {
      const x = ((first + index) * step).toFixed(1);
      return `${index ? 'L' : 'M'}${x} ${(height - 1 - (value / most) * (height - 2)).toFixed(1)}`;
    })
    .join('');
}

/** A small picture of how something went; what it shows is to be said beside it. */
export function sparkline(values: number[], width = 160, height = 36, slots = 60): TemplateResult {
  return html`<svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" aria-hidden="true">
    <path
      d=${values.length > 1 ? sparkPath(values, width, height, slots) : `M0 ${height - 1}H${width}`}
      fill="none"
      stroke="var(--accent)"
      stroke-width="1.5"
      stroke-linejoin="round"
    />
  </svg>`;
}
