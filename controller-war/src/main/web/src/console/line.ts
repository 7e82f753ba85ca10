import { socketUrl } from '../api/urls';
import { waitBefore } from '../api/feed';

export type LineState = 'connecting' | 'open' | 'closed';

export interface LineListener {
  received(data: Uint8Array): void;
  changed(state: LineState): void;
}

/** The WebSocket to a console, which is tried again for as long as it is wanted. */
export class Line {
  private socket: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempts = 0;
  private wanted = true;

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
    const socket = new WebSocket(socketUrl(this.path));
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    socket.onopen = () => {
      this.attempts = 0;
      this.listener.changed('open');
    };
    socket.onmessage = ({ data }) =>
      this.listener.received(
        typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data as ArrayBuffer),
      );
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
