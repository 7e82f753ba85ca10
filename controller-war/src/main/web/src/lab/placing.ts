import { align, type Alignment } from '../canvas/align';
import type { Canvas } from '../canvas/canvas';
import { imageSvg } from '../canvas/drawing-svg';
import { server } from '../state/server-store';
import { remember, TEMPLATE } from './palette';
import { readPicture } from './picture';

/** Makes a device of a template, around a place of the scene. */
export async function addDevice(canvas: Canvas, template: string, at = canvas.viewport.middle()): Promise<void> {
  const found = server.templates.get(template);
  if (found) {
    remember(template);
    const compute = found.compute_id ?? 'local';
    const place = canvas.snapped({ x: at.x - 30, y: at.y - 30 });
    await canvas.commands.addFromTemplate(found, place, compute);
    canvas.focus({ preventScroll: true });
  }
}

/** Puts a picture into the middle of what is seen. */
export async function addPicture(canvas: Canvas, file: File | undefined): Promise<void> {
  const picture = file && (await readPicture(file));
  if (picture) {
    const at = canvas.viewport.middle();
    await canvas.commands.draw(
      imageSvg(picture.data, picture.width, picture.height),
      { x: at.x - picture.width / 2, y: at.y - picture.height / 2 },
      0,
    );
  }
}

/** Takes what was dragged onto the canvas: a device of the palette, or a file with a picture. */
export function dropOn(canvas: Canvas, event: DragEvent): void {
  const template = event.dataTransfer?.getData(TEMPLATE);
  const file = event.dataTransfer?.files[0];
  if (template) {
    event.preventDefault();
    void addDevice(canvas, template, canvas.viewport.toScene(event));
  } else if (file?.type.startsWith('image/')) {
    event.preventDefault();
    void addPicture(canvas, file);
  }
}

/** Lines up the nodes and drawings that are selected. */
export function alignSelected(canvas: Canvas, how: Alignment): void {
  const refs = canvas.selection.all().filter((ref) => ref.kind !== 'link');
  const rects = refs.map((ref) => canvas.scene.rect(ref)!);
  const places = align(rects, how);
  void canvas.commands.move(
    refs.map((ref, index) => ({ ref, from: canvas.placeOf(ref)!, to: places[index]! })),
  );
}
