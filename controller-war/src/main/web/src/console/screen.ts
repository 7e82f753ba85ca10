import RFB from '@novnc/novnc';
import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { socketUrl } from '../api/urls';
import { controls } from '../ui/styles';

const AGAIN = 3_000;

/** The screen of a machine, by VNC. */
@customElement('pb-screen')
export class ConsoleScreen extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        position: relative;
        display: block;
        min-height: 0;
        background: #10161c;
      }
      .screen {
        position: absolute;
        inset: 0;
      }
      .state {
        position: absolute;
        left: 50%;
        top: 45%;
        translate: -50% 0;
        color: #dfe7ee;
      }
      .keys {
        position: absolute;
        right: 10px;
        top: 8px;
      }
    `,
  ];

  @property() project = '';
  @property() node = '';
  @property() name = '';
  @state() private connected = false;
  @query('.screen') private place!: HTMLElement;
  private rfb: RFB | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override firstUpdated(): void {
    this.connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    const rfb = this.rfb;
    this.rfb = undefined;
    rfb?.disconnect();
  }

  private connect(): void {
    const rfb = new RFB(
      this.place,
      socketUrl(`/projects/${this.project}/nodes/${this.node}/console/ws`),
    );
    this.rfb = rfb;
    rfb.scaleViewport = true;
    rfb.addEventListener('connect', () => {
      this.connected = true;
    });
    rfb.addEventListener('disconnect', () => {
      this.connected = false;
      if (this.rfb === rfb) {
        this.timer = setTimeout(() => this.connect(), AGAIN);
      }
    });
  }

  focusTerminal(): void {
    this.rfb?.focus();
  }

  override render() {
    return html`<div class="screen" aria-label="Screen of ${this.name}"></div>
      ${this.connected
        ? html`<button class="keys" @click=${() => this.rfb?.sendCtrlAltDel()}>Ctrl Alt Del</button>`
        : html`<p class="state" role="status">The screen of ${this.name} is not there yet…</p>`}`;
  }
}
