import { api } from '../api/client';
import { Emitter } from '../state/emitter';
import type { Sketch } from './thumbnail';

/** Topologies for the cards, asked for one project at a time and kept until a project changes. */
export class Sketches {
  readonly changed = new Emitter<void>();
  private readonly known = new Map<string, Sketch>();
  private readonly asked = new Set<string>();
  private last: Promise<void> = Promise.resolve();

  get(project: string): Sketch | undefined {
    if (!this.asked.has(project)) {
      this.asked.add(project);
      this.last = this.last.then(() => this.load(project));
    }
    return this.known.get(project);
  }

  forget(project: string): void {
    this.asked.delete(project);
  }

  private async load(project: string): Promise<void> {
    try {
      const [nodes, links] = await Promise.all([api.nodes(project), api.links(project)]);
      this.known.set(project, { nodes, links });
      this.changed.emit();
    } catch {
      // A card without a picture is still a card.
    }
  }
}
