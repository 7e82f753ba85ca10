import { html } from 'lit';
import { showDialog } from '../ui/dialog';
import { spoken, type Key } from './keys';

/** The list of keys, each thing once. */
export function showKeys(keys: Key[]): void {
  const byLabel = new Map<string, string[]>();
  for (const key of keys) {
    byLabel.set(key.label, [...(byLabel.get(key.label) ?? []), ...key.keys]);
  }
  showDialog(
    'Keys and pointer',
    () =>
      html`<dl class="keys">
        ${[...byLabel].map(
          ([label, all]) =>
            html`<div>
              <dt>${all.map((key) => html`<kbd>${spoken(key)}</kbd> `)}</dt>
              <dd>${label}</dd>
            </div>`,
        )}
        <div><dt>Space and drag, or the middle button</dt><dd>Move the view</dd></div>
        <div><dt>Wheel, or two fingers</dt><dd>Zoom</dd></div>
        <div><dt>Menu key, or Shift F10</dt><dd>All that can be done with what is selected</dd></div>
        <div><dt><kbd>Ctrl Shift ↑</kbd></dt><dd>Out of a console, which has all other keys</dd></div>
        <div><dt>Drag from a device's edge</dt><dd>Connect</dd></div>
        <div><dt>Shift and click</dt><dd>Select more</dd></div>
      </dl>`,
    '620px',
  );
}
