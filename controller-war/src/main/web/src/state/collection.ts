import { Emitter } from './emitter';

/** One object that came, changed or went. */
export interface Change<T> {
  id: string;
  before: T | undefined;
  after: T | undefined;
}

/** Objects of one kind by their ids, and word of each that changes. */
export class Collection<T> {
  readonly changes = new Emitter<Change<T>>();
  private readonly items = new Map<string, T>();

  constructor(private readonly idOf: (item: T) => string) {}

  get size(): number {
    return this.items.size;
  }

  all(): T[] {
    return [...this.items.values()];
  }

  get(id: string): T | undefined {
    return this.items.get(id);
  }

  /** Takes an object as it is now. Fields that it leaves out stay, as in events of drawings. */
  put(item: T): void {
    const id = this.idOf(item);
    const before = this.items.get(id);
    const after = before ? { ...before, ...item } : item;
    this.items.set(id, after);
    this.changes.emit({ id, before, after });
  }

  remove(id: string): void {
    const before = this.items.get(id);
    if (this.items.delete(id)) {
      this.changes.emit({ id, before, after: undefined });
    }
  }

  /** Makes this the whole collection; only what differs is told. */
  replace(items: T[]): void {
    const ids = new Set(items.map(this.idOf));
    for (const id of [...this.items.keys()]) {
      if (!ids.has(id)) {
        this.remove(id);
      }
    }
    for (const item of items) {
      const known = this.items.get(this.idOf(item));
      if (!known || JSON.stringify(known) !== JSON.stringify(item)) {
        this.put(item);
      }
    }
  }
}
