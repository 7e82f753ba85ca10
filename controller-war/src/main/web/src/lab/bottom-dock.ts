import { html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { LabNode } from '../api/types';
import type { ConsoleTerminal } from '../console/terminal';
import { terminalTools } from '../console/terminal-tools';
import { Follows } from '../state/emitter';
import type { LabStore } from '../state/lab-store';
import { preferences } from '../state/preferences';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';
import { dockStyles } from './dock-styles';
import './line-to-several';
import type { LineToSend } from './line-to-several';

interface Tab {
  kind: 'terminal' | 'screen' | 'packets';
  /** Of a node, or of a link. */
  id: string;
}

const LEAST = 120;
/** Left to the canvas and what is above it. */
const OTHERS = 220;
const STEP = 24;
/** What a server calls itself, of which only it can make something. */
const HERE = ['127.0.0.1', 'localhost', '0.0.0.0', '::', '::1'];

/** Consoles and packets below the canvas, in tabs or all side by side. */
@customElement('pb-bottom-dock')
export class BottomDock extends LitElement {
  static override styles = [controls, dockStyles];

  @property({ attribute: false }) lab!: LabStore;
  /** Devices that are selected on the canvas. */
  @property({ attribute: false }) selected: string[] = [];
  @state() private tabs: Tab[] = [];
  @state() private active = '';
  @state() private split = false;
  private loaded = new Set<string>();
  private end: (() => void) | undefined;

  constructor() {
    super();
    new Follows(this, () => [preferences.changed]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.end = this.lab?.changed.listen(() => this.keep());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.end?.();
  }

  /** Tabs of what is gone go too. */
  private keep(): void {
    const left = this.tabs.filter((tab) =>
      tab.kind === 'packets' ? this.lab.links.get(tab.id) : this.lab.nodes.get(tab.id),
    );
    if (left.length !== this.tabs.length) {
      this.tabs = left;
    }
    this.requestUpdate();
  }

  openConsole(node: LabNode): void {
    if (node.console_type === 'http' || node.console_type === 'https') {
      const host = HERE.includes(node.console_host) ? location.hostname : node.console_host;
      open(`${node.console_type}://${host}:${node.console}`, '_blank', 'noopener');
      return;
    }
    this.show({ kind: node.console_type === 'vnc' ? 'screen' : 'terminal', id: node.node_id });
  }

  openPackets(link: string): void {
    this.show({ kind: 'packets', id: link });
  }

  private show(tab: Tab): void {
    if (!this.tabs.some((one) => one.id === tab.id)) {
      this.tabs = [...this.tabs, tab];
      void {
        terminal: () => import('../console/terminal'),
        screen: () => import('../console/screen'),
        packets: () => import('../packets/packets-panel'),
      }[tab.kind]().then(() => {
        this.loaded.add(tab.kind);
        this.requestUpdate();
      });
    }
    this.activate(tab.id);
  }

  private activate(id: string): void {
    this.active = id;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<ConsoleTerminal>(`[data-tab="${id}"]`)?.focusTerminal?.(),
    );
  }

  /** Says `emptied` when it was the last one. */
  private shut(id: string): void {
    this.tabs = this.tabs.filter((tab) => tab.id !== id);
    if (this.active === id) {
      this.active = this.tabs.at(-1)?.id ?? '';
    }
    if (this.tabs.length === 0) {
      this.dispatchEvent(new CustomEvent('emptied'));
    } else {
      void this.updateComplete.then(() => this.focusTab(this.active));
    }
  }

  private focusTab(id: string): void {
    const at = this.tabs.findIndex((tab) => tab.id === id);
    this.renderRoot.querySelectorAll<HTMLElement>('.tab button:first-child')[at]?.focus();
  }

  private tall(wanted: number): void {
    preferences.set({ dock: Math.max(LEAST, Math.min(this.most(), wanted)) });
    this.requestUpdate();
  }

  private most(): number {
    return innerHeight - OTHERS;
  }

  private resize(start: PointerEvent): void {
    const height = preferences.kept.dock;
    const grip = start.target as HTMLElement;
    grip.setPointerCapture(start.pointerId);
    grip.onpointermove = (event) => this.tall(height + start.clientY - event.clientY);
    grip.onpointerup = () => {
      grip.onpointermove = null;
    };
  }

  private resizeByKey(event: KeyboardEvent): void {
    const by = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      this.tall(preferences.kept.dock + by);
    }
  }

  private send({ ids, text }: LineToSend): void {
    for (const id of ids) {
      this.terminal(id)?.sendLine(text);
    }
  }

  private terminal(id: string): ConsoleTerminal | null {
    return this.renderRoot.querySelector<ConsoleTerminal>(`pb-terminal[data-tab="${id}"]`);
  }

  private nameOf(tab: Tab): string {
    if (tab.kind !== 'packets') {
      return this.lab.nodes.get(tab.id)?.name ?? '';
    }
    const ends = this.lab.links.get(tab.id)?.nodes ?? [];
    return ends.map((end) => this.lab.nodes.get(end.node_id)?.name ?? '?').join(' – ');
  }

  private content(tab: Tab) {
    const shown = this.split || tab.id === this.active;
    const name = this.nameOf(tab);
    if (!this.loaded.has(tab.kind)) {
      return html`<p class="soft" ?hidden=${!shown}>Loading…</p>`;
    }
    switch (tab.kind) {
      case 'terminal':
        return html`<pb-terminal
          data-tab=${tab.id}
          ?hidden=${!shown}
          .project=${this.lab.id}
          .node=${tab.id}
          .name=${name}
          .running=${this.lab.nodes.get(tab.id)?.status === 'started'}
          @leave=${() => this.focusTab(tab.id)}
        ></pb-terminal>`;
      case 'screen':
        return html`<pb-screen
          data-tab=${tab.id}
          ?hidden=${!shown}
          .project=${this.lab.id}
          .node=${tab.id}
          .name=${name}
        ></pb-screen>`;
      case 'packets':
        return html`<pb-packets data-tab=${tab.id} ?hidden=${!shown} .lab=${this.lab} .link=${tab.id}></pb-packets>`;
    }
  }

  private tools() {
    const tab = this.tabs.find((one) => one.id === this.active);
    const consoles = this.tabs
      .filter((one) => one.kind === 'terminal')
      .map((one) => ({ id: one.id, name: this.nameOf(one) }));
    return html`<span class="grow"></span>
      ${consoles.length > 1
        ? html`<pb-line-to-several
            .consoles=${consoles}
            .selected=${this.selected}
            @send=${(event: CustomEvent<LineToSend>) => this.send(event.detail)}
          ></pb-line-to-several>`
        : ''}
      ${this.tabs.length > 1
        ? html`<button
            class="quiet icon ${this.split ? 'on' : ''}"
            title="Side by side"
            aria-label="Side by side"
            aria-pressed=${this.split}
            @click=${() => {
              this.split = !this.split;
            }}
          >
            ${icon('grid')}
          </button>`
        : ''}
      ${tab?.kind === 'terminal'
        ? terminalTools(() => this.terminal(tab.id))
        : ''}
      ${tab && tab.kind !== 'packets'
        ? html`<button
            class="quiet icon"
            aria-label="In a window of its own"
            title="In a window of its own"
            @click=${() =>
              open(`#/console/${this.lab.id}/${tab.id}`, '_blank', 'popup,width=860,height=520')}
          >
            ${icon('popout')}
          </button>`
        : ''}`;
  }

  override render() {
    if (this.tabs.length === 0) {
      return '';
    }
    return html`<div class="dock" role="region" aria-label="Consoles and packets" style="height: ${preferences.kept.dock}px">
      <div
        class="grip"
        role="separator"
        tabindex="0"
        aria-orientation="horizontal"
        aria-label="Height of the consoles and packets"
        aria-valuenow=${preferences.kept.dock}
        aria-valuemin=${LEAST}
        aria-valuemax=${this.most()}
        @pointerdown=${this.resize}
        @keydown=${this.resizeByKey}
      ></div>
      <div class="bar">
        ${this.tabs.map(
          (tab) =>
            html`<span class="tab" ?data-on=${tab.id === this.active}>
              <button aria-pressed=${tab.id === this.active} @click=${() => this.activate(tab.id)}>
                ${icon(tab.kind === 'packets' ? 'packets' : tab.kind, 16)} ${this.nameOf(tab)}
              </button>
              <button class="shut" aria-label="Close ${this.nameOf(tab)}" @click=${() => this.shut(tab.id)}>
                ${icon('close', 14)}
              </button>
            </span>`,
        )}
        ${this.tools()}
      </div>
      <div class="body">
        ${repeat(
          this.tabs,
          (tab) => tab.id,
          (tab) => this.content(tab),
        )}
      </div>
    </div>`;
  }
}
