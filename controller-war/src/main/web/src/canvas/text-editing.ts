import type { TemplateResult } from 'lit';
import type { Canvas } from './canvas';
import { parseDrawing, readTextLook, textSvg } from './drawing-svg';
import type { Point } from './geometry';
import type { Ref } from './selection';
import { textEditor } from './text-editor';

/** The name of a node, or the words of a note, that the user edits where they stand. */
export class TextEditing {
  private now: { ref: Ref | undefined; at: Point; text: string } | undefined;

  constructor(private readonly canvas: Canvas) {}

  /** Begins a new note at a place of the scene. */
  beginNote(at: Point): void {
    this.begin(undefined, at, '');
  }

  /** Begins with what there is; of no effect on what has no words. */
  beginWith(ref: Ref): void {
    const { lab, scene, viewport } = this.canvas;
    const node = lab.nodes.get(ref.id);
    const drawing = lab.drawings.get(ref.id);
    if (node) {
      const label = scene.nodes.get(ref.id)!.labelBox();
      const at = viewport.toScene({ clientX: label.left - 8, clientY: label.top - 6 });
      this.begin(ref, at, node.name);
    } else if (drawing && parseDrawing(drawing.svg).shape === 'text') {
      this.begin(ref, drawing, parseDrawing(drawing.svg).text);
    }
  }

  private begin(ref: Ref | undefined, at: Point, text: string): void {
    this.now = { ref, at, text };
    this.canvas.requestUpdate();
  }

  private finish(text: string): void {
    const editing = this.now;
    this.now = undefined;
    this.canvas.requestUpdate();
    this.canvas.focusSelected();
    const words = text.trimEnd();
    if (!editing || !words || words === editing.text) {
      return;
    }
    const { lab, commands } = this.canvas;
    const node = editing.ref && lab.nodes.get(editing.ref.id);
    const drawing = editing.ref && lab.drawings.get(editing.ref.id);
    if (node) {
      void commands.rename(node, words.trim());
    } else if (drawing) {
      const { element } = parseDrawing(drawing.svg);
      const svg = element ? textSvg(words, readTextLook(element)) : textSvg(words);
      void commands.changeDrawing('Change the text', drawing.drawing_id, { svg });
    } else {
      void commands.draw(textSvg(words), editing.at);
    }
  }

  render(): TemplateResult | '' {
    const { now, canvas } = this;
    return now
      ? textEditor({
          text: now.text,
          at: canvas.viewport.toPage(now.at),
          within: canvas.getBoundingClientRect(),
          oneLine: now.ref?.kind === 'node',
          done: (text) => this.finish(text),
          cancel: () => {
            this.now = undefined;
            canvas.requestUpdate();
            canvas.focusSelected();
          },
        })
      : '';
  }
}
