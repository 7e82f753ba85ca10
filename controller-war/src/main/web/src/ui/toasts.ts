import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { messages, QUIET, type Message } from '../state/messages';
import { icon } from './icons';
import { controls } from './styles';

const SHOWN_FOR = { info: 5_000, warning: 9_000, error: 14_000 };
const AT_ONCE = 4;

/** Short words at the corner of the page about what just happened. */
@customElement('pb-toasts')
export class Toasts extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        position: fixed;
        right: 16px;
        bottom: 16px;
        z-index: 60;
        width: min(400px, calc(100vw - 32px));
        pointer-events: none;
      }
      [aria-live] {
        display: grid;
        gap: 8px;
      }
      [aria-live]:not(:empty) + [aria-live]:not(:empty) {
        margin-top: 8px;
      }
      .toast {
        pointer-events: auto;
        display: flex;
        align-items: center;
        gap: 10px;
        padding: 10px 8px 10px 14px;
        border: 1px solid var(--line);
        border-left: 4px solid var(--accent);
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: var(--shadow);
        overflow-wrap: anywhere;
      }
      .error {
        border-left-color: var(--danger);
      }
      .warning {
        border-left-color: var(--suspended);
      }
    `,
  ];

  @state() private shown: Message[] = [];
  private end: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.end = messages.changed.listen((message) => {
      if (message.id === QUIET) {
        return;
      }
      this.shown = [
        ...this.shown.filter((one) => one.text !== message.text).slice(1 - AT_ONCE),
        message,
      ];
      setTimeout(() => this.dismiss(message), SHOWN_FOR[message.severity]);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.end?.();
  }

  private dismiss(message: Message): void {
    this.shown = this.shown.filter((one) => one !== message);
  }

  private toast(message: Message) {
    return html`<div class="toast ${message.severity}">
      <span class="grow">${message.text}</span>
      ${message.action
        ? html`<button
            @click=${() => {
              this.dismiss(message);
              message.action?.run();
            }}
          >
            ${message.action.label}
          </button>`
        : ''}
      <button class="quiet icon" aria-label="Dismiss" @click=${() => this.dismiss(message)}>
        ${icon('close', 16)}
      </button>
    </div>`;
  }

  /** Only what is new in it is spoken: each toast keeps its element, and the others are not said again. */
  private region(role: 'status' | 'alert', shown: Message[]) {
    return html`<div role=${role} aria-live=${role === 'alert' ? 'assertive' : 'polite'} aria-atomic="false">${repeat(
      shown,
      (message) => message.id,
      (message) => this.toast(message),
    )}</div>`;
  }

  override render() {
    const errors = this.shown.filter((message) => message.severity === 'error');
    return html`${this.region('status', this.shown.filter((message) => !errors.includes(message)))}
    ${this.region('alert', errors)}`;
  }
}
