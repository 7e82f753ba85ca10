import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Commands } from '../lab/commands';
import type { LabStore } from '../state/lab-store';
import { preferences } from '../state/preferences';
import type { TrafficWatch } from '../state/traffic';
import { controls } from '../ui/styles';
import { canvasStyles } from './canvas-styles';
import { around, snap, type Point, type Rect } from './geometry';
import { wiring } from './gesture';
import { GestureRunner } from './gesture-runner';
import { connectNodes } from './port-chooser';
import { Scene } from './scene';
import { Pointing } from './pointing';
import { ResizeHandle } from './resize-handle';
import type { Ref, Selection } from './selection';
import { make } from './svg';
import { TextEditing } from './text-editing';
import { Viewport } from './viewport';

export type Tool = 'select' | 'text' | 'rect' | 'ellipse' | 'line';

/** Dashes move on as many links, unless the lab is large: each step draws it anew. */
const MOVING = 60;
/** A lab of more nodes is drawn anew only where something has changed. */
const LARGE = 300;

/** Left around everything where a panel takes some of the room, for labels too. */
const ROOM = 40;

/**
 * The drawing area of a lab. Says `open-node`, `menu` (with the place and what is there), `over`
 * (with the link below the pointer, or nothing) and `tool-used`.
 */
@customElement('pb-canvas')
export class Canvas extends LitElement {
  static override styles = [controls, canvasStyles];

