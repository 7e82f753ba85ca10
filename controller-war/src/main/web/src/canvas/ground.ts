import { around, type Rect } from './geometry';
import { make, set } from './svg';

/** So far it reaches beyond what is on it, so that it seldom has to grow. */
const ROOM = 400;

/**
 * What everything stands on; nothing is seen of it. In each frame in which the view moves a browser
 * puts together the outlines of all that may be pressed or turned the wheel on, one by one, which
 * for thousands takes longer than a frame has; inside one that is there already they cost nothing.
 */
export class Ground {
  readonly element = make('rect', { class: 'ground' });
  area: Rect | undefined;

  /** Makes it reach below this. */
  cover(rect: Rect): void {
    const { area } = this;
    const inside =
      area &&
      rect.x >= area.x &&
      rect.y >= area.y &&
      rect.x + rect.width <= area.x + area.width &&
      rect.y + rect.height <= area.y + area.height;
    if (!inside) {
      const wide = {
        x: rect.x - ROOM,
        y: rect.y - ROOM,
        width: rect.width + 2 * ROOM,
        height: rect.height + 2 * ROOM,
      };
      this.area = area ? around([area, wide])! : wide;
      set(this.element, { ...this.area });
    }
  }
}
