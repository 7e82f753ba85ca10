import { Emitter } from './emitter';

/** Something that takes longer than a moment. */
export interface Work {
  /** In words: "Starting 20 devices…". */
  what: string;
  /** From 0 to 1; undefined where that is not known. */
  part: number | undefined;
}

/** What takes less is over before anybody has read of it. */
const MOMENT = 1_000;

/** What is being done for the user, for as long as it takes. */
export class Works {
  readonly changed = new Emitter<void>();
  readonly shown: Work[] = [];

  /**
   * Does something, and shows what it is if it takes longer than a second.
   *
   * @param work is given what tells how much is done, from 0 to 1
   */
  async during<T>(what: string, work: (tell: (part: number) => void) => Promise<T>): Promise<T> {
    const one: Work = { what, part: undefined };
    const timer = setTimeout(() => {
      this.shown.push(one);
      this.changed.emit();
    }, MOMENT);
    try {
      return await work((part) => {
        one.part = part;
        if (this.shown.includes(one)) {
          this.changed.emit();
        }
      });
    } finally {
      clearTimeout(timer);
      const at = this.shown.indexOf(one);
      if (at >= 0) {
        this.shown.splice(at, 1);
        this.changed.emit();
      }
    }
  }
}

export const works = new Works();
