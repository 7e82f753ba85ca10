import { api } from '../api/client';
import { Feed, type FeedState } from '../api/feed';
import type { Caller, Compute, FeedEvent, Project, ProjectSight, Right, Template } from '../api/types';
import { Collection } from './collection';
import { Emitter } from './emitter';
import { messages, type Severity } from './messages';
import { includes, isAtLeast } from './rights';

/** So long changes of projects are gathered before it is asked whose they are and since when. */
const GATHER = 400;

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
  private sights = new Map<string, ProjectSight>();
  private asking: ReturnType<typeof setTimeout> | undefined;
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

  /** Owner, last change and the user's own right; undefined until the server has told. */
  sight(project: string): ProjectSight | undefined {
    return this.sights.get(project);
  }

  /** Whether the user may do this with a project. What is not known yet is tried. */
  may(project: string, needed: Right | 'own'): boolean {
    const sight = this.sights.get(project);
    return sight ? includes(sight.right, needed) : true;
  }

  /** Whether the user's role is at least this one. */
  is(role: 'user' | 'instructor' | 'administrator'): boolean {
    return isAtLeast(this.caller?.role, role);
  }

  /** Whether the user may see who else is here and how the server is. */
  get overseer(): boolean {
    return ['administrator', 'auditor'].includes(this.caller?.role ?? '');
  }

  /** Asks for that anew, a little later: labs change without the server telling of it. */
  look(): void {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => {
      void api.sights().then(
        (sights) => this.see(sights),
        // It is asked again with everything else when the server is back.
        () => undefined,
      );
    }, GATHER);
  }

  private see(sights: ProjectSight[]): void {
    this.sights = new Map(sights.map((one) => [one.project_id, one]));
    this.changed.emit();
  }

  async reload(): Promise<void> {
    try {
      const [projects, templates, computes, version, caller, sights] = await Promise.all([
        api.projects(),
        api.templates(),
        api.computes(),
        api.version(),
        api.caller(),
        api.sights(),
      ]);
      this.projects.replace(projects);
      this.templates.replace(templates);
      this.computes.replace(computes);
      this.version = version.version;
      this.caller = caller;
      this.see(sights);
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
        this.look();
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
