import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api/client';
import type { LabNode } from '../api/types';
import { inWords } from '../state/messages';

/** One console in a window of its own. */
@customElement('pb-console-page')
export class ConsolePage extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      min-height: 0;
    }
    p {
      padding: 32px;
    }
  `;

  @property() projectId = '';
  @property() nodeId = '';
  @state() private node: LabNode | undefined;
  @state() private problem = '';

  override async firstUpdated(): Promise<void> {
    try {
      const nodes = await api.nodes(this.projectId);
      this.node = nodes.find((node) => node.node_id === this.nodeId);
      this.problem = this.node ? '' : 'There is no such device any more.';
      document.title = this.node?.name ?? 'Console';
      await (this.node?.console_type === 'vnc' ? import('./screen') : import('./terminal'));
      this.requestUpdate();
    } catch (failure) {
      this.problem = inWords(failure);
    }
  }

  override render() {
    const { node } = this;
    if (!node) {
      return html`<p>${this.problem || 'Loading…'}</p>`;
    }
    return node.console_type === 'vnc'
      ? html`<pb-screen .project=${this.projectId} .node=${this.nodeId} .name=${node.name}></pb-screen>`
      : html`<pb-terminal .project=${this.projectId} .node=${this.nodeId} .name=${node.name}></pb-terminal>`;
  }
}
