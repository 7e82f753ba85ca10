import { ApiError } from '../api/http';
import { Emitter } from './emitter';

export type Severity = 'info' | 'warning' | 'error';

export interface Message {
  id: number;
  time: Date;
  severity: Severity;
  text: string;
  /** What can be done about it, such as undoing what was done. */
  action?: { label: string; run: () => void };
}

const KEPT = 500;
/** The id of what only the log shows. */
export const QUIET = 0;

/** What happened, for the toasts and the log: the server's words and the outcome of what the user did. */
export class Messages {
  readonly changed = new Emitter<Message>();
  readonly log: Message[] = [];
  private next = 1;

  add(severity: Severity, text: string, action?: Message['action']): Message {
    const message: Message = {
      id: this.next++,
      time: new Date(),
      severity,
      text,
      ...(action ? { action } : {}),
    };
    this.keep(message);
    this.changed.emit(message);
    return message;
  }

  /** Puts something into the log that needs no toast. */
  note(text: string): void {
    this.keep({ id: QUIET, time: new Date(), severity: 'info', text });
    this.changed.emit(this.log.at(-1)!);
  }

  clear(): void {
    this.log.length = 0;
    this.changed.emit({ id: QUIET, time: new Date(), severity: 'info', text: '' });
  }

  private keep(message: Message): void {
    this.log.push(message);
    if (this.log.length > KEPT) {
      this.log.shift();
    }
  }
}

export const messages = new Messages();

/** The words for a failure; never the text of a program's own error. */
export function inWords(failure: unknown): string {
  return failure instanceof ApiError
    ? failure.message
    : 'Something went wrong in this page. Loading it again should help.';
}

/**
 * Does something that may be refused, and says so in a toast.
 *
 * @returns what came of it; undefined if it was refused
 */
export async function attempt<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof ApiError)) {
      console.error(failure);
    }
    messages.add('error', `${what}: ${inWords(failure)}`);
    return undefined;
  }
}
