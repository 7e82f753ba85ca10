import { socketUrl } from '../api/urls';
import { waitBefore } from '../api/feed';

export type LineState = 'connecting' | 'open' | 'closed';

/** What a console says first to who tells up to where it is known, if it keeps what it prints. */
export interface Told {
  /** Of the first byte that follows. */
  position: number;
  /** Bytes that were printed before one came. */
  past: number;
  /** Bytes before them that one does not know and that are not kept. */
  lost: number;
}

export interface LineListener {
  /** The console was known up to a position, 0 for not at all. */
  told(told: Told, since: number): void;
  received(data: Uint8Array): void;
  changed(state: LineState): void;
}

/**
 * The WebSocket to a console, which is tried again for as long as it is wanted; then it brings what
 * passed meanwhile too.
 */
export class Line {
  private socket: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempts = 0;
  private wanted = true;
  /** Up to where the console is known. */
  private position = 0;

  constructor(
    private readonly path: string,
    private readonly listener: LineListener,
  ) {
    this.connect();
  }

  /** Tries at once, such as when the node was started. */
  connect(): void {
    clearTimeout(this.timer);
    if (!this.wanted || (this.socket && this.socket.readyState <= WebSocket.OPEN)) {
      return;
    }
    this.listener.changed('connecting');
    const since = this.position;
    let counted = false;
    const socket = new WebSocket(socketUrl(`${this.path}?since=${since}`));
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    socket.onopen = () => {
      this.attempts = 0;
      this.listener.changed('open');
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string') {
        const told = JSON.parse(data) as Told;
        counted = true;
        this.position = told.position;
        this.listener.told(told, since);
      } else {
        const bytes = new Uint8Array(data as ArrayBuffer);
        this.position += counted ? bytes.length : 0;
        this.listener.received(bytes);
      }
    };
    socket.onclose = () => {
      if (this.wanted) {
        this.listener.changed('closed');
        this.timer = setTimeout(() => this.connect(), waitBefore(this.attempts++, Math.random()));
      }
    };
  }

  send(text: string): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(text);
    }
  }

  close(): void {
    this.wanted = false;
    clearTimeout(this.timer);
    this.socket?.close();
  }
}
