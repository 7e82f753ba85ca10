import { api } from '../api/client';
import { ApiError } from '../api/http';
import type { LinkTraffic } from '../api/types';
import { Emitter } from './emitter';
import type { LabStore } from './lab-store';
import { preferences } from './preferences';

const EVERY = 1_000;
/** Labs with more links than this are asked about less often. */
const MANY = 300;
const KEPT = 60;

/** Frames a second over a link, and bits if its compute counts bytes; seen from its first end. */
export interface Flow {
  sent: number;
  received: number;
  dropped: number;
  bitsSent?: number;
  bitsReceived?: number;
}

/** What passed a link in one second, both ways together. */
export interface Moment {
  frames: number;
  bits: number | undefined;
}

/** How fast it was between two countings; a link that was plugged in anew counts from 0. */
export function flowBetween(before: LinkTraffic, after: LinkTraffic, seconds: number): Flow {
  const rate = (last: number, now: number) => (now < last ? now : now - last) / Math.max(seconds, 0.001);
  const flow: Flow = {
    sent: rate(before.sent, after.sent),
    received: rate(before.received, after.received),
    dropped: rate(before.dropped, after.dropped),
  };
  if (after.sent_bytes !== undefined && after.received_bytes !== undefined) {
    flow.bitsSent = 8 * rate(before.sent_bytes ?? 0, after.sent_bytes);
    flow.bitsReceived = 8 * rate(before.received_bytes ?? 0, after.received_bytes);
  }
  return flow;
}

function momentOf({ sent, received, bitsSent, bitsReceived }: Flow): Moment {
  const counted = bitsSent !== undefined && bitsReceived !== undefined;
  return { frames: sent + received, bits: counted ? bitsSent + bitsReceived : undefined };
}

/** How busy a link is, from 0 for nothing to 4: each step is ten times as much. */
export function levelOf(flow: Flow | undefined): number {
  const frames = flow ? flow.sent + flow.received : 0;
  return frames < 0.3 ? 0 : Math.max(1, Math.min(4, Math.ceil(Math.log10(frames))));
}

/** What passes the links of a lab; the server is asked only while somebody looks. */
export class TrafficWatch {
  readonly changed = new Emitter<void>();
  flows = new Map<string, Flow>();
  private readonly past = new Map<string, Moment[]>();
  private last = new Map<string, LinkTraffic>();
  private lastTime = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  constructor(private readonly lab: LabStore) {
    this.next();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** The last minute, the oldest second first. */
  history(link: string): Moment[] {
    return this.past.get(link) ?? [];
  }

  private next(): void {
    if (!this.stopped) {
      this.timer = setTimeout(() => void this.ask(), this.lab.links.size > MANY ? 2 * EVERY : EVERY);
    }
  }

  private get wanted(): boolean {
    return (
      document.visibilityState === 'visible' &&
      preferences.kept.traffic &&
      this.lab.state === 'live' &&
      this.lab.links.size > 0
    );
  }

  private async ask(): Promise<void> {
    if (!this.wanted) {
      this.forget();
      this.next();
      return;
    }
    try {
      const { time, links } = await api.traffic(this.lab.id);
      this.take(time, links);
      this.next();
    } catch (failure) {
      this.forget();
      if (failure instanceof ApiError && failure.status === 404) {
        return;
      }
      this.next();
    }
  }

  /** @param time of the counting, in milliseconds of any clock */
  take(time: number, links: LinkTraffic[]): void {
    const seconds = (time - this.lastTime) / 1000;
    const flows = new Map<string, Flow>();
    const counted = new Map(links.map((one) => [one.link_id, one]));
    for (const [id, after] of counted) {
      const before = this.last.get(id);
      if (before) {
        const flow = flowBetween(before, after, seconds);
        flows.set(id, flow);
        const past = [...this.history(id), momentOf(flow)];
        this.past.set(id, past.slice(-KEPT));
      }
    }
    for (const id of [...this.past.keys()].filter((known) => !counted.has(known))) {
      this.past.delete(id);
    }
    this.last = counted;
    this.lastTime = time;
    this.flows = flows;
    this.changed.emit();
  }

  private forget(): void {
    this.last.clear();
    if (this.flows.size > 0) {
      this.flows = new Map();
      this.changed.emit();
    }
  }
}
