import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Project } from '../api/types';
import { Follows } from '../state/emitter';
import { preferences } from '../state/preferences';
import { server } from '../state/server-store';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';
import { createProject, doomed, importProject } from './actions';
import './project-card';
import { Sketches } from './sketches';

interface Import {
  name: string;
  part: number;
}

const changedAt = (project: Project) => server.sight(project.project_id)?.changed_at ?? '';

/** Open projects come first when it goes by the name. */
const ORDERS: Record<'name' | 'changed', (one: Project, other: Project) => number> = {
  name: (one, other) =>
    Number(other.status === 'opened') - Number(one.status === 'opened') ||
    one.name.localeCompare(other.name),
  changed: (one, other) =>
    changedAt(other).localeCompare(changedAt(one)) || one.name.localeCompare(other.name),
};

/** All projects of the server; where one begins. */
@customElement('pb-projects-page')
export class ProjectsPage extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        overflow: auto;
        padding: 24px clamp(16px, 4vw, 48px) 48px;
      }
      .bar {
        flex-wrap: wrap;
        margin-bottom: 20px;
      }
      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(270px, 1fr));
        gap: 18px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .search {
        position: relative;
      }
      .search svg {
        position: absolute;
        left: 9px;
        top: 8px;
        color: var(--ink-soft);
        pointer-events: none;
      }
      .search input {
        width: 220px;
        padding-left: 33px;
      }
      .import {
        margin-bottom: 14px;
      }
      .empty {
        padding: 72px 16px;
        text-align: center;
        color: var(--ink-soft);
      }
      .drop {
        position: fixed;
        inset: 54px 12px 12px;
        z-index: 20;
        display: grid;
        place-items: center;
        border: 3px dashed var(--accent);
        border-radius: 16px;
        background: color-mix(in srgb, var(--ground) 88%, transparent);
        font-size: 20px;
        pointer-events: none;
      }
    `,
  ];

  @state() private query = '';
  @state() private dropping = false;
  @state() private imports: Import[] = [];
  private readonly sketches = new Sketches();

  constructor() {
    super();
    new Follows(this, () => [server.changed, preferences.changed, this.sketches.changed]);
  }

  private async take(files: Iterable<File>): Promise<void> {
    for (const file of files) {
      const one: Import = { name: file.name, part: 0 };
      this.imports = [...this.imports, one];
      await importProject(file, (part) => {
        one.part = part;
        this.requestUpdate();
      });
      this.imports = this.imports.filter((other) => other !== one);
    }
  }

  private drag(event: DragEvent, over: boolean): void {
    if (event.dataTransfer?.types.includes('Files') && server.is('user')) {
      event.preventDefault();
      this.dropping = over;
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (server.loaded) {
      server.look();
    }
    this.addEventListener('dragover', (event) => this.drag(event, true));
    this.addEventListener('dragleave', (event) => this.drag(event, false));
    this.addEventListener('drop', (event) => {
      this.drag(event, false);
      if (server.is('user')) {
        void this.take(event.dataTransfer?.files ?? []);
      }
    });
  }

  private choose(event: Event): void {
    const input = event.target as HTMLInputElement;
    void this.take([...(input.files ?? [])]);
    input.value = '';
  }

  private making() {
    return html`<label class="button">
        ${icon('upload')} Import
        <input
          class="hidden"
          type="file"
          multiple
          accept=".gns3project,.gns3p,.zip"
          @change=${this.choose}
        />
      </label>
      <button class="primary" @click=${createProject}>${icon('plus')} New project</button>`;
  }

  override render() {
    const all = server.projects
      .all()
      .filter((project) => !doomed.has(project.project_id))
      .sort(ORDERS[preferences.kept.order]);
    const wanted = this.query.toLowerCase();
    const shown = all.filter((project) => project.name.toLowerCase().includes(wanted));
    return html`
      <div class="row bar">
        <h1 class="grow">Projects</h1>
        <label class="search">
          <span class="hidden">Search projects</span>${icon('search', 16)}
          <input
            type="search"
            placeholder="Search"
            .value=${this.query}
            @input=${(event: Event) => {
              this.query = (event.target as HTMLInputElement).value;
            }}
          />
        </label>
        <select
          aria-label="Order"
          @change=${(event: Event) =>
            preferences.set({ order: (event.target as HTMLSelectElement).value as 'name' | 'changed' })}
        >
          <option value="name" ?selected=${preferences.kept.order === 'name'}>By name</option>
          <option value="changed" ?selected=${preferences.kept.order === 'changed'}>Changed last</option>
        </select>
        ${server.is('user') ? this.making() : ''}
      </div>
      ${this.imports.map(
        (one) =>
          html`<div class="import">
            <span role="status">${one.part < 1 ? 'Sending' : 'Unpacking'} ${one.name}</span>
            ${one.part < 1
              ? html`<progress max="1" .value=${one.part} aria-label="Import of ${one.name}"></progress>`
              : html`<progress aria-label="Unpacking ${one.name}"></progress>`}
          </div>`,
      )}
      ${shown.length > 0
        ? html`<ul class="cards">
            ${repeat(
              shown,
              (project) => project.project_id,
              (project) =>
                html`<li>
                  <pb-project-card
                    .project=${project}
                    .sight=${server.sight(project.project_id)}
                    .sketch=${this.sketches.get(project.project_id)}
                    @changed=${() => this.requestUpdate()}
                  ></pb-project-card>
                </li>`,
            )}
          </ul>`
        : html`<p class="empty">
            ${!server.loaded
              ? 'Asking the server…'
              : all.length > 0
                ? `No project has "${this.query}" in its name.`
                : 'No projects yet. Make one, or drop a .gns3project file here.'}
          </p>`}
      ${this.dropping ? html`<div class="drop">Drop to import</div>` : ''}
    `;
  }
}
