import { html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api/client';
import type { Access, Project, Right } from '../api/types';
import { attempt, messages } from '../state/messages';
import { showDialog } from '../ui/dialog';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';

const RIGHTS: Record<Right, string> = {
  view: 'may look',
  operate: 'may operate',
  edit: 'may change it',
};

type Kind = 'users' | 'groups';

/** Whose a project is, and with whom it is shared. Says `done`. */
@customElement('pb-sharing')
export class Sharing extends LitElement {
  static override styles = [controls];

  @property({ attribute: false }) project!: Project;
  @property({ attribute: false }) access!: Access;
  @state() private draft: Pick<Access, 'users' | 'groups'> = { users: {}, groups: {} };

  override connectedCallback(): void {
    super.connectedCallback();
    this.draft = { users: { ...this.access.users }, groups: { ...this.access.groups } };
  }

  private set(kind: Kind, name: string, right: Right | undefined): void {
    const { [name]: _, ...others } = this.draft[kind];
    this.draft = { ...this.draft, [kind]: right ? { ...others, [name]: right } : others };
  }

  private add(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    const name = String(data.get('name')).trim();
    if (name) {
      this.set(data.get('kind') as Kind, name, 'view');
      form.reset();
    }
  }

  private async save(): Promise<void> {
    const shared = await attempt('It was not shared', () =>
      api.share(this.project.project_id, this.draft),
    );
    if (shared) {
      messages.add('info', `"${this.project.name}" is shared as you said.`);
      this.dispatchEvent(new CustomEvent('done'));
    }
  }

  private entry(kind: Kind, name: string, right: Right, own: boolean) {
    return html`<div class="row" style="margin-bottom: 6px">
      <span class="grow cut">${kind === 'groups' ? 'Group ' : ''}${name}</span>
      <select
        aria-label="What ${name} may do"
        ?disabled=${!own}
        @change=${(event: Event) =>
          this.set(kind, name, (event.target as HTMLSelectElement).value as Right)}
      >
        ${Object.entries(RIGHTS).map(
          ([value, words]) =>
            html`<option value=${value} ?selected=${value === right}>${words}</option>`,
        )}
      </select>
      <button
        class="quiet icon"
        aria-label="Do not share with ${name}"
        ?disabled=${!own}
        @click=${() => this.set(kind, name, undefined)}
      >
        ${icon('close', 16)}
      </button>
    </div>`;
  }

  override render() {
    const own = this.access.right === 'own';
    const shares = (['users', 'groups'] as const).flatMap((kind) =>
      Object.entries(this.draft[kind]).map(([name, right]) => this.entry(kind, name, right, own)),
    );
    return html`<p>
        Owner: <strong>${this.access.owner ?? 'the administrators'}</strong>
      </p>
      ${shares.length > 0 ? shares : html`<p class="soft">It is shared with nobody.</p>`}
      ${own
        ? html`<form class="row" @submit=${this.add}>
              <select name="kind" aria-label="Who">
                <option value="users">User</option>
                <option value="groups">Group</option>
              </select>
              <input class="grow" name="name" aria-label="Name of the user or group" autocomplete="off" />
              <button>Add</button>
            </form>
            <div class="buttons"><button class="primary" @click=${this.save}>Share</button></div>`
        : html`<p class="soft">Only its owner can share it.</p>`}`;
  }
}

/** Shows whose a project is, and lets its owner share it. */
export async function shareProject(project: Project): Promise<void> {
  const access = await attempt('What is shared is not known', () => api.access(project.project_id));
  if (access) {
    showDialog(
      `Share ${project.name}`,
      (close) =>
        html`<pb-sharing .project=${project} .access=${access} @done=${close}></pb-sharing>`,
    );
  }
}
