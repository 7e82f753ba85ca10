import { html, nothing, type TemplateResult } from 'lit';
import { preferences } from '../state/preferences';
import { icon, type IconName } from '../ui/icons';
import type { ConsoleTerminal } from './terminal';

const SMALLEST = 8;
const LARGEST = 28;

/** The buttons for a terminal: size of its text, search, copy and paste. */
export function terminalTools(terminal: () => ConsoleTerminal | null | undefined): TemplateResult {
  const resize = (by: number) => {
    const fontSize = Math.max(SMALLEST, Math.min(LARGEST, preferences.kept.fontSize + by));
    preferences.set({ fontSize });
  };
  const button = (name: IconName, label: string, run: () => unknown, keys = '', on?: boolean) =>
    html`<button
      class="quiet icon ${on ? 'on' : ''}"
      aria-label=${label}
      aria-pressed=${on ?? nothing}
      title=${label + keys}
      @click=${run}
    >
      ${icon(name)}
    </button>`;
  const { reader } = preferences.kept;
  return html`${button('minus', 'Smaller text', () => resize(-1))}
    ${button('plus', 'Larger text', () => resize(1))}
    ${button('search', 'Find', () => terminal()?.find(), ' (Ctrl Shift F)')}
    ${button('copy', 'Copy', () => terminal()?.copy(), ' what is selected, or all of it (Ctrl Shift C)')}
    ${'clipboard' in navigator
      ? button('paste', 'Paste', () => terminal()?.paste(), ' (Ctrl Shift V)')
      : ''}
    ${button('speaker', 'For screen readers', () => preferences.set({ reader: !reader }), '; Ctrl Shift ↑ leaves the console', reader)}`;
}
