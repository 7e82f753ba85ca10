import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Tool } from '../canvas/canvas';
import { Follows } from '../state/emitter';
import type { History } from '../state/history';
import { preferences } from '../state/preferences';
import { server } from '../state/server-store';
import type { Verb } from '../api/client';
import type { Right } from '../api/types';
import type { Panel } from './side-panel';
import { icon, type IconName } from '../ui/icons';
import { controls } from '../ui/styles';

const TOOLS: [Tool, IconName, string][] = [
  ['text', 'text', 'Note'],
  ['rect', 'rect', 'Rectangle'],
  ['ellipse', 'ellipse', 'Ellipse'],
  ['line', 'line', 'Line'],
];

const PANELS: [Panel, IconName, string][] = [
  ['details', 'settings', 'Details'],
  ['snapshots', 'camera', 'Snapshots'],
  ['guide', 'book', 'Guide'],
  ['log', 'log', 'Log'],
];

/** The row of buttons above the canvas. Says `verb`, `tool`, `picture`, `do`. */
@customElement('pb-lab-toolbar')
export class LabToolbar extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 2px;
        min-width: 0;
        padding: 5px 10px;
        border-bottom: 1px solid var(--line);
        background: var(--panel);
        overflow-x: auto;
        scrollbar-width: none;
      }
      .line {
        flex: none;
        width: 1px;
        height: 22px;
        margin: 0 7px;
        background: var(--line);
      }
      h1 {
        max-width: 260px;
        margin-right: 6px;
        font-size: 15px;
      }
      .only {
        white-space: nowrap;
      }
      .start {
        color: var(--running);
      }
      label.icon {
        width: 32px;
        padding: 0;
        border-color: transparent;
        background: transparent;
      }
    `,
  ];

  @property() name = '';
  @property() tool: Tool = 'select';
  /** How many things are selected that can be aligned, and how many of them are nodes. */
  @property({ type: Number }) selected = 0;
  @property({ type: Number }) nodes = 0;
  @property() panel = '';
  @property({ attribute: false }) history!: History;
  @property({ attribute: false }) may: (right: Right) => boolean = () => true;

  constructor() {
    super();
    new Follows(this, () => [preferences.changed, server.changed, this.history.changed]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.role = 'group';
    this.ariaLabel = 'Tools';
  }

  /** Puts the focus on the button of a side panel. */
  focusOn(panel: string): void {
    this.renderRoot.querySelector<HTMLElement>(`[data-panel="${panel}"]`)?.focus();
  }

  private say(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  private button(name: IconName, label: string, run: () => void, options: { off?: boolean; on?: boolean; cls?: string; panel?: string } = {}) {
    return html`<button
      class="quiet icon ${options.on ? 'on' : ''} ${options.cls ?? ''}"
      title=${label}
      aria-label=${label}
      aria-pressed=${options.on ?? nothing}
      data-panel=${options.panel ?? nothing}
      ?disabled=${options.off}
      @click=${run}
    >
      ${icon(name)}
    </button>`;
  }

  private verb(verb: Verb, name: IconName, words: string, cls = '') {
    const what = this.nodes ? `${words} what is selected` : `${words} all`;
    return this.button(name, what, () => this.say('verb', verb), { cls });
  }

  private editing() {
    const { history } = this;
    return html`${this.button('undo', history.undoable ? `Undo: ${history.undoable}` : 'Undo', () => void history.undo(), { off: !history.undoable })}
      ${this.button('redo', history.redoable ? `Redo: ${history.redoable}` : 'Redo', () => void history.redo(), { off: !history.redoable })}
      <span class="line"></span>
      ${TOOLS.map(([tool, name, label]) =>
        this.button(name, label, () => this.say('tool', tool), { on: this.tool === tool }),
      )}
      <label class="button icon" title="Picture">
        ${icon('image')}
        <input
          class="hidden"
          type="file"
          accept="image/*"
          aria-label="Picture"
          @change=${(event: Event) => {
            const input = event.target as HTMLInputElement;
            this.say('picture', input.files?.[0]);
            input.value = '';
          }}
        />
      </label>
      <span class="line"></span>
      ${this.selected > 1
        ? html`${this.button('alignLeft', 'Align left', () => this.say('align', 'left'))}
          ${this.button('alignCenter', 'Align centres', () => this.say('align', 'centre'))}
          ${this.button('alignTop', 'Align tops', () => this.say('align', 'top'))}
          ${this.button('alignMiddle', 'Align middles', () => this.say('align', 'middle'))}
          ${this.button('spread', 'Spread across', () => this.say('align', 'across'))}
          ${this.button('spreadDown', 'Spread down', () => this.say('align', 'down'))}
          <span class="line"></span>`
        : ''}`;
  }

  override render() {
    const operates = this.may('operate');
    return html`
      <h1 class="cut" title=${this.name}>${this.name}</h1>
      ${operates
        ? html`${this.verb('start', 'play', 'Start', 'start')} ${this.verb('suspend', 'pause', 'Suspend')}
            ${this.verb('stop', 'stop', 'Stop')} ${this.verb('reload', 'reload', 'Reload')}
            <span class="line"></span>`
        : ''}
      ${this.may('edit')
        ? this.editing()
        : html`<span class="soft only">${operates ? 'You may operate this lab' : 'You may look at this lab'}</span>`}
      <span class="grow"></span>
      ${this.button('traffic', 'Show traffic', () => preferences.set({ traffic: !preferences.kept.traffic }), { on: preferences.kept.traffic })}
      ${operates ? this.button('terminal', 'Open all consoles', () => this.say('do', 'consoles')) : ''}
      <span class="line"></span>
      ${PANELS.map(([panel, name, label]) =>
        this.button(name, label, () => this.say('panel', panel), { on: this.panel === panel, panel }),
      )}
      ${this.button('help', 'Keys', () => this.say('do', 'keys'))}
    `;
  }
}
