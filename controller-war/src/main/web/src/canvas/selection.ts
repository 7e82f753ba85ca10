import { Emitter } from '../state/emitter';

export type Kind = 'node' | 'link' | 'drawing';

export interface Ref {
  kind: Kind;
  id: string;
}

/** What is selected, in the order in which it was. */
export class Selection {
  readonly changed = new Emitter<void>();
  private items = new Map<string, Ref>();

  get size(): number {
    return this.items.size;
  }

  all(): Ref[] {
    return [...this.items.values()];
  }

  ids(kind: Kind): string[] {
    return this.all().flatMap((ref) => (ref.kind === kind ? [ref.id] : []));
  }

  has(id: string): boolean {
    return this.items.has(id);
  }

  set(refs: Ref[]): void {
    this.items = new Map(refs.map((ref) => [ref.id, ref]));
    this.changed.emit();
  }

  toggle(ref: Ref): void {
    if (!this.items.delete(ref.id)) {
      this.items.set(ref.id, ref);
    }
    this.changed.emit();
  }

  clear(): void {
    if (this.items.size > 0) {
      this.set([]);
    }
  }

  /** Forgets what is gone. */
  keep(exists: (ref: Ref) => boolean): void {
    const left = this.all().filter(exists);
    if (left.length !== this.items.size) {
      this.set(left);
    }
  }
}
