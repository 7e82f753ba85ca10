import type { FeedEvent } from './types';
import { socketUrl } from './urls';

export type FeedState = 'connecting' | 'live' | 'lost';

export interface FeedListener {
  /** The feed is there, for the first time or again: what happened before has to be asked for. */
  opened(): void;
  received(event: FeedEvent): void;
  changed(state: FeedState): void;
}

const FIRST_WAIT = 400;
const LONGEST_WAIT = 5_000;
/** The server says something every five seconds; after three of them it is taken for gone. */
const SILENCE = 16_000;

/** Milliseconds before the next attempt; grows with each that failed, and differs between clients. */
export function waitBefore(attempt: number, chance: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt) * (0.75 + chance / 2);
}

/** A notification WebSocket that comes back after a server or a network that was away. */
export class Feed {
  private socket: WebSocket | undefined;
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    private readonly path: string,
    private readonly listener: FeedListener,
  ) {
    this.connect();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private connect(): void {
    this.listener.changed('connecting');
    const socket = new WebSocket(socketUrl(this.path));
    this.socket = socket;
    socket.onopen = () => {
      this.attempts = 0;
      this.listener.changed('live');
      this.listener.opened();
      this.watch();
    };
    socket.onmessage = (message) => {
      this.watch();
      this.listener.received(JSON.parse(String(message.data)) as FeedEvent);
    };
    socket.onclose = () => this.again(socket);
    this.watch();
  }

  private watch(): void {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.timer = setTimeout(() => {
      socket?.close();
      this.again(socket);
    }, SILENCE);
  }

  private again(socket: WebSocket | undefined): void {
    if (this.closed || socket !== this.socket) {
      return;
    }
    this.socket = undefined;
    this.listener.changed('lost');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), waitBefore(this.attempts++, Math.random()));
  }
}
