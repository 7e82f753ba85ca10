import { html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { messages, QUIET } from '../state/messages';
import { gathered } from './gathered';
import { controls } from './styles';

/** So long what changes is gathered before it is said. */
const GATHER = 700;

/** Tells screen readers what only the log shows, such as nodes that have started. */
@customElement('pb-announcer')
export class Announcer extends LitElement {
  static override styles = [controls];

  @state() private said = '';
  private waiting: string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private end: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.end = messages.changed.listen(({ id, text }) => {
      if (id === QUIET && text) {
        this.waiting.push(text);
        this.timer ??= setTimeout(() => this.say(), GATHER);
      }
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.end?.();
  }

  private say(): void {
    this.timer = undefined;
    this.said = gathered(this.waiting.splice(0));
  }

  override render() {
    return html`<div class="hidden" role="status">${this.said}</div>`;
  }
}
