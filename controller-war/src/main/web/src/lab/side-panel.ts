import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Selection } from '../canvas/selection';
import type { Right } from '../api/types';
import type { LabStore } from '../state/lab-store';
import type { TrafficWatch } from '../state/traffic';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';
import type { Commands } from './commands';

export type Panel = 'details' | 'snapshots' | 'guide' | 'log';

const TITLES: Record<Panel, string> = {
  details: 'Details',
  snapshots: 'Snapshots',
  guide: 'Guide',
  log: 'Log',
};

const LOAD: Record<Panel, () => Promise<unknown>> = {
  details: () => import('../settings/details-panel'),
  snapshots: () => import('./snapshots-panel'),
  guide: () => import('./guide-panel'),
  log: () => import('./log-panel'),
};

/** What is shown beside the canvas; each panel is loaded when it is first wanted. */
@customElement('pb-side-panel')
export class SidePanel extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        min-height: 0;
      }
      aside {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        width: 320px;
        height: 100%;
        border-left: 1px solid var(--line);
        background: var(--panel);
      }
      header {
        display: flex;
        align-items: center;
        padding: 8px 8px 4px 16px;
      }
      .content {
        overflow: auto;
        padding: 4px 16px 20px;
      }
    `,
  ];

  @property() panel: Panel | '' = '';
  @property({ attribute: false }) lab!: LabStore;
  @property({ attribute: false }) selection!: Selection;
  @property({ attribute: false }) commands!: Commands;
  @property({ attribute: false }) traffic!: TrafficWatch;
  @property({ attribute: false }) may: (right: Right) => boolean = () => true;
  @property({ type: Boolean }) editable = true;
  @state() private ready = new Set<Panel>();

  override willUpdate(): void {
    const { panel } = this;
    if (panel && !this.ready.has(panel)) {
      void LOAD[panel]().then(() => {
        this.ready = new Set([...this.ready, panel]);
      });
    }
  }

  private content(panel: Panel) {
    if (!this.ready.has(panel)) {
      return html`<p class="soft">Loading…</p>`;
    }
    switch (panel) {
      case 'details':
        return html`<pb-details
          .lab=${this.lab}
          .selection=${this.selection}
          .commands=${this.commands}
          .traffic=${this.traffic}
          .may=${this.may}
          .editable=${this.editable}
        ></pb-details>`;
      case 'snapshots':
        return html`<pb-snapshots .lab=${this.lab} .editable=${this.editable}></pb-snapshots>`;
      case 'guide':
        return html`<pb-guide .lab=${this.lab} .editable=${this.editable}></pb-guide>`;
      case 'log':
        return html`<pb-log></pb-log>`;
    }
  }

  override render() {
    const { panel } = this;
    return panel
      ? html`<aside aria-label=${TITLES[panel]}>
          <header>
            <h2 class="grow">${TITLES[panel]}</h2>
            <button
              class="quiet icon"
              aria-label="Close ${TITLES[panel]}"
              @click=${() => this.dispatchEvent(new CustomEvent('shut'))}
            >
              ${icon('close')}
            </button>
          </header>
          <div class="content">${this.content(panel)}</div>
        </aside>`
      : '';
  }
}
