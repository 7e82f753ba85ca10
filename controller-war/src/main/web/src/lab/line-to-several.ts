import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { messages } from '../state/messages';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';
import { receivers, receiversInWords, type Receiver } from './receivers';

const GAP = 4;

/** What is sent, and to which consoles. */
export interface LineToSend {
  ids: string[];
  text: string;
}

/** A line that is typed once and sent to several consoles, as a `send` event, and the choice of them. */
@customElement('pb-line-to-several')
export class LineToSeveral extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: inline-flex;
        flex: none;
      }
      .line {
        width: 190px;
        min-height: 28px;
        border-radius: 8px 0 0 8px;
      }
      .whom {
        max-width: 190px;
        min-height: 28px;
        border-left: 0;
        border-radius: 0 8px 8px 0;
      }
      [popover] {
        position: fixed;
        inset: auto;
        max-height: 50vh;
        margin: 0;
        padding: 10px 14px;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--raised);
        color: var(--ink);
        box-shadow: var(--shadow);
      }
      legend {
        padding-bottom: 4px;
      }
      label {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 28px;
      }
    `,
  ];

  @property({ attribute: false }) consoles: Receiver[] = [];
  /** Devices that are selected on the canvas. */
  @property({ attribute: false }) selected: string[] = [];
  /** Those that the user ticked, once any was changed; until then the canvas decides. */
  @state() private chosen: ReadonlySet<string> | undefined;
  @query('[popover]') private choice!: HTMLElement;
  @query('.whom') private button!: HTMLElement;

  private to(): Receiver[] {
    return receivers(this.consoles, this.selected, this.chosen);
  }

  private key(event: KeyboardEvent): void {
    const to = this.to();
    if (event.key === 'Enter' && to.length > 0) {
      const input = event.target as HTMLInputElement;
      const detail: LineToSend = { ids: to.map(({ id }) => id), text: input.value };
      this.dispatchEvent(new CustomEvent('send', { detail }));
      messages.note(`Sent to ${receiversInWords(to, this.consoles.length)}.`);
      input.value = '';
    }
    event.stopPropagation();
  }

  private tick(id: string, on: boolean): void {
    const chosen = new Set(this.to().map((one) => one.id));
    if (on) {
      chosen.add(id);
    } else {
      chosen.delete(id);
    }
    this.chosen = chosen;
  }

  /** Above its button, which is at the foot of the page. */
  private readonly place = () => {
    const box = this.button.getBoundingClientRect();
    this.choice.style.right = `${innerWidth - box.right}px`;
    this.choice.style.bottom = `${innerHeight - box.top + GAP}px`;
  };

  override render() {
    const to = this.to();
    const words = receiversInWords(to, this.consoles.length);
    return html`<input
        class="line"
        placeholder="Type into several"
        aria-label="Type a line into ${words}"
        ?disabled=${to.length === 0}
        @keydown=${this.key}
      />
      <button class="whom" popovertarget="choice" aria-label="Into which consoles: ${words}" title="Into which consoles">
        <span class="cut">${words}</span> ${icon('up', 14)}
      </button>
      <div
        id="choice"
        popover
        @beforetoggle=${this.place}
        @keydown=${(event: Event) => event.stopPropagation()}
      >
        <fieldset class="plain">
          <legend>Type into</legend>
          ${this.consoles.map(
            ({ id, name }) =>
              html`<label>
                <input
                  type="checkbox"
                  .checked=${to.some((one) => one.id === id)}
                  @change=${(event: Event) => this.tick(id, (event.target as HTMLInputElement).checked)}
                />
                ${name}
              </label>`,
          )}
        </fieldset>
        <div class="row">
          <button
            @click=${() => {
              this.chosen = new Set(this.consoles.map(({ id }) => id));
            }}
          >
            All
          </button>
          <button
            ?disabled=${!this.chosen}
            @click=${() => {
              this.chosen = undefined;
            }}
          >
            As on the canvas
          </button>
        </div>
      </div>`;
  }
}
