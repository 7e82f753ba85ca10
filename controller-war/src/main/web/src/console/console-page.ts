import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api/client';
import type { LabNode } from '../api/types';
import { Follows } from '../state/emitter';
import { inWords } from '../state/messages';
import { preferences } from '../state/preferences';
import { controls } from '../ui/styles';
import type { ConsoleTerminal } from './terminal';
import { terminalTools } from './terminal-tools';

/** One console in a window of its own. */
@customElement('pb-console-page')
export class ConsolePage extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        min-height: 0;
      }
      header {
        padding: 2px 6px 2px 14px;
        border-bottom: 1px solid var(--line);
        background: var(--panel);
      }
      h1 {
        font-size: 14px;
      }
      .wait {
        padding: 32px;
      }
    `,
  ];

  @property() projectId = '';
  @property() nodeId = '';
  @state() private node: LabNode | undefined;
  @state() private problem = '';

  constructor() {
    super();
    new Follows(this, () => [preferences.changed]);
  }

  override async firstUpdated(): Promise<void> {
    try {
      const nodes = await api.nodes(this.projectId);
      const node = nodes.find((one) => one.node_id === this.nodeId);
      this.problem = node ? '' : 'There is no such device any more.';
      document.title = node?.name ?? 'Console';
      await (node?.console_type === 'vnc' ? import('./screen') : import('./terminal'));
      this.node = node;
    } catch (failure) {
      this.problem = inWords(failure);
    }
  }

  override render() {
    const { node } = this;
    if (!node) {
      return html`<p class="wait" role="status">${this.problem || 'Loading…'}</p>`;
    }
    const screen = node.console_type === 'vnc';
    return html`<header class="row">
        <h1 class="grow cut">${node.name}</h1>
        ${screen
          ? ''
          : terminalTools(() => this.renderRoot.querySelector<ConsoleTerminal>('pb-terminal'))}
      </header>
      ${screen
        ? html`<pb-screen .project=${this.projectId} .node=${this.nodeId} .name=${node.name}></pb-screen>`
        : html`<pb-terminal
            .project=${this.projectId}
            .node=${this.nodeId}
            .name=${node.name}
            @leave=${() => this.renderRoot.querySelector('button')?.focus()}
          ></pb-terminal>`}`;
  }
}
