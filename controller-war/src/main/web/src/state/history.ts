import { Emitter } from './emitter';
import { attempt } from './messages';

/** Something a user did, and how it is done and taken back. */
export interface Step {
  /** In the words of a menu: "Move PC1". */
  label: string;
  run(): Promise<void>;
  undo(): Promise<void>;
}

const KEPT = 200;

/** What this user did in a lab, newest last. Others' changes are not in it. */
export class History {
  readonly changed = new Emitter<void>();
  private done: Step[] = [];
  private undone: Step[] = [];
  private last: Promise<unknown> = Promise.resolve();

  get undoable(): string | undefined {
    return this.done.at(-1)?.label;
  }

  get redoable(): string | undefined {
    return this.undone.at(-1)?.label;
  }

  /** Does something and remembers it, unless it is refused. */
  run(step: Step): Promise<boolean> {
    return this.queue(step.label, () => step.run(), () => {
      this.done.push(step);
      if (this.done.length > KEPT) {
        this.done.shift();
      }
      this.undone = [];
    });
  }

  undo(): Promise<boolean> {
    const step = this.done.pop();
    return step
      ? this.queue(`Undo of "${step.label}"`, () => step.undo(), () => this.undone.push(step))
      : Promise.resolve(false);
  }

  redo(): Promise<boolean> {
    const step = this.undone.pop();
    return step
      ? this.queue(step.label, () => step.run(), () => this.done.push(step))
      : Promise.resolve(false);
  }

  /** Steps go one after the other: to undo what is not done yet would leave it done. */
  private queue(what: string, work: () => Promise<void>, after: () => void): Promise<boolean> {
    const turn = this.last.then(async () => {
      const worked = await attempt(what, async () => {
        await work();
        return true;
      });
      if (worked) {
        after();
      }
      this.changed.emit();
      return worked === true;
    });
    this.last = turn;
    return turn;
  }
}
