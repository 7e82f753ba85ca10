import { centre, between, snap, type Point } from './geometry';
import type { Canvas } from './canvas';
import type { Ref } from './selection';
import { make, set } from './svg';
import { rectSvg, ellipseSvg, lineSvg, parseDrawing, readLook } from './drawing-svg';

/** What the pointer does from when it is pressed until it is let go. */
export interface Gesture {
  move(event: PointerEvent): void;
  end(event: PointerEvent): void;
  cancel(): void;
}

/** So far the pointer may tremble before a press becomes a drag. */
const TREMBLE = 3;

/** Moves what is selected; a press that does not move selects. */
export function dragging(canvas: Canvas, start: PointerEvent, pressed: Ref): Gesture {
  const from = canvas.viewport.toScene(start);
  const { selection, scene } = canvas;
  const before = selection.has(pressed.id);
  if (start.shiftKey || start.ctrlKey || start.metaKey) {
    selection.toggle(pressed);
  } else if (!before) {
    selection.set([pressed]);
  }
  const refs = selection
    .all()
    .filter((ref) => ref.kind !== 'link' && !canvas.commands.locked(ref));
  const places = new Map<Ref, Point>(
    refs.map((ref) => [ref, canvas.placeOf(ref) ?? { x: 0, y: 0 }]),
  );
  let moved = false;
  const to = (ref: Ref, by: Point): Point => {
    const place = places.get(ref)!;
    const grid = canvas.gridFor(ref);
    return { x: snap(place.x + by.x, grid), y: snap(place.y + by.y, grid) };
  };
  const by = (event: PointerEvent): Point => {
    const at = canvas.viewport.toScene(event);
    return { x: at.x - from.x, y: at.y - from.y };
  };
  return {
    move(event) {
      if (!moved && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < TREMBLE) {
        return;
      }
      if (!moved) {
        moved = true;
        scene.hold(refs);
      }
      const way = by(event);
      refs.forEach((ref) => scene.move(ref, to(ref, way)));
    },
    end(event) {
      if (!moved) {
        if (before && !start.shiftKey && !start.ctrlKey && !start.metaKey) {
          selection.set([pressed]);
        }
        return;
      }
      const way = by(event);
      const moves = refs.map((ref) => ({ ref, from: places.get(ref)!, to: to(ref, way) }));
      const done = moves.length > 0 ? canvas.commands.move(moves) : Promise.resolve(true);
      void done.then(() => scene.release(refs));
    },
    cancel() {
      scene.release(refs);
    },
  };
}

/** Selects what a rectangle touches. */
export function band(canvas: Canvas, start: PointerEvent): Gesture {
  const from = canvas.viewport.toScene(start);
  const add = start.shiftKey || start.ctrlKey || start.metaKey;
  const before = add ? canvas.selection.all() : [];
  canvas.selection.set(before);
  const box = make('rect', { class: 'band' });
  canvas.overlay.append(box);
  return {
    move(event) {
      const area = between(from, canvas.viewport.toScene(event));
      set(box, { ...area });
      canvas.selection.set([...before, ...canvas.scene.within(area)]);
    },
    end: () => box.remove(),
    cancel: () => box.remove(),
  };
}

/** Draws a link from a node; let go over another one, or pressed there, it is connected. */
export function wiring(canvas: Canvas, from: string): Gesture {
  const line = make('path', { class: 'draft' });
  canvas.overlay.append(line);
  const rect = canvas.scene.nodes.get(from)?.rect;
  const origin = rect ? centre(rect) : { x: 0, y: 0 };
  let target: string | undefined;
  const aim = (id: string | undefined) => {
    canvas.scene.nodes.get(target ?? '')?.element.classList.remove('target');
    target = id === from ? undefined : id;
    canvas.scene.nodes.get(target ?? '')?.element.classList.add('target');
  };
  const finish = () => {
    line.remove();
    const found = target;
    aim(undefined);
    return found;
  };
  return {
    move(event) {
      const at = canvas.viewport.toScene(event);
      set(line, { d: `M${origin.x} ${origin.y}L${at.x} ${at.y}` });
      aim(canvas.nodeAt(event));
    },
    end(event) {
      aim(canvas.nodeAt(event));
      const found = finish();
      if (found) {
        void canvas.connect(from, found);
      }
    },
    cancel: finish,
  };
}

/** Draws a rectangle, an ellipse or a line. */
export function shaping(canvas: Canvas, start: PointerEvent, tool: 'rect' | 'ellipse' | 'line'): Gesture {
  const from = canvas.snapped(canvas.viewport.toScene(start));
  const draft = make('path', { class: 'draft' });
  canvas.overlay.append(draft);
  return {
    move(event) {
      const to = canvas.snapped(canvas.viewport.toScene(event));
      set(draft, {
        d:
          tool === 'line'
            ? `M${from.x} ${from.y}L${to.x} ${to.y}`
            : `M${from.x} ${from.y}H${to.x}V${to.y}H${from.x}Z`,
      });
    },
    end(event) {
      draft.remove();
      const to = canvas.snapped(canvas.viewport.toScene(event));
      const area = between(from, to);
      if (Math.max(area.width, area.height) < 5) {
        return;
      }
      const svg = {
        rect: () => rectSvg(area.width, area.height),
        ellipse: () => ellipseSvg(area.width, area.height),
        line: () => lineSvg(to.x - from.x, to.y - from.y),
      }[tool]();
      void canvas.commands.draw(svg, tool === 'line' ? from : area, tool === 'line' ? 1 : 0);
    },
    cancel: () => draft.remove(),
  };
}

/** Changes the size of a drawing by the handle at its corner. */
export function resizing(canvas: Canvas, id: string): Gesture {
  const view = canvas.scene.drawings.get(id);
  const drawing = canvas.lab.drawings.get(id);
  let svg = drawing?.svg ?? '';
  const redraw = (event: PointerEvent) => {
    if (!view || !drawing) {
      return;
    }
    const at = canvas.snapped(canvas.viewport.toScene(event));
    const width = at.x - drawing.x;
    const height = at.y - drawing.y;
    svg = resized(drawing.svg, width, height);
    view.preview(svg);
    canvas.placeHandle();
  };
  return {
    move: redraw,
    end(event) {
      redraw(event);
      void canvas.commands.changeDrawing('Resize', id, { svg });
    },
    cancel: () => drawing && view?.preview(drawing.svg),
  };
}

/** The same drawing in another size; a line keeps its beginning and may go any way. */
export function resized(svg: string, width: number, height: number): string {
  const { shape, element } = parseDrawing(svg);
  const [w, h] = [Math.max(8, width), Math.max(8, height)];
  switch (element && shape) {
    case 'rect':
      return rectSvg(w, h, readLook(element!));
    case 'ellipse':
      return ellipseSvg(w, h, readLook(element!));
    case 'line':
      return lineSvg(width, height, readLook(element!));
    case 'image':
      return svg
        .replace(/(<svg[^>]*?\bwidth=")[^"]*/, `$1${Math.round(w)}`)
        .replace(/(<svg[^>]*?\bheight=")[^"]*/, `$1${Math.round(h)}`)
        .replace(/(<image[^>]*?\bwidth=")[^"]*/, `$1${Math.round(w)}`)
        .replace(/(<image[^>]*?\bheight=")[^"]*/, `$1${Math.round(h)}`);
    default:
      return svg;
  }
}
