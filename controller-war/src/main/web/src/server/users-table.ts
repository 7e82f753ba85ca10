import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api } from '../api/client';
import type { Amount, UserUse } from '../api/types';
import { inWords } from '../state/messages';
import { controls } from '../ui/styles';
import { tables } from '../ui/tables';

/** Who was here or has projects, with what each has and may have. */
@customElement('pb-users')
export class UsersTable extends LitElement {
  static override styles = [
    controls,
    tables,
    css`
      meter {
        width: 90px;
        height: 10px;
        margin-left: 8px;
        vertical-align: middle;
      }
    `,
  ];

  @state() private users: UserUse[] | undefined;
  @state() private problem = '';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  async load(): Promise<void> {
    try {
      this.users = await api.users();
      this.problem = '';
    } catch (failure) {
      this.problem = inWords(failure);
    }
  }

  private amount(name: string, { used, limit }: Amount, unit = '') {
    return html`<td>
      ${used}${limit === null ? '' : ` of ${limit}`}${unit}
      ${limit ? html`<meter max=${limit} high=${limit * 0.85} .value=${used} aria-label=${name}></meter>` : ''}
    </td>`;
  }

  override render() {
    const { users } = this;
    if (!users) {
      return html`<p class="soft" role="status">${this.problem || 'Loading…'}</p>`;
    }
    if (users.length === 0) {
      return html`<p class="soft">
        Nobody so far. Users are told apart once the server asks who they are, by
        <code>patchbay.auth</code>.
      </p>`;
    }
    return html`<div class="wide" tabindex="0" role="region" aria-label="Users">
      <table>
        <thead>
          <tr>
            <th>User</th>
            <th>Role</th>
            <th>Groups</th>
            <th>Projects</th>
            <th>Shared with them</th>
            <th>Running devices</th>
            <th>Memory</th>
            <th>Processors</th>
            <th>Disk</th>
          </tr>
        </thead>
        <tbody>
          ${users.map(
            (user) =>
              html`<tr>
                <th scope="row">${user.name}</th>
                <td>${user.role ?? 'not seen yet'}</td>
                <td>${user.groups.join(', ')}</td>
                ${this.amount(`Projects of ${user.name}`, user.use.projects)}
                <td>${user.shared_projects}</td>
                ${this.amount(`Running devices of ${user.name}`, user.use.running_nodes)}
                ${this.amount(`Memory of ${user.name}`, user.use.ram, ' MiB')}
                ${this.amount(`Processors of ${user.name}`, user.use.cpus)}
                ${this.amount(`Disk of ${user.name}`, user.use.disk, ' MiB')}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}
