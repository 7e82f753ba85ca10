import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api/client';
import type { Compute } from '../api/types';
import { Follows } from '../state/emitter';
import { kindWords } from '../state/kinds';
import { attempt } from '../state/messages';
import { server } from '../state/server-store';
import { showDialog } from '../ui/dialog';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';

/** The machines that run the devices. */
@customElement('pb-computes-page')
export class ComputesPage extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        overflow: auto;
        padding: 24px clamp(16px, 4vw, 48px);
      }
      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(320px, 1fr));
        gap: 18px;
        margin-top: 20px;
      }
      article {
        padding: 16px 18px;
        border: 1px solid var(--line);
        border-radius: 12px;
        background: var(--panel);
      }
      .badge::before {
        content: '';
        display: inline-block;
        width: 9px;
        height: 9px;
        margin-right: 6px;
        border-radius: 50%;
        background: var(--stopped);
      }
      .badge.on::before {
        background: var(--running);
      }
      .meter {
        display: grid;
        grid-template-columns: 64px 1fr 44px;
        align-items: center;
        gap: 8px;
        margin-top: 8px;
      }
      .kinds {
        margin: 12px 0 0;
        font-size: 13px;
      }
      .problem {
        color: var(--danger);
      }
    `,
  ];

  constructor() {
    super();
    new Follows(this, () => [server.changed]);
  }

  private add(): void {
    showDialog('Add a compute', (close) => {
      const send = async (event: SubmitEvent) => {
        event.preventDefault();
        const form = Object.fromEntries(new FormData(event.target as HTMLFormElement));
        const body = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''));
        const made = await attempt('The compute was not added', () =>
          api.createCompute({ ...body, port: Number(form['port']) }),
        );
        if (made) {
          server.computes.put(made);
          close();
        }
      };
      return html`<form @submit=${send}>
        <label class="field"><span>Name</span><input name="name" required /></label>
        <label class="field"
          ><span>Protocol</span>
          <select name="protocol"><option>http</option><option>https</option></select>
        </label>
        <label class="field"><span>Host</span><input name="host" required /></label>
        <label class="field"
          ><span>Port</span><input name="port" type="number" min="1" max="65535" value="3080" required
        /></label>
        <label class="field"><span>User, if it asks for one</span><input name="user" autocomplete="off" /></label>
        <label class="field"
          ><span>Password</span><input name="password" type="password" autocomplete="new-password"
        /></label>
        <div class="buttons"><button class="primary">Add</button></div>
      </form>`;
    });
  }

  private meter(name: string, value: number | null) {
    return html`<div class="meter">
      <span class="soft">${name}</span>
      <progress max="100" .value=${value ?? 0} aria-label=${name}></progress>
      <span>${typeof value === 'number' ? `${Math.round(value)}%` : '–'}</span>
    </div>`;
  }

  private card(compute: Compute) {
    return html`<article>
      <div class="row">
        <h2 class="grow cut">${compute.name}</h2>
        <span class="badge ${compute.connected ? 'on' : ''}"
          >${compute.connected ? 'Connected' : 'Away'}</span
        >
        ${compute.compute_id === 'local' || !server.is('administrator')
          ? ''
          : html`<button
              class="quiet icon"
              aria-label="Forget ${compute.name}"
              title="Forget"
              @click=${() =>
                attempt('The compute was not forgotten', async () => {
                  await api.deleteCompute(compute.compute_id);
                  server.computes.remove(compute.compute_id);
                })}
            >
              ${icon('trash')}
            </button>`}
      </div>
      <p class="soft" style="margin: 4px 0 8px">
        ${compute.protocol}://${compute.host}:${compute.port}
        ${compute.capabilities?.version ? ` · ${compute.capabilities.version}` : ''}
      </p>
      ${compute.last_error && !compute.connected ? html`<p class="problem">${compute.last_error}</p>` : ''}
      ${this.meter('CPU', compute.cpu_usage_percent)} ${this.meter('Memory', compute.memory_usage_percent)}
      <p class="kinds soft">${(compute.capabilities?.node_types ?? []).map(kindWords).join(', ')}</p>
    </article>`;
  }

  override render() {
    return html`<div class="row">
        <h1 class="grow">Computes</h1>
        ${server.is('administrator')
          ? html`<button class="primary" @click=${this.add}>${icon('plus')} Add a compute</button>`
          : ''}
      </div>
      <div class="cards">${server.computes.all().map((compute) => this.card(compute))}</div>`;
  }
}
