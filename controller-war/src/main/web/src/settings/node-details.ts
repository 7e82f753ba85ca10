import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api/client';
import type { LabNode } from '../api/types';
import type { Commands } from '../lab/commands';
import { kindWords } from '../state/kinds';
import type { LabStore } from '../state/lab-store';
import { controls } from '../ui/styles';
import { field } from './fields';
import { rulesOf } from './schemas';
import { chooseSymbol } from './symbol-chooser';

/** The settings of a node: what its own answer has, by the rules of its kind. */
@customElement('pb-node-details')
export class NodeDetails extends LitElement {
  static override styles = [
    controls,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 3px 12px;
        margin: 0 0 16px;
      }
      dt {
        color: var(--ink-soft);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      .problem {
        padding: 8px 10px;
        border-radius: 7px;
        background: var(--warning-soft);
        color: var(--warning);
      }
      .command {
        font: 12px var(--mono);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) node!: LabNode;
  @property({ attribute: false }) lab!: LabStore;
  @property({ attribute: false }) commands!: Commands;
  @property({ type: Boolean }) editable = true;
  @state() private images: string[] = [];
  private asked = '';

  override willUpdate(changed: PropertyValues<this>): void {
    const { node } = this;
    const source = `${node.compute_id}/${node.node_type}`;
    if (changed.has('node') && source !== this.asked) {
      this.asked = source;
      this.images = [];
      void api
        .images(node.compute_id, node.node_type)
        .then((images) => {
          this.images = images.map((image) => image.path ?? image.filename);
        })
        // Kinds without images answer that they have none.
        .catch(() => undefined);
    }
  }

  private change(change: Partial<LabNode>): void {
    void this.commands
      .changeNodes(`Change ${this.node.name}`, new Map([[this.node.node_id, change]]))
      .then(() => this.requestUpdate());
  }

  private ends() {
    return this.node.ports.map((port) => {
      const link = this.lab.linkAt(this.node.node_id, port.adapter_number, port.port_number);
      const other = link?.nodes.find((end) => end.node_id !== this.node.node_id);
      const name = other && this.lab.nodes.get(other.node_id)?.name;
      return link ? html`<dt>${port.name}</dt><dd>${name ?? 'connected'}</dd>` : '';
    });
  }

  override render() {
    const { node } = this;
    const rules = rulesOf(node.node_type);
    return html`
      ${[node.problem, node.refusal].map((words) => (words ? html`<p class="problem">${words}</p>` : ''))}
      <fieldset class="plain" ?disabled=${!this.editable}>
      <label class="field">
        <span>Name</span>
        <input
          .value=${node.name}
          @change=${(event: Event) => {
            const name = (event.target as HTMLInputElement).value.trim();
            if (name) {
              void this.commands.rename(node, name);
            }
          }}
        />
      </label>
      <dl>
        <dt>Kind</dt><dd>${kindWords(node.node_type)}</dd>
        <dt>State</dt><dd>${node.doing ? `${node.doing}…` : node.status}</dd>
        <dt>Compute</dt><dd>${node.compute_id}</dd>
        ${node.console && node.console_type !== 'none' ? html`<dt>Console</dt><dd>${node.console_type} ${node.console_host}:${node.console}</dd>` : ''}
        ${this.ends()}
      </dl>
      <div class="row" style="margin-bottom: 12px">
        <button @click=${() => void chooseSymbol().then((symbol) => symbol && this.change({ symbol }))}>
          Symbol…
        </button>
      </div>
      ${field('console_type', rules['console_type'], node.console_type, (value) =>
        this.change({ console_type: String(value) }),
      )}
      ${field('console_auto_start', { type: 'boolean' }, node.console_auto_start, (value) =>
        this.change({ console_auto_start: value === true }),
      )}
      ${Object.entries(node.properties).map(([name, value]) =>
        field(
          name,
          rules[name],
          value,
          (next) => this.change({ properties: { [name]: next } }),
          this.images,
        ),
      )}
      </fieldset>
      ${node.command_line
        ? html`<h3>Command line</h3><p class="command">${node.command_line}</p>`
        : ''}
    `;
  }
}
