import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api } from '../api/client';
import type { Project } from '../api/types';
import type { LabStore } from '../state/lab-store';
import { attempt } from '../state/messages';
import { controls } from '../ui/styles';

const FLAGS: [keyof Project, string][] = [
  ['auto_start', 'Start the devices when it is opened'],
  ['auto_open', 'Open it when the server starts'],
  ['auto_close', 'Close it when nobody looks any more'],
  ['show_grid', 'Show the grid'],
  ['snap_to_grid', 'Snap to the grid'],
  ['show_interface_labels', 'Show the names of ports'],
];

/** The settings of the project itself. */
@customElement('pb-project-details')
export class ProjectDetails extends LitElement {
  static override styles = [controls];

  @property({ attribute: false }) lab!: LabStore;
  @property({ type: Boolean }) editable = true;

  private change(change: Partial<Project>): void {
    void attempt('The project was not changed', async () => {
      this.lab.project = await api.updateProject(this.lab.id, change);
      this.lab.changed.emit();
      this.requestUpdate();
    });
  }

  override render() {
    const project = this.lab.project;
    if (!project) {
      return '';
    }
    const count = (status: string) =>
      this.lab.nodes.all().filter((node) => node.status === status).length;
    return html`<fieldset class="plain" ?disabled=${!this.editable}>
      <label class="field">
        <span>Name of the project</span>
        <input
          .value=${project.name}
          @change=${(event: Event) => {
            const name = (event.target as HTMLInputElement).value.trim();
            if (name) {
              this.change({ name });
            }
          }}
        />
      </label>
      <p class="soft">
        ${this.lab.nodes.size} devices (${count('started')} started), ${this.lab.links.size} links,
        ${this.lab.drawings.size} drawings
      </p>
      ${FLAGS.map(
        ([name, label]) =>
          html`<label class="row" style="margin-bottom: 10px">
            <input
              type="checkbox"
              .checked=${project[name] === true}
              @change=${(event: Event) =>
                this.change({ [name]: (event.target as HTMLInputElement).checked })}
            />
            <span>${label}</span>
          </label>`,
      )}
      <label class="field">
        <span>Grid (pixels)</span>
        <input
          type="number"
          min="5"
          max="500"
          .value=${String(project.grid_size)}
          @change=${(event: Event) =>
            this.change({ grid_size: Number((event.target as HTMLInputElement).value) || 75 })}
        />
      </label>
    </fieldset>`;
  }
}
