import type { Canvas } from './canvas';
import { make, set } from './svg';

/** The handle at the corner of a drawing that is selected alone, by which its size is changed. */
export class ResizeHandle {
  readonly element = make('circle', { class: 'handle', r: 6 });

  constructor(private readonly canvas: Canvas) {}

  place(): void {
    const { lab, scene, selection, readonly, overlay } = this.canvas;
    const [only] = selection.size === 1 ? selection.ids('drawing') : [];
    const drawing = only ? lab.drawings.get(only) : undefined;
    const parsed = only ? scene.drawings.get(only)?.parsed : undefined;
    const shape = parsed?.shape;
    if (!drawing || !shape || shape === 'text' || drawing.locked || drawing.rotation || readonly) {
      this.element.remove();
      return;
    }
    const rect = scene.rect({ kind: 'drawing', id: drawing.drawing_id })!;
    const line = shape === 'line' ? parsed?.element : undefined;
    set(this.element, {
      cx: line ? drawing.x + Number(line.getAttribute('x2')) : rect.x + rect.width,
      cy: line ? drawing.y + Number(line.getAttribute('y2')) : rect.y + rect.height,
    });
    overlay.append(this.element);
  }
}
