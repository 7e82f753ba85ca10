import { select } from 'd3-selection';
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior, type ZoomTransform } from 'd3-zoom';
import type { Point, Rect } from './geometry';

const STILL_AFTER = 180;
/** A picture that is stretched more than this is drawn anew though the view still moves. */
const MOST_STRETCHED = 4;
/** Below this scale port labels are too small to be read, and only cost time. */
const FAR = 0.45;

/**
 * Pan and zoom: while the view moves nothing is drawn anew, but the picture of the world that is
 * there is moved and stretched. The scale in which it is drawn is that of an element inside, as
 * browsers draw what is announced to change in its full size.
 */
export class Viewport {
  private readonly behaviour: ZoomBehavior<HTMLElement, unknown>;
  private transform: ZoomTransform = zoomIdentity;
  private drawn = 1;
  private still: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param sheet lies below everything, inside the world
   * @param scaled holds everything, inside the world
   * @param shield lies over the world while the view is moved
   * @param pans whether this press of the pointer moves the view rather than something in it
   * @param area of the scene where something is
   */
  constructor(
    private readonly host: HTMLElement,
    private readonly world: HTMLElement,
    private readonly sheet: HTMLElement,
    private readonly scaled: HTMLElement,
    shield: HTMLElement,
    pans: (event: Event) => boolean,
    private readonly area: () => Rect | undefined,
    private readonly changed: (transform: ZoomTransform) => void,
  ) {
    this.behaviour = zoom<HTMLElement, unknown>()
      .scaleExtent([0.05, 5])
      .filter((event: Event) => event.type === 'wheel' || pans(event))
      .wheelDelta(
        (event) => -event.deltaY * (event.deltaMode === 1 ? 0.05 : event.deltaMode ? 1 : 0.0022),
      )
      .on('start', (event: D3ZoomEvent<HTMLElement, unknown>) => {
        // What the pointer passes over while it moves the view would be drawn as hovered.
        if ((event.sourceEvent as Event | null)?.type === 'mousedown') {
          shield.hidden = false;
        }
      })
      .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) =>
        this.apply(event.transform, !event.sourceEvent),
      )
      .on('end', (event: D3ZoomEvent<HTMLElement, unknown>) => {
        // The wheel ends a while after its last turn, when the view may be dragged already.
        if ((event.sourceEvent as Event | null)?.type !== 'wheel') {
          shield.hidden = true;
        }
      });
    select(host).call(this.behaviour).on('dblclick.zoom', null);
  }

  get scale(): number {
    return this.transform.k;
  }

  /** Where the scene's origin is, from the corner of the view. */
  get origin(): Point {
    return { x: this.transform.x, y: this.transform.y };
  }

  private apply(transform: ZoomTransform, sharp: boolean): void {
    this.transform = transform;
    clearTimeout(this.still);
    const stretched = transform.k / this.drawn;
    if (sharp || stretched > MOST_STRETCHED || stretched < 1 / MOST_STRETCHED) {
      this.sharpen();
    } else if (stretched !== 1) {
      this.still = setTimeout(() => this.sharpen(), STILL_AFTER);
    }
    this.place();
    this.changed(transform);
  }

  private place(): void {
    const { x, y, k } = this.transform;
    // On whole pixels what is drawn is copied as it is, and stays sharp.
    const at = `translate3d(${Math.round(x)}px, ${Math.round(y)}px, 0)`;
    this.world.style.transform = `${at} scale(${k / this.drawn})`;
  }

  /** Draws everything in the size in which it is seen; until then the picture is only stretched. */
  private sharpen(): void {
    const { k } = this.transform;
    if (k !== this.drawn) {
      this.drawn = k;
      this.scaled.style.transform = `scale(${k})`;
      this.host.classList.toggle('far', k < FAR);
      this.spread();
      this.place();
    }
  }

  /** Puts the sheet below everything that there is. */
  spread(): void {
    const { x, y, width, height } = this.area() ?? { x: 0, y: 0, width: 0, height: 0 };
    const pixels = (length: number) => `${length * this.drawn}px`;
    Object.assign(this.sheet.style, {
      left: pixels(x),
      top: pixels(y),
      width: pixels(width),
      height: pixels(height),
    });
  }

  /** A place of the page in the units of the scene. */
  toScene(event: { clientX: number; clientY: number }): Point {
    const box = this.host.getBoundingClientRect();
    const [x, y] = this.transform.invert([event.clientX - box.left, event.clientY - box.top]);
    return { x, y };
  }

  /** A place of the scene in the page. */
  toPage(point: Point): Point {
    const box = this.host.getBoundingClientRect();
    const [x, y] = this.transform.apply([point.x, point.y]);
    return { x: x + box.left, y: y + box.top };
  }

  middle(): Point {
    const box = this.host.getBoundingClientRect();
    return this.toScene({ clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 });
  }

  /** Whether all of an area is inside a view of this size. */
  shows(area: Rect, width: number, height: number): boolean {
    const [left, top] = this.transform.apply([area.x, area.y]);
    const [right, bottom] = this.transform.apply([area.x + area.width, area.y + area.height]);
    return left >= 0 && top >= 0 && right <= width && bottom <= height;
  }

  zoomBy(factor: number): void {
    this.behaviour.scaleBy(select(this.host), factor);
  }

  zoomTo(scale: number): void {
    this.behaviour.scaleTo(select(this.host), scale);
  }

  panBy(dx: number, dy: number): void {
    this.behaviour.translateBy(select(this.host), dx / this.scale, dy / this.scale);
  }

  centreOn(point: Point): void {
    this.behaviour.translateTo(select(this.host), point.x, point.y);
  }

  /** Shows all of an area, not larger than it is. */
  fit(area: Rect | undefined, margin = 70): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (!area || width === 0) {
      this.behaviour.transform(select(this.host), zoomIdentity.translate(width / 2, height / 2));
      return;
    }
    const scale = Math.min(
      1.25,
      width / (area.width + 2 * margin),
      height / (area.height + 2 * margin),
    );
    this.behaviour.transform(
      select(this.host),
      zoomIdentity
        .translate(width / 2, height / 2)
        .scale(Math.max(scale, 0.05))
        .translate(-(area.x + area.width / 2), -(area.y + area.height / 2)),
    );
  }
}
