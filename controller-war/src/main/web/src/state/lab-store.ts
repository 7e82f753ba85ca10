import { api } from '../api/client';
import { Feed, type FeedState } from '../api/feed';
import { ApiError } from '../api/http';
import type { Drawing, FeedEvent, LabNode, Link, Project } from '../api/types';
import { Collection } from './collection';
import { Emitter } from './emitter';
import { inWords, messages, type Severity } from './messages';

/** The inside of one project, kept up to date by its notifications. */
export class LabStore {
  readonly nodes = new Collection<LabNode>((node) => node.node_id);
  readonly links = new Collection<Link>((link) => link.link_id);
  readonly drawings = new Collection<Drawing>((drawing) => drawing.drawing_id);
  /** Something of it changed, the list of snapshots and the state of the feed included. */
  readonly changed = new Emitter<void>();
  readonly restored = new Emitter<void>();
  project: Project | undefined;
  state: FeedState = 'connecting';
  /** Why there is nothing to show, in plain words. */
  problem = '';
  loaded = false;
  private feed: Feed | undefined;
  private loading = false;
  private last: Promise<void> = Promise.resolve();
  private early: FeedEvent[] = [];

  constructor(readonly id: string) {
    for (const part of [this.nodes, this.links, this.drawings]) {
      (part.changes as Emitter<unknown>).listen(() => this.changed.emit());
    }
    this.nodes.changes.listen(({ before, after }) => {
      if (before && after && before.status !== after.status) {
        messages.note(`${after.name} is ${after.status}.`);
      }
      if (after?.problem && after.problem !== before?.problem) {
        messages.add('warning', `${after.name}: ${after.problem}`);
      }
    });
  }

  start(): void {
    this.feed = new Feed(`/projects/${this.id}/notifications/ws`, {
      opened: () => void this.load(),
      received: (event) => (this.loading ? this.early.push(event) : this.take(event)),
      changed: (state) => {
        this.state = state;
        this.changed.emit();
        if (state === 'lost' && !this.loaded) {
          // A WebSocket cannot say why it was refused; the request for the project can.
          void this.load();
        }
      },
    });
  }

  stop(): void {
    this.feed?.close();
  }

  /**
   * Opens the project if it is closed, and asks for all of it. One asking waits for the one before:
   * what is told meanwhile is newer than an answer that is still on its way.
   */
  load(): Promise<void> {
    this.last = this.last.then(() => this.ask());
    return this.last;
  }

  private async ask(): Promise<void> {
    this.loading = true;
    try {
      this.project = await api.project(this.id);
      if (this.project.status !== 'opened') {
        this.project = await api.openProject(this.id);
      }
      const [nodes, links, drawings] = await Promise.all([
        api.nodes(this.id),
        api.links(this.id),
        api.drawings(this.id),
      ]);
      this.nodes.replace(nodes);
      this.links.replace(links);
      this.drawings.replace(drawings);
      this.problem = '';
      this.loaded = true;
    } catch (failure) {
      const gone = failure instanceof ApiError && failure.status === 404;
      this.problem = gone ? 'There is no such project any more.' : inWords(failure);
      if (gone) {
        this.stop();
      }
    } finally {
      this.loading = false;
      this.early.splice(0).forEach((event) => this.take(event));
      this.changed.emit();
    }
  }

  /** What is connected to a port; undefined if it is free. */
  linkAt(node: string, adapter: number, port: number): Link | undefined {
    return this.linksOf(node).find((link) =>
      link.nodes.some(
        (end) =>
          end.node_id === node && end.adapter_number === adapter && end.port_number === port,
      ),
    );
  }

  linksOf(node: string): Link[] {
    return this.links.all().filter((link) => link.nodes.some((end) => end.node_id === node));
  }

  private take({ action, event }: FeedEvent): void {
    const [kind, what] = action.split('.') as [string, string];
    switch (kind) {
      case 'node':
        this.apply(this.nodes, what, this.heard(event as unknown as LabNode), event['node_id']);
        break;
      case 'link':
        this.apply(this.links, what, event as unknown as Link, event['link_id']);
        break;
      case 'drawing':
        this.apply(this.drawings, what, event as unknown as Drawing, event['drawing_id']);
        break;
      case 'project':
        this.project = { ...this.project, ...(event as unknown as Project) };
        this.changed.emit();
        break;
      case 'snapshot':
        void this.load().then(() => this.restored.emit());
        break;
      case 'log':
        messages.add(what as Severity, String(event['message'] ?? ''));
        break;
    }
  }

  /** Why something was refused is of no interest any more once the node's state is another one. */
  private heard(node: LabNode): LabNode {
    const known = this.nodes.get(node.node_id);
    return known?.refusal && known.status !== node.status ? { ...node, refusal: undefined } : node;
  }

  private apply<T>(collection: Collection<T>, what: string, item: T, id: unknown): void {
    if (what === 'deleted') {
      collection.remove(String(id));
    } else {
      collection.put(item);
    }
  }
}
