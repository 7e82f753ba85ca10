import type { Gesture } from './gesture';

/** Leads the pointer's events of the whole page to the one gesture that is made. */
export class GestureRunner {
  private gesture: Gesture | undefined;

  get active(): boolean {
    return this.gesture !== undefined;
  }

  /** @param sticky goes on without a pressed pointer, until the next press */
  begin(gesture: Gesture, sticky = false): void {
    this.cancel();
    this.gesture = gesture;
    addEventListener('pointermove', this.move);
    addEventListener(sticky ? 'pointerdown' : 'pointerup', this.finish, true);
    addEventListener('pointercancel', this.cancel);
  }

  readonly cancel = (): void => {
    const gesture = this.gesture;
    this.end();
    gesture?.cancel();
  };

  private end(): void {
    this.gesture = undefined;
    removeEventListener('pointermove', this.move);
    removeEventListener('pointerup', this.finish, true);
    removeEventListener('pointerdown', this.finish, true);
    removeEventListener('pointercancel', this.cancel);
  }

  private readonly move = (event: PointerEvent): void => this.gesture?.move(event);

  private readonly finish = (event: PointerEvent): void => {
    const gesture = this.gesture;
    if (event.type === 'pointerdown') {
      event.stopPropagation();
    }
    this.end();
    gesture?.end(event);
  };
}
