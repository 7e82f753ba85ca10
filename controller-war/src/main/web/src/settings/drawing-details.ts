import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Drawing } from '../api/types';
import {
  ellipseSvg,
  lineSvg,
  parseDrawing,
  readLook,
  readTextLook,
  rectSvg,
  textSvg,
  type Look,
  type TextLook,
} from '../canvas/drawing-svg';
import type { Commands } from '../lab/commands';
import { controls } from '../ui/styles';

const hex = (colour: string, otherwise: string) => (/^#[0-9a-f]{6}$/i.test(colour) ? colour : otherwise);

/** What a drawing looks like. */
@customElement('pb-drawing-details')
export class DrawingDetails extends LitElement {
  static override styles = [controls];

  @property({ attribute: false }) drawing!: Drawing;
  @property({ attribute: false }) commands!: Commands;
  @property({ type: Boolean }) editable = true;

  private change(change: Partial<Drawing>): void {
    void this.commands.changeDrawing('Change the drawing', this.drawing.drawing_id, change);
  }

  private number(label: string, value: number, change: (value: number) => void, limits: { min?: number; max?: number } = {}) {
    return html`<label class="field">
      <span>${label}</span>
      <input
        type="number"
        min=${limits.min ?? ''}
        max=${limits.max ?? ''}
        .value=${String(value)}
        @change=${(event: Event) => change(Number((event.target as HTMLInputElement).value) || 0)}
      />
    </label>`;
  }

  private colour(label: string, value: string, change: (value: string) => void) {
    return html`<label class="field">
      <span>${label}</span>
      <input
        type="color"
        .value=${hex(value, '#000000')}
        @change=${(event: Event) => change((event.target as HTMLInputElement).value)}
      />
    </label>`;
  }

  private shape() {
    const { shape, element, width, height, text } = parseDrawing(this.drawing.svg);
    if (!element || shape === 'image' || !shape) {
      return '';
    }
    if (shape === 'text') {
      const look = readTextLook(element);
      const set = (change: Partial<TextLook>) => this.change({ svg: textSvg(text, { ...look, ...change }) });
      return html`${this.number('Size (points)', look.points, (points) => set({ points }), { min: 4, max: 200 })}
        ${this.colour('Colour', look.fill, (fill) => set({ fill }))}
        <label class="row" style="margin-bottom: 12px">
          <input
            type="checkbox"
            .checked=${look.bold}
            @change=${(event: Event) => set({ bold: (event.target as HTMLInputElement).checked })}
          />
          <span>Bold</span>
        </label>`;
    }
    const look = readLook(element);
    const set = (change: Partial<Look>) => {
      const next = { ...look, ...change };
      const end = (name: string) => Number(element.getAttribute(name)) || 0;
      const svg = {
        rect: () => rectSvg(width, height, next),
        ellipse: () => ellipseSvg(width, height, next),
        line: () => lineSvg(end('x2'), end('y2'), next),
      }[shape]();
      this.change({ svg });
    };
    return html`${this.colour('Outline', look.stroke, (stroke) => set({ stroke }))}
      ${this.number('Width of the outline', look.strokeWidth, (strokeWidth) => set({ strokeWidth }), { min: 0, max: 40 })}
      <label class="field">
        <span>Kind of outline</span>
        <select @change=${(event: Event) => set({ dash: (event.target as HTMLSelectElement).value })}>
          ${[
            ['', 'Solid'],
            ['25, 25', 'Dashed'],
            ['5, 25', 'Dotted'],
            ['5, 25, 25', 'Dash and dot'],
          ].map(([value, name]) => html`<option value=${value!} ?selected=${value === look.dash}>${name}</option>`)}
        </select>
      </label>
      ${shape === 'line' ? '' : this.colour('Inside', look.fill, (fill) => set({ fill }))}`;
  }

  override render() {
    const { drawing } = this;
    return html`<fieldset class="plain" ?disabled=${!this.editable}>
      ${this.shape()}
      ${this.number('Rotation (degrees)', drawing.rotation, (rotation) => this.change({ rotation }), { min: -359, max: 360 })}
      ${this.number('Layer', drawing.z, (z) => this.change({ z }))}
      <label class="row">
        <input
          type="checkbox"
          .checked=${drawing.locked}
          @change=${(event: Event) => this.change({ locked: (event.target as HTMLInputElement).checked })}
        />
        <span>Locked</span>
      </label>
    </fieldset>`;
  }
}
