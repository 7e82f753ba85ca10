import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api/client';
import type { FilterKind, FilterParameter, Filters, Link, Right } from '../api/types';
import type { Commands } from '../lab/commands';
import type { LabStore } from '../state/lab-store';
import { attempt } from '../state/messages';
import { flowWords, pastOf } from '../state/flow-words';
import type { TrafficWatch } from '../state/traffic';
import { icon } from '../ui/icons';
import { sparkline } from '../ui/sparkline';
import { controls } from '../ui/styles';

/** So long a slider has to rest before what it says is sent. */
const REST = 150;
/** Sliders end where effects are still to be told apart; the field beside takes all the API does. */
const SLIDER_END: Record<string, number> = { frequency_drop: 100, delay: 1000, packet_loss: 100, corrupt: 100 };

/** What happens to frames on a link, and what it looks like. Says `open-packets`. */
@customElement('pb-link-details')
export class LinkDetails extends LitElement {
  static override styles = [
    controls,
    css`
      h3 {
        margin: 18px 0 8px;
      }
      .line {
        margin: 2px 0;
      }
      .parameter {
        display: grid;
        grid-template-columns: 1fr 86px;
        gap: 4px 10px;
        align-items: center;
        margin-bottom: 8px;
      }
      .parameter span {
        grid-column: 1 / 3;
        color: var(--ink-soft);
      }
      input[type='number'] {
        width: 100%;
      }
    `,
  ];

