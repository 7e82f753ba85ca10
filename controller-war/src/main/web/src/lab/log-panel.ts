import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Follows } from '../state/emitter';
import { messages, type Severity } from '../state/messages';
import { controls } from '../ui/styles';

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** What happened since this page was opened, newest first. */
@customElement('pb-log')
export class LogPanel extends LitElement {
  static override styles = [
    controls,
    css`
      ol {
        margin: 10px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        padding: 7px 0 7px 10px;
        border-left: 3px solid var(--line);
        border-bottom: 1px solid var(--line);
        overflow-wrap: anywhere;
      }
      .warning {
        border-left-color: var(--suspended);
      }
      .error {
        border-left-color: var(--danger);
      }
      time {
        color: var(--ink-soft);
        font-size: 12px;
      }
    `,
  ];

  @state() private least: Severity | 'all' = 'all';

  constructor() {
    super();
    new Follows(this, () => [messages.changed]);
  }

  override render() {
    const order = ['info', 'warning', 'error'];
    const from = this.least === 'all' ? 0 : order.indexOf(this.least);
    const shown = messages.log
      .filter((message) => order.indexOf(message.severity) >= from)
      .reverse();
    return html`<div class="row">
        <select
          class="grow"
          aria-label="Which messages"
          @change=${(event: Event) => {
            this.least = (event.target as HTMLSelectElement).value as Severity;
          }}
        >
          <option value="all">Everything</option>
          <option value="warning">Warnings and errors</option>
          <option value="error">Errors</option>
        </select>
        <button @click=${() => messages.clear()}>Clear</button>
      </div>
      ${shown.length === 0 ? html`<p class="soft">Nothing has been said yet.</p>` : ''}
      <ol>
        ${shown.map(
          (message) =>
            html`<li class=${message.severity}>
              <time>${TIME.format(message.time)} ${message.severity === 'info' ? '' : message.severity}</time
              ><br />${message.text}
            </li>`,
        )}
      </ol>`;
  }
}
