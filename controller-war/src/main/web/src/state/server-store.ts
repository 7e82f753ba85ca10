import { api } from '../api/client';
import { Feed, type FeedState } from '../api/feed';
import type { Caller, Compute, FeedEvent, Project, Template } from '../api/types';
import { Collection } from './collection';
import { Emitter } from './emitter';
import { messages, type Severity } from './messages';

/** What the server has apart from the inside of projects, kept up to date by its notifications. */
export class ServerStore {
  readonly projects = new Collection<Project>((project) => project.project_id);
  readonly templates = new Collection<Template>((template) => template.template_id);
  readonly computes = new Collection<Compute>((compute) => compute.compute_id);
  readonly changed = new Emitter<void>();
  /** Load of the controller's own machine, in percent. */
  load: { cpu: number | null; memory: number | null } = { cpu: null, memory: null };
  state: FeedState = 'connecting';
  loaded = false;
  version = '';
  caller: Caller | undefined;
  private feed: Feed | undefined;

  start(): void {
    for (const part of [this.projects, this.templates, this.computes]) {
      (part.changes as Emitter<unknown>).listen(() => this.changed.emit());
    }
    this.feed ??= new Feed('/notifications/ws', {
      opened: () => void this.reload(),
      received: (event) => this.take(event),
      changed: (state) => {
        this.state = state;
        this.changed.emit();
      },
    });
  }

  async reload(): Promise<void> {
    try {
      const [projects, templates, computes, version, caller] = await Promise.all([
        api.projects(),
        api.templates(),
        api.computes(),
        api.version(),
        api.caller(),
      ]);
      this.projects.replace(projects);
      this.templates.replace(templates);
      this.computes.replace(computes);
      this.version = version.version;
      this.caller = caller;
      this.loaded = true;
      this.changed.emit();
    } catch {
      // The feed comes back when the server does, and asks again.
    }
  }

  private take({ action, event }: FeedEvent): void {
    const [kind, what] = action.split('.') as [string, string];
    switch (kind) {
      case 'project':
        this.apply(this.projects, what, event as unknown as Project, 'project_id');
        break;
      case 'template':
        this.apply(this.templates, what, event as unknown as Template, 'template_id');
        break;
      case 'compute':
        this.apply(this.computes, what, event as unknown as Compute, 'compute_id');
        break;
      case 'log':
        messages.add(what as Severity, String(event['message'] ?? ''));
        break;
      case 'ping':
        this.load = {
          cpu: event['cpu_usage_percent'] as number | null,
          memory: event['memory_usage_percent'] as number | null,
        };
        this.changed.emit();
        break;
    }
  }

  private apply<T>(collection: Collection<T>, what: string, item: T, id: keyof T): void {
    if (what === 'deleted') {
      collection.remove(String(item[id]));
    } else {
      collection.put(item);
    }
  }
}

export const server = new ServerStore();
