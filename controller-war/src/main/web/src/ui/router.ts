import { Emitter } from '../state/emitter';

export type Page = 'projects' | 'lab' | 'templates' | 'computes' | 'server' | 'console';

export interface Route {
  page: Page;
  /** Ids in the address: of a project, and of a node for a console of its own. */
  ids: string[];
}

/** The page that an address stands for; unknown ones are the list of projects. */
export function parse(hash: string): Route {
  const [first = '', ...ids] = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  switch (first) {
    case 'lab':
      return ids[0] ? { page: 'lab', ids } : { page: 'projects', ids: [] };
    case 'console':
      return ids.length > 1 ? { page: 'console', ids } : { page: 'projects', ids: [] };
    case 'templates':
    case 'computes':
    case 'server':
      return { page: first, ids };
    default:
      return { page: 'projects', ids: [] };
  }
}

export const router = {
  changed: new Emitter<Route>(),
  route: { page: 'projects', ids: [] } as Route,

  start(): void {
    this.route = parse(location.hash);
    addEventListener('hashchange', () => {
      this.route = parse(location.hash);
      this.changed.emit(this.route);
    });
  },

  go(...parts: string[]): void {
    location.hash = `#/${parts.map(encodeURIComponent).join('/')}`;
  },
};
