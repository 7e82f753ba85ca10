import { html, type TemplateResult } from 'lit';
import type { Point, Rect } from './geometry';

interface Editor {
  text: string;
  /** Where the text stands, in the page. */
  at: Point;
  /** The canvas, in the page. */
  within: Rect;
  /** Enter ends it; otherwise Enter with Ctrl does. */
  oneLine: boolean;
  done(text: string): void;
  cancel(): void;
}

/** A field over the canvas in which a name or a note is edited where it stands. */
export function textEditor({ text, at, within, oneLine, done, cancel }: Editor): TemplateResult {
  const lines = text.split('\n');
  return html`<textarea
    class="edit"
    aria-label="Text"
    style="left:${at.x - within.x}px;top:${at.y - within.y}px"
    rows=${lines.length}
    cols=${Math.max(14, ...lines.map((line) => line.length + 2))}
    .value=${text}
    @pointerdown=${(event: Event) => event.stopPropagation()}
    @keydown=${(event: KeyboardEvent) => {
      event.stopPropagation();
      if (event.key === 'Escape') {
        cancel();
      } else if (event.key === 'Enter' && (oneLine || event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        done((event.target as HTMLTextAreaElement).value);
      }
    }}
    @blur=${(event: Event) => done((event.target as HTMLTextAreaElement).value)}
  ></textarea>`;
}
