import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { api, type Verb } from '../api/client';
import { align, type Alignment } from '../canvas/align';
import '../canvas/canvas';
import type { Canvas, Tool } from '../canvas/canvas';
import { imageSvg } from '../canvas/drawing-svg';
import { Selection } from '../canvas/selection';
import { Follows } from '../state/emitter';
import { History } from '../state/history';
import { LabStore } from '../state/lab-store';
import { attempt, messages } from '../state/messages';
import { server } from '../state/server-store';
import { icon } from '../ui/icons';
import { showMenu } from '../ui/menu';
import { controls } from '../ui/styles';
import { Commands } from './commands';
import { labKeys } from './lab-keys';
import { showKeys } from './keys-dialog';
import { press } from './keys';
import { contextMenu, hasConsole, type LabActions } from './menus';
import './palette';
import { remember, TEMPLATE } from './palette';
import { readPicture } from './picture';
import './toolbar';
import './side-panel';
import type { Panel } from './side-panel';
import './bottom-dock';
import type { BottomDock } from './bottom-dock';
import { labStyles } from './lab-styles';

/** One lab: its canvas with everything around it. */
@customElement('pb-lab-page')
export class LabPage extends LitElement {
  static override styles = [controls, labStyles];

  @property() projectId = '';
  @state() private tool: Tool = 'select';
  @state() private panel: Panel | '' = '';
  @state() private scale = 100;
  @query('pb-canvas') private canvas!: Canvas;
  @query('pb-bottom-dock') private dock!: BottomDock;
  private lab!: LabStore;
  private history = new History();
  private selection = new Selection();
  private commands!: Commands;
  private ends: (() => void)[] = [];

  constructor() {
    super();
    new Follows(this, () => [server.changed]);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('projectId') && this.projectId) {
      this.close();
      this.lab = new LabStore(this.projectId);
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
    document.title = `${this.lab?.project?.name ?? 'Lab'} · Patchbay`;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
    document.title = 'Patchbay';
  }

  private close(): void {
    this.ends.forEach((end) => end());
    this.lab?.stop();
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
  };

  private openConsoles(ids: string[]): void {
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
      await attempt(`Not every node could ${verb}`, () => api.allNodesDo(this.lab.id, verb));
    }
  }

  private async add(template: string, at = this.canvas.viewport.middle()): Promise<void> {
    const found = server.templates.get(template);
    if (found) {
      remember(template);
      const compute = found.compute_id ?? 'local';
      const place = this.canvas.snapped({ x: at.x - 30, y: at.y - 30 });
      await this.commands.addFromTemplate(found, place, compute);
      this.canvas.focus({ preventScroll: true });
    }
  }

  private async picture(file: File | undefined): Promise<void> {
    const picture = file && (await readPicture(file));
    if (picture) {
      const at = this.canvas.viewport.middle();
      await this.commands.draw(
        imageSvg(picture.data, picture.width, picture.height),
        { x: at.x - picture.width / 2, y: at.y - picture.height / 2 },
        0,
      );
    }
  }

  private align(how: Alignment): void {
    const refs = this.selection.all().filter((ref) => ref.kind !== 'link');
    const rects = refs.map((ref) => this.canvas.scene.rect(ref)!);
    const places = align(rects, how);
    void this.commands.move(
      refs.map((ref, index) => ({ ref, from: this.canvas.placeOf(ref)!, to: places[index]! })),
    );
  }

  private drop(event: DragEvent): void {
    const template = event.dataTransfer?.getData(TEMPLATE);
    const file = event.dataTransfer?.files[0];
    if (template) {
      event.preventDefault();
      void this.add(template, this.canvas.viewport.toScene(event));
    } else if (file?.type.startsWith('image/')) {
      event.preventDefault();
      void this.picture(file);
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
      return html`<p class="nothing soft" role="status">Opening the project…</p>`;
    }
    return html`
      <pb-palette @add=${(event: CustomEvent<string>) => void this.add(event.detail)}></pb-palette>
      <pb-lab-toolbar
        .name=${lab.project?.name ?? ''}
        .tool=${this.tool}
        .panel=${this.panel}
        .selected=${this.selection.ids('node').length + this.selection.ids('drawing').length}
        .nodes=${this.selection.ids('node').length}
        .history=${this.history}
        @verb=${(event: CustomEvent<Verb>) => void this.verb(event.detail)}
        @tool=${(event: CustomEvent<Tool>) => {
          this.tool = this.tool === event.detail ? 'select' : event.detail;
        }}
        @picture=${(event: CustomEvent<File>) => void this.picture(event.detail)}
        @align=${(event: CustomEvent<Alignment>) => this.align(event.detail)}
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
          @keydown=${this.key}
          @tool-used=${() => {
            this.tool = 'select';
          }}
          @zoomed=${() => {
            this.scale = Math.round(this.canvas.viewport.scale * 100);
          }}
          @open-node=${(event: CustomEvent<string>) => this.openConsoles([event.detail])}
          @menu=${(event: CustomEvent<{ x: number; y: number }>) =>
            showMenu(
              event.detail.x,
              event.detail.y,
              contextMenu(lab, this.selection, this.commands, this.canvas, this.actions),
            )}
        ></pb-canvas>
        ${lab.nodes.size + lab.drawings.size === 0
          ? html`<p class="hint">Drag a device here from the left.<br />Pull a link out of a device's edge.</p>`
          : ''}
        ${lab.state === 'live'
          ? ''
          : html`<div class="away" role="status">The server is away. What you see may be old.</div>`}
        <div class="zoom">
          <button class="quiet icon" aria-label="Zoom out" @click=${() => this.canvas.viewport.zoomBy(0.8)}>
            ${icon('minus')}
          </button>
          <output aria-label="Zoom">${this.scale}%</output>
          <button class="quiet icon" aria-label="Zoom in" @click=${() => this.canvas.viewport.zoomBy(1.25)}>
            ${icon('plus')}
          </button>
          <button class="quiet icon" aria-label="Zoom to fit" @click=${() => this.canvas.fit()}>
            ${icon('fit')}
          </button>
        </div>
      </div>
      <pb-side-panel
        .panel=${this.panel}
        .lab=${lab}
        .selection=${this.selection}
        .commands=${this.commands}
        @focus-node=${(event: CustomEvent<string>) =>
          this.canvas.focusOn({ kind: 'node', id: event.detail })}
        @open-packets=${(event: CustomEvent<string>) => void this.openPackets(event.detail)}
        @shut=${() => {
          this.panel = '';
        }}
      ></pb-side-panel>
      <pb-bottom-dock .lab=${lab}></pb-bottom-dock>
    `;
  }
}
