import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LabStore } from '../state/lab-store';
import { flowWords, pastOf } from '../state/flow-words';
import type { TrafficWatch } from '../state/traffic';
import { sparkline } from '../ui/sparkline';

/** So long the pointer rests on a link before it is told what passes it. */
const REST = 250;

/** What passes the link below the pointer. Of no use without a pointer: the details say the same. */
@customElement('pb-link-tip')
export class LinkTip extends LitElement {
  static override styles = css`
    :host {
      position: fixed;
      z-index: 8;
      pointer-events: none;
    }
    div {
      padding: 8px 12px;
      border: 1px solid var(--line);
      border-radius: 8px;
      background: var(--panel);
      box-shadow: var(--shadow);
      font-size: 13px;
    }
    p {
      margin: 0;
    }
    svg {
      display: block;
    }
    .soft {
      color: var(--ink-soft);
    }
  `;

  @property({ attribute: false }) lab!: LabStore;
  @property({ attribute: false }) traffic!: TrafficWatch;
  @state() private link: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private end: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.ariaHidden = 'true';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.show({ link: undefined, x: 0, y: 0 });
  }

  /** Tells of a link at a place of the page, or of none. */
  show({ link, x, y }: { link: string | undefined; x: number; y: number }): void {
    clearTimeout(this.timer);
    this.end?.();
    this.end = undefined;
    this.link = undefined;
    if (link) {
      this.timer = setTimeout(() => {
        this.link = link;
        this.style.left = `${Math.min(x + 14, innerWidth - 260)}px`;
        this.style.top = `${Math.min(y + 14, innerHeight - 140)}px`;
        this.end = this.traffic.changed.listen(() => this.requestUpdate());
      }, REST);
    }
  }

  private past(link: string) {
    const { values, most } = pastOf(this.traffic.history(link));
    return html`${sparkline(values)}
      <p class="soft">${most}</p>`;
  }

  override render() {
    const link = this.link && this.lab.links.get(this.link);
    if (!link) {
      return '';
    }
    const { title, lines } = flowWords(this.lab, link, this.traffic.flows.get(link.link_id));
    return html`<div>
      <p><strong>${title}</strong></p>
      ${lines.map((line) => html`<p class="soft">${line}</p>`)}
      ${this.traffic.flows.has(link.link_id) ? this.past(link.link_id) : ''}
    </div>`;
  }
}
