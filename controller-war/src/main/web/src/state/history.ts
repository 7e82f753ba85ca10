import { Emitter } from './emitter';
import { attempt } from './messages';
import { works } from './works';

/** Something a user did, and how it is done and taken back. */
export interface Step {
  /** In the words of a menu: "Move PC1". */
  label: string;
  run(): Promise<void>;
  undo(): Promise<void>;
}

interface Turn {
  what: string;
  work(): Promise<void>;
  after(): void;
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
    return this.queue(() => ({
      what: step.label,
      work: () => step.run(),
      after: () => {
        this.done.push(step);
        if (this.done.length > KEPT) {
          this.done.shift();
        }
        this.undone = [];
      },
    }));
  }

  /** Takes the newest step back, also when it is still on its way. */
  undo(): Promise<boolean> {
    return this.queue(() => {
      const step = this.done.pop();
      return step && { what: `Undo of "${step.label}"`, work: () => step.undo(), after: () => this.undone.push(step) };
    });
  }

  redo(): Promise<boolean> {
    return this.queue(() => {
      const step = this.undone.pop();
      return step && { what: step.label, work: () => step.run(), after: () => this.done.push(step) };
    });
  }

  /**
   * Turns go one after the other: to undo what is not done yet would leave it done. Which step is
   * meant is therefore asked when the turn comes.
   */
  private queue(next: () => Turn | undefined): Promise<boolean> {
    const turn = this.last.then(async () => {
      const chosen = next();
      if (!chosen) {
        return false;
      }
      const worked = await attempt(chosen.what, async () => {
        await works.during(`${chosen.what}…`, chosen.work);
        return true;
      });
      if (worked) {
        chosen.after();
      }
      this.changed.emit();
      return worked === true;
    });
    this.last = turn;
    return turn;
  }
}
