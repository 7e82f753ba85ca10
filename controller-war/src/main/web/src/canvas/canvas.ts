import { html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Commands } from '../lab/commands';
import type { LabStore } from '../state/lab-store';
import { preferences } from '../state/preferences';
import { controls } from '../ui/styles';
import { canvasStyles } from './canvas-styles';
import { parseDrawing, readTextLook, textSvg } from './drawing-svg';
import { snap, type Point } from './geometry';
import { textEditor } from './text-editor';
import { band, dragging, resizing, shaping, wiring } from './gesture';
import { GestureRunner } from './gesture-runner';
import { connectNodes } from './port-chooser';
import { Scene } from './scene';
import type { Ref, Selection } from './selection';
import { make, set } from './svg';
import { Viewport } from './viewport';

export type Tool = 'select' | 'text' | 'rect' | 'ellipse' | 'line';

interface Editing {
  ref: Ref | undefined;
  at: Point;
  text: string;
}

/** Left around everything where a panel takes some of the room, for labels too. */
const ROOM = 40;

/**
 * The drawing area of a lab. Says `open-node`, `menu` (with the place and what is there) and
 * `tool-used`.
 */
@customElement('pb-canvas')
export class Canvas extends LitElement {
  static override styles = [controls, canvasStyles];

  @property({ attribute: false }) lab!: LabStore;
  @property({ attribute: false }) selection!: Selection;
  @property({ attribute: false }) commands!: Commands;
  @property({ reflect: true }) tool: Tool = 'select';
  @state() private editing: Editing | undefined;
  readonly overlay = make('g');
  viewport!: Viewport;
  scene!: Scene;
  private readonly gestures = new GestureRunner();
  private space = false;
  private readonly world = document.createElement('div');
  private readonly handle = make('circle', { class: 'handle', r: 6 });
  private size: { width: number; height: number } | undefined;
  private readonly observer = new ResizeObserver(() => this.keepMiddle());
  private ends: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = 0;
    this.setAttribute('role', 'application');
    this.setAttribute('aria-label', 'Topology. Press question mark for the keys.');
    this.addEventListener('pointerdown', this.press);
    this.addEventListener('dblclick', this.double);
    this.addEventListener('contextmenu', this.context);
    addEventListener('keydown', this.spaceKey);
    addEventListener('keyup', this.spaceKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.spaceKey);
    removeEventListener('keyup', this.spaceKey);
    this.observer.disconnect();
    this.gestures.cancel();
    this.ends.forEach((end) => end());
    this.scene?.close();
  }

  override firstUpdated(): void {
    this.world.className = 'world';
    const svg = make('svg', { class: 'scene' });
    this.world.append(svg);
    this.renderRoot.querySelector('.place')!.append(this.world);
    this.scene = new Scene(this.lab, this.selection);
    svg.append(this.scene.root, this.overlay);
    this.viewport = new Viewport(
      this,
      this.world,
      this.renderRoot.querySelector<HTMLElement>('.shield')!,
      (event) => this.pans(event),
      () => {
        this.placeGrid();
        this.dispatchEvent(new CustomEvent('zoomed'));
      },
    );
    this.fit();
    this.observer.observe(this);
    this.ends = [
      this.selection.changed.listen(() => this.placeHandle()),
      this.lab.changed.listen(() => {
        this.requestUpdate();
        this.placeHandle();
      }),
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

  fit(): void {
    this.viewport.fit(this.scene.box(this.selection.size > 1 ? this.selection.all() : undefined));
  }

  /** Not by custom properties: all that is drawn would inherit them, and be styled at each step. */
  private placeGrid(): void {
    const grid = this.renderRoot.querySelector<HTMLElement>('.grid');
    if (grid) {
      const step = (this.lab.project?.grid_size || 75) * this.viewport.scale;
      const own = this.getBoundingClientRect();
      const origin = this.viewport.toPage({ x: 0, y: 0 });
      grid.style.backgroundSize = `${step}px ${step}px`;
      grid.style.backgroundPosition = `${origin.x - own.left}px ${origin.y - own.top}px`;
    }
  }

  focusOn(ref: Ref): void {
    const box = this.scene.rect(ref);
    if (box) {
      this.selection.set([ref]);
      this.viewport.centreOn({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
      this.focus();
    }
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
    this.gestures.begin(wiring(this, from), true);
  }

  private pans(event: Event): boolean {
    if (event.type.startsWith('touch')) {
      return !this.refAt(event.composedPath());
    }
    return (event as MouseEvent).button === 1 || this.space;
  }

  private readonly spaceKey = (event: KeyboardEvent) => {
    if (event.code === 'Space' && event.composedPath()[0] === this) {
      this.space = event.type === 'keydown';
      this.classList.toggle('panning', this.space);
      event.preventDefault();
    } else if (event.key === 'Escape' && event.type === 'keydown') {
      this.gestures.cancel();
    }
  };

  private refAt(path: EventTarget[]): Ref | undefined {
    for (const element of path) {
      if (element instanceof SVGElement && element.dataset['id']) {
        const kind = (['node', 'link', 'drawing'] as const).find((name) =>
          element.classList.contains(name),
        );
        return kind && { kind, id: element.dataset['id'] };
      }
    }
    return undefined;
  }

  private readonly press = (event: PointerEvent) => {
    const path = event.composedPath();
    if (event.button !== 0 || this.space || this.gestures.active || path.some((one) => one instanceof HTMLTextAreaElement)) {
      return;
    }
    this.focus({ preventScroll: true });
    const ref = this.refAt(path);
    const part = path[0] as Element;
    if (this.tool === 'text') {
      this.editing = { ref: undefined, at: this.viewport.toScene(event), text: '' };
      event.preventDefault();
      this.used();
    } else if (this.tool !== 'select') {
      this.gestures.begin(shaping(this, event, this.tool));
      this.used();
    } else if (part === this.handle) {
      this.gestures.begin(resizing(this, this.selection.ids('drawing')[0]!));
    } else if (ref?.kind === 'node' && part.classList.contains('edge') && !event.shiftKey) {
      this.gestures.begin(wiring(this, ref.id));
    } else if (ref?.kind === 'link') {
      if (event.shiftKey || event.ctrlKey || event.metaKey) {
        this.selection.toggle(ref);
      } else {
        this.selection.set([ref]);
      }
    } else if (ref) {
      this.gestures.begin(dragging(this, event, ref));
    } else if (event.pointerType !== 'touch') {
      this.gestures.begin(band(this, event));
    } else {
      this.selection.clear();
    }
  };

  private used(): void {
    this.dispatchEvent(new CustomEvent('tool-used'));
  }

  private readonly double = (event: MouseEvent) => {
    const ref = this.refAt(event.composedPath());
    const label = (event.composedPath()[0] as Element).classList.contains('label');
    if (ref?.kind === 'node' && !label) {
      this.dispatchEvent(new CustomEvent('open-node', { detail: ref.id }));
    } else if (ref && ref.kind !== 'link') {
      this.edit(ref);
    }
  };

  private readonly context = (event: MouseEvent) => {
    event.preventDefault();
    const ref = this.refAt(event.composedPath());
    if (ref && !this.selection.has(ref.id)) {
      this.selection.set([ref]);
    } else if (!ref) {
      this.selection.clear();
    }
    this.dispatchEvent(
      new CustomEvent('menu', { detail: { x: event.clientX, y: event.clientY, ref } }),
    );
  };

  /** Edits the name of a node or the words of a text where they stand. */
  edit(ref: Ref): void {
    const node = this.lab.nodes.get(ref.id);
    const drawing = this.lab.drawings.get(ref.id);
    if (node) {
      const label = this.scene.nodes.get(ref.id)!.labelBox();
      const at = this.viewport.toScene({ clientX: label.left - 8, clientY: label.top - 6 });
      this.editing = { ref, at, text: node.name };
    } else if (drawing && parseDrawing(drawing.svg).shape === 'text') {
      this.editing = { ref, at: drawing, text: parseDrawing(drawing.svg).text };
    }
  }

  private edited(text: string): void {
    const editing = this.editing;
    this.editing = undefined;
    this.focus({ preventScroll: true });
    const words = text.trimEnd();
    if (!editing || !words || words === editing.text) {
      return;
    }
    const node = editing.ref && this.lab.nodes.get(editing.ref.id);
    const drawing = editing.ref && this.lab.drawings.get(editing.ref.id);
    if (node) {
      void this.commands.rename(node, words.trim());
    } else if (drawing) {
      const { element } = parseDrawing(drawing.svg);
      const svg = element ? textSvg(words, readTextLook(element)) : textSvg(words);
      void this.commands.changeDrawing('Change the text', drawing.drawing_id, { svg });
    } else {
      void this.commands.draw(textSvg(words), editing.at);
    }
  }

  placeHandle(): void {
    const [only] = this.selection.size === 1 ? this.selection.ids('drawing') : [];
    const drawing = only ? this.lab.drawings.get(only) : undefined;
    const parsed = only ? this.scene.drawings.get(only)?.parsed : undefined;
    const shape = parsed?.shape;
    if (!drawing || !shape || shape === 'text' || drawing.locked || drawing.rotation) {
      this.handle.remove();
      return;
    }
    const rect = this.scene.rect({ kind: 'drawing', id: drawing.drawing_id })!;
    const line = shape === 'line' ? parsed?.element : undefined;
    set(this.handle, {
      cx: line ? drawing.x + Number(line.getAttribute('x2')) : rect.x + rect.width,
      cy: line ? drawing.y + Number(line.getAttribute('y2')) : rect.y + rect.height,
    });
    this.overlay.append(this.handle);
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
      ${this.editing
        ? textEditor({
            text: this.editing.text,
            at: this.viewport.toPage(this.editing.at),
            within: this.getBoundingClientRect(),
            oneLine: this.editing.ref?.kind === 'node',
            done: (text) => this.edited(text),
            cancel: () => {
              this.editing = undefined;
              this.focus();
            },
          })
        : ''}`;
  }
}
