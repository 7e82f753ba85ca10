import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Canvas } from '../canvas/canvas';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';

/** How near the lab is seen; by itself, so that nothing else is rendered while it is zoomed. */
@customElement('pb-zoom-bar')
export class ZoomBar extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        position: absolute;
        right: 12px;
        bottom: 12px;
        display: flex;
        align-items: center;
        padding: 2px;
        border: 1px solid var(--line);
        border-radius: 9px;
        background: var(--panel);
      }
      output {
        min-width: 46px;
        text-align: center;
        font-size: 13px;
      }
    `,
  ];

  /** Not there yet when the page is rendered for the first time. */
  @property({ attribute: false }) canvas: Canvas | null = null;
  @state() private scale = 100;

  private readonly zoomed = () => {
    this.scale = Math.round((this.canvas?.viewport.scale ?? 1) * 100);
  };

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('canvas')) {
      changed.get('canvas')?.removeEventListener('zoomed', this.zoomed);
      this.canvas?.addEventListener('zoomed', this.zoomed);
      if (this.canvas?.viewport) {
        this.zoomed();
      }
    }
  }

  private by(factor: number): void {
    this.canvas?.viewport.zoomBy(factor);
  }

  override render() {
    return html`<button class="quiet icon" aria-label="Zoom out" @click=${() => this.by(0.8)}>
        ${icon('minus')}
      </button>
      <output aria-label="Zoom" aria-live="off">${this.scale}%</output>
      <button class="quiet icon" aria-label="Zoom in" @click=${() => this.by(1.25)}>
        ${icon('plus')}
      </button>
      <button class="quiet icon" aria-label="Zoom to fit" @click=${() => this.canvas?.fit()}>
        ${icon('fit')}
      </button>`;
  }
}
