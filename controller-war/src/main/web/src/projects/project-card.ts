import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api/client';
import type { Project, ProjectSight } from '../api/types';
import { attempt } from '../state/messages';
import { server } from '../state/server-store';
import { icon } from '../ui/icons';
import { menuBelow } from '../ui/menu';
import { allowed, type MenuEntry } from '../ui/menu-entries';
import { ago } from '../ui/numbers';
import { router } from '../ui/router';
import { controls } from '../ui/styles';
import { deleteProject, duplicateProject, exportProject, renameProject } from './actions';
import { shareProject } from './share-dialog';
import { thumbnail, type Sketch } from './thumbnail';

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** One project: what is in it, whether it is open, and what can be done with it. */
@customElement('pb-project-card')
export class ProjectCard extends LitElement {
  static override styles = [
    controls,
    css`
      article {
        overflow: hidden;
        border: 1px solid var(--line);
        border-radius: 12px;
        background: var(--panel);
        transition: box-shadow 0.15s;
      }
      article:hover {
        border-color: var(--accent);
        box-shadow: var(--shadow);
      }
      a {
        display: block;
        color: inherit;
        text-decoration: none;
      }
      .picture {
        height: 150px;
        padding: 10px;
        background: var(--canvas);
        border-bottom: 1px solid var(--line);
      }
      .picture svg {
        width: 100%;
        height: 100%;
      }
      .blank {
        display: grid;
        place-items: center;
        height: 100%;
        color: var(--ink-soft);
      }
      .empty::before {
        content: 'Nothing in it yet';
      }
      .about {
        display: flex;
        align-items: center;
        gap: 6px;
        padding: 10px 6px 10px 14px;
      }
      h2 {
        font-size: 15px;
      }
      .badge {
        display: inline-flex;
        align-items: center;
        gap: 5px;
      }
      .badge.open::before {
        content: '';
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--running);
      }
      .provenance {
        display: flex;
        gap: 10px;
        min-height: 20px;
        font-size: 13px;
      }
      .provenance time {
        white-space: nowrap;
      }
      .problem {
        margin: 0;
        padding: 8px 14px;
        background: var(--warning-soft);
        color: var(--warning);
        font-size: 13px;
      }
    `,
  ];

  @property({ attribute: false }) project!: Project;
  @property({ attribute: false }) sketch: Sketch | undefined;
  @property({ attribute: false }) sight: ProjectSight | undefined;
  @state() private busy = '';

  private async work(what: string, failed: string, work: () => Promise<unknown>): Promise<void> {
    this.busy = what;
    await attempt(failed, work);
    this.busy = '';
  }

  private menu(event: Event): void {
    const project = this.project;
    const id = project.project_id;
    const entries: MenuEntry[] = [
      { label: 'Open', icon: 'open', run: () => router.go('lab', id) },
      {
        label: 'Close',
        icon: 'stop',
        needs: 'operate',
        disabled: project.status !== 'opened',
        run: () =>
          this.work('Closing…', 'The project was not closed', () => api.closeProject(id)),
      },
      '-',
      { label: 'Rename…', needs: 'edit', icon: 'text', run: () => renameProject(project) },
      ...(server.is('user')
        ? [{ label: 'Duplicate…', icon: 'copy', run: () => duplicateProject(project) } as const]
        : []),
      { label: 'Share…', icon: 'link', run: () => shareProject(project) },
      { label: 'Export', icon: 'download', run: () => exportProject(project, false) },
      { label: 'Export with images', icon: 'download', run: () => exportProject(project, true) },
      '-',
      {
        label: 'Delete',
        icon: 'trash',
        needs: 'own',
        danger: true,
        run: () =>
          deleteProject(project, () =>
            this.dispatchEvent(new CustomEvent('changed', { bubbles: true })),
          ),
      },
    ];
    menuBelow(
      event,
      project.name,
      allowed(entries, (right) => server.may(id, right)),
    );
  }

  private contents(): string {
    if (!this.sketch) {
      return '';
    }
    const { nodes, links } = this.sketch;
    return `${count(nodes.length, 'device')}, ${count(links.length, 'link')}`;
  }

  /** Whose it is, if others have projects here too, and when it changed last. */
  private provenance() {
    const { sight } = this;
    if (!sight) {
      return '';
    }
    const owner = server.caller?.name && (sight.owner ?? 'the administrators');
    const mine = owner && owner === server.caller?.name;
    const changed = sight.changed_at ? new Date(sight.changed_at) : undefined;
    return html`${owner ? html`<span class="cut">${mine ? 'Yours' : `Of ${owner}`}</span>` : ''}
      ${changed
        ? html`<time datetime=${sight.changed_at!} title="Changed ${WHEN.format(changed)}"
            >${ago(changed)}</time
          >`
        : ''}`;
  }

  override render() {
    const { project } = this;
    const state = project.status === 'opened' ? 'Open' : 'Closed';
    return html`<article>
      <a href="#/lab/${project.project_id}" aria-label="Open ${project.name}">
        <div class="picture">${thumbnail(this.sketch)}</div>
      </a>
      ${project.problem ? html`<p class="problem">${project.problem}</p>` : ''}
      <div class="about">
        <div class="grow">
          <h2 class="cut" title=${project.name}>${project.name}</h2>
          <span class="soft">
            <span class="badge ${project.status === 'opened' ? 'open' : ''}"
              >${this.busy || state}</span
            >
            ${this.sketch ? html` · ${this.contents()}` : ''}
          </span>
          <div class="provenance soft">${this.provenance()}</div>
        </div>
        <button
          class="quiet icon"
          aria-label="More about ${project.name}"
          aria-haspopup="menu"
          @click=${this.menu}
        >
          ${icon('more')}
        </button>
      </div>
    </article>`;
  }
}

export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
