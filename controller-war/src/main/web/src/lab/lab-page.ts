import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { api, type Verb } from '../api/client';
import type { Right } from '../api/types';
import type { Alignment } from '../canvas/align';
import '../canvas/canvas';
import type { Canvas, Tool } from '../canvas/canvas';
import { Selection } from '../canvas/selection';
import { Follows } from '../state/emitter';
import { History } from '../state/history';
import { LabStore } from '../state/lab-store';
import { attempt, messages } from '../state/messages';
import { server } from '../state/server-store';
import { TrafficWatch } from '../state/traffic';
import { focused } from '../ui/focus';
import { showMenu } from '../ui/menu';
import { controls } from '../ui/styles';
import { Commands } from './commands';
import { labKeys } from './lab-keys';
import { showKeys } from './keys-dialog';
import { press } from './keys';
import { contextMenu, hasConsole, type LabActions } from './menus';
import './palette';
import { addDevice, addPicture, alignSelected, dropOn } from './placing';
import './toolbar';
import type { LabToolbar } from './toolbar';
import './side-panel';
import type { Panel } from './side-panel';
import './bottom-dock';
import type { BottomDock } from './bottom-dock';
import './link-tip';
import type { LinkTip } from './link-tip';
import type { ZoomBar } from './zoom-bar';
import './zoom-bar';
import { labStyles } from './lab-styles';
import { allNodesDo } from './verbs';

/** One lab: its canvas with everything around it. */
@customElement('pb-lab-page')
export class LabPage extends LitElement {
  static override styles = [controls, labStyles];

  @property() projectId = '';
  @state() private tool: Tool = 'select';
  @state() private panel: Panel | '' = '';
  @query('pb-canvas') private canvas!: Canvas;
  @query('pb-bottom-dock') private dock!: BottomDock;
  @query('pb-link-tip') private tip!: LinkTip;
  private traffic!: TrafficWatch;
  private lab!: LabStore;
  private history = new History();
  private selection = new Selection();
  private commands!: Commands;
  private ends: (() => void)[] = [];
  private entered = false;

