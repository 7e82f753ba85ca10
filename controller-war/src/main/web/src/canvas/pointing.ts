import type { Canvas } from './canvas';
import { band, dragging, resizing, shaping, wiring } from './gesture';
import type { Ref } from './selection';

/** What a press, a double press, a long press and a pointer that rests do on the canvas. */
export class Pointing {
  private space = false;
  private over: string | undefined;

  constructor(private readonly canvas: Canvas) {}

  listen(): void {
    const { canvas } = this;
    canvas.addEventListener('pointerdown', this.press);
    canvas.addEventListener('dblclick', this.double);
    canvas.addEventListener('contextmenu', this.context);
    canvas.addEventListener('pointerover', this.hover);
    canvas.addEventListener('pointerleave', this.hover);
    addEventListener('keydown', this.spaceKey);
    addEventListener('keyup', this.spaceKey);
  }

  end(): void {
    const { canvas } = this;
    canvas.removeEventListener('pointerdown', this.press);
    canvas.removeEventListener('dblclick', this.double);
    canvas.removeEventListener('contextmenu', this.context);
    canvas.removeEventListener('pointerover', this.hover);
    canvas.removeEventListener('pointerleave', this.hover);
    removeEventListener('keydown', this.spaceKey);
    removeEventListener('keyup', this.spaceKey);
  }

  /** Whether this press moves the view rather than something in it. */
  pans(event: Event): boolean {
    if (event.type.startsWith('touch')) {
      return (event as TouchEvent).touches.length > 1 || !refAt(event);
    }
    return (event as MouseEvent).button === 1 || this.space;
  }

  private readonly spaceKey = (event: KeyboardEvent) => {
    const [at] = event.composedPath();
    const onCanvas = at === this.canvas || (at instanceof SVGElement && this.canvas.shadowRoot!.contains(at));
    if (event.code === 'Space' && onCanvas) {
      this.space = event.type === 'keydown';
      this.canvas.classList.toggle('panning', this.space);
      event.preventDefault();
    } else if (event.key === 'Escape' && event.type === 'keydown') {
      this.canvas.gestures.cancel();
    }
  };

  private readonly press = (event: PointerEvent) => {
    const { canvas } = this;
    const path = event.composedPath();
    if (event.pointerType === 'touch' && !event.isPrimary) {
      // Two fingers move and zoom the view, wherever they are.
      canvas.gestures.cancel();
      return;
    }
    const busy = event.button !== 0 || this.space || canvas.gestures.active;
    if (busy || path.some((one) => one instanceof HTMLTextAreaElement)) {
      return;
    }
    canvas.focus({ preventScroll: true });
    const ref = refAt(event);
    const part = path[0] as Element;
    if (canvas.readonly) {
      this.pick(ref, event);
    } else if (canvas.tool === 'text') {
      canvas.editing.beginNote(canvas.viewport.toScene(event));
      event.preventDefault();
      this.used();
    } else if (canvas.tool !== 'select') {
      canvas.gestures.begin(shaping(canvas, event, canvas.tool));
      this.used();
    } else if (part === canvas.handle.element) {
      canvas.gestures.begin(resizing(canvas, canvas.selection.ids('drawing')[0]!));
    } else if (ref?.kind === 'node' && part.classList.contains('edge') && !event.shiftKey) {
      canvas.gestures.begin(wiring(canvas, ref.id));
    } else if (ref?.kind === 'link') {
      this.pick(ref, event);
    } else if (ref) {
      canvas.gestures.begin(dragging(canvas, event, ref));
    } else if (event.pointerType !== 'touch') {
      canvas.gestures.begin(band(canvas, event));
    } else {
      canvas.selection.clear();
    }
  };

  private pick(ref: Ref | undefined, event: PointerEvent): void {
    const { selection } = this.canvas;
    if (!ref) {
      selection.clear();
    } else if (event.shiftKey || event.ctrlKey || event.metaKey) {
      selection.toggle(ref);
    } else {
      selection.set([ref]);
    }
  }

  private readonly hover = (event: PointerEvent) => {
    const ref = event.type === 'pointerleave' ? undefined : refAt(event);
    const over = ref?.kind === 'link' && !this.canvas.gestures.active ? ref.id : undefined;
    if (over !== this.over) {
      this.over = over;
      this.say('over', { link: over, x: event.clientX, y: event.clientY });
    }
  };

  private used(): void {
    this.say('tool-used');
  }

  private say(type: string, detail?: unknown): void {
    this.canvas.dispatchEvent(new CustomEvent(type, { detail }));
  }

  private readonly double = (event: MouseEvent) => {
    const ref = refAt(event);
    const label = (event.composedPath()[0] as Element).classList.contains('label');
    if (ref?.kind === 'node' && (!label || this.canvas.readonly)) {
      this.say('open-node', ref.id);
    } else if (ref && ref.kind !== 'link') {
      this.canvas.edit(ref);
    }
  };

  private readonly context = (event: MouseEvent) => {
    event.preventDefault();
    const { selection } = this.canvas;
    const ref = refAt(event);
    if (ref && !selection.has(ref.id)) {
      selection.set([ref]);
    } else if (!ref) {
      selection.clear();
    }
    this.say('menu', { x: event.clientX, y: event.clientY, ref });
  };
}

/** What an event is at: the node, link or drawing around its target. */
function refAt(event: Event): Ref | undefined {
  for (const element of event.composedPath()) {
    if (element instanceof SVGElement && element.dataset['id']) {
      const kind = (['node', 'link', 'drawing'] as const).find((name) =>
        element.classList.contains(name),
      );
      return kind && { kind, id: element.dataset['id'] };
    }
  }
  return undefined;
}