  @property({ attribute: false }) link!: Link;
  @property({ attribute: false }) lab!: LabStore;
  @property({ attribute: false }) commands!: Commands;
  @property({ attribute: false }) traffic!: TrafficWatch;
  @property({ attribute: false }) may: (right: Right) => boolean = () => true;
  @property({ type: Boolean }) editable = true;
  @state() private kinds: FilterKind[] | undefined;
  /** What the sliders say, until the server has it. */
  @state() private draft: Filters | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = '';
  private end: (() => void) | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('link') && this.link.link_id !== this.asked) {
      this.asked = this.link.link_id;
      this.kinds = undefined;
      this.draft = undefined;
      void attempt('The filters are not known', () =>
        api.availableFilters(this.lab.id, this.link.link_id),
      ).then((kinds) => {
        this.kinds = kinds ?? [];
      });
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.end = this.traffic.changed.listen(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.end?.();
  }

  private passing() {
    const { link, traffic } = this;
    const flow = traffic.flows.get(link.link_id);
    const { lines } = flowWords(this.lab, link, flow);
    const { values, most } = pastOf(traffic.history(link.link_id));
    return html`<h3>Traffic</h3>
      ${lines.map((line) => html`<p class="soft line">${line}</p>`)}
      ${flow ? html`${sparkline(values, 280, 44)}<p class="soft line">${most}</p>` : ''}`;
  }

  private get filters(): Filters {
    return this.draft ?? this.link.filters ?? {};
  }

  private set(kind: FilterKind, index: number, value: number | string): void {
    const values = kind.parameters.map(
      (parameter, at) =>
        this.filters[kind.type]?.[at] ?? (parameter.type === 'text' ? '' : Math.max(0, parameter.minimum ?? 0)),
    );
    values[index] = value;
    this.draft = { ...this.filters, [kind.type]: values };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), REST);
  }

  private async send(): Promise<void> {
    const filters = this.draft ?? {};
    await this.commands.changeLink('Change the filters', this.link.link_id, { filters });
    if (this.draft === filters) {
      this.draft = undefined;
    }
  }

  private parameter(kind: FilterKind, parameter: FilterParameter, index: number) {
    const value = this.filters[kind.type]?.[index] ?? (parameter.type === 'text' ? '' : 0);
    const name = kind.parameters.length > 1 ? parameter.name : kind.name;
    const set = (event: Event) =>
      this.set(kind, index, Number((event.target as HTMLInputElement).value));
    if (parameter.type === 'text') {
      return html`<label class="field">
        <span>${kind.name}: ${kind.description}</span>
        <textarea
          rows="2"
          spellcheck="false"
          .value=${String(value)}
          @change=${(event: Event) =>
            this.set(kind, index, (event.target as HTMLTextAreaElement).value)}
        ></textarea>
      </label>`;
    }
    const end = Math.min(parameter.maximum ?? 100, SLIDER_END[kind.type] ?? 100);
    const unit = (parameter.unit ?? '').replace('th packet', 'n');
    return html`<div class="parameter">
      <span title=${kind.description}>${name} (${unit})</span>
      <input
        type="range"
        min=${parameter.minimum ?? 0}
        max=${end}
        aria-label="${name}, ${unit}"
        .value=${String(value)}
        @input=${set}
      />
      <input
        type="number"
        min=${parameter.minimum ?? 0}
        max=${parameter.maximum ?? ''}
        aria-label="${name}, ${unit}, as a number"
        .value=${String(value)}
        @change=${set}
      />
    </div>`;
  }

  override render() {
    const { link } = this;
    const ends = link.nodes.map((end) => {
      const node = this.lab.nodes.get(end.node_id);
      const port = node?.ports.find(
        (one) => one.adapter_number === end.adapter_number && one.port_number === end.port_number,
      );
      return `${node?.name ?? '?'} ${port?.name ?? ''}`;
    });
    const style = link.link_style ?? {};
    const restyle = (change: object) =>
      void this.commands.changeLink('Change the line', link.link_id, {
        link_style: { ...style, ...change },
      });
    return html`<p><strong>${ends.join(' – ')}</strong></p>
      <div class="row">
        <button
          ?disabled=${!this.editable}
          @click=${() =>
            void this.commands.changeLink(link.suspend ? 'Resume' : 'Suspend', link.link_id, {
              suspend: !link.suspend,
            })}
        >
          ${icon(link.suspend ? 'play' : 'pause', 16)} ${link.suspend ? 'Resume' : 'Suspend'}
        </button>
        <button
          ?disabled=${!this.may(link.capturing ? 'view' : 'operate')}
          @click=${() =>
            this.dispatchEvent(
              new CustomEvent('open-packets', { detail: link.link_id, bubbles: true, composed: true }),
            )}
        >
          ${icon('packets', 16)} ${link.capturing ? 'Show packets' : 'Capture'}
        </button>
      </div>
      ${this.passing()}
      <fieldset class="plain" ?disabled=${!this.editable}>
      <h3>Filters</h3>
      ${this.kinds === undefined ? html`<p class="soft">Loading…</p>` : ''}
      ${this.kinds?.length === 0
        ? html`<p class="soft">Between switches nothing can be filtered.</p>`
        : ''}
      ${this.kinds?.map((kind) =>
        kind.parameters.map((parameter, index) => this.parameter(kind, parameter, index)),
      )}
      ${Object.keys(this.filters).length > 0
        ? html`<button
            @click=${() => {
              this.draft = {};
              void this.send();
            }}
          >
            Without filters
          </button>`
        : ''}
      <h3>Line</h3>
      <div class="row">
        <input
          type="color"
          aria-label="Colour"
          .value=${/^#[0-9a-f]{6}$/i.test(style.color ?? '') ? style.color! : '#000000'}
          @change=${(event: Event) => restyle({ color: (event.target as HTMLInputElement).value })}
        />
        <select
          class="grow"
          aria-label="Kind of line"
          @change=${(event: Event) => restyle({ type: Number((event.target as HTMLSelectElement).value) })}
        >
          ${['Solid', 'Dashed', 'Dotted', 'Dash and dot', 'Dash and two dots'].map(
            (name, index) =>
              html`<option value=${index + 1} ?selected=${(style.type ?? 1) === index + 1}>${name}</option>`,
          )}
        </select>
        <input
          type="number"
          min="1"
          max="12"
          style="width: 64px"
          aria-label="Width"
          .value=${String(style.width ?? 2)}
          @change=${(event: Event) => restyle({ width: Number((event.target as HTMLInputElement).value) || 2 })}
        />
      </div>
      </fieldset>`;
  }
}