  @property({ attribute: false }) lab!: LabStore;
  @property({ attribute: false }) selection!: Selection;
  @property({ attribute: false }) commands!: Commands;
  @property({ attribute: false }) traffic!: TrafficWatch;
  @property({ reflect: true }) tool: Tool = 'select';
  /** Whether things may be selected and nothing else. */
  @property({ type: Boolean }) readonly = false;
  readonly overlay = make('g');
  viewport!: Viewport;
  scene!: Scene;
  private readonly world = document.createElement('div');
  private readonly scaled = document.createElement('div');
  readonly gestures = new GestureRunner();
  readonly handle = new ResizeHandle(this);
  readonly editing = new TextEditing(this);
  private readonly pointing = new Pointing(this);
  private size: { width: number; height: number } | undefined;
  private readonly observer = new ResizeObserver(() => this.keepMiddle());
  private ends: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = 0;
    this.setAttribute('role', 'application');
    this.setAttribute('aria-label', 'Topology. Press question mark for the keys.');
    this.pointing.listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pointing.end();
    this.observer.disconnect();
    this.gestures.cancel();
    this.ends.forEach((end) => end());
    this.scene?.close();
  }

  override firstUpdated(): void {
    this.world.className = 'world';
    const svg = make('svg', { class: 'scene' });
    this.scaled.className = 'scaled';
    this.scaled.append(svg);
    const sheet = document.createElement('div');
    sheet.className = 'sheet';
    this.world.append(sheet, this.scaled);
    this.renderRoot.querySelector('.place')!.append(this.world);
    this.scene = new Scene(this.lab, this.selection);
    svg.append(this.scene.root, this.overlay);
    this.viewport = new Viewport(
      this,
      this.world,
      sheet,
      this.scaled,
      this.renderRoot.querySelector<HTMLElement>('.shield')!,
      (event) => this.pointing.pans(event),
      () => this.scene.area,
      () => {
        this.placeGrid();
        this.dispatchEvent(new CustomEvent('zoomed'));
      },
    );
    this.measure();
    this.fit();
    this.observer.observe(this);
    this.ends = [
      this.selection.changed.listen(() => this.handle.place()),
      this.lab.changed.listen(() => {
        this.requestUpdate();
        this.measure();
        this.handle.place();
      }),
      this.traffic.changed.listen(() => this.showTraffic()),
      preferences.changed.listen(() => this.requestUpdate()),
    ];
  }

  /** When a panel comes or goes, the middle stays the middle, and what was seen whole is seen whole. */
  private keepMiddle(): void {
    const { clientWidth: width, clientHeight: height, size } = this;
    this.size = { width, height };
    if (!size?.width || (size.width === width && size.height === height)) {
      return;
    }
    const all = this.scene.box();
    const whole = all && this.viewport.shows(all, size.width, size.height);
    this.viewport.panBy((width - size.width) / 2, (height - size.height) / 2);
    if (all && whole && !this.viewport.shows(all, width, height)) {
      this.viewport.fit(all, ROOM);
    }
  }

  /** Takes notice of how large the lab has become. */
  private measure(): void {
    this.classList.toggle('large', this.large);
    this.viewport.spread();
  }

  private showTraffic(): void {
    const shown = this.scene.showFlows(this.traffic.flows);
    this.classList.toggle('many', shown > MOVING || this.large);
  }

  private get large(): boolean {
    return this.scene.nodes.size > LARGE;
  }

  placeHandle(): void {
    this.handle.place();
  }

  fit(): void {
    this.viewport.fit(this.scene.box(this.selection.size > 1 ? this.selection.all() : undefined));
  }

  /** Not by custom properties: all that is drawn would inherit them, and be styled at each step. */
  private placeGrid(): void {
    const grid = this.renderRoot.querySelector<HTMLElement>('.grid');
    if (grid) {
      const step = (this.lab.project?.grid_size || 75) * this.viewport.scale;
      const { x, y } = this.viewport.origin;
      grid.style.backgroundSize = `${step}px ${step}px`;
      grid.style.backgroundPosition = `${x}px ${y}px`;
    }
  }

  focusOn(ref: Ref): void {
    const box = this.areaOf(ref);
    if (box) {
      this.selection.set([ref]);
      this.viewport.centreOn({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
      this.focusSelected();
    }
  }

  /** A link's is that of the devices at its ends. */
  private areaOf(ref: Ref): Rect | undefined {
    if (ref.kind !== 'link') {
      return this.scene.rect(ref);
    }
    const ends = this.lab.links.get(ref.id)?.nodes ?? [];
    return around(ends.flatMap((end) => this.scene.rect({ kind: 'node', id: end.node_id }) ?? []));
  }

  /** Puts the focus on what is selected alone, so that a screen reader says what it is. */
  focusSelected(): void {
    const [only, ...others] = this.selection.all();
    const view = only && others.length === 0 ? this.scene.view(only.id) : undefined;
    (view?.element ?? this).focus({ preventScroll: true });
  }

  placeOf(ref: Ref): Point | undefined {
    const item = ref.kind === 'node' ? this.lab.nodes.get(ref.id) : this.lab.drawings.get(ref.id);
    return item && { x: item.x, y: item.y };
  }

  gridFor(ref: Ref): number {
    const project = this.lab.project;
    if (!project?.snap_to_grid) {
      return 0;
    }
    return ref.kind === 'node' ? project.grid_size : project.drawing_grid_size;
  }

  snapped(point: Point): Point {
    const grid = this.gridFor({ kind: 'drawing', id: '' });
    return { x: snap(point.x, grid), y: snap(point.y, grid) };
  }

  /** The node below the pointer, its edge included. */
  nodeAt(event: { clientX: number; clientY: number }): string | undefined {
    const at = this.shadowRoot!.elementFromPoint(event.clientX, event.clientY);
    return at?.closest<SVGElement>('.node')?.dataset['id'];
  }

  async connect(from: string, to: string): Promise<void> {
    await connectNodes(this.lab, this.commands, from, to);
    this.focus({ preventScroll: true });
  }

  /** From here on the pointer draws a link from this node until it is pressed. */
  startWire(from: string): void {
    if (!this.readonly) {
      this.gestures.begin(wiring(this, from), true);
    }
  }

  /** Edits the name of a node or the words of a text where they stand. */
  edit(ref: Ref): void {
    if (!this.readonly) {
      this.editing.beginWith(ref);
    }
  }

  override updated(): void {
    const area = this.renderRoot.querySelector<HTMLTextAreaElement>('.edit');
    if (area && this.shadowRoot?.activeElement !== area) {
      area.focus();
      area.select();
    }
    const project = this.lab.project;
    const ports = preferences.kept.labels || project?.show_interface_labels;
    this.setAttribute('ports', ports ? 'on' : 'off');
    if (this.viewport) {
      this.placeGrid();
    }
  }

  override render() {
    return html`${this.lab.project?.show_grid ? html`<div class="grid"></div>` : ''}
      <div class="place"></div>
      <div class="shield" hidden></div>
      ${this.editing.render()}`;
  }
}