  constructor() {
    super();
    new Follows(this, () => [server.changed]);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('projectId') && this.projectId) {
      this.close();
      this.entered = false;
      this.lab = new LabStore(this.projectId);
      this.traffic = new TrafficWatch(this.lab);
      this.history = new History();
      this.selection = new Selection();
      this.commands = new Commands(this.lab, this.history, this.selection);
      const render = () => this.requestUpdate();
      this.ends = [
        this.lab.changed.listen(render),
        this.history.changed.listen(render),
        this.selection.changed.listen(render),
      ];
      this.lab.start();
    }
    this.toggleAttribute('readonly', !this.may('edit'));
    document.title = `${this.lab?.project?.name ?? 'Lab'} · Patchbay`;
  }

  override updated(): void {
    if (this.canvas && !this.entered) {
      this.entered = true;
      if (focused()?.localName === 'main') {
        // Who came here by a link of another page goes on with the lab's keys.
        this.canvas.focus({ preventScroll: true });
      }
    }
    const bar = this.renderRoot.querySelector<ZoomBar>('pb-zoom-bar');
    if (bar) {
      bar.canvas = this.canvas;
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
    document.title = 'Patchbay';
  }

  private close(): void {
    this.ends.forEach((end) => end());
    this.lab?.stop();
    this.traffic?.stop();
  }

  private readonly actions: LabActions = {
    openConsole: (ids) => this.openConsoles(ids),
    openPackets: (link) => void this.openPackets(link),
    showDetails: () => {
      this.panel = 'details';
    },
    addNote: () => {
      this.tool = 'text';
    },
    may: (right) => this.may(right),
  };

  private readonly may = (right: Right | 'own') => server.may(this.projectId, right);

  private openConsoles(ids: string[]): void {
    if (!this.may('operate')) {
      messages.add('info', 'To use the consoles of this lab one must be allowed to operate it.');
      return;
    }
    for (const id of ids) {
      const node = this.lab.nodes.get(id);
      if (!node || !hasConsole(node)) {
        if (ids.length === 1) {
          messages.add('info', `${node?.name ?? 'This node'} has no console.`);
        }
      } else {
        this.dock.openConsole(node);
      }
    }
  }

  private async openPackets(id: string): Promise<void> {
    const link = this.lab.links.get(id);
    if (link && !link.capturing) {
      const started = await attempt('The capture did not start', () => api.startCapture(this.lab.id, id));
      if (!started) {
        return;
      }
      this.lab.links.put(started);
    }
    this.dock.openPackets(id);
  }

  private async verb(verb: Verb): Promise<void> {
    const ids = this.selection.ids('node');
    if (ids.length > 0) {
      await this.commands.nodesDo(verb, ids);
    } else {
      await allNodesDo(this.lab, verb);
    }
  }

  private drop(event: DragEvent): void {
    if (this.may('edit')) {
      dropOn(this.canvas, event);
    }
  }

  private key(event: KeyboardEvent): void {
    const keys = labKeys({
      lab: this.lab,
      selection: this.selection,
      commands: this.commands,
      history: this.history,
      canvas: this.canvas,
      actions: this.actions,
      help: () => showKeys(keys),
    });
    if (press(event, keys)) {
      event.stopPropagation();
    }
  }

  private showPanel(panel: Panel): void {
    this.panel = this.panel === panel ? '' : panel;
  }

  override render() {
    if (!this.lab) {
      return '';
    }
    const { lab } = this;
    if (lab.problem && !lab.loaded) {
      return html`<div class="nothing">
        <p>${lab.problem}</p>
        <a class="button" href="#/projects">Back to the projects</a>
      </div>`;
    }
    if (!lab.loaded) {
      return html`<div class="nothing soft">
        <p role="status">Opening the project…</p>
        <progress aria-label="Opening the project"></progress>
      </div>`;
    }
    return html`
      ${this.may('edit')
        ? html`<pb-palette
            @add=${(event: CustomEvent<string>) => void addDevice(this.canvas, event.detail)}
          ></pb-palette>`
        : ''}
      <pb-lab-toolbar
        .name=${lab.project?.name ?? ''}
        .tool=${this.tool}
        .panel=${this.panel}
        .selected=${this.selection.ids('node').length + this.selection.ids('drawing').length}
        .nodes=${this.selection.ids('node').length}
        .history=${this.history}
        .may=${this.may}
        @verb=${(event: CustomEvent<Verb>) => void this.verb(event.detail)}
        @tool=${(event: CustomEvent<Tool>) => {
          this.tool = this.tool === event.detail ? 'select' : event.detail;
        }}
        @picture=${(event: CustomEvent<File>) => void addPicture(this.canvas, event.detail)}
        @align=${(event: CustomEvent<Alignment>) => alignSelected(this.canvas, event.detail)}
        @panel=${(event: CustomEvent<Panel>) => this.showPanel(event.detail)}
        @do=${(event: CustomEvent<string>) =>
          event.detail === 'consoles'
            ? this.openConsoles(
                lab.nodes
                  .all()
                  .filter((node) => hasConsole(node) && node.status === 'started')
                  .map((node) => node.node_id),
              )
            : this.key(new KeyboardEvent('keydown', { key: '?' }))}
      ></pb-lab-toolbar>
      <div
        class="view"
        @dragover=${(event: DragEvent) => event.preventDefault()}
        @drop=${this.drop}
      >
        <pb-canvas
          .lab=${lab}
          .selection=${this.selection}
          .commands=${this.commands}
          .tool=${this.tool}
          .traffic=${this.traffic}
          ?readonly=${!this.may('edit')}
          @keydown=${this.key}
          @tool-used=${() => {
            this.tool = 'select';
          }}
          @over=${(event: CustomEvent<{ link: string | undefined; x: number; y: number }>) =>
            this.tip.show(event.detail)}
          @open-node=${(event: CustomEvent<string>) => this.openConsoles([event.detail])}
          @menu=${(event: CustomEvent<{ x: number; y: number }>) =>
            showMenu(
              event.detail.x,
              event.detail.y,
              this.selection.size === 0 ? 'The lab' : 'What is selected',
              contextMenu(lab, this.selection, this.commands, this.canvas, this.actions),
            )}
        ></pb-canvas>
        ${lab.nodes.size + lab.drawings.size === 0
          ? html`<p class="hint">
              ${this.may('edit')
                ? html`Drag a device here from the left.<br />Pull a link out of a device's edge.`
                : 'Nothing is in this lab yet.'}
            </p>`
          : ''}
        ${lab.state === 'live'
          ? ''
          : html`<div class="away">The server is away. What you see may be old.</div>`}
        <pb-zoom-bar></pb-zoom-bar>
      </div>
      <pb-link-tip .lab=${lab} .traffic=${this.traffic}></pb-link-tip>
      <pb-side-panel
        .panel=${this.panel}
        .lab=${lab}
        .selection=${this.selection}
        .commands=${this.commands}
        .traffic=${this.traffic}
        .may=${this.may}
        .editable=${this.may('edit')}
        @focus-node=${(event: CustomEvent<string>) =>
          this.canvas.focusOn({ kind: 'node', id: event.detail })}
        @open-packets=${(event: CustomEvent<string>) => void this.openPackets(event.detail)}
        @shut=${() => {
          const { panel } = this;
          this.panel = '';
          this.renderRoot.querySelector<LabToolbar>('pb-lab-toolbar')?.focusOn(panel);
        }}
      ></pb-side-panel>
      <pb-bottom-dock
        .lab=${lab}
        .selected=${this.selection.ids('node')}
        @emptied=${() => this.canvas.focus()}
      ></pb-bottom-dock>
    `;
  }
}
