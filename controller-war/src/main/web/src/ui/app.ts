import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import '../projects/projects-page';
import { Follows } from '../state/emitter';
import { preferences } from '../state/preferences';
import { server } from '../state/server-store';
import { icon } from './icons';
import { router, type Page, type Route } from './router';
import { controls } from './styles';
import './announcer';
import './toasts';
import './work-bar';

/** Labs and consoles have titles of their own. */
const TITLES: Partial<Record<Page, string>> = {
  projects: 'Projects',
  templates: 'Templates',
  computes: 'Computes',
  server: 'Server',
};

const THEMES = { system: 'light', light: 'dark', dark: 'system' } as const;

/** The frame of every page: where one is, whether the server is there, and how busy it is. */
@customElement('pb-app')
export class App extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        grid-template-rows: auto 1fr;
        height: 100vh;
      }
      header {
        display: flex;
        align-items: center;
        gap: 4px;
        height: 46px;
        padding: 0 12px;
        border-bottom: 1px solid var(--line);
        background: var(--panel);
      }
      .brand {
        display: flex;
        align-items: center;
        gap: 8px;
        margin-right: 12px;
        color: var(--ink);
        font-weight: 700;
        font-size: 16px;
        text-decoration: none;
      }
      nav a {
        padding: 6px 11px;
        border-radius: 7px;
        color: var(--ink-soft);
        text-decoration: none;
      }
      nav a:hover,
      nav a[aria-current='page'] {
        background: var(--accent-soft);
        color: var(--ink);
      }
      main {
        min-height: 0;
        overflow: hidden;
        display: grid;
      }
      main:focus-visible {
        outline: none;
      }
      .over {
        position: fixed;
        z-index: 50;
      }
      .state {
        display: inline-flex;
        align-items: center;
        gap: 7px;
        margin-right: 8px;
        color: var(--ink-soft);
        font-size: 13px;
      }
      .state::before {
        content: '';
        width: 9px;
        height: 9px;
        border-radius: 50%;
        background: var(--running);
      }
      .state.lost::before {
        background: var(--stopped);
      }
      .state.connecting::before {
        background: var(--suspended);
      }
    `,
  ];

  @state() private route: Route = router.route;
  @state() private ready = new Set<string>(['projects']);
  @query('main') private main!: HTMLElement;

  constructor() {
    super();
    new Follows(this, () => [server.changed, preferences.changed]);
    router.changed.listen((route) => this.show(route));
    this.show(router.route);
  }

  /** Pages other than the first come when they are asked for. */
  private show(route: Route): void {
    this.route = route;
    const load = {
      projects: () => Promise.resolve(),
      lab: () => import('../lab/lab-page'),
      console: () => import('../console/console-page'),
      templates: () => import('../settings/templates-page'),
      computes: () => import('../settings/computes-page'),
      server: () => import('../server/server-page'),
    }[route.page];
    void load().then(() => {
      this.ready = new Set([...this.ready, route.page]);
    });
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('route')) {
      const title = TITLES[this.route.page];
      if (title) {
        document.title = `${title} · Patchbay`;
      }
      if (changed.get('route')) {
        // Keys go on from the new page, and a screen reader from its beginning.
        this.main.focus({ preventScroll: true });
      }
    }
  }

  private link(page: string, text: string) {
    const here = this.route.page === page || (page === 'projects' && this.route.page === 'lab');
    return html`<a href="#/${page}" aria-current=${here ? 'page' : 'false'}>${text}</a>`;
  }

  private page() {
    if (!this.ready.has(this.route.page)) {
      return html`<p class="soft" style="margin: 32px">Loading…</p>`;
    }
    const [first = '', second = ''] = this.route.ids;
    switch (this.route.page) {
      case 'lab':
        return html`<pb-lab-page .projectId=${first}></pb-lab-page>`;
      case 'console':
        return html`<pb-console-page .projectId=${first} .nodeId=${second}></pb-console-page>`;
      case 'templates':
        return html`<pb-templates-page></pb-templates-page>`;
      case 'computes':
        return html`<pb-computes-page></pb-computes-page>`;
      case 'server':
        return html`<pb-server-page></pb-server-page>`;
      default:
        return html`<pb-projects-page></pb-projects-page>`;
    }
  }

  override render() {
    const theme = preferences.kept.theme;
    const words = {
      live: 'Connected',
      connecting: 'Connecting…',
      lost: 'Server away, trying again…',
    }[server.state];
    const load = percent('CPU', server.load.cpu) + percent(' · memory', server.load.memory);
    return html`
      ${this.route.page === 'console'
        ? html`<span></span>`
        : html`<header>
            <a class="brand" href="#/projects">${logo()} Patchbay</a>
            <nav aria-label="Pages">
              ${this.link('projects', 'Projects')} ${this.link('templates', 'Templates')}
              ${this.link('computes', 'Computes')}
              ${server.overseer ? this.link('server', 'Server') : ''}
            </nav>
            <pb-work-bar></pb-work-bar>
            <span class="state ${server.state}">
              <span role="status" class=${server.state === 'live' && load ? 'hidden' : ''}>${words}</span>
              ${server.state === 'live' ? load : ''}
            </span>
            ${server.caller?.name
              ? html`<span class="soft" title=${server.caller.role}>${server.caller.name}</span>`
              : ''}
            <button
              class="quiet icon"
              aria-label="Colours: ${theme}"
              title="Colours: ${theme}"
              @click=${() => preferences.set({ theme: THEMES[theme] })}
            >
              ${icon(theme === 'dark' ? 'moon' : 'sun')}
            </button>
          </header>`}
      <main tabindex="-1">
        ${this.page()}
        <div class="over"></div>
      </main>
      <pb-announcer></pb-announcer>
      <pb-toasts></pb-toasts>
    `;
  }
}

function percent(what: string, value: number | null): string {
  return typeof value === 'number' ? `${what} ${Math.round(value)}%` : '';
}

function logo() {
  return html`<svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
    <rect x="2" y="5" width="28" height="22" rx="5" fill="#0f766e" />
    <path d="M9 12c0 9 14 1 14 8" fill="none" stroke="#fbbf24" stroke-width="3" stroke-linecap="round" />
    <circle cx="9" cy="12" r="3.4" fill="#ecfdf5" />
    <circle cx="23" cy="20" r="3.4" fill="#ecfdf5" />
  </svg>`;
}
